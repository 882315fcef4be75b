"""What was bought in an order, what was sent of it, and what comes back."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import strawberry

from loaders.rows import orders as rows
from resolvers import attributes, order_discounts, order_returns, orders
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import id_of
from schema.order_states import FulfillmentState, ReturnState
from schema.scalars import URL, MoneyV2
from schema.storefront.cart_lines import Attribute
from schema.storefront.order_discounts import DiscountAllocation
from schema.storefront.variants import ProductVariant

if TYPE_CHECKING:
    FulfillmentLineItemConnection = Any


@strawberry.type(description="One line of an order, as it was bought.")
@describes(rows.OrderLine)
class OrderLineItem:
    """One line of an order."""

    id: strawberry.ID = id_of("OrderLineItem", "The line's id. Shopwright's own.")
    title: str = described("What the product was called.")
    variant_title: str = described("What the variant was called. Shopwright's own.")
    variant: ProductVariant | None = resolved_by(
        order_returns.variant_of_line, "The variant that was bought, as it is now; null once it is not shown any more."
    )
    quantity: int = described("How many were ordered.")
    current_quantity: int = resolved_by(orders.quantity_left, "How many are left after what was canceled.")
    fulfilled_quantity: int = resolved_by(orders.units_sent, "How many have been sent. Shopwright's own.")
    returnable_quantity: int = resolved_by(
        order_returns.returnable_units, "How many the shopper may ask to send back now. Shopwright's own."
    )
    returned_quantity: int = resolved_by(order_returns.units_back, "How many came back. Shopwright's own.")
    original_total_price: MoneyV2 = resolved_by(orders.price_of_line, "Unit price times quantity.")
    discounted_total_price: MoneyV2 = resolved_by(orders.total_of_line, "What the line costs after discounts.")
    discount_allocations: list[DiscountAllocation] = resolved_by(
        order_discounts.parts_of_line, "What each discount took off the line."
    )
    custom_attributes: list[Attribute] = resolved_by(
        attributes.attributes_of, "What the shopper attached, like an engraving."
    )


OrderLineItemConnection = connection(OrderLineItem, "a line of an order")


@strawberry.type(description="Where a parcel can be looked up with its carrier.")
@describes(orders.Tracking)
class FulfillmentTrackingInfo:
    """A number and an address of a carrier."""

    number: str | None = described("The carrier's number for the parcel.")
    url: URL | None = described("The carrier's page about the parcel.")


@strawberry.type(description="Goods of one line of an order, in a parcel.")
@describes(rows.FulfillmentLine)
class FulfillmentLineItem:
    """Goods in a parcel."""

    line_item: OrderLineItem = resolved_by(order_returns.line_of_part, "The line.")
    quantity: int = described("How many of it are in the parcel.")


if not TYPE_CHECKING:
    FulfillmentLineItemConnection = connection(FulfillmentLineItem, "goods in a parcel")


@strawberry.type(description="A parcel: goods of an order sent together.")
@describes(rows.Fulfillment)
class Fulfillment:
    """A parcel."""

    state: FulfillmentState = described("Where the parcel is. Shopwright's own.")
    tracking_company: str | None = described("The carrier that took the parcel.")
    tracking_info: list[FulfillmentTrackingInfo] = resolved_by(
        orders.tracking_of_fulfillment, "How to look the parcel up.", first="At most so many."
    )
    fulfillment_line_items: FulfillmentLineItemConnection = resolved_by(order_returns.packed_in, "What is in it.")
    delivered_at: dt.datetime | None = described("When it arrived. Shopwright's own.")


@strawberry.type(description="Goods of one line of an order that shall come back. Shopwright's own.")
@describes(rows.ReturnLine)
class OrderReturnLine:
    """Goods to come back."""

    line_item: OrderLineItem = resolved_by(order_returns.line_of_part, "The line.")
    quantity: int = described("How many of it.")
    reason: str | None = described("Why, as the shopper wrote.")


@strawberry.type(description="Goods that a shopper asked to send back. Shopwright's own.")
@describes(rows.Return)
class OrderReturn:
    """A return."""

    id: strawberry.ID = id_of("OrderReturn", "The return's id.")
    state: ReturnState = described("How far it has come.")
    note: str | None = described("What the shopper wrote to the shop.")
    decline_reason: str | None = described("Why the shop did not agree.")
    created_at: dt.datetime = described("When it was asked for.")
    updated_at: dt.datetime = described("When it changed last.")
    lines: list[OrderReturnLine] = resolved_by(order_returns.lines_of_return, "The goods.")
