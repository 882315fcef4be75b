"""The shop's row."""

import datetime as dt
from typing import NamedTuple


class Shop(NamedTuple):
    """The shop's settings as a reader sees them."""

    id: int
    name: str
    description: str | None
    email: str | None
    currency: str
    country: str
    language: str
    prices_include_tax: bool
    tax_shipping: bool
    manual_payment_methods: list[str]
    capture_on_authorization: bool
    test_payments: bool
    order_number_prefix: str
    cancel_window_minutes: int
    return_window_days: int
    logo_url: str | None
    updated_at: dt.datetime
