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


class Domain(NamedTuple):
    """Where the shop is reached."""

    host: str
    ssl_enabled: bool
    url: str


class PaymentProvider(NamedTuple):
    """Whom else than the shop shoppers can pay by."""

    name: str
    public_key: str | None
    hosted_session_id: str | None


class PaymentSettings(NamedTuple):
    """What is paid with."""

    country_code: str
    currency_code: str
    enabled_presentment_currencies: list[str]
    manual_payment_methods: list[str]
    test_payments: bool
    providers: list[PaymentProvider]


class Currency(NamedTuple):
    """A currency, named in a language."""

    iso_code: str
    name: str
    symbol: str


class Language(NamedTuple):
    """A language, named in itself and in another."""

    iso_code: str
    endonym_name: str
    name: str


class Country(NamedTuple):
    """A country as the shop serves it."""

    iso_code: str
    name: str
    currency: Currency
    unit_system: str
    available_languages: list[Language]
    default_language: Language


class Localization(NamedTuple):
    """Where and in which language the shop is being asked."""

    country: Country
    language: Language
    available_countries: list[Country]
    available_languages: list[Language]
