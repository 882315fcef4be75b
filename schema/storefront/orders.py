"""Orders as who placed them sees them."""

import datetime as dt

import strawberry

from loaders.rows import orders as rows
from resolvers import attributes, order_discounts, order_returns, order_sums, orders
from schema.binding import described, describes, resolved_by
from schema.codes import CurrencyCode
from schema.ids import Node, id_argument, id_of, number_key
from schema.order_states import CancelReason, FinancialStatus, FulfillmentStatus
from schema.scalars import URL, MoneyV2
from schema.storefront.addresses import MailingAddress
from schema.storefront.cart_lines import Attribute
from schema.storefront.order_discounts import DiscountAllocation, DiscountApplicationConnection
from schema.storefront.order_lines import Fulfillment, OrderLineItemConnection, OrderReturn


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
    total_refunded: MoneyV2 = resolved_by(order_sums.refunded_of_order, "What was paid back.")
    original_total_price: MoneyV2 = resolved_by(orders.total_of_order, "What was to be paid when it was placed.")
    original_total_duties: MoneyV2 | None = resolved_by(
        order_sums.duties_of_order, "Null: the shop collects no duties."
    )
    current_subtotal_price: MoneyV2 = resolved_by(
        order_sums.subtotal_now, "The lines after discounts, less what was canceled or came back."
    )
    current_total_shipping_price: MoneyV2 = resolved_by(
        order_sums.shipping_now, "The delivery after discounts; zero for a canceled order."
    )
    current_total_tax: MoneyV2 = resolved_by(order_sums.tax_now, "The taxes on what is left.")
    current_total_duties: MoneyV2 | None = resolved_by(order_sums.duties_of_order, "Null: the shop collects no duties.")
    current_total_price: MoneyV2 = resolved_by(
        order_sums.total_now, "What the order costs, less what was canceled or came back."
    )
    edited: bool = resolved_by(order_sums.was_edited, "Whether lines were changed: never, a placed order stays.")
    discount_applications: DiscountApplicationConnection = resolved_by(
        order_discounts.applications_of_order, "The discounts the order was given."
    )
    shipping_discount_allocations: list[DiscountAllocation] = resolved_by(
        order_discounts.parts_of_shipping, "What each discount took off the delivery."
    )
    custom_attributes: list[Attribute] = resolved_by(attributes.attributes_of, "What the shopper attached to the cart.")
    customer_locale: str | None = resolved_by(orders.locale_of_order, "The language the order was placed in.")
    customer_url: URL | None = resolved_by(
        orders.customer_url, "The order's page, for a customer whose order it is; null for a guest's."
    )
    returns: list[OrderReturn] = resolved_by(
        order_returns.returns_of_order, "What the shopper asked to send back, oldest first. Shopwright's own."
    )
    cancelable: bool = resolved_by(
        orders.is_cancelable, "Whether `orderCancel` would call it off now. Shopwright's own."
    )
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
