"""The catalogue's rows."""

import datetime as dt
from typing import NamedTuple


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
