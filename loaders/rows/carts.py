"""The rows of carts."""

import datetime as dt
from typing import Any, NamedTuple


class Cart(NamedTuple):
    """A cart that is shopped with."""

    id: str
    currency: str
    note: str | None
    attributes: list[dict[str, str]]
    country_code: str | None
    email: str | None
    phone: str | None
    customer_id: int | None
    preferences: dict[str, Any] | None
    discount_codes: list[str]
    delivery_option: str | None
    billing_address: dict[str, Any] | None
    payment: dict[str, Any] | None
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime


class CartAddress(NamedTuple):
    """A place a cart may be sent to."""

    id: int
    cart_id: str
    address: dict[str, Any]
    selected: bool
    one_time_use: bool
