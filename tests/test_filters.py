"""Narrowing a list: what ticks leave, and the counts beside them."""

import json
from typing import Any

import pytest

from models.content import Metafield
from schema.storefront.schema import storefront
from tests.catalogue import collection, counted, goods
from tests.shop import NOON, Counter

SHOPFRONT = Counter(storefront())
LISTING = """query ($filters: [ProductFilter!]) { collection(handle: "all") { products(first: 20, filters: $filters) {
  nodes { handle } filters { id label type presentation values { id label count input swatch { color } } } } } }"""


@pytest.fixture(autouse=True)
async def shelves(database: object) -> None:
    await goods("wool-jumper", tags=("wool", "warm"), vendor="Fjord", price=4_500)
    await goods("green-scarf", tags=("wool",), vendor="Acme", price=1_500, sizes=(), colours=("Green",))
    await goods("red-scarf", tags=("silk",), vendor="Acme", price=2_500, sizes=(), colours=("Red",), quantity=0)
    jumper = await goods("plain-mug", tags=(), vendor="Kiln", price=900, sizes=(), colours=(), product_type="Mugs")
    await Metafield.create(
        owner_type="Product", owner_id=str(jumper), namespace="custom", key="glaze", value="matt", created_at=NOON,
        type="single_line_text_field", updated_at=NOON,
    )  # fmt: skip
    await collection("all", ("wool-jumper", "green-scarf", "red-scarf", "plain-mug"))


async def narrowed(*filters: dict[str, Any]) -> tuple[list[str], dict[str, dict[str, int]]]:
    """The handles that are left, and the counts by group and label."""
    answer = await SHOPFRONT.ask(LISTING, filters=list(filters))
    assert answer.codes == []
    products = answer.data["collection"]["products"]
    counts = {each["label"]: {v["label"]: v["count"] for v in each["values"]} for each in products["filters"]}
    return [node["handle"] for node in products["nodes"]], counts


async def test_every_choice_says_how_many_products_it_leaves() -> None:
    handles, counts = await narrowed()

    assert len(handles) == 4
    assert counts == {
        "Availability": {"In stock": 3, "Out of stock": 1},
        "Price": {"Price": 4},
        "Colour": {"Green": 2, "Red": 2},
        "Size": {"S": 1, "M": 1},
        "Type": {"Jumpers": 3, "Mugs": 1},
        "Vendor": {"Acme": 2, "Fjord": 1, "Kiln": 1},
        "Tag": {"wool": 2, "silk": 1, "warm": 1},
        "Glaze": {"matt": 1},
    }


@pytest.mark.parametrize(
    ("filters", "handles"),
    [
        ([{"available": True}], ["wool-jumper", "green-scarf", "plain-mug"]),
        ([{"available": False}], ["red-scarf"]),
        ([{"price": {"min": 10, "max": 25}}], ["green-scarf", "red-scarf"]),
        ([{"price": {"max": 9.0}}], ["plain-mug"]),
        ([{"tag": "wool"}], ["wool-jumper", "green-scarf"]),
        ([{"tag": "silk"}, {"tag": "warm"}], ["wool-jumper", "red-scarf"]),
        ([{"productVendor": "acme"}, {"tag": "wool"}], ["green-scarf"]),
        ([{"productType": "Mugs"}], ["plain-mug"]),
        ([{"variantOption": {"name": "Colour", "value": "Green"}}], ["wool-jumper", "green-scarf"]),
        ([{"variantOption": {"name": "colour", "value": "red"}}, {"available": True}], ["wool-jumper"]),
        ([{"variantOption": {"name": "Colour", "value": "Green"}}, {"variantOption": {"name": "Size", "value": "M"}}],
         ["wool-jumper"]),
        ([{"productMetafield": {"namespace": "custom", "key": "glaze", "value": "matt"}}], ["plain-mug"]),
        ([{"variantMetafield": {"namespace": "custom", "key": "glaze", "value": "matt"}}], []),
        ([{"tag": "'; --"}], []),
        ([{"price": {"min": -1e9}}], ["wool-jumper", "green-scarf", "red-scarf", "plain-mug"]),
    ],
)  # fmt: skip
async def test_ticks_leave_what_fits_them(filters: list[dict[str, Any]], handles: list[str]) -> None:
    assert (await narrowed(*filters))[0] == handles


async def test_counts_of_a_group_ignore_its_own_ticks_and_heed_all_others() -> None:
    _, counts = await narrowed({"productVendor": "Acme"}, {"variantOption": {"name": "Colour", "value": "Red"}})

    assert counts["Vendor"] == {"Acme": 1, "Fjord": 1}
    assert counts["Colour"] == {"Green": 1, "Red": 1}
    assert counts["Tag"] == {"silk": 1}


async def test_a_choice_brings_the_filter_it_stands_for() -> None:
    answer = await SHOPFRONT.ask(LISTING, filters=[])
    for group in answer.data["collection"]["products"]["filters"]:
        for value in group["values"]:
            handles, _ = await narrowed(json.loads(value["input"]))
            assert len(handles) == value["count"], value


async def test_searches_are_narrowed_alike() -> None:
    answer = await SHOPFRONT.ask(
        """{ search(query: "scarf", productFilters: [{available: true}], first: 5) { totalCount
        nodes { ... on Product { handle } } productFilters { id values { label count } } } }"""
    )

    assert answer.codes == []
    assert answer.data["search"]["nodes"] == [{"handle": "green-scarf"}]
    assert answer.data["search"]["totalCount"] == 1
    first = answer.data["search"]["productFilters"][0]
    assert first["values"] == [{"label": "In stock", "count": 1}, {"label": "Out of stock", "count": 1}]


async def test_a_price_beyond_all_numbers_is_refused() -> None:
    answer = await SHOPFRONT.ask(LISTING, filters=[{"price": {"min": 1e300}}])

    assert answer.codes == ["BAD_USER_INPUT"]


async def test_counts_beside_many_collections_cost_no_more_statements_than_beside_one() -> None:
    for number in range(3):
        await collection(f"more-{number}", ("wool-jumper", "green-scarf"))
    document = """query ($first: Int) { collections(first: $first) { nodes { products(first: 2) {
      nodes { handle } filters { id values { count } } } } } }"""
    counts = []
    for first in (1, 4):
        with counted() as statements:
            answer = await SHOPFRONT.ask(document, first=first)
        assert answer.codes == []
        counts.append(statements.count)

    assert counts[0] == counts[1] <= 8
