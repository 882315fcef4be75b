"""What the schema says of itself is worked out once."""

from typing import Any

import pytest
from graphql import get_introspection_query

from engine import Answer, Engine
from engine.introspecting import MOST_KEPT
from engine.requests import GraphQLRequest


async def no_context() -> None:
    return None


async def answered(engine: Engine, query: str, **variables: Any) -> Answer:
    operation = engine.operation(GraphQLRequest(query=query, variables=variables), "http")
    return await engine.answer(operation, no_context)


async def test_the_schema_is_described_once_and_told_often(engine: Engine) -> None:
    first = await answered(engine, get_introspection_query())
    second = await answered(engine, get_introspection_query())

    assert first.payload["data"]["__schema"]["queryType"]["name"] == "Query"
    assert second.payload["data"] is first.payload["data"]


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename hello }",
        "{ ... on Query { __typename } }",
        "query ($all: Boolean = true) { __schema { queryType { fields(includeDeprecated: $all) { name } } } }",
        "mutation { __typename }",
    ],
)
async def test_an_answer_that_may_differ_is_worked_out_each_time(engine: Engine, query: str) -> None:
    first, second = await answered(engine, query), await answered(engine, query)

    assert first.payload == second.payload
    assert first.payload["data"] is not second.payload["data"]


async def test_only_a_few_answers_about_the_schema_are_kept(engine: Engine) -> None:
    queries = ["{ __typename" + " " * number + "}" for number in range(MOST_KEPT + 1)]
    first = await answered(engine, queries[0])
    for query in queries[1:]:
        await answered(engine, query)

    again = await answered(engine, queries[0])

    assert again.payload == first.payload
    assert again.payload["data"] is not first.payload["data"]
