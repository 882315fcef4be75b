"""The price of a basket: lines, discounts, shipping, taxes, gift cards. Pure arithmetic over whole minor units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from commerce.discounts import Item, Offer, Reductions, Unmet, reductions
from commerce.shipping import Option, Parcel, Zone, chosen, options
from commerce.tax import Rate, Tax, taxes_on


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one variant at its price now."""

    key: int
    item: Item
    taxable: bool = True
    requires_shipping: bool = True
    grams: int = 0


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the basket goes."""

    country: str
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Basket:
    """Everything that decides a price."""

    lines: tuple[Line, ...]
    offers: tuple[Offer, ...] = ()
    destination: Destination | None = None
    zones: tuple[Zone, ...] = ()
    option: str | None = None
    tax_rates: tuple[Rate, ...] = ()
    tax_included: bool = True
    gift_cards: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line's amounts. `line_discounts` and `order_discounts` are offer id → minor units."""

    line: Line
    line_discounts: Mapping[int, int]
    order_discounts: Mapping[int, int]
    taxes: tuple[Tax, ...]

    @property
    def price(self) -> int:
        """Before any discount."""
        return self.line.item.price

    @property
    def after_line_discounts(self) -> int:
        """What the line shows: the discounts on the whole order are not taken off yet."""
        return self.price - sum(self.line_discounts.values())

    @property
    def discount(self) -> int:
        """Everything taken off this line."""
        return sum(self.line_discounts.values()) + sum(self.order_discounts.values())

    @property
    def total(self) -> int:
        """What is paid for this line, before taxes that are added."""
        return self.price - self.discount


@dataclass(frozen=True, slots=True)
class Sending:
    """The chosen way to send, and what is paid for it."""

    option: Option
    discounts: Mapping[int, int]
    taxes: tuple[Tax, ...]

    @property
    def total(self) -> int:
        """What is paid for sending, before taxes that are added."""
        return self.option.price - sum(self.discounts.values())


@dataclass(frozen=True, slots=True)
class Priced:
    """A basket with all its amounts."""

    lines: tuple[PricedLine, ...]
    options: tuple[Option, ...]
    sending: Sending | None
    tax_included: bool
    gift_cards: tuple[tuple[int, int], ...] = ()
    unmet: Mapping[int, Unmet] = field(default_factory=dict)

    @property
    def before_order_discounts(self) -> int:
        """The lines, less the discounts on lines."""
        return sum(line.after_line_discounts for line in self.lines)

    @property
    def subtotal(self) -> int:
        """The lines, less all discounts."""
        return sum(line.total for line in self.lines)

    @property
    def shipping(self) -> int:
        """What is paid for sending."""
        return self.sending.total if self.sending else 0

    @property
    def tax(self) -> int:
        """All taxes, whether included or added."""
        taxed = [line.taxes for line in self.lines] + ([self.sending.taxes] if self.sending else [])
        return sum(tax.amount for taxes in taxed for tax in taxes)

    @property
    def total(self) -> int:
        """What is owed, gift cards not counted."""
        return self.subtotal + self.shipping + (0 if self.tax_included else self.tax)

    @property
    def due(self) -> int:
        """What is left to pay after gift cards."""
        return self.total - sum(used for _, used in self.gift_cards)


def price(basket: Basket) -> Priced:
    """Price a basket. Sums hold to the minor unit: total = lines - discounts + shipping (+ tax where it is added)."""
    country = basket.destination.country if basket.destination else None
    off = reductions([line.item for line in basket.lines], basket.offers, country=country)
    lines = tuple(_line(basket, index, off) for index in range(len(basket.lines)))
    offered = _options(basket, lines)
    sending = _sending(basket, chosen(offered, basket.option), off)
    priced = Priced(lines, offered, sending, basket.tax_included, (), off.unmet)
    cards = _gift_cards(basket.gift_cards, priced.total)
    return Priced(lines, offered, sending, basket.tax_included, cards, off.unmet)


def _line(basket: Basket, index: int, off: Reductions) -> PricedLine:
    line = basket.lines[index]
    priced = PricedLine(line, off.on_lines[index], off.on_order[index], ())
    rates = basket.tax_rates if line.taxable else ()
    taxes = taxes_on(priced.total, rates, included=basket.tax_included)
    return PricedLine(line, priced.line_discounts, priced.order_discounts, taxes)


def _options(basket: Basket, lines: Sequence[PricedLine]) -> tuple[Option, ...]:
    sent = [line for line in lines if line.line.requires_shipping]
    if basket.destination is None or not sent:
        return ()
    parcel = Parcel(
        grams=sum(line.line.grams * line.line.item.quantity for line in sent),
        subtotal=sum(line.total for line in sent),
        quantity=sum(line.line.item.quantity for line in sent),
    )
    place = basket.destination
    return options(basket.zones, parcel, country=place.country, province=place.province)


def _sending(basket: Basket, option: Option | None, off: Reductions) -> Sending | None:
    if option is None:
        return None
    freed = {off.free_shipping[0].id: option.price} if off.free_shipping and option.price else {}
    rates = [rate for rate in basket.tax_rates if rate.on_shipping]
    left = option.price - sum(freed.values())
    return Sending(option, freed, taxes_on(left, rates, included=basket.tax_included))


def _gift_cards(cards: Sequence[tuple[int, int]], total: int) -> tuple[tuple[int, int], ...]:
    used: list[tuple[int, int]] = []
    for card, balance in cards:
        amount = min(balance, total)
        total -= amount
        used.append((card, amount))
    return tuple(used)
