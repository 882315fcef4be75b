"""Who takes part in the benchmark does the same work: equal answers, and the rows of an order down to its ledger."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import orjson
import pytest

from bench import workloads
from bench.contest import PUBLIC
from bench.goods import fill
from bench.hundredfold import multiply
from bench.json_in_postgres.listing import LISTING
from bench.orders.carts import Unpaid, a_full_cart, an_order, copies, see_paid
from bench.orders.raw import WANTED, Wanted, write_order
from bench.orders.template import template_of
from bench.plain.app import schema as plain
from bench.plain.loaders import Loaders
from bench.rounds import difference
from commerce.carts import NewCart, NewLine, create_cart
from commerce.invariants import broken_promises
from commerce.shop import ensure_shop_defaults
from models.carts import Cart
from models.catalog import Product
from models.shop import Shop
from models.stock import StockLevel
from schema.storefront.schema import storefront
from tests.shop import NOON, Counter

KEYS = {"id", "order_id", "attempt_id", "cart_id", "token", "payment_id", "operation_id", "order_line_id", "level_id"}
NAMES = {"idempotency_key", "reference", "note", "number", "name", "event_id", "key", "variant_id"}
TIMES = {"updated_at", "completed_at"}


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """One of the driver's own."""
    opened = await asyncpg.connect(database_url)
    yield opened
    await opened.close()


async def a_filled_shop(products: int) -> None:
    await ensure_shop_defaults(now=NOON)
    await Shop.filter(id=1).update(test_payments=True)
    await fill(products, now=NOON)


async def ours(body: dict[str, Any]) -> Any:
    """What the shop answers, under the address that everybody in the benchmark has."""
    asked = await Counter(storefront()).ask(body["query"], **body["variables"])
    assert asked.codes == []
    return orjson.loads(orjson.dumps({"data": asked.data}).replace(b"https://shop.example", PUBLIC.encode()))


@pytest.mark.once
async def test_plain_strawberry_answers_every_question_as_the_shop_does(database: object) -> None:
    await a_filled_shop(workloads.SMALL)
    sold_out = await Product.get(handle="thing-1")
    await StockLevel.filter(variant__product_id=sold_out.id).update(available=0, on_hand=0)
    cart, _ = await create_cart(NewCart("EUR", lines=[NewLine(*line) for line in workloads.LINES]), now=NOON)

    for name, body in workloads.reads(cart).items():
        told = await plain.execute(body["query"], body["variables"], context_value={"loaders": Loaders()})

        assert told.errors is None, name
        assert difference(await ours(body), {"data": told.data}) == "", name


@pytest.mark.postgres
async def test_postgresql_builds_the_same_listing(committed: object, connection: Any) -> None:
    await a_filled_shop(4)
    await StockLevel.filter(id__in=[1, 2, 3, 4, 6]).update(available=0, on_hand=0)

    for first in (3, 4, 5):
        told = orjson.loads(await connection.fetchval(LISTING, first, PUBLIC))
        assert difference(await ours(workloads.listing(first)), told) == "", first


@pytest.mark.postgres
async def test_a_raw_order_is_an_order_like_any_other(committed: object, database_url: str, connection: Any) -> None:
    await a_filled_shop(5)
    order = await an_order(await a_full_cart(now=NOON), now=NOON)
    template = await template_of(connection, order)
    (cart,) = await copies(connection, await a_full_cart(now=NOON), 1, products=5)
    wanted = Wanted(*(await connection.fetch(WANTED, [cart]))[0])
    before = await shelves_of(wanted)

    raw = await write_order(connection, template, wanted)

    written = await template_of(connection, raw)
    unlike = KEYS | NAMES | TIMES
    for name, part in template.items():
        assert [without(row, unlike) for row in written[name].rows] == [without(row, unlike) for row in part.rows], name
    taken = [(on_hand, available - units) for (on_hand, available), units in zip(before, wanted.units, strict=True)]
    assert await shelves_of(wanted) == taken
    assert (await Cart.get(id=cart)).state == "COMPLETED"
    assert await broken_promises() == []
    await see_paid(database_url, [cart], 1)
    with pytest.raises(Unpaid, match="2 orders were said to be placed, 1 are there"):
        await see_paid(database_url, [cart], 2)


async def shelves_of(wanted: Wanted) -> list[tuple[int, int]]:
    levels = await StockLevel.filter(id__in=list(wanted.levels)).order_by("id")
    return [(level.on_hand, level.available) for level in levels]


def without(row: Any, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


@pytest.mark.postgres
async def test_a_hundred_times_the_products_begin_with_the_same_ones(committed: object, database_url: str) -> None:
    await a_filled_shop(3)
    first = await ours(workloads.listing(3))

    await multiply(database_url, times=100)

    again = await ours(workloads.listing(3))
    assert await Product.all().count() == 300
    assert await StockLevel.filter(variant__product__handle="thing-2-99").count() == 4
    assert again["data"]["products"]["nodes"] == first["data"]["products"]["nodes"]
    copied = await ours({"query": workloads.PAGE + workloads.CARD, "variables": {"handle": "thing-2-99"}})
    original = await ours({"query": workloads.PAGE + workloads.CARD, "variables": {"handle": "thing-2"}})
    assert copied["data"]["product"]["variants"]["nodes"][3]["sku"] == "thing-2-3-99"
    assert copied["data"]["product"]["images"] == original["data"]["product"]["images"]
    assert copied["data"]["product"]["availableForSale"]
