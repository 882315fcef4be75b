"""Following an order live: everything after a cursor, then each change as it commits."""

import datetime as dt
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from loaders.rows import orders as rows
from outbox.announcing import topic
from outbox.feed import FeedClosed, Wakeups
from outbox.read import Fact, Forgotten, facts_of, newest_sequence
from resolvers.context import Context
from resolvers.mistakes import BadCursor, NotFound, StreamEnded
from resolvers.orders import order as order_for
from resolvers.paging import seal, unseal
from resolvers.permissions import require_still

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


async def order_status(
    context: Context, root: object, *, id: int, token: str | None = None, after: str | None = None
) -> AsyncGenerator[OrderStatusEvent, None]:
    """Everything after `after`, then every change. Listening starts before reading, so none slips between."""
    with context.services.feed.listening(topic("order", id)) as wakeups:
        order = await _opened(context, id, token)
        if after is None:
            seen = await newest_sequence("order", id)
            yield _snapshot(order, seen, context.now)
        else:
            seen = await _place(id, after)
        while True:
            try:
                facts = await facts_of("order", id, after=seen)
            except Forgotten:
                seen = await newest_sequence("order", id)
                yield _snapshot(await _opened(context, id, token), seen, context.now, message=MISSED)
                continue
            for fact in facts:
                yield _event(await _opened(context, id, token), fact)
                seen = fact.sequence
            if not facts:
                await _woken(wakeups)


async def _opened(context: Context, key: int, token: str | None) -> rows.Order:
    """The order as it stands, read anew, for a viewer who may see it still."""
    context.renew()
    if "read_orders" in context.viewer.scopes:
        await require_still(context, "read_orders")
    order = await order_for(context, None, id=key, token=token)
    if order is None:
        raise NotFound("There is no such order, or it needs its token.")
    return order


async def _woken(wakeups: Wakeups) -> None:
    try:
        await wakeups.wait()
    except FeedClosed:
        raise StreamEnded("The server is going away. Open the stream again with the last cursor.") from None


def _event(order: rows.Order, fact: Fact) -> OrderStatusEvent:
    return OrderStatusEvent(_cursor(order.id, fact.sequence), fact.kind, fact.occurred_at, order)


def _snapshot(order: rows.Order, sequence: int, now: dt.datetime, *, message: str | None = None) -> OrderStatusEvent:
    return OrderStatusEvent(_cursor(order.id, sequence), SNAPSHOT, now, order, message)


def _cursor(key: int, sequence: int) -> str:
    return seal(["order", key, sequence])


async def _place(key: int, cursor: str) -> int:
    match unseal(cursor):
        case ["order", int() as order, int() as sequence] if order == key:
            if 0 <= sequence <= await newest_sequence("order", key):
                return sequence
    raise BadCursor("The cursor is not one of this order's stream. Open the stream without it.")
