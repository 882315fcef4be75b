"""Texts no shopper types: whatever is written where a name, an id or a token belongs finds nothing, or is told so."""

import pytest

from schema.storefront.schema import storefront
from tests.shop import Counter

pytestmark = pytest.mark.usefixtures("database")
SHOPFRONT = Counter(storefront())

ENDLESS = "x" * 3_000
TEXTS = (ENDLESS, "", "\N{CHERRY BLOSSOM}" * 300, "a'b\"--;", "%_\\", "\u202e", "gid://", "\x01")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize(
    "selection",
    [
        "product(handle: $text) { id }",
        "productByHandle(handle: $text) { id }",
        "collection(handle: $text) { id }",
        "page(handle: $text) { id }",
        "blog(handle: $text) { id }",
        "menu(handle: $text) { id }",
        "cartCompletionAttempt(attemptId: $text) { __typename }",
    ],
)
async def test_a_name_nothing_has_finds_nothing(selection: str, text: str) -> None:
    answer = await SHOPFRONT.ask(f"query ($text: String!) {{ {selection} }}", text=text)

    assert answer.codes == []
    assert list(answer.data.values()) == [None]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize(
    "kind", ["Product", "ProductVariant", "Collection", "Cart", "Order", "Page", "Metaobject", "Nothing"]
)
async def test_an_id_nothing_has_finds_nothing_or_is_told_to_be_none(kind: str, text: str) -> None:
    answer = await SHOPFRONT.ask("query ($id: ID!) { node(id: $id) { id } }", id=f"gid://shopwright/{kind}/{text}")

    assert set(answer.codes) <= {"INVALID_ID"}
    assert answer.data == {"node": None}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
async def test_nobody_signs_in_as_anything_at_all(text: str) -> None:
    answer = await SHOPFRONT.ask(
        """mutation ($text: String!) { customerAccessTokenCreate(input: {email: $text, password: $text}) {
          customerAccessToken { accessToken } customerUserErrors { code }
        } }""",
        text=text,
    )

    assert answer.codes == []
    assert answer.data["customerAccessTokenCreate"]["customerAccessToken"] is None
    assert answer.data["customerAccessTokenCreate"]["customerUserErrors"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
async def test_a_search_for_anything_at_all_is_answered(text: str) -> None:
    answer = await SHOPFRONT.ask(
        """query ($text: String!) {
          search(query: $text, first: 1) { totalCount }
          none: search(query: $text, first: 1, types: []) { totalCount }
          products(query: $text, first: 1) { nodes { id } }
          predictiveSearch(query: $text) { products { id } }
        }""",
        text=text,
    )

    assert answer.codes == []
    assert answer.data["none"] == {"totalCount": 0}
