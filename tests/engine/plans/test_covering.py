"""What plans cover is known before anything runs; the rest goes to graphql-core."""

import pytest

from engine import Document, DocumentStore, Limits
from engine.plans.executor import MOST_PLANS, PlanExecutor, Planned
from engine.requests import GraphQLRequest
from schema.storefront.schema import storefront
from tests.engine.plans.library import library
from tests.engine.plans.world import World

SCHEMA = library()
LIMITS = Limits()
PLANS = PlanExecutor(SCHEMA, LIMITS)


def document(text: str) -> Document:
    return DocumentStore(SCHEMA._schema, LIMITS).find(GraphQLRequest(query=text))


def way(read: Document, **variables: object) -> str:
    return PLANS.prepare(read, read.operation(None), dict(variables)).way


def plans_of(read: Document) -> int:
    planned = read.plans[None]
    assert isinstance(planned, Planned)
    return len(planned.plans)


@pytest.mark.parametrize(
    "text", ["{ __schema { types { name } } }", '{ book { title } __type(name: "Book") { name } }']
)
async def test_introspection_is_left_to_graphql_core(text: str) -> None:
    read = document(text)
    execution = PLANS.prepare(read, read.operation(None), {})

    assert execution.way == "reference"
    assert (await execution.answer(World(1, 1000))).errors is None


def test_a_few_fields_that_stand_for_those_of_many_types_are_left_to_graphql_core() -> None:
    """Once 5 kB of `a1: node { id } …` became a megabyte of Python, and 0.7 seconds went to compiling it."""
    shop = storefront()
    plans = PlanExecutor(shop, LIMITS)
    few, many = (" ".join(f'a{n}: node(id: "x") {{ id }}' for n in range(number)) for number in (2, 160))

    read = [DocumentStore(shop._schema, LIMITS).find(GraphQLRequest(query=f"{{ {text} }}")) for text in (few, many)]

    assert [plans.prepare(each, each.operation(None), {}).way for each in read] == ["plan", "reference"]


def test_a_document_is_compiled_once_however_often_it_is_asked() -> None:
    read = document("query ($key: String!) { book(key: $key) { title } }")

    assert {way(read, key=key) for key in ("a", "b", "c")} == {"plan"}
    assert plans_of(read) == 1


def test_each_set_of_conditions_has_a_plan_of_its_own_up_to_a_number() -> None:
    names = [f"c{number}" for number in range(6)]
    declared = ", ".join(f"${name}: Boolean!" for name in names)
    fields = " ".join(f"f{name}: title @include(if: ${name})" for name in names)
    read = document(f"query ({declared}) {{ book {{ id {fields} }} }}")

    ways = [way(read, **{name: bool(number >> at & 1) for at, name in enumerate(names)}) for number in range(64)]

    assert ways == ["plan"] * MOST_PLANS + ["reference"] * (64 - MOST_PLANS)
    assert plans_of(read) == MOST_PLANS


async def test_a_plan_leaves_nothing_it_started_behind() -> None:
    """Whatever fails, every coroutine it made has run: a warning about one would fail this test."""
    read = document("{ books { lateTitle latePages lateMainAuthor { books { lateTitle } } secret wished } }")

    for seed in range(40):
        execution = PLANS.prepare(read, read.operation(None), {})
        await execution.answer(World(seed, 3))


def test_plans_count_as_memory_of_the_document_store() -> None:
    store = DocumentStore(SCHEMA._schema, Limits(store_bytes=100_000))

    for number in range(60):
        read = store.find(GraphQLRequest(query=f"{{ book {{ id a{number}: title size {{ width }} }} }}"))
        assert way(read) == "plan"

    assert 0 < store.count < 10  # without their plans twenty would fit
