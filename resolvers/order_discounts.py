"""What discounts took off a placed order, as the order remembers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.orders import OrderByKey, ShippingOfOrder
from loaders.rows import orders as rows
from models.money import Money
from resolvers.cart_discounts import MILLIONTHS_IN_A_PERCENT, Application, Percentage
from resolvers.context import Context
from resolvers.paging import Page, Window, page_of_rows


@dataclass(frozen=True, slots=True)
class Applied(Application):
    """A discount of an order; `place` is its place among them."""

    place: int


@dataclass(frozen=True, slots=True)
class CodeApplied(Applied):
    """A discount that a code stands for."""

    code: str
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class AutomaticApplied(Applied):
    """A discount that came by itself."""

    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a discount took off a line, or off the delivery."""

    allocated_amount: Money
    discount_application: Applied


async def applications_of_order(context: Context, order: rows.Order, *, window: Window) -> Page[Applied]:
    """The order's discounts, as they were used."""
    return page_of_rows(_applications(order), window, key=lambda applied: applied.place)


async def parts_of_line(context: Context, line: rows.OrderLine) -> list[Part]:
    """What discounts took off a line."""
    order = await context.loaders(OrderByKey).load(line.order_id)
    return _parts(order, line.discount_allocations) if order else []


async def parts_of_shipping(context: Context, order: rows.Order) -> list[Part]:
    """What discounts took off the delivery."""
    sending = await context.loaders(ShippingOfOrder).load(order.id)
    return [part for line in sending for part in _parts(order, line.discount_allocations)]


def _parts(order: rows.Order, allocations: Sequence[Mapping[str, int]]) -> list[Part]:
    applied = _applications(order)
    return [Part(Money(part["amount"], order.currency), applied[part["application"]]) for part in allocations]


def _applications(order: rows.Order) -> list[Applied]:
    return [_application(kept, place, order.currency) for place, kept in enumerate(order.discount_applications)]


def _application(kept: Mapping[str, Any], place: int, currency: str) -> Applied:
    amount, share = kept.get("amount"), kept.get("share") or 0
    how = {name: kept[name] for name in ("allocation_method", "target_selection", "target_type")}
    value = Percentage(share / MILLIONTHS_IN_A_PERCENT) if amount is None else Money(amount, currency)
    if kept.get("code") is not None:
        return CodeApplied(**how, value=value, place=place, code=kept["code"])
    return AutomaticApplied(**how, value=value, place=place, title=kept.get("title") or "")
