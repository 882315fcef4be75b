"""Answers about the catalog are kept until the catalog changes, and nobody is ever shown an old or a foreign one."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from tortoise.connection import get_connection

from cache.editions import KEPT_EDITIONS, Editions, forget_editions
from contexts import Contexts
from database.transactions import transaction, unit_of_work
from database.watching import watching
from engine import Engine, KeepingRules, http_endpoint
from models.catalog import Product, ProductImage
from models.editions import CatalogEdition
from models.shop import Shop
from models.stock import StockLevel
from outbox.announcing import IN_PROCESS
from resolvers.context import Services
from schema.storefront.schema import storefront
from tests.catalogue import goods
from tests.lasting_documents import lasting_documents
from tests.shop import SIGNER, a_shop

pytestmark = pytest.mark.usefixtures("committed")

TITLE = '{ product(handle: "jumper") { title availableForSale } shop { name } }'
READ_FROM = re.compile(r'(?:FROM|JOIN)\s+"?([a-z_]+)"?', re.IGNORECASE)


class Desk:
    """A storefront that counts the statements of each answer, beside those that tell the edition."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.statements: list[str] = []

    async def asks(self, document: str, **headers: str) -> Any:
        with watching(self._note):
            self.statements.clear()
            response = await self.client.post("/graphql", json={"query": document}, headers=headers)
        return response.json()

    async def gets(self, document: str, **headers: str) -> httpx.Response:
        with watching(self._note):
            self.statements.clear()
            return await self.client.get("/graphql", params={"query": document}, headers=headers)

    def _note(self, sql: str, _seconds: float) -> None:
        if "catalog_edition" not in sql:
            self.statements.append(sql)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    await a_shop()
    await goods("jumper", quantity=1, sizes=("S",), colours=())
    contexts = Contexts(Services(feed=IN_PROCESS, signer=SIGNER), public_url="https://shop.example")
    rules = KeepingRules(contexts.editions.current, contexts.is_personal)
    endpoint = http_endpoint(Engine(storefront(), keeping=rules), contexts.for_shopper)
    app = Starlette(routes=[Route("/graphql", endpoint)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        yield Desk(client)


async def test_the_same_question_again_costs_no_statement(desk: Desk) -> None:
    first = await desk.asks(TITLE)
    assert desk.statements
    assert await desk.asks(TITLE) == first
    assert desk.statements == []


async def test_a_change_is_seen_by_the_next_question(desk: Desk) -> None:
    @unit_of_work
    async def rename(title: str) -> None:
        await Product.filter(handle="jumper").update(title=title)

    for title in ("Warm jumper", "Warmer jumper"):
        await desk.asks(TITLE)
        await rename(title)
        assert (await desk.asks(TITLE))["data"]["product"]["title"] == title


async def test_the_shop_s_own_name_is_part_of_the_edition(desk: Desk) -> None:
    await desk.asks(TITLE)
    async with transaction():
        await Shop.filter(id=1).update(name="The Other Shop")
    assert (await desk.asks(TITLE))["data"]["shop"]["name"] == "The Other Shop"


async def test_selling_out_and_coming_back_are_seen_though_other_stock_moves_nothing(desk: Desk) -> None:
    async def stocked(units: int) -> bool:
        async with transaction():
            await StockLevel.all().update(on_hand=units, available=units)
        return bool((await desk.asks(TITLE))["data"]["product"]["availableForSale"])

    assert [await stocked(units) for units in (3, 0, 2)] == [True, False, True]
    assert await stocked(1)
    assert desk.statements == []


@pytest.mark.parametrize(
    "document",
    [
        '{ product(handle: "jumper") { totalInventory } }',
        '{ product(handle: "jumper") { variants(first: 1) { nodes { quantityAvailable } } } }',
        "{ products(first: 2, sortKey: BEST_SELLING) { nodes { title } } }",
        '{ products(first: 2) { nodes { title } } cart(id: "gid://shopwright/Cart/none") { id } }',
        '{ product(handle: "jumper") { title } ... on QueryRoot { search(query: "jumper", first: 1) { totalCount } } }',
        "{ __schema { queryType { name } } shop { name } }",
    ],
)
async def test_what_tells_of_passing_things_is_not_kept(desk: Desk, document: str) -> None:
    await desk.asks(document)
    await desk.asks(document)
    assert desk.statements or "__schema" in document or "errors" in await desk.asks(document)


async def test_whoever_shows_a_token_is_answered_afresh_and_into_no_cache(desk: Desk) -> None:
    await desk.asks(TITLE, authorization="Bearer something")
    await desk.asks(TITLE, authorization="Bearer something")
    assert desk.statements
    answer = await desk.gets(TITLE, authorization="Bearer something")
    assert "public" not in answer.headers["cache-control"]


async def test_an_answer_has_a_name_by_which_it_is_not_sent_again(desk: Desk) -> None:
    answer = await desk.gets(TITLE)
    assert answer.headers["cache-control"] == "public, max-age=1"
    again = await desk.gets(TITLE, **{"if-none-match": f'"other", W/{answer.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    async with transaction():
        await Product.filter(handle="jumper").update(title="Newer")
    fresh = await desk.gets(TITLE, **{"if-none-match": answer.headers["etag"]})
    assert fresh.status_code == 200
    assert fresh.json()["data"]["product"]["title"] == "Newer"


async def test_answers_of_one_s_own_have_names_too_but_are_nobody_else_s(desk: Desk) -> None:
    document = '{ product(handle: "jumper") { totalInventory } }'
    answer = await desk.gets(document)
    assert answer.headers["cache-control"] == "private, no-cache"
    assert (await desk.gets(document, **{"if-none-match": answer.headers["etag"]})).status_code == 304
    assert "etag" not in (await desk.client.post("/graphql", json={"query": document})).headers


async def test_what_appears_at_a_set_time_makes_an_edition_when_it_does(desk: Desk) -> None:
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    async with transaction():
        await Product.filter(handle="jumper").update(published_at=soon)
    waiting = await Editions().current()
    async with transaction():
        await Product.filter(handle="jumper").update(published_at=soon - dt.timedelta(days=2))
    assert await Editions().current() != waiting


async def test_every_table_that_kept_answers_tell_of_makes_editions(desk: Desk) -> None:
    tables: set[str] = set()
    for document in lasting_documents():
        answer = await desk.asks(document)
        assert "errors" not in answer, (document, answer)
        tables.update(table for sql in desk.statements for table in READ_FROM.findall(sql))
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        found = await connection.execute_query_dict("SELECT tbl_name AS t FROM sqlite_master WHERE type = 'trigger'")
    else:
        found = await connection.execute_query_dict(
            "SELECT tgrelid::regclass::text AS t FROM pg_trigger WHERE NOT tgisinternal"
        )
    assert {"product", "collection", "menu", "page", "article"} <= tables
    assert tables - {str(row["t"]).strip('"') for row in found} <= {"json_each", "select"}


async def test_every_column_of_a_product_but_its_sales_makes_editions(desk: Desk) -> None:
    async def edition() -> object:
        return await Editions().current()

    product = await Product.get(handle="jumper")
    for name in sorted(Product._meta.db_fields - {"id"}):
        before = await edition()
        async with transaction():
            await Product.filter(id=product.id).update(**{name: getattr(product, name)})
        assert (await edition() != before) == (name != "units_sold"), name


async def test_a_bulk_change_and_a_cleared_table_make_editions(desk: Desk) -> None:
    before = await Editions().current()
    async with transaction():
        await ProductImage.all().delete()
    assert await Editions().current() != before


async def test_old_editions_are_forgotten(desk: Desk) -> None:
    rows = ", ".join(f"({number})" for number in range(1_000_000, 1_000_005 + KEPT_EDITIONS))
    await get_connection("default").execute_query(f"INSERT INTO catalog_edition (id) VALUES {rows}")
    assert await forget_editions() >= 5
    assert await CatalogEdition.all().count() == KEPT_EDITIONS
