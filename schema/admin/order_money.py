"""An order's money as staff see it: movements, refunds, and what goods are worth."""

import datetime as dt

import strawberry

from commerce.refunding import Units
from loaders.rows import order_money as rows
from resolvers import order_money
from schema.admin.money import MoneyBag
from schema.admin.parcels import LineItem
from schema.binding import described, describes, resolved_by
from schema.ids import Node, id_of, number_key
from schema.order_states import OperationKind, Restock

LINE = number_key("LineItem")


@strawberry.type(description="Money of an order that moved or was promised.")
@describes(rows.LedgerEntry, needs="read_orders")
class OrderTransaction(Node):
    """Money that moved."""

    id: strawberry.ID = id_of("OrderTransaction")
    kind: OperationKind = described("How it moved.")
    gateway: str = described("By which provider, or `manual`, or `gift_card`.")
    payment_method: str = resolved_by(lambda context, row: row.method, "What the buyer paid with. Shopwright's own.")
    amount_set: MoneyBag = resolved_by(order_money.money_of_entry, "How much.")
    processed_at: dt.datetime = resolved_by(lambda context, row: row.occurred_at, "When.")


@strawberry.type(description="Units of an order line whose price was given back.")
@describes(rows.RefundLine, needs="read_orders")
class RefundLineItem(Node):
    """Units whose price was given back."""

    id: strawberry.ID = id_of("RefundLineItem")
    quantity: int = described("How many.")
    restock_type: Restock = resolved_by(lambda context, row: Restock(row.restock), "What became of the goods.")
    subtotal_set: MoneyBag = resolved_by(order_money.money_of_refunded_line, "What they are worth.")
    line_item: LineItem = resolved_by(order_money.line_refunded, "The line they are of.")


@strawberry.type(description="Money given back on an order.")
@describes(rows.Refund, needs="read_orders")
class Refund(Node):
    """Money given back."""

    id: strawberry.ID = id_of("Refund")
    note: str | None = described("Why.")
    created_at: dt.datetime = described("When it was asked for.")
    total_refunded_set: MoneyBag = resolved_by(order_money.money_of_refund, "How much.")
    refund_line_items: list[RefundLineItem] = resolved_by(
        order_money.lines_of_refund, "Which goods it is for; none for a mere amount."
    )


@strawberry.type(description="What goods and delivery of an order are worth, and how much can be given back.")
@describes(order_money.SuggestedRefund, needs="read_orders")
class SuggestedRefund:
    """What goods and delivery are worth."""

    amount_set: MoneyBag = resolved_by(lambda context, row: row.amount, "What `refundCreate` would give back.")
    subtotal_set: MoneyBag = resolved_by(lambda context, row: row.subtotal, "What the goods are worth, with their tax.")
    total_tax_set: MoneyBag = resolved_by(lambda context, row: row.total_tax, "The tax on the goods.")
    shipping_set: MoneyBag = resolved_by(lambda context, row: row.shipping, "What of it is for the delivery.")
    maximum_shipping_set: MoneyBag = resolved_by(
        lambda context, row: row.maximum_shipping, "The most that can be given back for the delivery."
    )
    maximum_refundable_set: MoneyBag = resolved_by(
        lambda context, row: row.maximum_refundable, "The most that can be given back at all."
    )


@strawberry.input(description="Units of an order line whose price goes back.")
class RefundLineItemInput:
    """Units whose price goes back."""

    line_item_id: strawberry.ID = strawberry.field(description="The line.")
    quantity: int = strawberry.field(description="How many.")
    restock_type: Restock | None = strawberry.field(
        default=Restock.NO_RESTOCK, description="What becomes of the goods."
    )


def units_of(given: list[RefundLineItemInput] | None) -> list[Units]:
    """Units as commerce takes them."""
    return [
        Units(LINE(each.line_item_id), each.quantity, each.restock_type or Restock.NO_RESTOCK) for each in given or ()
    ]
