"""Frames no honest client sends, the code that has to close the socket; and documents by socket and event stream."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from drills.siege.documents import documents
from drills.siege.meter import Meter
from drills.siege.shots import JSON, Hit, Shot, asked, codes_in, least
from drills.siege.words import Words

PROTOCOL = Subprotocol("graphql-transport-ws")
BAD, TWICE, TOO_BIG, TAKEN, EARLY = 4400, 4429, 1009, 4409, 4401
LONGEST = 200_000  # characters that go into a frame; longer documents are another attack
INIT = '{"type": "connection_init"}'
SUBSCRIBE = '{"type": "subscribe", "id": "1", "payload": {"query": "subscription { cart(id: \\"x\\") { id } }"}}'

FRAMES: Mapping[str, int] = {
    "[1,2]": BAD,
    "5": BAD,
    "null": BAD,
    "": BAD,
    "[" * 100_000: BAD,
    '{"a":' * 50_000: BAD,
    '{"type": ["ping"]}': BAD,
    '{"type": "nonsense"}': BAD,
    '{"type": "subscribe", "id": "1", "payload": null}': BAD,
    '{"type": "subscribe", "id": [1], "payload": {"query": "{ shop { name } }"}}': BAD,
    '{"type": "subscribe", "id": "1", "payload": {"query": 5}}': BAD,
    '{"type": "subscribe", "id": "1", "payload": {"query": "{ shop { name } }", "variables": {"a": "\\u0000"}}}': BAD,
    '{"type": "ping", "payload": [' + "{}," * 80_000 + "{}]}": BAD,
    INIT: TWICE,
    "x" * 300_000: TOO_BIG,
    "ø" * 140_000: TOO_BIG,
}


async def frames(address: str, path: str, meter: Meter, *, times: int) -> list[Hit]:
    """Each frame on a socket of its own, after a good beginning."""
    hits = []
    for frame, code in FRAMES.items():
        name = f"{path} frame {frame[:40]}"

        async def once(_: int, name: str = name, frame: str = frame, code: int = code) -> str:
            told = await _closed(_socket(address, path), frame)
            return "" if told == code else f"{name}: closed by {told}, not {code}"

        hits.append(await least(name, meter, once, times=times))
    return hits


async def _closed(address: str, frame: str) -> int:
    async with connect(address, subprotocols=[PROTOCOL], max_size=None) as socket:
        await socket.send(INIT)
        try:
            await socket.send(frame)
            while True:
                await socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


async def by_socket(address: str, words: Words, meter: Meter, *, times: int, every: int = 1) -> list[Hit]:
    """Each document as a `subscribe` on one socket: an error each, and the socket stays open."""
    hits = []
    path = f"{words.prefix}/graphql"
    async with connect(_socket(address, path), subprotocols=[PROTOCOL], max_size=None) as socket:
        await socket.send(INIT)
        await socket.recv()
        for name, (query, code) in list(documents(words).items())[::every]:
            if len(query) > LONGEST:
                continue

            async def once(number: int, name: str = name, query: str = query, code: str = code) -> str:
                return await _refused(socket, f"{name} {number}", f"{query}\n# by socket {number}", code)

            hits.append(await least(f"{path} socket: {name}", meter, once, times=times))
    return hits


async def _refused(socket: ClientConnection, name: str, query: str, code: str) -> str:
    await socket.send(json.dumps({"type": "subscribe", "id": name, "payload": {"query": query}}))
    answer = json.loads(await socket.recv())
    while answer["type"] == "ping":
        answer = json.loads(await socket.recv())
    codes = set(codes_in(answer))
    told = answer["type"] == "error" and answer["id"] == name and codes == {code}
    return "" if told else f"{name}: {code}, not {answer['type']} {sorted(codes)}"


def by_stream(words: Words) -> Iterator[Shot]:
    """Each document where answers are event streams: by the address, and by what is accepted."""
    path = f"{words.prefix}/graphql"
    for number, (name, (query, code)) in enumerate(documents(words).items()):
        if number % 2:
            yield asked(f"{path}/stream: {name}", f"{query} # 1", code, path=f"{path}/stream")
        else:
            shot = asked(f"{path} as a stream: {name}", f"{query} # 2", code, path=path)
            yield replace(shot, headers={**JSON, "accept": "text/event-stream"})


def _socket(address: str, path: str) -> str:
    parts = urlsplit(address)
    return f"ws://{parts.netloc}{path}"
