"""What staff can follow live."""

import datetime as dt
from collections.abc import AsyncGenerator

import strawberry

from resolvers import live_lists
from schema.admin.orders import Order
from schema.binding import described, describes, streamed_by


@strawberry.type(description="A fact about an order, in the one order of the whole shop.")
@describes(live_lists.OrderEvent, needs="read_orders")
class OrderEvent:
    """A fact about an order."""

    cursor: str = described("The place among all facts. Give the last one to `after` to miss nothing.")
    kind: str = described("What happened, like `order.paid`.")
    occurred_at: dt.datetime = described("When it happened.")
    order: Order = described("The order as it stands now, which may be later than this event.")


@strawberry.type
class LiveSubscription:
    """What staff can follow live."""

    orders: AsyncGenerator[OrderEvent, None] = streamed_by(
        live_lists.order_events,
        "Follow every order of the shop: everything after `after` (without it, from now on), in the one order of the"
        " whole shop and exactly once.",
        needs="read_orders",
        after="The cursor of the last event seen.",
    )
