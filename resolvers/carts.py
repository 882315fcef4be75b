"""Carts: finding one by its key, what it costs, and who is buying."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commerce.quotes import Quote
from loaders.carts import CartByKey
from loaders.customers import CustomerByKey
from loaders.rows import carts as rows
from loaders.rows.customers import Customer
from models.money import Money
from resolvers.context import Context
from resolvers.quotes import quote


@dataclass(frozen=True, slots=True)
class Cost:
    """What a cart costs."""

    subtotal_amount: Money
    total_amount: Money
    checkout_charge_amount: Money
    total_tax_amount: Money | None
    total_duty_amount: Money | None
    subtotal_amount_estimated: bool
    total_amount_estimated: bool
    total_tax_amount_estimated: bool
    total_duty_amount_estimated: bool


@dataclass(frozen=True, slots=True)
class EnteredCode:
    """A discount code of a cart, and whether it takes anything off."""

    code: str
    applicable: bool


@dataclass(frozen=True, slots=True)
class AppliedCard:
    """A gift card laid on a cart."""

    id: int
    last_characters: str
    balance: Money
    amount_used: Money


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a shopper would like best."""

    delivery: "DeliveryPreference | None"
    wallet: Sequence[str]


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A place on the map a shopper prefers."""

    latitude: float
    longitude: float
    country_code: str


@dataclass(frozen=True, slots=True)
class DeliveryPreference:
    """How a shopper would like to receive goods."""

    delivery_method: Sequence[str]
    pickup_handle: Sequence[str]
    coordinates: Coordinates | None


async def cart(context: Context, root: object, *, id: str) -> rows.Cart | None:
    """The cart with this key. A completed one is not found, so that clients start a new one."""
    return await context.loaders(CartByKey).load(id)


def checkout_url(context: Context, cart: rows.Cart) -> str:
    """Where the shopper can pay on a page."""
    return f"{context.public_url}/checkout/{cart.id}"


async def cost(context: Context, cart: rows.Cart) -> Cost:
    """What the cart costs. It is an estimate until the place it goes to is known."""
    quoted = await quote(context, cart)
    priced = quoted.priced
    return Cost(
        subtotal_amount=Money(priced.before_order_discounts, cart.currency),
        total_amount=Money(priced.total, cart.currency),
        checkout_charge_amount=Money(priced.due, cart.currency),
        total_tax_amount=Money(priced.tax, cart.currency) if _taxed(quoted) else None,
        total_duty_amount=None,
        subtotal_amount_estimated=False,
        total_amount_estimated=quoted.address is None,
        total_tax_amount_estimated=quoted.address is None,
        total_duty_amount_estimated=False,
    )


def _taxed(quoted: Quote) -> bool:
    return any(line.taxes for line in quoted.priced.lines)


async def discount_codes(context: Context, cart: rows.Cart) -> list[EnteredCode]:
    """The codes as they were entered, those that take nothing off included."""
    return [EnteredCode(entered.code, entered.refused is None) for entered in (await quote(context, cart)).codes]


async def applied_gift_cards(context: Context, cart: rows.Cart) -> list[AppliedCard]:
    """The gift cards laid on the cart, in the order they are charged."""
    quoted = await quote(context, cart)
    used = dict(quoted.priced.gift_cards)
    return [
        AppliedCard(
            card.id,
            card.last_characters,
            Money(card.balance, cart.currency),
            Money(used.get(card.gift_card_id, 0), cart.currency),
        )
        for card in quoted.cards
    ]


def itself(context: Context, cart: rows.Cart) -> rows.Cart:
    """The cart, for parts of it that are told apart."""
    return cart


def preferences(context: Context, cart: rows.Cart) -> Preferences | None:
    """What the shopper said to like best."""
    if cart.preferences is None:
        return None
    delivery: dict[str, Any] | None = cart.preferences.get("delivery")
    return Preferences(_delivery(delivery) if delivery else None, cart.preferences.get("wallet") or [])


def _delivery(kept: dict[str, Any]) -> DeliveryPreference:
    place = kept.get("coordinates")
    return DeliveryPreference(
        kept.get("delivery_method") or [], kept.get("pickup_handle") or [], Coordinates(**place) if place else None
    )


async def customer(context: Context, cart: rows.Cart) -> Customer | None:
    """The customer a cart belongs to."""
    return None if cart.customer_id is None else await context.loaders(CustomerByKey).load(cart.customer_id)
