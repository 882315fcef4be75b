"""Where a cart goes, and the ways it can get there."""

from collections.abc import Sequence
from dataclasses import dataclass

from commerce import cart_delivery
from commerce.cart_lines import CartWarning
from commerce.quotes import Quote
from commerce.shipping import Option
from loaders.carts import AddressesOfCart, CartByKey
from loaders.rows import carts as rows
from models.addresses import Address
from models.money import Money
from resolvers.cart_lines import CartLine, lines_in
from resolvers.context import Context
from resolvers.outcomes import CartOutcome, outcome
from resolvers.paging import Page, Window, page_of_rows
from resolvers.postal import DeliveryAddress, MailingAddress
from resolvers.quotes import quote


@dataclass(frozen=True, slots=True)
class SelectableAddress:
    """A place a cart may be sent to."""

    id: int
    address: DeliveryAddress
    selected: bool
    one_time_use: bool


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """A way to send a group, with its price."""

    handle: str
    code: str
    title: str
    description: str | None
    estimated_cost: Money
    delivery_method_type: str


@dataclass(frozen=True, slots=True)
class DeliveryGroup:
    """Lines that are sent together. Its key is that of the address."""

    id: int
    cart: rows.Cart
    quoted: Quote
    delivery_address: MailingAddress
    group_type: str = "ONE_TIME_PURCHASE"


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """The way a group shall be sent."""

    group_id: int
    handle: str


async def addresses_of_cart(context: Context, cart: rows.Cart, *, selected: bool = False) -> list[SelectableAddress]:
    """The places the cart may be sent to, or the selected one alone."""
    kept = await context.loaders(AddressesOfCart).load(cart.id)
    return [
        SelectableAddress(
            row.id, DeliveryAddress(f"{row.id}", Address.kept(row.address)), row.selected, row.one_time_use
        )
        for row in kept
        if row.selected or not selected
    ]


async def groups_of_cart(
    context: Context, cart: rows.Cart, *, window: Window, with_carrier_rates: bool | None = False
) -> Page[DeliveryGroup]:
    """One group for everything that is sent, once the address is known."""
    return page_of_rows(await groups(context, cart), window, key=lambda group: group.id)


async def groups(context: Context, cart: rows.Cart) -> list[DeliveryGroup]:
    """The groups of a cart."""
    quoted = await quote(context, cart)
    if quoted.address is None or not any(line.requires_shipping for line in quoted.lines):
        return []
    address = MailingAddress(f"{quoted.address.id}", Address.kept(quoted.address.address))
    return [DeliveryGroup(quoted.address.id, cart, quoted, address)]


def options_of_group(context: Context, group: DeliveryGroup) -> list[DeliveryOption]:
    """The ways the group can be sent, cheapest first."""
    return [_option(option, group.cart.currency) for option in group.quoted.priced.options]


def selected_option(context: Context, group: DeliveryGroup) -> DeliveryOption | None:
    """The way chosen, by the shopper or as the cheapest."""
    sending = group.quoted.priced.sending
    return _option(sending.option, group.cart.currency) if sending else None


def lines_of_group(context: Context, group: DeliveryGroup, *, window: Window) -> Page[CartLine]:
    """The lines that are sent."""
    lines = [line for line in lines_in(group.cart, group.quoted) if line.kept.requires_shipping]
    return page_of_rows(lines, window, key=lambda line: line.id)


async def choose_options(
    context: Context, root: object, *, cart_id: str, selected_delivery_options: Sequence[OptionChoice]
) -> CartOutcome:
    """The cart, sent in another way."""
    cart = await context.loaders(CartByKey).load(cart_id)
    found = {group.id: group for group in await groups(context, cart)} if cart else {}
    return await outcome(context, cart_id, _choose(context, cart_id, found, selected_delivery_options))


async def _choose(
    context: Context, cart_id: str, found: dict[int, DeliveryGroup], choices: Sequence[OptionChoice]
) -> list[CartWarning]:
    warnings: list[CartWarning] = []
    for choice in choices:
        group = found.get(choice.group_id)
        offered = [option.handle for option in group.quoted.priced.options] if group else None
        warnings += await cart_delivery.choose_option(cart_id, choice.handle, offered=offered, now=context.now)
    return warnings


def _option(option: Option, currency: str) -> DeliveryOption:
    price = Money(option.price, currency)
    return DeliveryOption(option.handle, option.handle, option.title, option.description, price, "SHIPPING")
