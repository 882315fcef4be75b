"""Addresses by the rules of their countries: what must be there, how postal codes look, which provinces there are."""

from typing import Any

import pytest

from commerce.addresses import problems_of, tidied
from models.addresses import Address
from tests.buying import Basket, line
from tests.goods import a_variant, a_zone

ADA = {"first_name": "Ada", "last_name": "Lovelace"}
RIGHT = {
    "DE": {"address1": "Unter den Linden 1", "city": "Berlin", "zip": "10117"},
    "US": {"address1": "1 Main St", "city": "Portland", "province_code": "OR", "zip": "97201"},
    "GB": {"address1": "1 High St", "city": "London", "zip": "SW1A 1AA"},
    "JP": {"address1": "Chiyoda 1-1", "province_code": "JP-13", "zip": "100-0001"},
    "IE": {"address1": "1 Main St", "city": "Dublin", "zip": "D02 AF30"},
    "CA": {"address1": "1 Main St", "city": "Toronto", "province_code": "ON", "zip": "M5V 2T6"},
    "HK": {"address1": "1 Queen's Road", "city": "Central", "province_code": "Hong Kong Island"},
    "BR": {"address1": "Rua 1", "city": "Recife", "province_code": "PE", "zip": "50030-230"},
}


def told(country: str, **differences: Any) -> set[tuple[str, str]]:
    """What is wrong with the right address of a country once it differs like this."""
    parts = {**ADA, **RIGHT[country], "country_code": country, **differences}
    return {(problem.part, problem.kind) for problem in problems_of(tidied(Address(**parts)), strict=True)}


@pytest.mark.parametrize("country", RIGHT)
def test_an_address_as_its_country_writes_it_is_right(country: str) -> None:
    assert told(country) == set()


@pytest.mark.parametrize(
    ("country", "part"),
    [
        ("DE", "address1"),
        ("DE", "city"),
        ("DE", "zip"),
        ("US", "province_code"),
        ("US", "zip"),
        ("GB", "zip"),
        ("CA", "province_code"),
        ("BR", "province_code"),
    ],
)
def test_what_a_country_asks_for_must_be_there(country: str, part: str) -> None:
    assert told(country, **{part: None}) == {(part, "REQUIRED")}
    assert told(country, **{part: "   "}) == {(part, "REQUIRED")}


@pytest.mark.parametrize(
    ("country", "code"), [("DE", "1011"), ("US", "9720"), ("GB", "12345"), ("CA", "M5V"), ("JP", "10"), ("BR", "abc")]
)
def test_a_postal_code_of_another_form_is_told(country: str, code: str) -> None:
    assert told(country, zip=code) == {("zip", "INVALID")}


@pytest.mark.parametrize(("country", "province"), [("US", "ON"), ("CA", "OR"), ("BR", "XX")])
def test_a_province_of_another_country_is_told(country: str, province: str) -> None:
    assert ("province_code", "NOT_FOUND") in told(country, province_code=province)


def test_a_province_is_known_by_its_name_and_kept_by_its_code() -> None:
    assert tidied(Address(country_code="us", province_code=" oregon ")).province_code == "OR"


def test_nobody_to_receive_it_and_no_country_are_told() -> None:
    assert told("DE", first_name=None, last_name=None) == {("last_name", "REQUIRED")}
    assert ("country_code", "REQUIRED") in {
        (problem.part, problem.kind) for problem in problems_of(Address(country_code="XX"), strict=True)
    }


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"zip": None}, "DELIVERY_POSTAL_CODE_REQUIRED"),
        ({"zip": "ABC"}, "DELIVERY_INVALID_POSTAL_CODE_FOR_COUNTRY"),
        ({"city": None}, "DELIVERY_CITY_REQUIRED"),
        ({"address1": None}, "DELIVERY_ADDRESS1_REQUIRED"),
        ({"firstName": None, "lastName": None}, "DELIVERY_LAST_NAME_REQUIRED"),
        ({"countryCode": "US", "zip": "97201"}, "DELIVERY_ZONE_REQUIRED_FOR_COUNTRY"),
        ({"countryCode": "US", "zip": "97201", "provinceCode": "ON"}, "DELIVERY_ZONE_NOT_FOUND"),
    ],
)
async def test_a_cart_that_cannot_be_sent_says_precisely_why(wrong: dict[str, Any], code: str) -> None:
    await a_zone()
    basket = Basket()
    await basket.create(lines=[line(await a_variant())], buyerIdentity={"email": "ada@example.com"})
    await basket.send_to(**wrong)
    await basket.pay()

    assert code in [error["code"] for error in (await basket.prepare())["errors"]]
