"""Following all orders live, for staff: by the position that the relay gives every fact."""

import datetime as dt
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from loaders.orders import OrderByKey
from loaders.rows import orders as rows
from outbox.read import Fact, facts_since, is_forgotten, newest_position
from outbox.relay import EVERYTHING
from resolvers.context import Context
from resolvers.mistakes import BadCursor, ExpiredCursor
from resolvers.paging import seal, unseal
from resolvers.permissions import require_still
from resolvers.streams import woken


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """A fact about an order, with the order as it stands."""

    cursor: str
    kind: str
    occurred_at: dt.datetime
    order: rows.Order


async def order_events(context: Context, root: object, *, after: str | None = None) -> AsyncGenerator[OrderEvent, None]:
    """Every fact about an order behind a position, in order; the token that opened the stream must stay in force."""
    with context.services.feed.listening(EVERYTHING) as wakeups:
        seen = await newest_position() if after is None else await _place(after)
        while True:
            facts = await facts_since(seen, aggregate="order")
            for fact in facts:
                context.renew()
                await require_still(context, "read_orders")
                event = await _event(context, fact)
                if event is not None:
                    yield event
                seen = fact.position or seen
            if not facts:
                await woken(wakeups)


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
