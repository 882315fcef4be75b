"""Edges of the dialect that no slice of the shop owns: what storefronts that exist rely on without saying so."""

import pytest
from graphql import GraphQLEnumType, GraphQLInterfaceType

from tests.buying import SCHEMA, Basket, line
from tests.catalogue import goods
from tests.goods import a_variant
from tests.shop import Counter

TYPES = SCHEMA._schema.type_map
SHOPFRONT = Counter(SCHEMA)


@pytest.mark.parametrize(
    ("name", "some", "least"),
    [
        ("CountryCode", {"DE", "NO", "US", "ZZ", "XK"}, 240),
        ("LanguageCode", {"EN", "DE", "PT_BR", "ZH_TW"}, 140),
        ("CurrencyCode", {"EUR", "JPY", "KWD", "USD"}, 150),
    ],
)
def test_the_codes_of_countries_languages_and_currencies_are_all_there(name: str, some: set[str], least: int) -> None:
    kind = TYPES[name]

    assert isinstance(kind, GraphQLEnumType)
    assert kind.values.keys() >= some
    assert len(kind.values) >= least


def test_lines_of_a_cart_are_of_an_interface_with_both_its_types() -> None:
    lines = TYPES["BaseCartLine"]

    assert isinstance(lines, GraphQLInterfaceType)
    assert {kind.name for kind in SCHEMA._schema.get_possible_types(lines)} == {"CartLine", "ComponentizableCartLine"}
    assert str(lines.fields["merchandise"].type) == "Merchandise!"


@pytest.mark.usefixtures("database")
async def test_a_product_nobody_chooses_among_has_one_option_with_one_value() -> None:
    await goods("bowl", sizes=(), colours=())

    answer = await SHOPFRONT.ask(
        """{ product(handle: "bowl") { options { name values } selectedOrFirstAvailableVariant(
        selectedOptions: [{name: "Size", value: "M"}], ignoreUnknownOptions: true) {
        title selectedOptions { name value } } } }"""
    )

    assert answer.codes == []
    assert answer.data["product"]["options"] == [{"name": "Title", "values": ["Default Title"]}]
    only = answer.data["product"]["selectedOrFirstAvailableVariant"]
    assert only == {"title": "Default Title", "selectedOptions": [{"name": "Title", "value": "Default Title"}]}


@pytest.mark.usefixtures("database")
async def test_a_buyer_of_whom_nothing_is_known_may_have_a_cart() -> None:
    basket = Basket()

    cart = await basket.create(lines=[line(await a_variant())], buyerIdentity={})

    assert basket.errors == []
    assert cart["buyerIdentity"]["email"] is None
    assert cart["totalQuantity"] == 1


@pytest.mark.usefixtures("database")
async def test_one_document_searches_several_times_under_several_names() -> None:
    await goods("wool-jumper", title="Wool jumper")

    answer = await SHOPFRONT.ask(
        """{ products: search(query: "wool", types: [PRODUCT], first: 5) { nodes { __typename } }
        pages: search(query: "wool", types: [PAGE], first: 5) { nodes { __typename } }
        articles: search(query: "wool", types: [ARTICLE], first: 5) { nodes { __typename } } }"""
    )

    assert answer.codes == []
    assert [len(found["nodes"]) for found in answer.data.values()] == [1, 0, 0]
