"""Following all orders live, for staff: by the position that the relay gives every fact."""

import datetime as dt
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from functools import partial

from loaders.orders import OrderByKey
from loaders.rows import orders as rows
from outbox.read import PAGE, Fact, facts_since, is_forgotten, newest_position
from outbox.relay import EVERYTHING
from resolvers.context import Context
from resolvers.mistakes import BadCursor, ExpiredCursor
from resolvers.paging import seal, unseal
from resolvers.standing import Standings
from resolvers.streams import Shared, woken


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """A fact about an order, with the order as it stands."""

    cursor: str
    kind: str
    occurred_at: dt.datetime
    order: rows.Order


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What had happened behind a position at one moment. Shared by its readers."""

    facts: Sequence[Fact]
    standings: Standings = field(default_factory=Standings)


async def order_events(context: Context, root: object, *, after: str | None = None) -> AsyncGenerator[Shared, None]:
    """Every fact about an order behind a position, in order; the token that opened the stream must stay in force."""
    feed, here = context.services.feed, (EVERYTHING,)
    with feed.listening(*here) as wakeups:
        seen = await newest_position() if after is None else await _place(after)
        while True:
            reading = await feed.moment(here, ("orders", seen), partial(_read, seen))
            for fact in reading.facts:
                context.renew()
                await reading.standings.require_staff(context, "read_orders")
                event = await _event(context, fact)
                if event is not None:
                    yield Shared((reading, fact.sequence, fact.key, context.viewer.scopes), event)
                seen = fact.position or seen
            if len(reading.facts) < PAGE:  # what comes later knocks: listening began before the reading
                await woken(wakeups)


async def _read(seen: int) -> Reading:
    return Reading(await facts_since(seen, aggregate="order"))


async def _event(context: Context, fact: Fact) -> OrderEvent | None:
    order = await context.loaders(OrderByKey).load(int(fact.key))
    return order and OrderEvent(seal(["orders", fact.position]), fact.kind, fact.occurred_at, order)


async def _place(cursor: str) -> int:
    match unseal(cursor):
        case ["orders", int() as position] if 0 <= position <= await newest_position():
            if await is_forgotten(position):
                raise ExpiredCursor("Some facts behind this cursor are no longer kept. Open the stream without it.")
            return position
    raise BadCursor("The cursor is not one of this stream. Open the stream without it.")
