"""Queries and mutations over HTTP."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from engine import Engine, Limits
from tests.engine.asking import GRAPHQL_JSON, Exchange, asked, client_of, code_of
from tests.engine.toy import Happenings, app_of, schema


async def test_a_query_is_answered_in_plain_json(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"})

    assert (response.status_code, response.json()) == (200, {"data": {"hello": "Hello, world!"}})
    assert response.headers["content-type"] == "application/json; charset=utf-8"


async def test_a_query_may_be_asked_by_address(client: httpx.AsyncClient) -> None:
    query = "query Greet($name: String!) { hello(name: $name) }"
    response = await client.get("/graphql", params={"query": query, "variables": '{"name": "Kari"}'})

    assert response.json() == {"data": {"hello": "Hello, Kari!"}}


async def test_a_mutation_by_address_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, happenings: Happenings
) -> None:
    response = await client.get("/graphql", params={"query": "mutation { write }"})

    assert (response.status_code, code_of(response.json())) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "POST"
    assert not happenings.written.is_set()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql")

    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        (f"{GRAPHQL_JSON}, application/json;q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.1, application/json;q=0.9", "application/json"),
        (f"multipart/mixed;deferSpec=20220824, {GRAPHQL_JSON}, application/json;q=0.9", GRAPHQL_JSON),
        ("application/json, text/event-stream", "application/json"),
        ("text/event-stream;q=0.5, application/json", "application/json"),
        ("text/html, application/json;q=nonsense, */*;q=0.1", "application/json"),
    ],
)
async def test_the_answer_has_the_type_the_client_likes_best(client: httpx.AsyncClient, accept: str, kind: str) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"accept": accept})

    assert response.headers["content-type"].split(";")[0] == kind
    assert response.json() == {"data": {"hello": "Hello, world!"}}


async def test_a_type_nobody_speaks_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"accept": "text/html"})

    assert (response.status_code, code_of(response.json())) == (406, "NOT_ACCEPTABLE")


async def test_a_refused_document_is_200_in_plain_json_and_400_in_graphqls_own_type(
    client: httpx.AsyncClient,
) -> None:
    plain = await client.post("/graphql", json={"query": "{ nothing }"})
    own = await client.post("/graphql", json={"query": "{ nothing }"}, headers={"accept": GRAPHQL_JSON})

    assert (plain.status_code, own.status_code) == (200, 400)
    assert plain.json() == own.json()
    assert "data" not in plain.json()


async def test_several_operations_need_a_name(client: httpx.AsyncClient) -> None:
    document = 'query One { hello } query Two { hello(name: "two") }'

    assert await asked(client, document, operationName="Two") == {"data": {"hello": "Hello, two!"}}
    assert code_of(await asked(client, document)) == "OPERATION_RESOLUTION_FAILURE"
    assert code_of(await asked(client, document, operationName="Three")) == "OPERATION_RESOLUTION_FAILURE"


async def test_a_subscription_over_a_plain_post_says_how_to_follow_it(client: httpx.AsyncClient) -> None:
    """A subscription answered as if it were a query told clients nothing they could use."""
    answer = await asked(client, "subscription { count(to: 1) }")

    assert code_of(answer) == "SUBSCRIPTION_NEEDS_STREAM"
    assert "text/event-stream" in answer["errors"][0]["message"]


async def test_a_subscription_is_streamed_to_a_client_that_also_accepts_json(client: httpx.AsyncClient) -> None:
    accept = {"accept": "application/graphql-response+json, application/json, text/event-stream"}
    query = {"query": "subscription { count(to: 1) }"}
    response = await client.post("/graphql", json=query, headers=accept)

    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert 'data: {"data":{"count":1}}' in response.text


async def test_what_is_written_on_the_operation_reaches_its_context(client: httpx.AsyncClient) -> None:
    query = 'query ($where: Country) @inContext(country: $where, note: "winter") { country }'

    assert await asked(client, query, variables={"where": "NO"}) == {"data": {"country": "Country.NO winter"}}
    assert code_of(await asked(client, query, variables={"where": "XX"})) == "BAD_USER_INPUT"


async def test_a_client_not_known_is_told_so_by_status_and_code(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"authorization": "wrong"})

    assert (response.status_code, code_of(response.json())) == (401, "UNAUTHENTICATED")


async def test_a_context_that_cannot_be_made_is_a_masked_bug(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"x-break": "yes"})

    assert (response.status_code, code_of(response.json())) == (500, "INTERNAL_ERROR")
    assert "hunter2" not in response.text


async def test_a_query_ends_when_its_client_goes_away(app: Starlette, happenings: Happenings) -> None:
    exchange = Exchange(app, b'{"query": "{ wait }"}')
    await happenings.began.wait()

    exchange.gone.set()
    await exchange.running

    assert happenings.canceled.is_set()
    assert exchange.sent == []


async def test_a_mutation_finishes_though_its_client_goes_away(app: Starlette, happenings: Happenings) -> None:
    exchange = Exchange(app, b'{"query": "mutation { write(slowly: true) }"}')
    await happenings.began.wait()

    exchange.gone.set()
    await asyncio.sleep(0)
    happenings.go_on.set()
    await exchange.running

    assert happenings.written.is_set()


async def test_an_operation_ends_at_its_deadline(happenings: Happenings) -> None:
    engine = Engine(schema, limits=Limits(deadline=0.01))
    app = app_of(engine, happenings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        response = await client.post("/graphql", json={"query": "{ wait }"}, headers={"accept": GRAPHQL_JSON})

    assert (response.status_code, code_of(response.json())) == (504, "DEADLINE_EXCEEDED")
    assert happenings.canceled.is_set()


async def test_the_cost_is_told_to_who_asks(client: httpx.AsyncClient) -> None:
    query = "query ($n: Int) { books(first: $n) { nodes { id } } read(rows: 7) }"
    answer = await asked(client, query, variables={"n": 50}, extensions={"cost": True})

    assert answer["extensions"] == {"cost": {"objects": 51, "mostObjects": 1_000_000, "rows": 7}}


async def test_reading_more_rows_than_the_budget_ends_the_field() -> None:
    async with client_of(Engine(schema, limits=Limits(rows=10))) as client:
        answer = await asked(client, "{ few: read(rows: 10) more: read(rows: 1) hello }")

    assert answer["data"] == {"few": 10, "more": None, "hello": "Hello, world!"}
    assert code_of(answer) == "ROW_BUDGET_EXCEEDED"
