"""Clients who take their time: heads and bodies that never end, connections that say nothing, heads without end."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from drills.siege.meter import Meter
from drills.siege.shots import Hit

HEAD = b"POST /graphql HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n"
PATIENCE = 40.0
LARGE, LATE = b"HTTP/1.1 431", b"HTTP/1.1 408"


@dataclass(frozen=True, slots=True)
class Slow:
    """What is sent at first, what more every second, and how the answer has to begin; nothing for a mere end."""

    name: str
    first: bytes
    more: bytes
    answer: bytes


SLOW = (
    Slow("a head by the letter", HEAD, b"x", LATE),
    Slow("headers without end", HEAD, b"x: y\r\n", LATE),
    Slow("a body by the letter", HEAD + b"content-length: 200000\r\n\r\n", b" ", LATE),
    Slow("a body in pieces", HEAD + b"transfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n", LATE),
    Slow("nothing at all", b"", b"", b""),
)
LONG = (
    Slow("a header without end", HEAD + b"x: ", b"y" * 60_000, LARGE),
    Slow("an address without end", b"GET /graphql?query=", b"y" * 60_000, LARGE),
    Slow("5,000 headers", HEAD + b"".join(b"x%d: y\r\n" % n for n in range(5_000)), b"", LARGE),
    Slow("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"", b"HTTP/1.1 400"),
)


async def slow(address: str, meter: Meter, *, each: int, kinds: tuple[Slow, ...] = SLOW + LONG) -> list[Hit]:
    """So many of each kind at once; the processor time is that of one."""
    before = meter.seconds()
    clients = [kind for kind in kinds for _ in range(each)]
    told = await asyncio.gather(*(_ended(address, kind) for kind in clients))
    spent = 1000 * (meter.seconds() - before) / len(told)
    return [Hit(kind.name, spent, words) for kind, words in zip(clients, told, strict=True)]


async def _ended(address: str, kind: Slow) -> str:
    """Go on as slowly as can be, until the server has had enough."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    answer = asyncio.ensure_future(reader.read())
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(kind.first)
            while not answer.done():
                writer.write(kind.more)
                await asyncio.wait([answer], timeout=0.2 if kind in LONG else 1.0)
        told = b"" if answer.exception() else answer.result()
    except TimeoutError:
        return f"{kind.name}: still open after {PATIENCE:g} seconds"
    finally:
        answer.cancel()
        writer.close()
    if told.startswith(kind.answer) and bool(told) == bool(kind.answer):
        return ""
    if not told and kind in LONG and kind.more:  # what was still on its way made the answer unreadable
        return ""
    return f"{kind.name}: {kind.answer!r}, not {told[:80]!r}"
