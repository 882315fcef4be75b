"""The rows of sending and taxes."""

from typing import NamedTuple


class ShippingZone(NamedTuple):
    """Places served at the same rates."""

    id: int
    name: str
    countries: list[str]


class ShippingRate(NamedTuple):
    """One way to send within a zone."""

    id: int
    zone_id: int
    title: str
    description: str | None
    position: int
    price: int
    free_from: int | None
    min_weight_grams: int | None
    max_weight_grams: int | None
    min_subtotal: int | None
    max_subtotal: int | None
    min_quantity: int | None
    max_quantity: int | None
    active: bool


class TaxRate(NamedTuple):
    """A tax of a country or one of its provinces."""

    id: int
    country: str
    province: str
    title: str
    rate: int
    on_shipping: bool
