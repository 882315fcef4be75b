"""Where and in which language the shop is asked."""

from typing import TYPE_CHECKING

import strawberry

from loaders.rows import shop as rows
from resolvers import localization
from schema.binding import described, describes, resolved_by
from schema.codes import CountryCode, CurrencyCode, LanguageCode
from schema.enums import enumeration

if TYPE_CHECKING:
    UnitSystem = str
else:
    UnitSystem = enumeration(
        "UnitSystem",
        "The units a country measures in.",
        {"METRIC_SYSTEM": "Metres, kilograms, litres.", "IMPERIAL_SYSTEM": "Feet, pounds, gallons."},
    )


@strawberry.type(description="A currency.")
@describes(rows.Currency)
class Currency:
    """A currency."""

    iso_code: CurrencyCode = described("Its code, ISO 4217.")
    name: str = described("Its name, in the shop's language.")
    symbol: str = described("The sign it is written with.")


@strawberry.type(description="A language.")
@describes(rows.Language)
class Language:
    """A language."""

    iso_code: LanguageCode = described("Its code.")
    endonym_name: str = described("Its name in itself.")
    name: str = described("Its name in the shop's language.")


@strawberry.type(description="A country, as the shop serves it.")
@describes(rows.Country)
class Country:
    """A country, as the shop serves it."""

    iso_code: CountryCode = described("Its code, ISO 3166-1.")
    name: str = described("Its name, in the shop's language.")
    currency: Currency = described("The currency prices are shown in there.")
    unit_system: UnitSystem = described("The units it measures in.")
    available_languages: list[Language] = described("The languages the shop speaks there.")
    default_language: Language = described("The language the shop speaks there unless asked otherwise.")


@strawberry.type(description="Where and in which language the shop is asked, and what it has to offer.")
@describes(rows.Localization)
class Localization:
    """Where and in which language the shop is asked."""

    country: Country = described("The country asked for, if the shop serves it; else the shop's own.")
    language: Language = described("The language of the answers.")
    available_countries: list[Country] = described("The countries the shop sends to.")
    available_languages: list[Language] = described("The languages the shop speaks.")


@strawberry.type
class LocalizationQuery:
    """Questions about place and language."""

    localization: Localization = resolved_by(
        localization.localization,
        "Where and in which language the shop is being asked; see `@inContext`.",
        lasting=True,
    )
