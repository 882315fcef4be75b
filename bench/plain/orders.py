"""The state of an order, live."""

import base64
import datetime as dt
from collections.abc import AsyncGenerator
from typing import Any

import strawberry

from bench.plain.broadcast import subscribed
from models import orders
from models.outbox import OutboxEvent
from outbox.announcing import topic


@strawberry.type
class Order:
    """An order."""

    name: str
    financial_status: str
    fulfillment_status: str


@strawberry.type
class OrderStatusEvent:
    """A change of it."""

    cursor: str
    kind: str
    occurred_at: dt.datetime
    order: Order


@strawberry.type
class Subscription:
    """What may be followed."""

    @strawberry.subscription
    async def order_status(
        self, id: strawberry.ID, token: str | None = None, after: str | None = None
    ) -> AsyncGenerator[OrderStatusEvent, None]:
        key = int(id.rpartition("/")[2])
        with subscribed(topic("order", key)) as queue:
            yield await _event(key, "snapshot")
            while True:
                await queue.get()
                yield await _event(key)


async def _event(key: int, kind: str | None = None) -> OrderStatusEvent:
    order: Any = await orders.Order.get(id=key)
    newest = await OutboxEvent.filter(aggregate="order", key=str(key)).order_by("-sequence").first()
    assert newest is not None
    cursor = base64.urlsafe_b64encode(f'["order",{key},{newest.sequence}]'.encode()).decode().rstrip("=")
    return OrderStatusEvent(cursor=cursor, kind=kind or newest.kind, occurred_at=newest.occurred_at, order=order)
