"""What discounts take off a cart, told line by line and for the whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from commerce.discounts import Class, Offer
from commerce.quotes import Quote
from loaders.rows import carts as rows
from models.discounts import DiscountKind
from models.money import Money
from resolvers.cart_lines import CartLine
from resolvers.context import Context
from resolvers.quotes import quote

MILLIONTHS_IN_A_PERCENT = 10_000


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share in percent."""

    percentage: float


@dataclass(frozen=True, slots=True)
class Application:
    """How a discount is applied."""

    allocation_method: str
    target_selection: str
    target_type: str
    value: Percentage | Money


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a discount that fell on something."""

    discount_application: Application
    discounted_amount: Money
    target_type: str


@dataclass(frozen=True, slots=True)
class CodeAllocation(Allocation):
    """A part of a discount that a code stands for."""

    code: str


@dataclass(frozen=True, slots=True)
class AutomaticAllocation(Allocation):
    """A part of a discount that came by itself."""

    title: str


async def allocations_of_line(context: Context, line: CartLine) -> list[Allocation]:
    """What line discounts took off this line."""
    return _allocations(await quote(context, line.cart), line.priced.line_discounts, line.cart.currency)


async def allocations_of_cart(context: Context, cart: rows.Cart) -> list[Allocation]:
    """What discounts on the whole order and on its delivery took off."""
    quoted = await quote(context, cart)
    taken: dict[int, int] = {}
    for line in quoted.priced.lines:
        for offer, amount in line.order_discounts.items():
            taken[offer] = taken.get(offer, 0) + amount
    if quoted.priced.sending:
        taken.update(quoted.priced.sending.discounts)
    return _allocations(quoted, taken, cart.currency)


def application_of(offer: Offer, currency: str) -> Application:
    """How an offer is applied."""
    shipping = offer.falls_on is Class.SHIPPING
    everything = not offer.goods.products and not offer.goods.collections
    each = offer.falls_on is Class.LINES
    return Application(
        allocation_method="EACH" if each else "ACROSS",
        target_selection="ALL" if everything else "ENTITLED",
        target_type="SHIPPING_LINE" if shipping else "LINE_ITEM",
        value=_value(offer, currency),
    )


def _value(offer: Offer, currency: str) -> Percentage | Money:
    if offer.kind is DiscountKind.FIXED_AMOUNT:
        return Money(offer.value, currency)
    return Percentage(100.0 if offer.falls_on is Class.SHIPPING else offer.value / MILLIONTHS_IN_A_PERCENT)


def _allocations(quoted: Quote, taken: Mapping[int, int], currency: str) -> list[Allocation]:
    offers = {offer.id: offer for offer in quoted.offers.offers}
    return [_allocation(offers[key], Money(amount, currency)) for key, amount in taken.items()]


def _allocation(offer: Offer, amount: Money) -> Allocation:
    application = application_of(offer, amount.currency)
    if offer.code is not None:
        return CodeAllocation(application, amount, application.target_type, offer.code)
    return AutomaticAllocation(application, amount, application.target_type, offer.title)
