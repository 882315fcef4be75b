"""Bodies, addresses and headers no honest client sends: each is refused specifically, none is a 500."""

import json
from urllib.parse import quote

import httpx
import pytest

from tests.engine.asking import Exchange, code_of

JSON = {"content-type": "application/json"}
QUERY = '{"query": "{ hello }", '


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"5",
        b'"x"',
        b"true",
        b"{",
        b"\xff\xfe",
        b'{"query": "\xff"}',
        b'{"query": "\xed\xa0\x80"}',
        b'{"query": "{ hello(name: \\"\\ud800\\") }"}',
        b'{"query": "{ hello }", "variables": {"name": "\\ud800"}}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"query": "{ hello }", "variables": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        b'{"query": "{ hello }", "variables": ' + b'{"a":' * 900 + b'"\\u0000"' + b"}" * 900 + b"}",
        b'{"query": NaN}',
        b"{}",
        b'{"query": null}',
        b'{"query": ""}',
        b'{"query": 5}',
        b'{"query": ["{ hello }"]}',
        b'{"query": {"a": 1}}',
        *(
            f'{QUERY}"{name}": {value}}}'.encode()
            for name in ("variables", "extensions")
            for value in ("5", '"x"', "[]")
        ),
        *(f'{QUERY}"operationName": {value}}}'.encode() for value in ("5", "{}", "[]", "false")),
        f'{QUERY}"extensions": {{"persistedQuery": 5}}}}'.encode(),
        f'{QUERY}"extensions": {{"persistedQuery": {{"version": 1, "sha256Hash": 5}}}}}}'.encode(),
        f'{QUERY}"extensions": {{"persistedQuery": {{"version": 2}}}}}}'.encode(),
        f'{QUERY}"variables": {{"name": "a\\u0000b"}}}}'.encode(),
        f'{QUERY}"operationName": "\\u0000"}}'.encode(),
    ],
    ids=lambda body: repr(body[:60]),
)
async def test_a_body_that_is_no_graphql_request_is_a_400_that_says_why(client: httpx.AsyncClient, body: bytes) -> None:
    """Once `null`, `5`, invalid UTF-8 and deep nesting were each a 500."""
    response = await client.post("/graphql", content=body, headers=JSON)

    assert response.status_code == 400
    assert code_of(response.json()) == "BAD_REQUEST"


async def test_a_batch_is_refused_by_name(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json=[{"query": "{ hello }"}, {"query": "{ hello }"}])

    assert (response.status_code, code_of(response.json())) == (400, "BATCHING_NOT_SUPPORTED")


@pytest.mark.parametrize(
    "query",
    [
        '{ hello(name: "a\\u0000") }',
        '{ hello(name: "a\\u{0}") }',
        '{ hello(name: "\\ud800") }',
        "{ hello\x00 }",
        "\x00",
        "{ hello } ﷐￿ {",
        "{",
        "query {",
        "}" * 1000,
        "{ hello(name: 'single') }",
        "query($a: Int = $b) { hello }",
        "type Query { a: Int }",
        "fragment F on Query { hello }",
        "#" * 1000,
    ],
)
async def test_a_document_that_is_not_graphql_is_refused_and_not_a_bug(client: httpx.AsyncClient, query: str) -> None:
    response = await client.post("/graphql", content=json.dumps({"query": query}).encode(), headers=JSON)

    assert response.status_code in (200, 400)
    assert code_of(response.json()) not in ("INTERNAL_ERROR", "BAD_USER_INPUT")


@pytest.mark.parametrize("kind", ["", "text/plain", "application/graphql", "application/json; charset=utf-16", "\xff"])
async def test_a_body_of_another_type_is_refused(client: httpx.AsyncClient, kind: str) -> None:
    headers = {b"content-type": kind.encode("latin-1")}
    response = await client.post("/graphql", content=b'{"query": "{ hello }"}', headers=headers)

    assert (response.status_code, code_of(response.json())) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_body_larger_than_allowed_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    """Once 100 MB were read and parsed, and the server stood still for seconds."""
    honest = await client.post("/graphql", content=b" " * (256 * 1024 + 1), headers=JSON)
    lying = await client.post("/graphql", content=b"{}", headers={**JSON, "content-length": "9" * 30})

    assert (honest.status_code, code_of(honest.json())) == (413, "PAYLOAD_TOO_LARGE")
    assert (lying.status_code, code_of(lying.json())) == (413, "PAYLOAD_TOO_LARGE")


async def test_a_body_that_never_says_its_length_is_refused_once_it_is_too_large(client: httpx.AsyncClient) -> None:
    sent = 0

    async def chunks() -> "object":
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 64 * 1024

    response = await client.post("/graphql", content=chunks(), headers=JSON)  # type: ignore[arg-type]

    assert response.status_code == 413
    assert sent <= 6


async def test_the_largest_body_allowed_is_read(client: httpx.AsyncClient) -> None:
    body = b'{"query": "{ hello }"}'
    response = await client.post("/graphql", content=body + b" " * (256 * 1024 - len(body)), headers=JSON)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=%FF",
        "query=%ED%A0%80",
        "query=%7Bhello%7D&variables=5",
        "query=%7Bhello%7D&variables=%7B",
        "query=%7Bhello%7D&extensions=[]",
        "query=%7Bhello%7D&variables=" + quote('{"a": "\\u0000"}'),
        "&".join(f"a{n}=1" for n in range(1000)),
    ],
)
async def test_an_address_that_is_no_graphql_request_is_a_400(client: httpx.AsyncClient, query_string: str) -> None:
    response = await client.get(f"/graphql?{query_string}")

    assert (response.status_code, code_of(response.json())) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "accept", ["\xff\xfe", ";;;,,,", "q=1", "application/json;q=1e999", "application/json;q=-1", ","]
)
async def test_no_accept_header_breaks_the_server(client: httpx.AsyncClient, accept: str) -> None:
    headers = {b"accept": accept.encode("latin-1")}
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers=headers)

    assert response.status_code in (200, 406)


async def test_a_client_that_leaves_in_the_middle_of_its_body_is_let_go(app: object) -> None:
    exchange = Exchange(app, b"")  # type: ignore[arg-type]
    exchange._body.clear()
    exchange.gone.set()

    await exchange.running

    assert exchange.sent == []


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query ($f: Filter) { book(filter: $f) { id } }", {"f": 5}),
        ("query ($f: Filter) { book(filter: $f) { id } }", {"f": {"title": 1}}),
        ("query ($f: Filter) { book(filter: $f) { id } }", {"f": {"title": "a", "years": [2**40]}}),
        ("query ($f: Filter) { book(filter: $f) { id } }", {"f": {"title": "a", "nothing": 1}}),
        ("query ($d: DateTime) { book(published: $d) { id } }", {"d": "yesterday"}),
        ("query ($d: DateTime) { book(published: $d) { id } }", {"d": {"a": 1}}),
        ("query ($n: Int) { books(first: $n) { nodes { id } } }", {"n": 10**30}),
        ("query ($n: Int!) { books(first: $n) { nodes { id } } }", {}),
        ("query ($n: Int) { books(first: $n) { nodes { id } } }", {"n": True}),
    ],
)
async def test_variables_that_do_not_fit_are_the_client_s_mistake(
    client: httpx.AsyncClient, query: str, variables: dict[str, object]
) -> None:
    response = await client.post("/graphql", json={"query": query, "variables": variables})

    assert (response.status_code, code_of(response.json())) == (200, "BAD_USER_INPUT")


async def test_a_literal_no_scalar_understands_is_the_client_s_mistake(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": '{ book(published: "yesterday") { id } }'})

    assert code_of(response.json()) == "GRAPHQL_VALIDATION_FAILED"
