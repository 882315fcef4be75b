"""The catalogue's rows."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from loaders.reading import Column
from models.money import Money


class Product(NamedTuple):
    """A product."""

    id: int
    handle: str
    title: str
    description: str
    description_html: str
    vendor: str
    product_type: str
    status: str
    published_at: dt.datetime | None
    is_gift_card: bool
    seo_title: str | None
    seo_description: str | None
    min_price: int
    max_price: int
    units_sold: int
    created_at: dt.datetime
    updated_at: dt.datetime


class ProductTag(NamedTuple):
    """A tag of a product."""

    product_id: int
    tag: str


class ProductOption(NamedTuple):
    """An option of a product."""

    id: int
    product_id: int
    name: str
    position: int


class ProductOptionValue(NamedTuple):
    """A value of an option."""

    id: int
    option_id: int
    product_id: Annotated[int, Column("option__product_id")]
    option_position: Annotated[int, Column("option__position")]
    name: str
    position: int
    swatch_color: str | None
    swatch_image_url: str | None


class ProductImage(NamedTuple):
    """A picture of a product."""

    id: int
    product_id: int
    position: int
    url: str
    alt_text: str | None
    width: int | None
    height: int | None


class ProductVariant(NamedTuple):
    """A variant of a product."""

    id: int
    product_id: int
    position: int
    title: str
    option1: str
    option2: str
    option3: str
    sku: str | None
    barcode: str | None
    price: int
    compare_at_price: int | None
    weight_grams: int
    weight_unit: str
    taxable: bool
    requires_shipping: bool
    tracked: bool
    inventory_policy: str
    image_id: int | None
    unit_quantity: float | None
    unit_quantity_unit: str | None
    unit_reference: int | None
    unit_reference_unit: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class Collection(NamedTuple):
    """A collection."""

    id: int
    handle: str
    title: str
    description: str
    description_html: str
    sort_order: str
    image_url: str | None
    image_alt_text: str | None
    image_width: int | None
    image_height: int | None
    seo_title: str | None
    seo_description: str | None
    published_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


class ProductStanding(NamedTuple):
    """What a product's variants amount to: whether one can be bought, how many there are, and their old prices."""

    product_id: int
    variants: int
    available_for_sale: bool
    units: int | None
    lowest_compare_at: int
    highest_compare_at: int


class VariantStanding(NamedTuple):
    """A variant's stock over all active locations; None for a variant whose stock is not counted."""

    variant_id: int
    units: int | None
    available_for_sale: bool


class Picture(NamedTuple):
    """A picture that belongs to something else than a product; `id` says to what: `collection-3`, `logo`."""

    id: str
    url: str
    alt_text: str | None
    width: int | None
    height: int | None


class PriceRange(NamedTuple):
    """The lowest and the highest of some prices."""

    min_variant_price: Money
    max_variant_price: Money


class SelectedOption(NamedTuple):
    """A variant's value of one option."""

    name: str
    value: str


class Seo(NamedTuple):
    """What search engines are told."""

    title: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, counted exactly."""

    count: int
    precision: str = "EXACT"


class UnitMeasure(NamedTuple):
    """How much a variant holds, and the amount its unit price is told for."""

    measured_type: str
    quantity_unit: str
    quantity_value: float
    reference_unit: str
    reference_value: int


class Swatch(NamedTuple):
    """What an option value looks like."""

    color: str | None
    image: Picture | None


class Membership(NamedTuple):
    """A product's place in a collection."""

    collection_id: int
    product_id: int
    position: int


class VariantBooks(NamedTuple):
    """What only the shop's people see of a variant."""

    id: int
    tax_code: str | None
    cost: int | None


class CollectionRules(NamedTuple):
    """By which rules a collection takes products in; none for one that is chosen by hand."""

    id: int
    rules: list[dict[str, str]] | None
    rules_match_any: bool


class Publication(NamedTuple):
    """A place where products and collections are offered; this shop has one, its storefronts."""

    id: int
    name: str


class PublicationOf(NamedTuple):
    """Since or from when something is offered there."""

    publication: Publication
    publish_date: dt.datetime | None
    thing: object
