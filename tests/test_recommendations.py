"""What else a shopper may like, and what the shop attaches to its things."""

from typing import Any

import pytest

from models.catalog import ProductVariant
from models.content import Metafield
from models.orders import OrderLine
from schema.storefront.schema import storefront
from tests.catalogue import collection, counted, goods
from tests.shop import NOON, Counter, an_order

pytestmark = pytest.mark.usefixtures("database")
SHOPFRONT = Counter(storefront())


async def bought_together(*product_ids: int) -> None:
    order = await an_order()
    for position, product_id in enumerate(product_ids, 2):
        variant = await ProductVariant.filter(product_id=product_id).first()
        await OrderLine.create(
            order=order,
            position=position,
            variant=variant,
            product_id=product_id,
            title="x",
            variant_title="y",
            unit_price=100,
            quantity=1,
            total=100,
        )


async def recommended(handle: str, intent: str = "RELATED") -> list[str]:
    answer = await SHOPFRONT.ask(
        """query ($handle: String, $intent: ProductRecommendationIntent) {
        productRecommendations(productHandle: $handle, intent: $intent) { handle } }""",
        handle=handle,
        intent=intent,
    )
    assert answer.codes == []
    return [each["handle"] for each in answer.data["productRecommendations"]]


async def test_what_was_bought_together_comes_before_what_is_alike() -> None:
    jumper, boots = await goods("jumper"), await goods("boots", tags=("leather",), product_type="Shoes")
    await goods("scarf")
    await bought_together(jumper, boots)

    assert await recommended("jumper") == ["boots", "scarf"]
    assert await recommended("jumper", "COMPLEMENTARY") == ["boots"]


async def test_products_of_the_same_collections_and_tags_are_alike() -> None:
    await goods("jumper", tags=("wool",), product_type="A")
    await goods("scarf", tags=("wool",), product_type="B")
    await goods("boots", tags=("leather",), product_type="C")
    await goods("lamp", tags=("light",), product_type="D")
    await collection("winter", ("jumper", "boots", "scarf"))

    assert await recommended("jumper") == ["scarf", "boots"]


async def test_nothing_goes_with_a_product_that_is_not_there() -> None:
    answer = await SHOPFRONT.ask('{ productRecommendations(productHandle: "ghost") { id } }')

    assert (answer.data, answer.codes) == ({"productRecommendations": None}, [])


async def test_metafields_are_told_with_their_owners_and_lead_to_what_they_name() -> None:
    jumper, scarf = await goods("jumper"), await goods("scarf")
    common: dict[str, Any] = {"owner_type": "Product", "owner_id": str(jumper), "created_at": NOON, "updated_at": NOON}
    await Metafield.create(**common, namespace="custom", key="care", type="single_line_text_field", value="Wash cold")
    value = f"gid://shopwright/Product/{scarf}"
    await Metafield.create(**common, namespace="custom", key="pair", type="product_reference", value=value)
    await Metafield.create(
        **common, namespace="custom", key="pairs", type="list.product_reference", value=f'["{value}", "nonsense"]'
    )

    answer = await SHOPFRONT.ask(
        """{ product(handle: "jumper") { metafield(key: "care") { value type parentResource { __typename } }
        metafields(identifiers: [{key: "pair"}, {namespace: "custom", key: "none"}, {key: "pairs"}]) {
        reference { ... on Product { handle } } references(first: 5) { nodes { ... on Product { handle } } } } } }"""
    )

    assert answer.codes == []
    assert answer.data["product"] == {
        "metafield": {
            "value": "Wash cold",
            "type": "single_line_text_field",
            "parentResource": {"__typename": "Product"},
        },
        "metafields": [
            {"reference": {"handle": "scarf"}, "references": None},
            None,
            {"reference": None, "references": {"nodes": [{"handle": "scarf"}]}},
        ],
    }


async def test_tags_and_types_are_listed_once_each() -> None:
    await goods("jumper", tags=("wool", "winter"), product_type="Jumpers")
    await goods("scarf", tags=("wool",), product_type="Scarves")

    answer = await SHOPFRONT.ask(
        "{ productTags(first: 1) { nodes pageInfo { hasNextPage } } productTypes(first: 9) { edges { node } } }"
    )

    assert answer.data == {
        "productTags": {"nodes": ["winter"], "pageInfo": {"hasNextPage": True}},
        "productTypes": {"edges": [{"node": "Jumpers"}, {"node": "Scarves"}]},
    }


async def test_recommendations_of_many_products_cost_no_more_statements_than_of_two() -> None:
    for number in range(5):
        await goods(f"jumper-{number}")
    counts = []
    for many in (2, 5):
        asked = " ".join(
            f'r{number}: productRecommendations(productHandle: "jumper-{number}") {{ handle }}'
            for number in range(many)
        )
        with counted() as statements:
            await SHOPFRONT.ask(f"{{ {asked} }}")
        counts.append(statements.count)

    assert counts[0] == counts[1]
