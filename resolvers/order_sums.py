"""What an order comes to now: less what was canceled, came back or was paid back."""

from loaders.orders import LinesOfOrder, PaidBackOfOrder, ShippingOfOrder
from loaders.rows import orders as rows
from models.money import Money
from resolvers.context import Context


async def refunded_of_order(context: Context, order: rows.Order) -> Money:
    """What was paid back."""
    payments = await context.loaders(PaidBackOfOrder).load(order.id)
    return Money(sum(payment.refunded for payment in payments), order.currency)


async def subtotal_now(context: Context, order: rows.Order) -> Money:
    """The lines after discounts, for the units that were neither canceled nor came back."""
    lines = await context.loaders(LinesOfOrder).load(order.id)
    return Money(sum(_kept(line.total, line) for line in lines), order.currency)


async def shipping_now(context: Context, order: rows.Order) -> Money:
    """The delivery after discounts; nothing for an order that is not sent."""
    return Money(0 if order.canceled_at else order.shipping, order.currency)


async def tax_now(context: Context, order: rows.Order) -> Money:
    """The taxes on what is left."""
    lines = await context.loaders(LinesOfOrder).load(order.id)
    sending = [] if order.canceled_at else await context.loaders(ShippingOfOrder).load(order.id)
    taxes = sum(_kept(line.tax, line) for line in lines) + sum(line.tax for line in sending)
    return Money(taxes, order.currency)


async def total_now(context: Context, order: rows.Order) -> Money:
    """What the order costs now."""
    parts = [await subtotal_now(context, order), await shipping_now(context, order)]
    if not order.tax_included:
        parts.append(await tax_now(context, order))
    return Money(sum(part.minor for part in parts), order.currency)


def duties_of_order(context: Context, order: rows.Order) -> Money | None:
    """Nothing: the shop collects no duties."""
    return None


def was_edited(context: Context, order: rows.Order) -> bool:
    """Never: a placed order stays as it was."""
    return False


def _kept(amount: int, line: rows.OrderLine) -> int:
    """The part of an amount that the units left stand for; what left takes the rest, so that both sum to the whole."""
    left = line.quantity - line.canceled - line.returned
    return amount * left // line.quantity if line.quantity else 0
