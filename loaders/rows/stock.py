"""The rows of stock: places, what lies there, and every movement of it."""

import datetime as dt
from typing import Annotated, NamedTuple

from loaders.reading import Column


class Location(NamedTuple):
    """A place goods are kept and sent from."""

    id: int
    name: str
    priority: int
    active: bool
    address: dict[str, str] | None
    created_at: dt.datetime


class InventoryItem(NamedTuple):
    """A variant as it lies on shelves."""

    id: int
    sku: str | None
    title: str
    product_title: Annotated[str, Column("product__title")]
    cost: int | None
    tracked: bool
    inventory_policy: str
    requires_shipping: bool
    weight_grams: int
    created_at: dt.datetime
    updated_at: dt.datetime


class InventoryLevel(NamedTuple):
    """Units of a variant at a location."""

    id: int
    variant_id: int | None
    location_id: int
    on_hand: int
    reserved: int
    committed: int
    available: int


class InventoryMovement(NamedTuple):
    """One change of one level."""

    id: int
    level_id: int
    reason: str
    on_hand: int
    reserved: int
    committed: int
    order_id: int | None
    note: str | None
    occurred_at: dt.datetime
