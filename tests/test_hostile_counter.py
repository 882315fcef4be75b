"""Every question and every mutation of the staff schema, given what nobody should send: an answer, never a bug."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)

from resolvers.paging import seal
from tests.shop import a_shop
from tests.staffing import CLERK, SCHEMA

pytestmark = pytest.mark.usefixtures("database")

CORE: Any = SCHEMA._schema
DEEPEST = 4
TEXTS = ["", "\x00", "x" * 5_000, "'; DROP TABLE shop; --", "%", "\u202e", "\ud800", "9" * 30]
MOMENTS = ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00", "soon"]
NUMBERS = [0, -1, 2**31 - 1, -(2**31)]
QUERIES = [
    "id:999999999999999",
    "created_at:9999-12-31",
    "created_at:0001-01-01T00:00:00+23:00",
    "a:b",
    "\ud800",
    "%",
    "*",
]
LISTS = [name for name, field in CORE.query_type.fields.items() if "after" in field.args]
MUTATIONS = sorted(CORE.mutation_type.fields)


def made(kind: Any, text: str, number: int, moment: str, depth: int = 0) -> Any:
    """A value of a type, its texts, numbers and moments all the same."""
    if isinstance(kind, GraphQLNonNull):
        return made(kind.of_type, text, number, moment, depth)
    if isinstance(kind, GraphQLList):
        return [made(kind.of_type, text, number, moment, depth)] if depth < DEEPEST else []
    if isinstance(kind, GraphQLInputObjectType):
        fields = {name: field.type for name, field in kind.fields.items()}
        wanted = fields if depth < DEEPEST else {n: t for n, t in fields.items() if isinstance(t, GraphQLNonNull)}
        return {name: made(of, text, number, moment, depth + 1) for name, of in wanted.items()}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    plain = {"Int": number, "Float": 1e300, "Boolean": number > 0, "DateTime": moment, "Decimal": text or "1.0"}
    return plain.get(kind.name, text)


def hostile() -> Iterator[tuple[str, int, str]]:
    """Texts, numbers and moments that go together."""
    for index, text in enumerate(TEXTS):
        yield text, NUMBERS[index % len(NUMBERS)], MOMENTS[index % len(MOMENTS)]


def selection(kind: Any) -> str:
    """The least that can be asked of a type."""
    return "{ __typename }" if isinstance(get_named_type(kind), GraphQLObjectType) else ""


async def bugs(document: str, **variables: Any) -> list[str]:
    asked = await CLERK.ask(document, **variables)
    return [code for code in asked.codes if code.startswith("BUG")]


@pytest.mark.parametrize("name", MUTATIONS)
async def test_no_argument_of_a_mutation_makes_a_bug(name: str) -> None:
    await a_shop()
    field = CORE.mutation_type.fields[name]
    types = ", ".join(f"${argument}: {of.type}" for argument, of in field.args.items())
    given = ", ".join(f"{argument}: ${argument}" for argument in field.args)
    head = f"mutation({types}) {{ {name}({given})" if types else f"mutation {{ {name}"
    tries = list(hostile())[: 2 if name.startswith("staff") else None]  # passwords are slow to look at
    for text, number, moment in tries:
        values = {argument: made(of.type, text, number, moment) for argument, of in field.args.items()}
        assert await bugs(f"{head} {selection(field.type)} }}", **values) == [], repr(values)[:300]


@pytest.mark.parametrize("name", LISTS)
async def test_no_search_and_no_cursor_of_a_list_makes_a_bug(name: str) -> None:
    await a_shop()
    field = CORE.query_type.fields[name]
    if "query" in field.args:
        for text in QUERIES:
            document = f"query($query: String) {{ {name}(query: $query) {{ nodes {{ __typename }} }} }}"
            assert await bugs(document, query=text) == [], text
    sorts = field.args["sortKey"].type if "sortKey" in field.args else None
    for sort in getattr(get_named_type(sorts), "values", {"": ""}) if sorts else [""]:
        chosen = f", sortKey: {sort}" if sort else ""
        for value in ("x", "\x00", 2**63, None, "9999-12-31T23:59:59-23:00"):
            document = (
                f"query($after: String) {{ {name}(first: 1{chosen}, after: $after) {{ nodes {{ __typename }} }} }}"
            )
            assert await bugs(document, after=seal([sort or "ID", value, 1])) == [], (sort, value)
