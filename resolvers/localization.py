"""Where and in which language the shop is asked, out of what it has."""

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_symbol

from loaders.markets import CountriesServed
from loaders.rows.shop import Country, Currency, Language, Localization
from resolvers.context import Context

IMPERIAL = frozenset({"US", "LR", "MM", "GB"})
UNCODED = frozenset(re.findall("..", "AQASCPCQDGEAEUEZFMGUICMHMPPRPWQOUNVIXAXBZZ"))
"""Territories of CLDR that are no countries to send to, or that the dialect has no code for."""

COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)) - UNCODED


async def localization(context: Context, root: object) -> Localization:
    """The country and language of `@inContext` where the shop has them, else the shop's own; and all there are."""
    shop = context.shop
    codes = await countries_served(context)
    code = context.country if context.country in codes else shop.country
    language = language_of(shop.language, shop.language)
    countries = [country_of(each, shop.currency, shop.language) for each in sorted(codes)]
    return Localization(country_of(code or shop.country, shop.currency, shop.language), language, countries, [language])


async def countries_served(context: Context) -> frozenset[str]:
    """The codes of the countries the shop sends to; without zones, its own alone."""
    served = await context.loaders(CountriesServed).load(context.shop.id)
    if "*" in served:
        return COUNTRIES
    return served & COUNTRIES or frozenset({context.shop.country})


async def ships_to(context: Context, shop: object) -> list[str]:
    """The codes of the countries the shop sends to, in alphabetical order."""
    return sorted(await countries_served(context))


@cache
def country_of(code: str, currency: str, language: str) -> Country:
    """A country, named in the shop's language."""
    locale = _locale(language)
    spoken = language_of(language, language)
    units = "IMPERIAL_SYSTEM" if code in IMPERIAL else "METRIC_SYSTEM"
    return Country(
        code, str(locale.territories.get(code, code)), currency_of(currency, language), units, [spoken], spoken
    )


@cache
def currency_of(code: str, language: str) -> Currency:
    """A currency, named in the shop's language."""
    locale = _locale(language)
    return Currency(code, str(locale.currencies.get(code, code)), get_currency_symbol(code, locale=locale))


@cache
def language_of(code: str, shown_in: str) -> Language:
    """A language, named in itself and in another."""
    key = code.replace("_", "-").partition("-")[0].lower()
    endonym = _locale(code).languages.get(key, code)
    return Language(code, str(endonym), str(_locale(shown_in).languages.get(key, code)))


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
