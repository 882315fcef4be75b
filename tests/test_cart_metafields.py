"""Typed values on carts: attached, read, replaced and taken off."""

from typing import Any

import pytest

from models.content import Metafield
from tests.buying import Basket

pytestmark = pytest.mark.usefixtures("database")

SET = """mutation($metafields: [CartMetafieldsSetInput!]!) { cartMetafieldsSet(metafields: $metafields) {
    metafields { namespace key value parentResource { ... on Cart { id } } }
    userErrors { code field elementIndex message } } }"""
READ = 'query($id: ID!) { cart(id: $id) { metafield(namespace: "custom", key: "engraving") { value type } } }'


async def attach(basket: Basket, *values: dict[str, Any]) -> Any:
    given = [{"ownerId": basket.id, "type": "single_line_text_field", **value} for value in values]
    asked = await basket.counter.ask(SET, metafields=given)
    assert asked.codes == []
    return asked.data["cartMetafieldsSet"]


async def a_basket() -> Basket:
    basket = Basket()
    await basket.create()
    return basket


async def test_a_value_is_attached_read_replaced_and_taken_off() -> None:
    basket = await a_basket()
    await attach(basket, {"key": "custom.engraving", "value": "Ada"})

    answer = await attach(basket, {"key": "engraving", "value": "Grace"})

    assert answer["metafields"][0]["parentResource"] == {"id": basket.id}
    read = (await basket.counter.ask(READ, id=basket.id)).data["cart"]["metafield"]
    assert read == {"value": "Grace", "type": "single_line_text_field"}
    document = """mutation($input: CartMetafieldDeleteInput!) { cartMetafieldDelete(input: $input) {
        deletedId userErrors { code } } }"""
    for codes in ([], ["METAFIELD_DOES_NOT_EXIST"]):
        asked = await basket.counter.ask(document, input={"ownerId": basket.id, "key": "engraving"})
        assert [error["code"] for error in asked.data["cartMetafieldDelete"]["userErrors"]] == codes


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"key": "n", "value": "x", "type": "number_integer"}, "INVALID_VALUE"),
        ({"key": "n", "value": "x", "type": "nonsense"}, "INVALID_TYPE"),
        ({"key": "n", "value": ""}, "BLANK"),
        ({"key": "a key", "value": "x"}, "INVALID_VALUE"),
        ({"key": "n", "value": "x", "ownerId": "gid://shopwright/Cart/" + "0" * 32}, "INVALID_OWNER"),
    ],
)
async def test_a_bad_value_says_which_and_nothing_of_the_call_is_kept(value: dict[str, Any], code: str) -> None:
    basket = await a_basket()

    answer = await attach(basket, {"key": "good", "value": "x"}, value)

    assert [error["code"] for error in answer["userErrors"]] == [code]
    assert await Metafield.all().count() == 0
