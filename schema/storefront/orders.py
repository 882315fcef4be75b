"""Orders as who placed them sees them."""

import datetime as dt

import strawberry

from loaders.rows import orders as rows
from resolvers import orders
from schema.binding import described, describes, resolved_by
from schema.codes import CurrencyCode
from schema.connections import connection
from schema.ids import Node, id_argument, id_of, number_key
from schema.order_states import CancelReason, FinancialStatus, FulfillmentState, FulfillmentStatus
from schema.scalars import URL, MoneyV2
from schema.storefront.addresses import MailingAddress


@strawberry.type(description="Where a parcel can be looked up with its carrier.")
@describes(orders.Tracking)
class FulfillmentTrackingInfo:
    """A number and an address of a carrier."""

    number: str | None = described("The carrier's number for the parcel.")
    url: str | None = described("The carrier's page about the parcel.")


@strawberry.type(description="A parcel: goods of an order sent together.")
@describes(rows.Fulfillment)
class Fulfillment:
    """A parcel."""

    state: FulfillmentState = described("Where the parcel is. Shopwright's own.")
    tracking_company: str | None = described("The carrier that took the parcel.")
    tracking_info: list[FulfillmentTrackingInfo] = resolved_by(
        orders.tracking_of_fulfillment, "How to look the parcel up.", first="At most so many."
    )
    delivered_at: dt.datetime | None = described("When it arrived. Shopwright's own.")


@strawberry.type(description="One line of an order, as it was bought.")
@describes(rows.OrderLine)
class OrderLineItem:
    """One line of an order."""

    id: strawberry.ID = id_of("OrderLineItem", "The line's id. Shopwright's own.")
    title: str = described("What the product was called.")
    variant_title: str = described("What the variant was called. Shopwright's own.")
    quantity: int = described("How many were ordered.")
    current_quantity: int = resolved_by(orders.quantity_left, "How many are left after what was canceled.")
    fulfilled_quantity: int = resolved_by(orders.units_sent, "How many have been sent. Shopwright's own.")
    original_total_price: MoneyV2 = resolved_by(orders.price_of_line, "Unit price times quantity.")
    discounted_total_price: MoneyV2 = resolved_by(orders.total_of_line, "What the line costs after discounts.")


OrderLineItemConnection = connection(OrderLineItem, "a line of an order")


@strawberry.type(description="A placed order: a snapshot of what was bought, and how far it has come.")
@describes(rows.Order)
class Order(Node):
    """A placed order."""

    id: strawberry.ID = id_of("Order")
    name: str = resolved_by(orders.name_of_order, "The order's number as the shop writes it, like #1001.")
    order_number: int = resolved_by(orders.number_of_order, "The order's number.")
    processed_at: dt.datetime = resolved_by(orders.placing_of_order, "When the order was placed.")
    email: str | None = described("Where letters about the order go.")
    phone: str | None = described("The phone number for questions about the order.")
    currency_code: CurrencyCode = resolved_by(orders.currency_of_order, "The currency of every amount of the order.")
    financial_status: FinancialStatus | None = described("How far the order is paid.")
    fulfillment_status: FulfillmentStatus = described("How far the order has been sent.")
    cancel_reason: CancelReason | None = described("Why the order was canceled.")
    canceled_at: dt.datetime | None = described("When the order was canceled.")
    subtotal_price: MoneyV2 | None = resolved_by(orders.subtotal_of_order, "The lines after discounts.")
    total_shipping_price: MoneyV2 = resolved_by(orders.shipping_of_order, "The delivery after discounts.")
    total_tax: MoneyV2 | None = resolved_by(orders.tax_of_order, "All taxes.")
    total_price: MoneyV2 = resolved_by(orders.total_of_order, "What was to be paid.")
    line_items: OrderLineItemConnection = resolved_by(orders.lines_of_order, "What was bought.")
    shipping_address: MailingAddress | None = resolved_by(orders.shipping_address, "Where the goods go.")
    billing_address: MailingAddress | None = resolved_by(orders.billing_address, "For whom the invoice is.")
    status_url: URL = resolved_by(orders.status_url, "The order's page, opened by a token that expires.")
    successful_fulfillments: list[Fulfillment] | None = resolved_by(
        orders.fulfillments_of_order, "The parcels that left.", first="At most so many."
    )


@strawberry.type
class OrderQuery:
    """Questions about orders."""

    order: Order | None = resolved_by(
        orders.order,
        "An order, for its owner or for the holder of its token; null for anybody else. Shopwright's own.",
        id=id_argument(number_key("Order"), "The order's id."),
        token="The order's token, as its link and the completion of its checkout carry it.",
    )
