"""Ways of sending a parcel and what they cost. Pure arithmetic over zones and rates."""

from collections.abc import Sequence
from dataclasses import dataclass

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Rate:
    """A way to send, its price, and the parcels it takes."""

    id: int
    title: str
    price: int
    description: str | None = None
    position: int = 1
    free_from: int | None = None
    weight: tuple[int | None, int | None] = (None, None)
    subtotal: tuple[int | None, int | None] = (None, None)
    quantity: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Zone:
    """Places served at the same rates: "FR", "US-NY", or "*" for every place no other zone names."""

    places: frozenset[str]
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What decides which rates apply: grams, the price of its goods, and how many they are."""

    grams: int
    subtotal: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Option:
    """A delivery option for one parcel."""

    handle: str
    title: str
    description: str | None
    price: int


def options(zones: Sequence[Zone], parcel: Parcel, *, country: str, province: str | None) -> tuple[Option, ...]:
    """The ways this parcel can be sent, cheapest first. None where the shop does not send to."""
    zone = zone_of(zones, country=country, province=province)
    fitting = [rate for rate in zone.rates if _fits(rate, parcel)] if zone else []
    offered = [(_price(rate, parcel), rate.position, rate) for rate in fitting]
    return tuple(
        Option(handle_of(rate), rate.title, rate.description, price)
        for price, _, rate in sorted(offered, key=lambda entry: (entry[0], entry[1], entry[2].id))
    )


def zone_of(zones: Sequence[Zone], *, country: str, province: str | None) -> Zone | None:
    """The zone that names a place most closely."""
    for place in (f"{country}-{province}", country, EVERYWHERE):
        for zone in zones:
            if place in zone.places:
                return zone
    return None


def chosen(offered: Sequence[Option], handle: str | None) -> Option | None:
    """The option with this handle; without one, or where it is no longer offered, the cheapest."""
    cheapest = offered[0] if offered else None
    return next((option for option in offered if option.handle == handle), cheapest)


def handle_of(rate: Rate) -> str:
    """The name a client chooses an option by: it lasts as long as the rate."""
    words = "".join(letter if letter.isalnum() else " " for letter in rate.title.lower()).split()
    return f"{'-'.join(words)[:100]}-{rate.id}"


def _fits(rate: Rate, parcel: Parcel) -> bool:
    return (
        _within(rate.weight, parcel.grams)
        and _within(rate.subtotal, parcel.subtotal)
        and _within(rate.quantity, parcel.quantity)
    )


def _within(bounds: tuple[int | None, int | None], value: int) -> bool:
    low, high = bounds
    return (low is None or value >= low) and (high is None or value <= high)


def _price(rate: Rate, parcel: Parcel) -> int:
    return 0 if rate.free_from is not None and parcel.subtotal >= rate.free_from else rate.price
