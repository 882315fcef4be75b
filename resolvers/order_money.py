"""An order's money for staff: what moved, what can still be taken or given back, and what goods are worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from commerce.order_actions import OrderAction, actions
from commerce.refund_books import Books, books_of
from commerce.refunding import Units, Wish, worth_of
from commerce.refusals import Refusal
from loaders.order_money import (
    LedgerOfOrder,
    LinesOfRefund,
    LinesOfReturn,
    PaymentsOfOrder,
    RefundsOfOrder,
    ReturnsOfOrder,
    TagsOfOrder,
)
from loaders.orders import LinesOfOrder, OrderByKey, OrderLineByKey
from loaders.reading import Loader
from loaders.rows import order_money as rows
from loaders.rows import orders as order_rows
from models.fulfillment import ReturnState
from models.money import Money
from models.payments import PaymentState
from resolvers.context import Context
from resolvers.mistakes import BadArgument

HAS_PROMISE = (PaymentState.AUTHORIZED, PaymentState.CAPTURED)


@dataclass(frozen=True, slots=True)
class SuggestedRefund:
    """What goods and delivery are worth."""

    amount: Money
    subtotal: Money
    total_tax: Money
    shipping: Money
    maximum_shipping: Money
    maximum_refundable: Money


class BooksOfOrder(Loader[int, Books]):
    """What refunds are reckoned from, by order."""

    async def batch_load_fn(self, keys: list[int]) -> list[Books]:
        """As many statements as for one."""
        books = await books_of(keys)
        return [books[key] for key in keys]


def refundable_minor(payments: Sequence[rows.Payment]) -> int:
    """How much can be given back."""
    return sum(each.captured - each.refunded - each.pending_refund for each in payments)


def capturable_minor(payments: Sequence[rows.Payment]) -> int:
    """How much of what was promised can be taken."""
    return sum(each.authorized - each.captured - each.pending_capture for each in payments if each.state in HAS_PROMISE)


async def capturable(context: Context, order: order_rows.Order) -> Money:
    """How much of what was promised can be taken."""
    return Money(capturable_minor(await context.loaders(PaymentsOfOrder).load(order.id)), order.currency)


async def received(context: Context, order: order_rows.Order) -> Money:
    """What was taken."""
    payments = await context.loaders(PaymentsOfOrder).load(order.id)
    return Money(sum(each.captured for each in payments), order.currency)


async def refunded(context: Context, order: order_rows.Order) -> Money:
    """What was given back."""
    payments = await context.loaders(PaymentsOfOrder).load(order.id)
    return Money(sum(each.refunded for each in payments), order.currency)


async def outstanding(context: Context, order: order_rows.Order) -> Money:
    """What is still to come."""
    payments = await context.loaders(PaymentsOfOrder).load(order.id)
    return Money(max(0, order.total - sum(each.captured for each in payments)), order.currency)


async def refundable(context: Context, order: order_rows.Order) -> Money:
    """What can be given back."""
    return Money(refundable_minor(await context.loaders(PaymentsOfOrder).load(order.id)), order.currency)


def discounts(context: Context, order: order_rows.Order) -> Money:
    """What discounts took off."""
    return Money(order.discounts, order.currency)


async def transactions(
    context: Context, order: order_rows.Order, *, first: int | None = None
) -> Sequence[rows.LedgerEntry]:
    """Everything that moved, oldest first."""
    return (await context.loaders(LedgerOfOrder).load(order.id))[: at_most(first)]


async def refunds(context: Context, order: order_rows.Order, *, first: int | None = None) -> Sequence[rows.Refund]:
    """What was given back, oldest first."""
    return (await context.loaders(RefundsOfOrder).load(order.id))[: at_most(first)]


async def tags(context: Context, order: order_rows.Order) -> list[str]:
    """The order's tags."""
    return [each.tag for each in await context.loaders(TagsOfOrder).load(order.id)]


async def available_actions(context: Context, order: order_rows.Order) -> list[OrderAction]:
    """What can be done with the order now."""
    payments = await context.loaders(PaymentsOfOrder).load(order.id)
    returns = await context.loaders(ReturnsOfOrder).load(order.id)
    under_way = [each.id for each in returns if each.state in (ReturnState.REQUESTED, ReturnState.OPEN)]
    parts = [part for some in await context.loaders(LinesOfReturn).load_many(under_way) for part in some]
    return actions(
        order,
        await context.loaders(LinesOfOrder).load(order.id),
        coming_back=sum(part.quantity for part in parts),
        capturable=capturable_minor(payments),
        refundable=refundable_minor(payments),
    )


async def suggested_refund(
    context: Context,
    order: order_rows.Order,
    *,
    refund_line_items: Sequence[Units] = (),
    refund_shipping: bool = False,
) -> SuggestedRefund:
    """What some units, and the delivery, are worth now."""
    wish = Wish(refund_line_items, None if refund_shipping else 0)
    books = await context.loaders(BooksOfOrder).load(order.id)
    try:
        worth = worth_of(wish, books)
    except Refusal as refusal:
        raise BadArgument(refusal.message, argument="refundLineItems") from None
    told = (worth.amount, worth.subtotal, worth.tax, worth.shipping, worth.most_shipping, worth.most)
    return SuggestedRefund(*(Money(minor, order.currency) for minor in told))


async def money_of_entry(context: Context, entry: rows.LedgerEntry) -> Money:
    """How much moved."""
    return Money(entry.amount, entry.currency)


async def money_of_refund(context: Context, refund: rows.Refund) -> Money:
    """How much was given back."""
    return Money(refund.amount, await _currency(context, refund.order_id))


async def lines_of_refund(context: Context, refund: rows.Refund) -> Sequence[rows.RefundLine]:
    """What it is for."""
    return await context.loaders(LinesOfRefund).load(refund.id)


async def line_refunded(context: Context, part: rows.RefundLine | rows.ReturnLine) -> order_rows.OrderLine | None:
    """The line that was bought."""
    return await context.loaders(OrderLineByKey).load(part.order_line_id)


async def money_of_refunded_line(context: Context, part: rows.RefundLine) -> Money:
    """What the units are worth."""
    line = await context.loaders(OrderLineByKey).load(part.order_line_id)
    return Money(part.amount, await _currency(context, line.order_id if line else 0))


def at_most(first: int | None) -> int | None:
    """How many to answer; refuses less than none."""
    if first is not None and first < 0:
        raise BadArgument("`first` is not negative.", argument="first")
    return first


async def _currency(context: Context, order_id: int) -> str:
    order = await context.loaders(OrderByKey).load(order_id)
    return order.currency if order else context.shop.currency
