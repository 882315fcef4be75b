"""What is known of orders before money for their goods is given back: read for many of them at once."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commerce.moving_money import left_to_refund
from commerce.returning import UNDER_WAY
from models.fulfillment import Refund, RefundLine, ReturnLine
from models.orders import Order, OrderLine, ShippingLine
from models.payments import Payment


@dataclass(frozen=True, slots=True)
class Books:
    """An order with its lines by id, the units of each that were refunded and that are coming back, and its money."""

    order: Order
    lines: Mapping[int, OrderLine]
    refunded: Mapping[int, int]
    coming_back: Mapping[int, int]
    shipping_left: int
    most: int


async def books_of(order_ids: Sequence[int]) -> dict[int, Books]:
    """The books of those of these orders that there are."""
    orders = await Order.filter(id__in=order_ids)
    lines: defaultdict[int, dict[int, OrderLine]] = defaultdict(dict)
    for line in await OrderLine.filter(order_id__in=order_ids).order_by("id"):
        lines[int(line.order_id)][line.id] = line  # type: ignore[attr-defined]
    refunded: Counter[int] = Counter()
    for line_id, units in await RefundLine.filter(refund__order_id__in=order_ids).values_list(
        "order_line_id", "quantity"
    ):
        refunded[line_id] += units
    coming_back: Counter[int] = Counter()
    back = ReturnLine.filter(request__order_id__in=order_ids, request__state__in=UNDER_WAY)
    for line_id, units in await back.values_list("order_line_id", "quantity"):
        coming_back[line_id] += units
    shipping, most = await _shipping_left(orders), await _most(order_ids)
    return {
        order.id: Books(order, lines[order.id], refunded, coming_back, shipping[order.id], most[order.id])
        for order in orders
    }


async def _shipping_left(orders: Sequence[Order]) -> dict[int, int]:
    order_ids = [order.id for order in orders]
    taxes: Counter[int] = Counter()
    for order_id, tax in await ShippingLine.filter(order_id__in=order_ids).values_list("order_id", "tax"):
        taxes[order_id] += tax
    given: Counter[int] = Counter()
    for order_id, amount in await Refund.filter(order_id__in=order_ids).values_list("order_id", "shipping"):
        given[order_id] += amount
    return {
        order.id: order.shipping + (0 if order.tax_included else taxes[order.id]) - given[order.id] for order in orders
    }


async def _most(order_ids: Sequence[int]) -> Counter[int]:
    most: Counter[int] = Counter()
    for payment in await Payment.filter(order_id__in=order_ids):
        most[int(payment.order_id)] += left_to_refund(payment)  # type: ignore[attr-defined]
    return most
