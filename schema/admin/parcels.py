"""Lines of orders, and the parcels they are sent in, as staff see them."""

import datetime as dt

import strawberry

from loaders.rows import orders as rows
from resolvers import order_lists, orders
from schema.admin.money import MoneyBag
from schema.admin.products import Product
from schema.admin.variants import ProductVariant
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_of
from schema.order_states import FulfillmentState


@strawberry.type(description="A number and an address under which a carrier tells of a parcel.")
@describes(orders.Tracking, needs="read_orders")
class FulfillmentTrackingInfo:
    """Where a parcel can be looked up."""

    company: str | None = described("The carrier.")
    number: str | None = described("The carrier's number for the parcel.")
    url: str | None = described("The carrier's page about the parcel.")


@strawberry.type(description="One line of an order, as it was bought.")
@describes(rows.OrderLine, needs="read_orders")
class LineItem(Node):
    """One line of an order."""

    id: strawberry.ID = id_of("LineItem")
    name: str = resolved_by(order_lists.name_of_line, "Product and variant together.")
    title: str = described("What the product was called.")
    variant_title: str | None = described("What the variant was called.")
    sku: str | None = described("The shop's own number of the variant.")
    quantity: int = described("How many were ordered.")
    current_quantity: int = resolved_by(orders.quantity_left, "How many are left after what was canceled.")
    unfulfilled_quantity: int = resolved_by(order_lists.units_to_send, "How many are still to be sent.")
    refundable_quantity: int = resolved_by(order_lists.units_back, "How many have been sent and not come back.")
    variant: ProductVariant | None = resolved_by(
        order_lists.variant_of_line, "The variant as it is now; nothing, once deleted.", needs="read_products"
    )
    product: Product | None = resolved_by(
        order_lists.product_of_line, "The product as it is now; nothing, once deleted.", needs="read_products"
    )
    requires_shipping: bool = described("Whether it has to be sent.")
    original_unit_price_set: MoneyBag = resolved_by(order_lists.unit_price_of_line, "What one costs.")
    original_total_set: MoneyBag = resolved_by(orders.price_of_line, "Unit price times quantity.")
    discounted_total_set: MoneyBag = resolved_by(orders.total_of_line, "What the line costs after discounts.")


LineItemConnection = connection(LineItem, "a line of an order")


@strawberry.type(description="Units of an order line in a parcel.")
@describes(rows.FulfillmentLine, needs="read_orders")
class FulfillmentLineItem(Node):
    """Units of an order line in a parcel."""

    id: strawberry.ID = id_of("FulfillmentLineItem")
    quantity: int = described("How many are in the parcel.")
    line_item: LineItem = resolved_by(order_lists.line_in_parcel, "The line they are of.")


FulfillmentLineItemConnection = connection(FulfillmentLineItem, "units of an order line")


@strawberry.type(description="A parcel: goods of an order sent together.")
@describes(rows.Fulfillment, needs="read_orders")
class Fulfillment(Node):
    """A parcel."""

    id: strawberry.ID = id_of("Fulfillment")
    display_status: FulfillmentState = resolved_by(order_lists.state_of_parcel, "Where the parcel is.")
    available_statuses: list[FulfillmentState] = resolved_by(
        order_lists.next_states_of_parcel, "What it can become now. Shopwright's own."
    )
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it last changed.")
    delivered_at: dt.datetime | None = described("When it arrived.")
    tracking_info: list[FulfillmentTrackingInfo] = resolved_by(
        orders.tracking_of_fulfillment, "How to look the parcel up.", first="At most so many."
    )
    fulfillment_line_items: FulfillmentLineItemConnection = resolved_by(
        order_lists.lines_of_parcel, "What is in the parcel."
    )


@strawberry.type(description="Units of an order line that are to be sent.")
@describes(rows.OrderLine, needs="read_orders")
class FulfillmentOrderLineItem(Node):
    """Units that are to be sent."""

    id: strawberry.ID = id_of("FulfillmentOrderLineItem")
    total_quantity: int = resolved_by(orders.quantity_left, "How many were ordered and not canceled.")
    remaining_quantity: int = resolved_by(order_lists.units_to_send, "How many are still to be sent.")
    line_item: LineItem = resolved_by(order_lists.itself, "The line they are of.")


FulfillmentOrderLineItemConnection = connection(FulfillmentOrderLineItem, "a line that is to be sent")


@strawberry.type(description="What is to be sent for an order: one for each order in this shop.")
@describes(rows.Order, needs="read_orders")
class FulfillmentOrder(Node):
    """What is to be sent for an order."""

    id: strawberry.ID = id_of("FulfillmentOrder")
    line_items: FulfillmentOrderLineItemConnection = resolved_by(
        order_lists.lines_to_send, "The lines that have to be sent."
    )


FulfillmentOrderConnection = connection(FulfillmentOrder, "what is to be sent for an order")
