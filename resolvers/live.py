"""Following an order live: everything after a cursor, then each change as it commits."""

import datetime as dt
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from functools import partial

from commerce.access import OrderLink
from loaders.reading import row_of
from loaders.rows import orders as rows
from models.orders import Order
from outbox.announcing import topic
from outbox.read import PAGE, Fact, Forgotten, facts_of, newest_sequence
from resolvers.context import Context
from resolvers.mistakes import BadCursor, ExpiredCursor, NotFound, NotSignedIn
from resolvers.orders import is_owner, link_in, opens
from resolvers.paging import seal, unseal
from resolvers.standing import Standings
from resolvers.streams import Shared, access_class, woken

SNAPSHOT = "snapshot"
MISSED = "Some changes since the cursor are older than the shop keeps them. This is the order as it stands now."


@dataclass(frozen=True, slots=True)
class OrderStatusEvent:
    """One change of an order with the order after it, or the order as it stands when a stream opens."""

    cursor: str
    kind: str
    occurred_at: dt.datetime
    order: rows.Order
    message: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What an order's history held behind a sequence at one moment, and the order right after. Shared by its readers.

    Without facts, `newest` tells where the history stands; `forgotten` means that some facts are gone.
    """

    order: rows.Order | None
    newest: int
    facts: Sequence[Fact] = ()
    forgotten: bool = False
    standings: Standings = field(default_factory=Standings)

    @property
    def to_the_end(self) -> bool:
        """Whether nothing had happened behind its facts."""
        return len(self.facts) < PAGE


async def order_status(
    context: Context, root: object, *, id: int, token: str | None = None, after: str | None = None
) -> AsyncGenerator[Shared, None]:
    """Everything after `after`, then every change. Listening starts before reading, so none slips between.

    Each change is read once in a process, however many follow the order; who may see it is asked for each of them.
    """
    feed, here = context.services.feed, (topic("order", id),)
    link = link_in(context, token)
    with feed.listening(*here) as wakeups:
        seen = None if after is None else _place(id, after)
        while True:
            reading = await feed.moment(here, (id, seen), partial(_read, id, seen))
            order = await _allowed(context, reading, link)
            if seen is None or reading.forgotten:
                yield _snapshot(context, reading, order)
                seen = reading.newest
            elif seen > reading.newest:
                raise BadCursor("The cursor is not one of this order's stream. Open the stream without it.")
            for fact in reading.facts:
                await _allowed(context, reading, link)
                yield _change(context, reading, order, fact)
                seen = fact.sequence
            if reading.to_the_end:  # what comes later knocks: listening began before the reading
                await woken(wakeups)


async def _read(key: int, seen: int | None) -> Reading:
    """The history first and the order after it, so that the order is never older than what is told of it."""
    if seen is None:
        newest = await newest_sequence("order", key)
        return Reading(await _order(key), newest)
    try:
        facts = await facts_of("order", key, after=seen)
    except Forgotten:
        newest = await newest_sequence("order", key)
        return Reading(await _order(key), newest, forgotten=True)
    newest = facts[-1].sequence if facts else await newest_sequence("order", key)
    return Reading(await _order(key), newest, facts)


async def _order(key: int) -> rows.Order | None:
    return await row_of(Order.filter(id=key), rows.Order)


async def _allowed(context: Context, reading: Reading, link: OrderLink | None) -> rows.Order:
    """The order, for a viewer who may see it at this moment. Who needs a token has it looked at again."""
    context.renew()
    order = reading.order
    if order is None or not (is_owner(context, order) or opens(context, link, order)):
        raise NotFound("There is no such order, or it needs its token.")
    if is_owner(context, order):
        try:
            await _still_owner(context, reading)
        except NotSignedIn:
            if not opens(context, link, order):
                raise
    return order


async def _still_owner(context: Context, reading: Reading) -> None:
    if "read_orders" in context.viewer.scopes:
        await reading.standings.require_staff(context, "read_orders")
    else:
        await reading.standings.require_customer(context)


def _change(context: Context, reading: Reading, order: rows.Order, fact: Fact) -> Shared:
    event = OrderStatusEvent(_cursor(order.id, fact.sequence), fact.kind, fact.occurred_at, order)
    return Shared((reading, fact.sequence, access_class(context)), event)


def _snapshot(context: Context, reading: Reading, order: rows.Order) -> Shared:
    skipped = (MISSED, ExpiredCursor.code) if reading.forgotten else (None, None)
    event = OrderStatusEvent(_cursor(order.id, reading.newest), SNAPSHOT, order.updated_at, order, *skipped)
    return Shared((reading, SNAPSHOT, access_class(context)), event)


def _cursor(key: int, sequence: int) -> str:
    return seal(["order", key, sequence])


def _place(key: int, cursor: str) -> int:
    match unseal(cursor):
        case ["order", int() as order, int() as sequence] if order == key and sequence >= 0:
            return sequence
    raise BadCursor("The cursor is not one of this order's stream. Open the stream without it.")
