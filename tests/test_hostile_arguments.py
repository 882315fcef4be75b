"""Every argument of every question, given what nobody should send: a specific error or an answer, never a bug."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)

from resolvers.paging import seal
from schema.storefront.schema import storefront
from tests.catalogue import collection, goods
from tests.shop import Counter

SHOPFRONT = Counter(storefront())
SCHEMA: Any = SHOPFRONT.schema._schema
TEXTS = ["", "\x00", "a\x00b", "x" * 100_000, "'; DROP TABLE product; --", "%", "\\", "\u202e", "null", "{}", "\ud800"]
IDS = [
    "gid://shopwright/Product/1",
    "gid://shopwright/Order/1",
    "gid://shopwright/Cart/abc",
    "gid://shopwright/Nothing/1",
    "gid://shopwright/Product/99999999999999999999",
    "gid://shopwright/Product/-1",
    "gid://shopwright/Product/1.5",
    "gid://shopwright/Product/\u0661",
    "gid://shopwright/MediaImage/collection-x",
    "gid://shopwright/MediaImage/logo",
    "gid://shopwright/Metafield/1",
    "gid://evil/Product/1?x=1",
    *TEXTS,
]
NUMBERS = [0, -1, 1, 250, 251, 2**31 - 1, -(2**31)]
CURSORS = ["bm9wZQ", "W10", "WyJpZCIsMSwxXQ", "WyJpZCIsbnVsbCxudWxsXQ", "!!!", "W1tbW1tb"]
FLOATS = [0.0, -1.5, 1e300, -1e300, 1e-300]


def values_for(name: str, argument: GraphQLArgument) -> list[Any]:
    """What to send to an argument, by its type."""
    kind = argument.type.of_type if isinstance(argument.type, GraphQLNonNull) else argument.type
    listed = isinstance(kind, GraphQLList)
    named = get_named_type(kind)
    values: list[Any]
    if name in {"after", "before"}:
        values = [*CURSORS, *TEXTS]
    elif isinstance(named, GraphQLEnumType):
        values = list(named.values)[:3]
    elif isinstance(named, GraphQLInputObjectType):
        values = [an_input(named, text) for text in TEXTS[:6]]
    else:
        usual: dict[str, list[Any]] = {"ID": IDS, "Int": NUMBERS, "Float": FLOATS, "Boolean": [True, False]}
        values = usual.get(named.name, list(TEXTS))
    return [[value] * count for value in values for count in (1, 3)] + [[]] if listed else values


def an_input(kind: GraphQLInputObjectType, text: str) -> dict[str, Any]:
    """An input object whose texts are all the same."""
    made: dict[str, Any] = {}
    for name, field in kind.fields.items():
        named = get_named_type(field.type)
        if isinstance(named, GraphQLInputObjectType):
            made[name] = an_input(named, text)
        elif isinstance(named, GraphQLEnumType):
            continue
        else:
            made[name] = {"Int": 2**31 - 1, "Float": 1e300, "Boolean": False}.get(named.name, text)
    return made


def questions() -> Iterator[tuple[str, str]]:
    """Each root field with each of its arguments."""
    for field_name, field in SCHEMA.query_type.fields.items():
        for argument_name in field.args:
            yield field_name, argument_name


def document(field_name: str, argument_name: str) -> str:
    """A question with one argument as a variable, and small values for the others it needs."""
    field = SCHEMA.query_type.fields[field_name]
    given = [f"{argument_name}: $value"]
    for name, argument in field.args.items():
        if name != argument_name and isinstance(argument.type, GraphQLNonNull):
            named = get_named_type(argument.type)
            usual = {"ID": '"gid://shopwright/Product/1"', "Int": "1", "String": '"wool"'}
            plain = usual.get(named.name) or next(iter(getattr(named, "values", {"": ""})))
            given.append(f"{name}: [{plain}]" if "[" in str(argument.type) else f"{name}: {plain}")
    selection = "{ __typename }" if hasattr(get_named_type(field.type), "fields") else ""
    kind = get_named_type(field.type)
    if isinstance(kind, GraphQLObjectType) and "edges" in kind.fields:
        selection = "{ edges { cursor } pageInfo { endCursor } }"
    elif not selection and str(kind) not in {"String", "Boolean", "Int", "ID"}:
        selection = "{ __typename }"
    return f"query ($value: {field.args[argument_name].type}) {{ {field_name}({', '.join(given)}) {selection} }}"


@pytest.mark.parametrize(("field_name", "argument_name"), list(questions()))
async def test_no_argument_of_a_question_makes_a_bug(database: object, field_name: str, argument_name: str) -> None:
    await goods("jumper")
    await collection("warm", ("jumper",))
    argument = SCHEMA.query_type.fields[field_name].args[argument_name]

    for value in values_for(argument_name, argument):
        answer = await SHOPFRONT.ask(document(field_name, argument_name), value=value)
        assert [code for code in answer.codes if code.startswith("BUG")] == [], repr(value)[:200]


@pytest.mark.parametrize("argument_name", ["first", "last", "after", "before", "filters", "sortKey"])
async def test_no_argument_of_a_list_inside_makes_a_bug(database: object, argument_name: str) -> None:
    await goods("jumper")
    await collection("warm", ("jumper",))
    argument = SCHEMA.type_map["Collection"].fields["products"].args[argument_name]

    for value in values_for(argument_name, argument):
        answer = await SHOPFRONT.ask(
            f"""query ($value: {argument.type}) {{ collection(handle: "warm") {{
            products({argument_name}: $value) {{ edges {{ cursor }} filters {{ id }} }} }} }}""",
            value=value,
        )
        assert [code for code in answer.codes if code.startswith("BUG")] == [], repr(value)[:200]


@pytest.mark.parametrize(
    "field_name", ["description", "images", "variants", "options", "metafield", "media", "collections"]
)
async def test_no_argument_of_a_product_makes_a_bug(database: object, field_name: str) -> None:
    await goods("jumper")
    field = SCHEMA.type_map["Product"].fields[field_name]
    selection = "" if field_name == "description" else "{ __typename }"
    for argument_name, argument in field.args.items():
        rest = ', key: "x"' if field_name == "metafield" and argument_name != "key" else ""
        for value in values_for(argument_name, argument):
            answer = await SHOPFRONT.ask(
                f"""query ($value: {argument.type}) {{ product(handle: "jumper") {{
                {field_name}({argument_name}: $value{rest}) {selection} }} }}""",
                value=value,
            )
            assert [code for code in answer.codes if code.startswith("BUG")] == [], repr(value)[:200]


PLACES: list[Any] = ["x", "\x00", "x" * 300, 2**63, -(2**63), 1.5, None, [], "0001-01-01T00:00:00+23:59", True]
SORTED = [
    *(("products", key) for key in SCHEMA.type_map["ProductSortKeys"].values),
    *(("collections", key) for key in SCHEMA.type_map["CollectionSortKeys"].values),
    *(("pages", key) for key in SCHEMA.type_map["PageSortKeys"].values),
    *(("blogs", key) for key in SCHEMA.type_map["BlogSortKeys"].values),
    *(("articles", key) for key in SCHEMA.type_map["ArticleSortKeys"].values),
]
NAMES = {
    "UPDATED_AT": "updated",
    "CREATED_AT": "created",
    "PUBLISHED_AT": "published",
    "BEST_SELLING": "sales",
    "PRODUCT_TYPE": "type",
    "RELEVANCE": "id",
}


@pytest.mark.parametrize(("field_name", "sort_key"), SORTED)
async def test_no_forged_cursor_makes_a_bug(database: object, field_name: str, sort_key: str) -> None:
    name = NAMES.get(sort_key, sort_key.lower())
    arguments = f"first: 1, sortKey: {sort_key}, after: $after"
    document = f"query ($after: String) {{ {field_name}({arguments}) {{ edges {{ cursor }} }} }}"
    for value, key in [*((value, 1) for value in PLACES), ("x", 2**40), (1, 2**40), (1, "1")]:
        answer = await SHOPFRONT.ask(document, after=seal([name, value, key]))
        assert [code for code in answer.codes if code != "BAD_CURSOR"] == [], (value, key)
