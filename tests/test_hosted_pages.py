"""The pages for shoppers: the same bytes for everybody, and address fields as each country has them."""

from collections.abc import AsyncIterator

import httpx
import pytest
from graphql import parse
from starlette.applications import Starlette

from pages.assets import FOLDER, asset_routes
from pages.hosted import hosted_routes


@pytest.fixture
async def pages() -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[*hosted_routes(), *asset_routes()])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        yield client


@pytest.mark.parametrize("address", ["/checkout/0123abcd", "/checkout/0123abcd?key=1", "/orders/1001"])
async def test_a_page_opened_by_a_secret_holds_none_and_passes_none_on(pages: httpx.AsyncClient, address: str) -> None:
    page = await pages.get(address)

    assert page.status_code == 200
    assert "0123abcd" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "connect-src 'self';" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]


async def test_an_american_address_asks_for_city_state_and_zip_code(pages: httpx.AsyncClient) -> None:
    form = (await pages.get("/checkout/address-forms/US.json")).json()

    assert form["rows"][-1] == ["city", "provinceCode", "zip"]
    assert form["names"]["provinceCode"] == "State"
    assert form["names"]["zip"] == "ZIP code"
    assert {"code": "CA", "name": "California"} in form["provinces"]
    assert {"address1", "city", "provinceCode", "zip"} <= set(form["required"])


async def test_a_german_address_puts_the_postal_code_first_and_has_no_provinces(pages: httpx.AsyncClient) -> None:
    form = (await pages.get("/checkout/address-forms/DE.json")).json()

    assert form["rows"][-1] == ["zip", "city"]
    assert form["provinces"] == []


async def test_a_place_without_postal_codes_asks_for_none(pages: httpx.AsyncClient) -> None:
    form = (await pages.get("/checkout/address-forms/HK.json")).json()

    assert "zip" not in {field for row in form["rows"] for field in row}
    assert "zip" not in form["required"]


@pytest.mark.parametrize("country", ["XX", "USA", "..%2f..%2fetc", "%00", "é"])
async def test_what_is_no_country_has_no_form(pages: httpx.AsyncClient, country: str) -> None:
    assert (await pages.get(f"/checkout/address-forms/{country}.json")).status_code == 404


@pytest.mark.parametrize("page", ["checkout", "orders"])
def test_the_operations_of_a_page_are_whole_documents(page: str) -> None:
    assert len(parse((FOLDER / page / "operations.graphql").read_text()).definitions) > 3
