"""What can be followed live."""

import datetime as dt
from collections.abc import AsyncGenerator

import strawberry

from resolvers import live, live_carts, live_stock
from schema.binding import described, describes, streamed_by
from schema.ids import id_argument, ids_argument, number_key, text_key
from schema.storefront.carts import Cart
from schema.storefront.orders import Order
from schema.storefront.products import Product


@strawberry.type(description="A change of an order, or the order as it stood when the stream opened. Shopwright's own.")
@describes(live.OrderStatusEvent)
class OrderStatusEvent:
    """A change of an order."""

    cursor: str = described("The place in the order's history. Give the last one to `after` to miss nothing.")
    kind: str = described("What happened, like `order.paid`; `snapshot` for the state when the stream opened.")
    occurred_at: dt.datetime = described("When it happened.")
    order: Order = described("The order as it stands now, which may be later than this event.")
    message: str | None = described("Set when the stream had to skip: what became of the events in between.")
    code: str | None = described("Why it had to skip: `CURSOR_EXPIRED` where the cursor is older than what is kept.")


@strawberry.type
class LiveSubscription:
    """What can be followed live."""

    order_status: AsyncGenerator[OrderStatusEvent, None] = streamed_by(
        live.order_status,
        "Follow an order: first everything after `after` (without it, the order as it stands), then each change, in"
        " order and exactly once. For who may open the order. Shopwright's own.",
        id=id_argument(number_key("Order"), "The order's id."),
        token="The order's token, as its link carries it; its owner needs none.",
        after="The cursor of the last event seen.",
    )
    cart: AsyncGenerator[Cart | None, None] = streamed_by(
        live_carts.cart,
        "Follow a cart over all devices that have it: as it stands, then after every change. When it has become an"
        " order there is one last event without it. Shopwright's own.",
        id=id_argument(text_key("Cart"), "The cart's id, which is the only key to it."),
    )
    product_availability: AsyncGenerator[Product, None] = streamed_by(
        live_stock.product_availability,
        "Follow what is left of products: each of them as it stands, then each again when more or fewer of it can be"
        " bought. Shopwright's own.",
        ids=ids_argument(number_key("Product"), "The products, at most fifty."),
    )
