"""Orders as staff see them."""

import datetime as dt

import strawberry

from loaders.rows import orders as rows
from resolvers import attributes, order_lists, order_money, orders, returns
from schema.admin.customers import Customer
from schema.admin.money import MoneyBag
from schema.admin.order_money import OrderTransaction, Refund, RefundLineItemInput, SuggestedRefund, units_of
from schema.admin.parcels import Fulfillment, FulfillmentOrderConnection, LineItemConnection
from schema.admin.returns import ReturnConnection
from schema.binding import Argument, described, describes, resolved_by
from schema.codes import CurrencyCode
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.order_states import CancelReason, FinancialStatus, FulfillmentStatus, OrderAction, OrderLifecycle
from schema.storefront.addresses import MailingAddress
from schema.storefront.cart_lines import Attribute

told(
    order_lists.OrderSort,
    "OrderSortKeys",
    "What orders can be sorted by.",
    {
        "CREATED_AT": "When it was placed.",
        "PROCESSED_AT": "When it was placed.",
        "UPDATED_AT": "When it last changed.",
        "TOTAL_PRICE": "What it costs.",
        "ID": "Its number in the database.",
        "ORDER_NUMBER": "Its number as the shop counts.",
        "FINANCIAL_STATUS": "How far it is paid.",
        "FULFILLMENT_STATUS": "How far it has been sent.",
        "CUSTOMER_EMAIL": "Where letters about it go.",
    },
)


@strawberry.type(description="A placed order.")
@describes(rows.Order, needs="read_orders")
class Order(Node):
    """A placed order."""

    id: strawberry.ID = id_of("Order")
    customer: Customer | None = resolved_by(
        order_lists.customer, "Who placed the order; nobody, where it was placed as a guest.", needs="read_customers"
    )
    name: str = resolved_by(orders.name_of_order, "The order's number as the shop writes it, like #1001.")
    number: int = resolved_by(orders.number_of_order, "The order's number.")
    email: str | None = described("Where letters about the order go.")
    phone: str | None = described("The phone number for questions about the order.")
    note: str | None = described("What the buyer or the staff wrote to it.")
    created_at: dt.datetime = resolved_by(orders.placing_of_order, "When the order was placed.")
    processed_at: dt.datetime = resolved_by(orders.placing_of_order, "When the order was placed.")
    updated_at: dt.datetime = described("When the order last changed.")
    canceled_at: dt.datetime | None = described("When the order was canceled.", name="cancelledAt")
    cancel_reason: CancelReason | None = described("Why the order was canceled.")
    closed_at: dt.datetime | None = described("When the order was closed.")
    currency_code: CurrencyCode = resolved_by(orders.currency_of_order, "The currency of every amount of the order.")
    lifecycle: OrderLifecycle = described("Whether the order is worked on. Shopwright's own.")
    display_financial_status: FinancialStatus | None = resolved_by(
        order_lists.financial_status, "How far the order is paid."
    )
    display_fulfillment_status: FulfillmentStatus = resolved_by(
        order_lists.fulfillment_status, "How far the order has been sent."
    )
    subtotal_price_set: MoneyBag = resolved_by(orders.subtotal_of_order, "The lines after discounts.")
    total_shipping_price_set: MoneyBag = resolved_by(orders.shipping_of_order, "The delivery after discounts.")
    total_tax_set: MoneyBag = resolved_by(orders.tax_of_order, "All taxes.")
    total_price_set: MoneyBag = resolved_by(orders.total_of_order, "What is to be paid.")
    total_discounts_set: MoneyBag = resolved_by(order_money.discounts, "What discounts took off.")
    total_received_set: MoneyBag = resolved_by(order_money.received, "What was taken.")
    total_outstanding_set: MoneyBag = resolved_by(order_money.outstanding, "What is still to come.")
    total_capturable_set: MoneyBag = resolved_by(order_money.capturable, "What was promised and can be taken.")
    total_refunded_set: MoneyBag = resolved_by(order_money.refunded, "What was given back.")
    total_refundable_set: MoneyBag = resolved_by(order_money.refundable, "What can be given back. Shopwright's own.")
    transactions: list[OrderTransaction] = resolved_by(
        order_money.transactions, "Every movement of its money, oldest first.", first="At most so many."
    )
    refunds: list[Refund] = resolved_by(
        order_money.refunds, "What was given back, oldest first.", first="At most so many."
    )
    suggested_refund: SuggestedRefund | None = resolved_by(
        order_money.suggested_refund,
        "What some of its goods, and its delivery, are worth now.",
        refund_line_items=Argument(list[RefundLineItemInput] | None, "Which units.", units_of, default=None),
        refund_shipping="Whether the delivery too.",
    )
    returns: ReturnConnection = resolved_by(returns.returns_of_order, "What comes back, oldest first.")
    tags: list[str] = resolved_by(order_money.tags, "The order's tags, by the alphabet.")
    custom_attributes: list[Attribute] = resolved_by(attributes.attributes_of, "What somebody attached to it.")
    shipping_address: MailingAddress | None = resolved_by(orders.shipping_address, "Where the goods go.")
    billing_address: MailingAddress | None = resolved_by(orders.billing_address, "For whom the invoice is.")
    available_actions: list[OrderAction] = resolved_by(
        order_money.available_actions, "What can be done with it now. Shopwright's own."
    )
    line_items: LineItemConnection = resolved_by(orders.lines_of_order, "What was bought.")
    fulfillment_orders: FulfillmentOrderConnection = resolved_by(order_lists.to_send, "What is to be sent.")
    fulfillments: list[Fulfillment] = resolved_by(
        order_lists.fulfillments, "Every parcel of the order, oldest first.", first="At most so many."
    )


OrderConnection = connection(Order, "an order")


@strawberry.type
class OrderQuery:
    """Questions about orders."""

    orders: OrderConnection = resolved_by(
        order_lists.orders,
        "The shop's orders, found by a search and sorted.",
        needs="read_orders",
        query="What to search for, like `status:open financial_status:paid created_at:>=2026-04-01 tag:vip ada`.",
        sort_key="What to sort by.",
    )
    order: Order | None = resolved_by(
        order_lists.order, "One order.", needs="read_orders", id=id_argument(number_key("Order"), "The order's id.")
    )
