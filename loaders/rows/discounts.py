"""The rows of discounts."""

import datetime as dt
from typing import NamedTuple


class Discount(NamedTuple):
    """A discount as staff see it."""

    id: int
    title: str
    kind: str
    method: str
    target: str
    value: int
    min_subtotal: int | None
    min_quantity: int | None
    product_ids: list[int]
    collection_ids: list[int]
    customer_ids: list[int]
    countries: list[str]
    buy_quantity: int
    buy_product_ids: list[int]
    buy_collection_ids: list[int]
    get_quantity: int
    combines_with_products: bool
    combines_with_order: bool
    combines_with_shipping: bool
    active: bool
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    usage_limit: int | None
    customer_limit: int | None
    uses: int
    created_at: dt.datetime
    updated_at: dt.datetime


class DiscountCode(NamedTuple):
    """A code of a discount."""

    id: int
    discount_id: int
    code: str
