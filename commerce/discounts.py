"""What discounts take off a basket. Pure arithmetic: who may use a discount, and when, was decided before.

Discounts are of three classes. Line discounts come first and at most one falls on a line; order discounts are split
over what is left of the lines; shipping discounts come last. Two discounts are used together only where each allows
the other's class; where they exclude each other, the one that saves more is used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from commerce.shares import fraction, shares
from models.discounts import DiscountKind as Kind


class Class(StrEnum):
    """What a discount falls on."""

    LINES = "LINES"
    ORDER = "ORDER"
    SHIPPING = "SHIPPING"


class Unmet(StrEnum):
    """Why a discount takes nothing off this basket."""

    NO_ENTITLED_LINE_ITEMS = "DISCOUNT_NO_ENTITLED_LINE_ITEMS"
    NO_ENTITLED_SHIPPING_LINES = "DISCOUNT_NO_ENTITLED_SHIPPING_LINES"
    PURCHASE_NOT_IN_RANGE = "DISCOUNT_PURCHASE_NOT_IN_RANGE"
    QUANTITY_NOT_IN_RANGE = "DISCOUNT_QUANTITY_NOT_IN_RANGE"
    NOT_COMBINABLE = "DISCOUNT_CODE_NOT_HONOURED"


@dataclass(frozen=True, slots=True)
class Goods:
    """Which products: by id or by collection; neither given means all."""

    products: frozenset[int] = frozenset()
    collections: frozenset[int] = frozenset()

    def includes(self, item: "Item") -> bool:
        """Whether an item is among them."""
        if not self.products and not self.collections:
            return True
        return item.product_id in self.products or not self.collections.isdisjoint(item.collections)


@dataclass(frozen=True, slots=True)
class Item:
    """A line as discounts see it."""

    product_id: int
    unit_price: int
    quantity: int
    collections: frozenset[int] = frozenset()

    @property
    def price(self) -> int:
        """The line before any discount."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Offer:
    """A discount that this shopper may use now. `value` is minor units for FIXED_AMOUNT, else millionths."""

    id: int
    kind: Kind
    title: str = ""
    code: str | None = None
    on_order: bool = True
    value: int = 0
    goods: Goods = field(default_factory=Goods)
    min_subtotal: int | None = None
    min_quantity: int | None = None
    buys: Goods = field(default_factory=Goods)
    buy_quantity: int = 0
    get_quantity: int = 0
    countries: frozenset[str] = frozenset()
    combines_with: frozenset[Class] = frozenset()

    @property
    def falls_on(self) -> Class:
        """The class this discount belongs to."""
        if self.kind is Kind.FREE_SHIPPING:
            return Class.SHIPPING
        return Class.ORDER if self.on_order and self.kind is not Kind.BUY_X_GET_Y else Class.LINES


@dataclass(frozen=True, slots=True)
class Reductions:
    """What was taken off: per line and offer, for lines and for the order apart; and which offers free the shipping."""

    on_lines: tuple[Mapping[int, int], ...]
    on_order: tuple[Mapping[int, int], ...]
    free_shipping: tuple[Offer, ...]
    unmet: Mapping[int, Unmet]


def reductions(items: Sequence[Item], offers: Sequence[Offer], *, country: str | None = None) -> Reductions:
    """Use the offers that apply and go together. The maps are offer id → minor units, one map per item."""
    unmet = {offer.id: why for offer in offers if (why := _unmet(offer, items, country))}
    used = _going_together([offer for offer in offers if offer.id not in unmet], items)
    for offer in offers:
        if offer not in used:
            unmet.setdefault(offer.id, Unmet.NOT_COMBINABLE)
    on_lines = _line_reductions(items, [offer for offer in used if offer.falls_on is Class.LINES])
    left = [item.price - sum(off.values()) for item, off in zip(items, on_lines, strict=True)]
    on_order = _order_reductions(items, left, [offer for offer in used if offer.falls_on is Class.ORDER])
    return Reductions(on_lines, on_order, tuple(o for o in used if o.falls_on is Class.SHIPPING), unmet)


def _unmet(offer: Offer, items: Sequence[Item], country: str | None) -> Unmet | None:
    entitled = [item for item in items if offer.goods.includes(item)]
    if not entitled:
        return Unmet.NO_ENTITLED_LINE_ITEMS
    if offer.min_subtotal is not None and sum(item.price for item in entitled) < offer.min_subtotal:
        return Unmet.PURCHASE_NOT_IN_RANGE
    if offer.min_quantity is not None and sum(item.quantity for item in entitled) < offer.min_quantity:
        return Unmet.QUANTITY_NOT_IN_RANGE
    if offer.kind is Kind.BUY_X_GET_Y and not any(_given(offer, items)):
        return Unmet.QUANTITY_NOT_IN_RANGE
    if offer.countries and country is not None and country not in offer.countries:
        return Unmet.NO_ENTITLED_SHIPPING_LINES
    return None


def _going_together(offers: Sequence[Offer], items: Sequence[Item]) -> list[Offer]:
    used: list[Offer] = []
    for offer in sorted(offers, key=lambda offer: (-_saving(offer, items), offer.id)):
        if all(_combine(offer, other) for other in used):
            used.append(offer)
    return used


def _combine(one: Offer, other: Offer) -> bool:
    return other.falls_on in one.combines_with and one.falls_on in other.combines_with


def _saving(offer: Offer, items: Sequence[Item]) -> int:
    if offer.falls_on is Class.SHIPPING:
        return 0
    if offer.falls_on is Class.LINES:
        return sum(_line_saving(offer, items))
    return sum(sum(off.values()) for off in _order_reductions(items, [item.price for item in items], [offer]))


def _line_reductions(items: Sequence[Item], offers: Sequence[Offer]) -> tuple[Mapping[int, int], ...]:
    savings = [(offer, _line_saving(offer, items)) for offer in offers]
    lines: list[Mapping[int, int]] = []
    for index in range(len(items)):
        best = max(((saving[index], -offer.id) for offer, saving in savings), default=(0, 0))
        lines.append({-best[1]: best[0]} if best[0] else {})
    return tuple(lines)


def _line_saving(offer: Offer, items: Sequence[Item]) -> list[int]:
    if offer.kind is Kind.BUY_X_GET_Y:
        given = _given(offer, items)
        return [fraction(item.unit_price * units, offer.value) for item, units in zip(items, given, strict=True)]
    return [_off_line(offer, item) if offer.goods.includes(item) else 0 for item in items]


def _off_line(offer: Offer, item: Item) -> int:
    if offer.kind is Kind.FIXED_AMOUNT:
        return min(offer.value, item.unit_price) * item.quantity
    return fraction(item.price, offer.value)


def _order_reductions(
    items: Sequence[Item], left: Sequence[int], offers: Sequence[Offer]
) -> tuple[Mapping[int, int], ...]:
    rest = list(left)
    taken: list[dict[int, int]] = [{} for _ in items]
    for offer in offers:
        weights = [price if offer.goods.includes(item) else 0 for item, price in zip(items, rest, strict=True)]
        whole = sum(weights)
        off = min(offer.value, whole) if offer.kind is Kind.FIXED_AMOUNT else fraction(whole, offer.value)
        for index, part in enumerate(shares(off, weights) if whole else []):
            if part:
                taken[index][offer.id] = part
                rest[index] -= part
    return tuple(taken)


def _given(offer: Offer, items: Sequence[Item]) -> list[int]:
    """How many units of each item are given at the lower price: the cheapest, as often as enough others are bought."""
    gettable = [item.quantity if offer.goods.includes(item) else 0 for item in items]
    buyable = [item.quantity if offer.buys.includes(item) else 0 for item in items]
    best = [0] * len(items)
    low, high = 1, sum(gettable) // offer.get_quantity if offer.get_quantity else 0
    while low <= high:
        times = (low + high) // 2
        given = _cheapest(items, gettable, times * offer.get_quantity)
        others = sum(
            max(0, min(can, item.quantity - units)) for can, item, units in zip(buyable, items, given, strict=True)
        )
        if others >= times * offer.buy_quantity:
            best, low = given, times + 1
        else:
            high = times - 1
    return best


def _cheapest(items: Sequence[Item], gettable: Sequence[int], wanted: int) -> list[int]:
    given = [0] * len(items)
    for index in sorted(range(len(items)), key=lambda index: (items[index].unit_price, index)):
        given[index] = min(gettable[index], wanted)
        wanted -= given[index]
    return given
