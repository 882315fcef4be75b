"""The explorer: pages that ask nobody else for anything, and examples that a newcomer can press play on."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import OperationDefinitionNode, parse
from starlette.applications import Starlette
from starlette.routing import Mount

from pages.assets import Assets, asset_routes
from pages.explorer import SHOPPERS, STAFF, Explorer, bundled, examples_of, explorer_routes, from_cdn

EVERY_EXAMPLE = [
    pytest.param(explorer, example, id=example["name"])
    for explorer in (SHOPPERS, STAFF)
    for example in examples_of(explorer)
]


@pytest.fixture
async def pages() -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[*explorer_routes(), *asset_routes()])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        yield client


@pytest.mark.parametrize("explorer", [SHOPPERS, STAFF], ids=["shoppers", "staff"])
async def test_an_explorer_page_runs_our_scripts_only_and_tells_no_other_site_its_address(
    pages: httpx.AsyncClient, explorer: Explorer
) -> None:
    page = await pages.get(explorer.path)

    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text), "no script is written into the page"


async def test_the_staff_explorer_says_which_header_it_needs(pages: httpx.AsyncClient) -> None:
    settings = (await pages.get(STAFF.settings_path)).json()

    assert settings["requiredHeader"]["name"] in settings["defaultHeaders"]
    assert "requiredHeader" not in (await pages.get(SHOPPERS.settings_path)).json()


async def test_pages_are_served_with_the_parts_they_name(pages: httpx.AsyncClient) -> None:
    for path in (
        "/assets/icon.svg",
        "/assets/explorer/from-cdn.js",
        "/assets/explorer/fetcher.js",
        "/assets/graphql.js",
    ):
        part = await pages.get(path)
        assert (path, part.status_code) == (path, 200)
        assert part.headers["X-Content-Type-Options"] == "nosniff"


async def test_large_parts_travel_compressed_to_who_takes_them(tmp_path: Path) -> None:
    (tmp_path / "part.js").write_text("let a = 1;")
    (tmp_path / "part.js.gz").write_bytes(gzip.compress(b"let a = 1;"))
    app = Starlette(routes=[Mount("/assets", Assets(directory=tmp_path))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        small = await client.get("/assets/part.js", headers={"accept-encoding": "gzip"})
        plain = await client.get("/assets/part.js", headers={"accept-encoding": "identity"})

    assert (small.headers["Content-Encoding"], small.text) == ("gzip", "let a = 1;")
    assert small.headers["Content-Type"].startswith("text/javascript")
    assert "Content-Encoding" not in plain.headers
    assert plain.text == "let a = 1;"


def test_with_node_every_part_is_our_own() -> None:
    assert "//" not in bundled.HEAD
    assert "//" not in bundled.POLICY


def test_without_node_every_foreign_part_is_held_to_its_hash() -> None:
    foreign = re.findall(r"<[^>]*https://[^>]*>", from_cdn.HEAD)

    assert len(foreign) == 4
    for tag in foreign:
        assert re.search(r'integrity="sha384-[A-Za-z0-9+/]{64}"', tag)
        assert 'crossorigin="anonymous"' in tag
        assert re.search(r"@\d+\.\d+\.\d+/", tag), "the version is exact"


@pytest.mark.parametrize(("explorer", "example"), EVERY_EXAMPLE)
def test_an_example_is_one_operation_named_as_its_tab(explorer: Explorer, example: dict[str, Any]) -> None:
    operations = [node for node in parse(example["query"]).definitions if isinstance(node, OperationDefinitionNode)]

    (operation,) = operations
    assert operation.name
    assert operation.name.value == example["name"]
    declared = {variable.variable.name.value for variable in operation.variable_definitions or ()}
    assert set(example["variables"]) == declared


@pytest.mark.parametrize(("explorer", "example"), EVERY_EXAMPLE)
def test_what_an_example_leaves_empty_is_given_by_one_before_it(explorer: Explorer, example: dict[str, Any]) -> None:
    named = {other["name"]: other for other in examples_of(explorer)}
    given: set[str] = set()
    step = example
    while step.get("after"):
        step = named[step["after"]]
        given |= {*step.get("keeps", {}), *step.get("makes", [])}
    assert {name for name, value in example["variables"].items() if value in ("", None)} <= given
