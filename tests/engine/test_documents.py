"""Documents: read once, named by their hash, given up when there are too many, or trusted beforehand."""

from typing import Any

import httpx
import pytest

from engine import Engine, Limits, Refused
from engine.documents import sha256_of
from engine.requests import GraphQLRequest
from tests.engine.asking import asked, client_of, code_of
from tests.engine.toy import schema

HELLO = "{ hello }"


def by_hash(text: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256_of(text)}}


def test_a_document_is_read_once(engine: Engine) -> None:
    first = engine.documents.find(GraphQLRequest(query=HELLO))

    assert engine.documents.find(GraphQLRequest(query=HELLO)) is first


def test_a_refused_document_is_refused_again_without_being_read(engine: Engine) -> None:
    with pytest.raises(Refused) as first:
        engine.documents.find(GraphQLRequest(query="{ helo }"))
    with pytest.raises(Refused) as second:
        engine.documents.find(GraphQLRequest(query="{ helo }"))

    assert second.value.errors is first.value.errors


def test_the_document_not_used_for_longest_makes_room() -> None:
    documents = Engine(schema, limits=Limits(store_bytes=30_000)).documents
    first = documents.find(GraphQLRequest(query=HELLO))
    second = documents.find(GraphQLRequest(query="{ country }"))
    documents.find(GraphQLRequest(query=HELLO))
    documents.find(GraphQLRequest(query="{ misfit }"))

    assert documents.find(GraphQLRequest(query=HELLO)) is first
    assert documents.find(GraphQLRequest(query="{ country }")) is not second


def test_refused_documents_push_out_none_that_work() -> None:
    documents = Engine(schema, limits=Limits(store_bytes=30_000)).documents
    kept = documents.find(GraphQLRequest(query=HELLO))
    for number in range(100):
        with pytest.raises(Refused):
            documents.find(GraphQLRequest(query=f"{{ no{number} }}"))

    assert documents.find(GraphQLRequest(query=HELLO)) is kept


async def test_a_query_sent_once_with_its_hash_is_known_by_it(client: httpx.AsyncClient) -> None:
    unknown = await client.post("/graphql", json={"extensions": by_hash(HELLO)})
    registered = await client.post("/graphql", json={"query": HELLO, "extensions": by_hash(HELLO)})
    known = await client.post("/graphql", json={"extensions": by_hash(HELLO)})

    assert code_of(unknown.json()) == "PERSISTED_QUERY_NOT_FOUND"
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert registered.json() == known.json() == {"data": {"hello": "Hello, world!"}}


async def test_a_known_hash_may_be_asked_by_address(client: httpx.AsyncClient) -> None:
    await asked(client, HELLO)
    hashed = f'{{"persistedQuery": {{"version": 1, "sha256Hash": "{sha256_of(HELLO)}"}}}}'
    response = await client.get("/graphql", params={"extensions": hashed})

    assert response.json() == {"data": {"hello": "Hello, world!"}}


async def test_a_hash_of_another_query_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": HELLO, "extensions": by_hash("{ country }")})

    assert (response.status_code, code_of(response.json())) == (400, "BAD_REQUEST")


async def test_with_trusted_documents_nothing_else_runs() -> None:
    async with client_of(Engine(schema, trusted={"greeting": HELLO})) as client:
        by_id = await client.post("/graphql", json={"documentId": "greeting"})
        hashed = await client.post("/graphql", json={"extensions": by_hash(HELLO)})
        whole = await asked(client, HELLO)
        other = await asked(client, "{ country }")
        unknown = await client.post("/graphql", json={"documentId": "farewell"})
        nothing = await client.post("/graphql", json={})

    assert by_id.json() == hashed.json() == whole == {"data": {"hello": "Hello, world!"}}
    assert code_of(other) == code_of(unknown.json()) == code_of(nothing.json()) == "DOCUMENT_NOT_TRUSTED"


@pytest.mark.parametrize(
    "query",
    [
        "{ ... @defer { hello } }",
        '{ ... @defer(label: "late", if: true) { hello } }',
        "query ($late: Boolean!) { ... @defer(if: $late) { hello } }",
        "query ($late: Boolean = true) { ...F @defer(if: $late) } fragment F on Query { hello }",
    ],
)
async def test_a_document_that_would_take_its_answer_in_parts_gets_it_whole(
    client: httpx.AsyncClient, query: str
) -> None:
    """Merely declaring `@defer` made every document that uses it fail."""
    answer = await asked(client, query, variables={"late": True})

    assert answer == {"data": {"hello": "Hello, world!"}}


async def test_a_streamed_list_is_answered_whole_and_its_shared_variable_stays(client: httpx.AsyncClient) -> None:
    query = "query ($n: Int) { books(first: $n) { nodes @stream(initialCount: $n) { id @include(if: true) } } }"

    assert await asked(client, query, variables={"n": 1}) == {"data": {"books": {"nodes": [{"id": "0"}]}}}


async def test_a_variable_nobody_ever_used_is_still_a_mistake(client: httpx.AsyncClient) -> None:
    query = "query ($late: Boolean!, $other: Int) { ... @defer(if: $late) { hello } }"

    assert code_of(await asked(client, query, variables={"late": True})) == "GRAPHQL_VALIDATION_FAILED"
