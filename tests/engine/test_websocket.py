"""graphql-transport-ws: many operations on one socket, each on its own."""

import httpx
import pytest
from starlette.applications import Starlette

from engine import Engine, Limits
from tests.engine.talking import Talk
from tests.engine.toy import Happenings, app_of, schema


async def test_a_subscription_is_followed_to_its_end(app: Starlette) -> None:
    talk = await Talk(app).begin()
    talk.subscribe("subscription { count(to: 2) }")

    assert [await talk.hear() for _ in range(3)] == [
        {"id": "1", "type": "next", "payload": {"data": {"count": 1}}},
        {"id": "1", "type": "next", "payload": {"data": {"count": 2}}},
        {"id": "1", "type": "complete"},
    ]
    await talk.leave()


async def test_queries_and_mutations_run_too_and_ids_are_free_again(app: Starlette) -> None:
    talk = await Talk(app).begin()
    for query, data in (("{ hello }", {"hello": "Hello, world!"}), ("mutation { write }", {"write": "written"})):
        talk.subscribe(query)
        assert await talk.hear() == {"id": "1", "type": "next", "payload": {"data": data}}
        assert await talk.hear() == {"id": "1", "type": "complete"}
    await talk.leave()


async def test_each_operation_and_each_event_has_a_context_of_its_own(app: Starlette) -> None:
    """One context for the whole connection answered the second operation with what the first had loaded."""
    talk = await Talk(app).begin(who="Kari")
    for id_ in ("a", "b"):
        talk.subscribe("subscription { generations(to: 2) { context params } }", id_=id_)
        heard = [(await talk.hear())["payload"]["data"]["generations"] for _ in range(2)]
        assert heard == [{"context": 1, "params": "Kari"}, {"context": 2, "params": "Kari"}]
        await talk.hear()
    await talk.leave()


async def test_operations_run_beside_one_another(app: Starlette, happenings: Happenings) -> None:
    talk = await Talk(app).begin()
    talk.subscribe("{ wait }", id_="slow")
    talk.subscribe("{ hello }", id_="quick")

    assert [(await talk.hear())["id"] for _ in range(2)] == ["quick", "quick"]
    happenings.go_on.set()
    assert (await talk.hear())["payload"] == {"data": {"wait": "waited"}}
    await talk.leave()


async def test_a_client_that_no_longer_listens_ends_its_operation(app: Starlette, happenings: Happenings) -> None:
    talk = await Talk(app).begin()
    talk.subscribe("subscription { forEver }")
    await talk.hear()

    talk.say({"id": "1", "type": "complete"}, {"id": "nothing", "type": "complete"}, {"type": "ping"})

    assert await talk.hear() == {"type": "pong"}
    await happenings.canceled.wait()
    await talk.leave()


async def test_everything_ends_when_the_client_goes_away_except_a_mutation(
    app: Starlette, happenings: Happenings
) -> None:
    talk = await Talk(app).begin()
    talk.subscribe("mutation { write(slowly: true) }", id_="mutation")
    talk.subscribe("subscription { forEver }", id_="subscription")
    await talk.hear()

    happenings.go_on.set()
    await talk.leave()

    assert happenings.canceled.is_set()
    assert happenings.written.is_set()


async def test_a_ping_is_answered_with_what_it_carried(app: Starlette) -> None:
    talk = await Talk(app).begin()
    talk.say({"type": "ping", "payload": {"sent": 1}}, {"type": "pong"}, {"type": "pong", "payload": {"a": 1}})

    assert await talk.hear() == {"type": "pong", "payload": {"sent": 1}}
    await talk.leave()


async def test_a_mistake_in_the_document_is_an_error_of_that_operation_alone(app: Starlette) -> None:
    talk = await Talk(app).begin()
    talk.subscribe("{ helo }", id_="wrong")
    talk.subscribe("{ hello }", id_="right")

    wrong = await talk.hear()
    assert (wrong["id"], wrong["type"]) == ("wrong", "error")
    assert wrong["payload"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert (await talk.hear())["payload"]["data"] == {"hello": "Hello, world!"}
    await talk.leave()


@pytest.mark.parametrize(("query", "code"), [("untilForbidden", "FORBIDDEN"), ("untilBroken", "INTERNAL_ERROR")])
async def test_a_source_that_fails_ends_its_operation_with_an_error(app: Starlette, query: str, code: str) -> None:
    talk = await Talk(app).begin()
    talk.subscribe(f"subscription {{ {query} }}")

    assert (await talk.hear())["type"] == "next"
    failed = await talk.hear()
    assert (failed["type"], failed["payload"][0]["extensions"]["code"]) == ("error", code)
    assert "hunter2" not in str(failed)
    talk.subscribe("{ hello }")
    assert (await talk.hear())["type"] == "next"
    await talk.leave()


async def test_a_context_that_is_refused_is_an_error_of_that_operation(app: Starlette) -> None:
    talk = await Talk(app, authorization="wrong").begin()
    talk.subscribe("{ hello }")

    assert (await talk.hear())["payload"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    await talk.leave()


@pytest.mark.parametrize(
    "frame",
    [
        "[1,2]",
        "5",
        '"x"',
        "null",
        "true",
        "",
        "{",
        "{}",
        "[" * 100_000,
        '{"type": null}',
        '{"type": 5}',
        '{"type": ["ping"]}',
        '{"type": {"a": 1}}',
        '{"type": "nonsense"}',
        '{"type": "next", "id": "1", "payload": {}}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": null}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {}}',
        '{"type": "subscribe", "id": [1], "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": {}, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": null, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": 5}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "operationName": []}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "extensions": "x"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": {"a": "\\u0000"}}}',
        '{"type": "subscribe", "id": "\\ud800", "payload": {"query": "{ hello }"}}',
        '{"type": "complete"}',
        '{"type": "complete", "id": 5}',
        '{"type": "ping", "payload": 5}',
        '{"type": "pong", "payload": []}',
        b"\x00\x01",
        b'{"type": "ping"}',
    ],
    ids=lambda frame: str(frame[:60]),
)
async def test_a_frame_the_protocol_does_not_know_closes_the_socket_with_4400(
    app: Starlette, frame: str | bytes
) -> None:
    """`[1,2]`, `5` and a list for an id once crashed the socket; `query: 5` told a Python error."""
    talk = await Talk(app).begin()
    talk.say(frame)

    code, reason = await talk.closed()

    assert code == 4400
    assert len(reason.encode()) <= 123
    assert "Traceback" not in reason


async def test_an_init_that_carries_no_object_closes_the_socket_with_4400(app: Starlette) -> None:
    talk = Talk(app)
    await talk.accepted()
    talk.say({"type": "connection_init", "payload": [1]})

    assert (await talk.closed())[0] == 4400


async def test_an_id_in_use_closes_the_socket_with_4409(app: Starlette) -> None:
    talk = await Talk(app).begin()
    talk.subscribe("subscription { forEver }")
    talk.subscribe("{ hello }")

    assert await talk.closed() == (4409, "Subscriber for 1 already exists")


async def test_a_second_init_closes_the_socket_with_4429(app: Starlette) -> None:
    talk = await Talk(app).begin()
    talk.say({"type": "connection_init"})

    assert (await talk.closed())[0] == 4429


async def test_subscribing_before_the_handshake_closes_the_socket_with_4401(app: Starlette) -> None:
    talk = Talk(app)
    await talk.accepted()
    talk.subscribe("{ hello }")

    assert await talk.closed() == (4401, "Unauthorized")


async def test_a_client_that_never_shakes_hands_is_closed_with_4408() -> None:
    talk = Talk(app_of(Engine(schema, limits=Limits(init_seconds=0.01))))
    await talk.accepted()
    talk.say({"type": "ping"})

    assert await talk.hear() == {"type": "pong"}
    assert (await talk.closed())[0] == 4408


@pytest.mark.parametrize("subprotocols", [(), ("graphql-ws",)])
async def test_another_subprotocol_is_closed_with_4406(app: Starlette, subprotocols: tuple[str, ...]) -> None:
    talk = Talk(app, subprotocols=subprotocols)

    assert await talk.accepted() is None
    assert (await talk.closed())[0] == 4406


@pytest.mark.parametrize("character", ["x", "ø", "\N{CHERRY BLOSSOM}"])
async def test_a_frame_larger_than_allowed_closes_the_socket_with_1009(app: Starlette, character: str) -> None:
    talk = await Talk(app).begin()
    talk.say(character * (256 * 1024 // len(character.encode()) + 1))

    assert (await talk.closed())[0] == 1009


async def test_a_socket_may_run_only_so_many_operations_at_once() -> None:
    talk = await Talk(app_of(Engine(schema, limits=Limits(operations_per_socket=2)))).begin()
    for number in range(3):
        talk.subscribe("{ wait }", id_=str(number))

    refused = await talk.hear()
    assert (refused["id"], refused["type"]) == ("2", "error")
    assert refused["payload"][0]["extensions"] == {"code": "TOO_MANY_OPERATIONS"}
    await talk.leave()


async def test_a_peer_that_answers_pings_stays_and_a_dead_one_is_closed() -> None:
    talk = await Talk(app_of(Engine(schema, limits=Limits(ping_seconds=0.01, pong_seconds=0.05)))).begin()
    for _ in range(3):
        assert await talk.hear() == {"type": "ping"}
        talk.say({"type": "pong"})

    assert await talk.closed() == (1001, "No answer to a ping")


async def test_a_reader_that_takes_nothing_is_closed_and_its_source_ends(happenings: Happenings) -> None:
    talk = await Talk(app_of(Engine(schema, limits=Limits(slow_reader_seconds=0.01)), happenings)).begin()
    talk.subscribe("subscription { forEver }")
    talk.takes.clear()

    assert (await talk.closed())[0] == 1013
    assert happenings.canceled.is_set()


async def test_sockets_open_when_the_engine_closes_are_closed_with_1001(
    engine: Engine, app: Starlette, happenings: Happenings
) -> None:
    talk = await Talk(app).begin()
    talk.subscribe("subscription { forEver }")
    await talk.hear()

    await engine.close()

    assert await talk.closed() == (1001, "The server is shutting down")
    assert happenings.canceled.is_set()


async def test_http_at_the_socket_s_address_still_works(client: httpx.AsyncClient) -> None:
    assert (await client.post("/graphql", json={"query": "{ hello }"})).status_code == 200
