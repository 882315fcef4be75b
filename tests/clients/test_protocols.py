"""The engine's transports, judged by the clients and the audits that frontends trust."""

import json
from collections.abc import AsyncIterator

import pytest

from engine import Engine
from tests.clients import node
from tests.engine.serving import serving
from tests.engine.toy import app_of, schema

pytestmark = pytest.mark.usefixtures("node_modules")


@pytest.fixture
async def server() -> AsyncIterator[str]:
    engine = Engine(schema)
    async with serving(app_of(engine)) as address:
        yield address
        await engine.close()


async def test_every_audit_of_graphql_over_http_passes_without_a_warning(server: str) -> None:
    verdicts = await node.run("audits.mjs", f"http://{server}/graphql")

    assert [verdict for verdict in verdicts if verdict["status"] != "ok"] == []
    assert len(verdicts) == 61


async def test_graphql_ws_follows_a_subscription_to_its_end(server: str) -> None:
    told = await node.run("websocket.mjs", f"ws://{server}/graphql", "subscription { count(to: 3) }")

    assert told == {"answers": [{"data": {"count": number}} for number in (1, 2, 3)], "error": None}


async def test_graphql_ws_asks_a_query_and_tells_who_it_is(server: str) -> None:
    query = "subscription { generations(to: 2) { context params } }"
    told = await node.run("websocket.mjs", f"ws://{server}/graphql", query, json.dumps({"who": "Kari"}))

    assert [answer["data"]["generations"] for answer in told["answers"]] == [
        {"context": 1, "params": "Kari"},
        {"context": 2, "params": "Kari"},
    ]


async def test_graphql_ws_is_told_why_access_ended(server: str) -> None:
    told = await node.run("websocket.mjs", f"ws://{server}/graphql", "subscription { untilForbidden }")

    assert told["answers"] == [{"data": {"untilForbidden": 1}}]
    assert told["error"][0]["extensions"] == {"code": "FORBIDDEN"}


@pytest.mark.parametrize("path", ["stream", "graphql"])
async def test_graphql_sse_follows_a_subscription_to_its_end(server: str, path: str) -> None:
    told = await node.run("sse.mjs", f"http://{server}/{path}", "subscription { count(to: 3) }")

    assert told == {"answers": [{"data": {"count": number}} for number in (1, 2, 3)], "error": None}


async def test_graphql_sse_asks_a_query_and_hears_of_a_mistake(server: str) -> None:
    answered = await node.run("sse.mjs", f"http://{server}/stream", "{ hello }")
    mistaken = await node.run("sse.mjs", f"http://{server}/stream", "{ helo }")

    assert answered["answers"] == [{"data": {"hello": "Hello, world!"}}]
    assert mistaken["answers"][0]["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_graphql_sse_is_told_why_access_ended(server: str) -> None:
    told = await node.run("sse.mjs", f"http://{server}/stream", "subscription { untilForbidden }")

    assert told["answers"][0] == {"data": {"untilForbidden": 1}}
    assert told["answers"][1]["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
