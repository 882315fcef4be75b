"""What a cart costs now: everything that decides its price is gathered, then priced. Reads only."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from commerce import shipping, tax
from commerce.discounts import Item
from commerce.offers import Buyer, EnteredCode, Offers, collections_of, offers_for
from commerce.pricing import Basket, Destination, Line, Priced, price
from database.prepared import Prepared
from models.carts import CartAddress, CartGiftCard, CartLine
from models.delivery import ShippingRate, TaxRate


class TaxRules(Protocol):
    """What a shop says of taxes."""

    @property
    def prices_include_tax(self) -> bool:
        """Whether taxes are within prices."""

    @property
    def tax_shipping(self) -> bool:
        """Whether sending is taxed."""


_LINES = Prepared(
    lambda cart_id: (
        CartLine.filter(cart_id=cart_id)
        .order_by("id")
        .values_list(
            "id",
            "variant_id",
            "quantity",
            "attributes",
            "parent_id",
            "variant__product_id",
            "variant__price",
            "variant__compare_at_price",
            "variant__taxable",
            "variant__requires_shipping",
            "variant__weight_grams",
        )
    ),
    str,
)
_ADDRESS = Prepared(lambda cart_id: CartAddress.filter(cart_id=cart_id, selected=True).limit(1), str)
_CARDS = Prepared(
    lambda cart_id: (
        CartGiftCard.filter(cart_id=cart_id)
        .order_by("id")
        .values_list(
            "id",
            "gift_card_id",
            "gift_card__last_characters",
            "gift_card__balance",
            "gift_card__enabled",
            "gift_card__expires_at",
        )
    ),
    str,
)
_RATES = Prepared(
    lambda: (
        ShippingRate.filter(active=True)
        .order_by("zone_id", "position", "id")
        .values_list(
            "zone_id",
            "zone__countries",
            "id",
            "title",
            "price",
            "description",
            "position",
            "free_from",
            "min_weight_grams",
            "max_weight_grams",
            "min_subtotal",
            "max_subtotal",
            "min_quantity",
            "max_quantity",
        )
    )
)
_TAXES = Prepared(
    lambda country: TaxRate.filter(country=country).values_list("country", "province", "title", "rate", "on_shipping"),
    str,
)


class PricedCart(Protocol):
    """What of a cart decides its price, besides its lines."""

    @property
    def id(self) -> str:
        """The cart's key."""

    @property
    def discount_codes(self) -> list[str]:
        """The codes entered."""

    @property
    def delivery_option(self) -> str | None:
        """The delivery option chosen."""

    @property
    def country_code(self) -> str | None:
        """Where the shopper is, until an address says more."""

    @property
    def email(self) -> str | None:
        """The shopper's email."""


class QuotedLine(NamedTuple):
    """A line of a cart with what is needed of its variant."""

    id: int
    variant_id: int
    quantity: int
    attributes: list[dict[str, str]]
    parent_id: int | None
    product_id: int
    price: int
    compare_at_price: int | None
    taxable: bool
    requires_shipping: bool
    weight_grams: int


class LaidCard(NamedTuple):
    """A gift card laid on a cart."""

    id: int
    gift_card_id: int
    last_characters: str
    balance: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A cart with its price, and everything the price came from."""

    lines: tuple[QuotedLine, ...]
    address: CartAddress | None
    offers: Offers
    cards: tuple[LaidCard, ...]
    priced: Priced

    @property
    def codes(self) -> tuple[EnteredCode, ...]:
        """The codes entered, each with why it takes nothing off, if so."""
        unmet = self.priced.unmet
        return tuple(
            EnteredCode(entered.code, entered.discount_id, entered.refused or unmet.get(entered.discount_id or 0))
            for entered in self.offers.codes
        )


async def quote_of(cart: PricedCart, buyer: Buyer, shop: TaxRules, *, now: dt.datetime) -> Quote:
    """Price a cart as it stands."""
    lines = await _lines(cart.id)
    address = next(iter(await _ADDRESS.rows(CartAddress, cart.id)), None)
    offers = await offers_for(cart.discount_codes, buyer, now=now)
    cards = await _cards(cart.id, now)
    place = _place(address, cart.country_code)
    zones = await _zones() if address and any(line.requires_shipping for line in lines) else ()
    basket = Basket(
        lines=tuple(await _priced_lines(lines, offers)),
        offers=offers.offers,
        destination=place if address else None,
        zones=tuple(zones),
        option=cart.delivery_option,
        tax_rates=await _tax_rates(place, shop),
        tax_included=shop.prices_include_tax,
        gift_cards=tuple((card.gift_card_id, card.balance) for card in cards),
    )
    return Quote(tuple(lines), address, offers, tuple(cards), price(basket))


async def _lines(cart_id: str) -> list[QuotedLine]:
    return [QuotedLine(*record) for record in await _LINES.values(cart_id)]


async def _priced_lines(lines: Sequence[QuotedLine], offers: Offers) -> list[Line]:
    collections = await collections_of({line.product_id for line in lines}, offers.offers)
    return [
        Line(
            key=line.id,
            item=Item(line.product_id, line.price, line.quantity, collections.get(line.product_id, frozenset())),
            taxable=bool(line.taxable),
            requires_shipping=bool(line.requires_shipping),
            grams=line.weight_grams,
        )
        for line in lines
    ]


async def _cards(cart_id: str, now: dt.datetime) -> list[LaidCard]:
    return [
        LaidCard(key, card, last, balance if enabled and (expires is None or now < expires) else 0)
        for key, card, last, balance, enabled, expires in await _CARDS.values(cart_id)
    ]


def _place(address: CartAddress | None, country: str | None) -> Destination | None:
    if address is not None and (code := address.address.get("country_code")):
        return Destination(code, address.address.get("province_code"))
    return Destination(country) if country else None


async def _zones() -> list[shipping.Zone]:
    zones: dict[int, shipping.Zone] = {}
    for zone_id, countries, *rate in await _RATES.values():
        zone = zones.get(zone_id) or shipping.Zone(frozenset(countries), ())
        zones[zone_id] = shipping.Zone(zone.places, (*zone.rates, _rate(*rate)))
    return list(zones.values())


def _rate(
    key: int, title: str, price: int, description: str | None, position: int, free_from: int | None, *bounds: int | None
) -> shipping.Rate:
    min_weight, max_weight, min_subtotal, max_subtotal, min_quantity, max_quantity = bounds
    return shipping.Rate(
        id=key,
        title=title,
        price=price,
        description=description,
        position=position,
        free_from=free_from,
        weight=(min_weight, max_weight),
        subtotal=(min_subtotal, max_subtotal),
        quantity=(min_quantity, max_quantity),
    )


async def _tax_rates(place: Destination | None, shop: TaxRules) -> tuple[tax.Rate, ...]:
    if place is None:
        return ()
    rates = [
        (country, province, tax.Rate(title, rate, bool(on_shipping) and shop.tax_shipping))
        for country, province, title, rate, on_shipping in await _TAXES.values(place.country)
    ]
    return tax.rates_at(rates, country=place.country, province=place.province)
