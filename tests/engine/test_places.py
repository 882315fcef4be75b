"""How many streams may be open: on a socket, for a viewer, from an address, in a process; and that places come back."""

import json
from typing import Any

import pytest

from engine import Engine, Limits, Places
from engine.places import NoPlace
from tests.engine.asking import Exchange
from tests.engine.talking import Talk
from tests.engine.toy import Happenings, app_of, schema

FOLLOW = "subscription { forEver }"


def in_stream(text: str) -> Any:
    """What the first event of a stream says."""
    return json.loads(text.split("data: ")[1].split("\n")[0])


@pytest.mark.parametrize(("limits", "limit"), [({"streams": 1}, "process"), ({"streams_per_address": 1}, "address")])
async def test_a_stream_too_many_is_told_so_and_the_place_comes_back(limits: dict[str, int], limit: str) -> None:
    app = app_of(Engine(schema, limits=Limits(**limits)))
    talk = await Talk(app).begin()
    for id_ in ("1", "2"):
        talk.subscribe(FOLLOW, id_=id_)

    assert (await talk.hear())["type"] == "next"
    refused = await talk.hear()
    assert (refused["id"], refused["type"]) == ("2", "error")
    assert refused["payload"][0]["extensions"] == {"code": "TOO_MANY_STREAMS", "limit": limit}

    talk.say({"id": "1", "type": "complete"})
    while True:
        talk.subscribe(FOLLOW, id_="3")
        if (await talk.hear())["type"] == "next":
            break
    await talk.leave()


async def test_an_event_stream_too_many_says_so_in_its_only_event(happenings: Happenings) -> None:
    app = app_of(Engine(schema, limits=Limits(streams_per_address=1)), happenings)
    body = json.dumps({"query": FOLLOW}).encode()
    first = Exchange(app, body, path="/stream")
    await first.heard(b"data")
    second = Exchange(app, body, path="/stream")
    await second.running

    assert in_stream(second.text)["errors"][0]["extensions"] == {"code": "TOO_MANY_STREAMS", "limit": "address"}
    assert second.text.endswith("event: complete\ndata:\n\n")
    first.gone.set()
    await first.running


async def test_a_socket_too_many_is_closed_and_told_to_come_again() -> None:
    app = app_of(Engine(schema, limits=Limits(streams=1)))
    first = await Talk(app).begin()
    second = Talk(app)
    await second.accepted()

    code, reason = await second.closed()
    assert code == 1013
    assert "1 live streams of this process" in reason
    await first.leave()
    third = await Talk(app).begin()
    await third.leave()


def test_a_viewer_has_so_many_streams_whatever_the_address_and_the_schema() -> None:
    places = Places(Limits(streams_per_viewer=2))
    with places.for_stream("192.0.2.1") as one, places.for_stream("192.0.2.2") as two:
        one.claim(("customer", 7))
        two.claim(("customer", 7))
        with places.for_stream("192.0.2.3") as three:
            with pytest.raises(NoPlace):
                three.claim(("customer", 7))
            three.claim(("customer", 8))
            three.claim(None)
    with places.for_stream("192.0.2.3") as four:
        four.claim(("customer", 7))
    assert not places._taken
