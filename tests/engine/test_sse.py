"""Event streams: one operation each, framed as browsers and clients expect."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from engine import Engine, Limits
from tests.engine.asking import Exchange
from tests.engine.toy import Happenings, app_of, schema

STREAM = {"accept": "text/event-stream"}


def events_in(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, without its comments."""
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    lines = [dict(line.partition(":")[::2] for line in block.split("\n")) for block in blocks]
    return [(line["event"].strip(), json.loads(line["data"]) if line["data"].strip() else None) for line in lines]


async def streamed(client: httpx.AsyncClient, query: str, **request: Any) -> list[tuple[str, Any]]:
    response = await client.post("/stream", json={"query": query, **request})
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    return events_in(response.text)


async def test_events_follow_one_another_and_then_the_stream_is_complete(client: httpx.AsyncClient) -> None:
    assert await streamed(client, "subscription { count(to: 2) }") == [
        ("next", {"data": {"count": 1}}),
        ("next", {"data": {"count": 2}}),
        ("complete", None),
    ]


async def test_events_are_framed_by_line_feeds_alone(client: httpx.AsyncClient) -> None:
    """Frames ended by carriage returns broke a client that splits at blank lines."""
    response = await client.post("/stream", json={"query": "subscription { count(to: 1) }"})

    assert "\r" not in response.text
    assert response.text == ':\n\nevent: next\ndata: {"data":{"count":1}}\n\nevent: complete\ndata:\n\n'


async def test_a_browser_can_follow_by_address(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "subscription { count(to: 1) }"}, headers=STREAM)

    assert events_in(response.text) == [("next", {"data": {"count": 1}}), ("complete", None)]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/graphql-response+json, application/json, text/event-stream, multipart/mixed", "application/"),
        ("text/event-stream;q=0.9, application/json", "application/json"),
        ("text/event-stream, application/json;q=0.9", "text/event-stream"),
        ("text/event-stream", "text/event-stream"),
        ("*/*", "application/json"),
    ],
)
async def test_a_query_is_streamed_only_to_who_likes_that_best(
    client: httpx.AsyncClient, accept: str, kind: str
) -> None:
    """Any mention of event streams once turned every query into one: a client failed on everything."""
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"accept": accept})

    assert response.headers["content-type"].startswith(kind)
    assert "Hello, world!" in response.text


async def test_a_query_may_be_asked_as_a_stream_of_one(client: httpx.AsyncClient) -> None:
    assert await streamed(client, "{ hello }") == [("next", {"data": {"hello": "Hello, world!"}}), ("complete", None)]


async def test_a_mistake_in_the_document_is_told_in_the_stream(client: httpx.AsyncClient) -> None:
    (kind, told), end = await streamed(client, "subscription { cuont(to: 1) }")

    assert (kind, end) == ("next", ("complete", None))
    assert told["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_a_body_that_is_no_graphql_request_is_a_400_on_the_stream_too(client: httpx.AsyncClient) -> None:
    response = await client.post("/stream", content=b"null", headers={"content-type": "application/json"})

    assert (response.status_code, response.headers["content-type"]) == (400, "application/json; charset=utf-8")


async def test_access_that_ends_in_the_middle_ends_the_stream_with_its_reason(client: httpx.AsyncClient) -> None:
    first, second, end = await streamed(client, "subscription { untilForbidden }")

    assert (first, end) == (("next", {"data": {"untilForbidden": 1}}), ("complete", None))
    assert second[1]["errors"] == [{"message": "Your access has expired.", "extensions": {"code": "FORBIDDEN"}}]


async def test_a_source_that_breaks_ends_the_stream_masked(client: httpx.AsyncClient) -> None:
    _, (kind, told), end = await streamed(client, "subscription { untilBroken }")

    assert (kind, end) == ("next", ("complete", None))
    assert told["errors"][0]["extensions"]["code"] == "INTERNAL_ERROR"
    assert "hunter2" not in str(told)


async def test_each_event_has_a_context_of_its_own(client: httpx.AsyncClient) -> None:
    events = await streamed(client, "subscription { generations(to: 3) { context } }")

    assert [told["data"]["generations"]["context"] for _, told in events[:-1]] == [1, 2, 3]


async def test_a_stream_ends_when_its_reader_goes_away(app: Starlette, happenings: Happenings) -> None:
    query = json.dumps({"query": "subscription { forEver }"}).encode()
    exchange = Exchange(app, query, path="/stream")
    await happenings.began.wait()

    exchange.gone.set()
    await exchange.running

    assert happenings.canceled.is_set()


async def test_a_mutation_asked_as_a_stream_finishes_though_its_reader_goes_away(
    app: Starlette, happenings: Happenings
) -> None:
    exchange = Exchange(app, b'{"query": "mutation { write(slowly: true) }"}', path="/stream")
    await happenings.began.wait()

    exchange.gone.set()
    await asyncio.sleep(0)
    happenings.go_on.set()
    await exchange.running

    assert happenings.written.is_set()


async def test_an_idle_stream_is_kept_alive_by_comments(happenings: Happenings) -> None:
    engine = Engine(schema, limits=Limits(keep_alive_seconds=0.01))
    exchange = Exchange(app_of(engine, happenings), b'{"query": "subscription { forEver }"}', path="/stream")
    await exchange.heard(b":\n\n", times=3)

    happenings.go_on.set()
    await exchange.running

    assert exchange.text.endswith("event: complete\ndata:\n\n")


async def test_a_stream_open_when_the_engine_closes_stops_without_claiming_to_be_complete(
    engine: Engine, app: Starlette, happenings: Happenings
) -> None:
    exchange = Exchange(app, b'{"query": "subscription { forEver }"}', path="/stream")
    await exchange.heard(b"data")

    await engine.close()
    await exchange.running

    assert "complete" not in exchange.text
    assert exchange.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert happenings.canceled.is_set()


async def test_a_reader_that_takes_nothing_is_let_go(happenings: Happenings) -> None:
    engine = Engine(schema, limits=Limits(slow_reader_seconds=0.01))
    exchange = Exchange(app_of(engine, happenings), b'{"query": "subscription { forEver }"}', path="/stream")
    exchange.takes.clear()

    await exchange.running

    assert "complete" not in exchange.text


async def test_a_task_that_is_canceled_from_outside_stays_canceled(app: Starlette, happenings: Happenings) -> None:
    exchange = Exchange(app, b'{"query": "subscription { forEver }"}', path="/stream")
    await happenings.began.wait()

    exchange.running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await exchange.running
    assert happenings.canceled.is_set()
