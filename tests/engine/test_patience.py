"""Nobody holds a connection by asking slowly, or asks with a head without end: real sockets show it."""

import asyncio

import pytest

from engine import Engine, Limits
from operations import connections
from tests.engine.serving import serving
from tests.engine.toy import app_of, schema

pytestmark = pytest.mark.once
HEAD = b"POST /graphql HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n"
WHOLE = HEAD + b'content-length: 22\r\n\r\n{"query": "{ hello }"}'


async def answered(*parts: bytes, limits: Limits | None = None) -> bytes:
    """What a server says to what is sent without ever going on, up to its hanging up."""
    async with serving(app_of(Engine(schema, limits=limits))) as address:
        host, port = address.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        for part in parts:
            writer.write(part)
            await writer.drain()
        try:
            return await asyncio.wait_for(reader.read(), 5)
        finally:
            writer.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.1)


@pytest.mark.usefixtures("hurried")
async def test_a_head_that_never_ends_is_refused_with_408() -> None:
    assert (await answered(HEAD, b"x-more: 1\r\n")).startswith(b"HTTP/1.1 408 ")


@pytest.mark.usefixtures("hurried")
async def test_who_says_nothing_is_hung_up_on() -> None:
    assert await answered() == b""


@pytest.mark.usefixtures("hurried")
async def test_the_next_request_has_to_be_whole_in_time_too() -> None:
    first, _, second = (await answered(WHOLE, HEAD)).partition(b'{"data":{"hello":"Hello, world!"}}')

    assert first.startswith(b"HTTP/1.1 200 ")
    assert second.startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_never_ends_is_refused_with_408_and_a_code() -> None:
    said = await answered(HEAD, b"content-length: 5000\r\n\r\n", b'{"query"', limits=Limits(body_seconds=0.1))

    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in said
    assert b"REQUEST_TIMEOUT" in said


@pytest.mark.parametrize(
    "head",
    [
        b"x: " + b"a" * 70_000,
        b"x: " + b"a" * 70_000 + b"\r\n\r\n",
        b"".join(b"x%d: a\r\n" % number for number in range(300)) + b"\r\n",
    ],
    ids=["one header without end", "one header of 70 kB", "300 headers"],
)
async def test_a_head_larger_than_anybody_s_is_refused_with_431(head: bytes) -> None:
    """Once it was kept in memory, however long."""
    assert (await answered(HEAD, head)).startswith(b"HTTP/1.1 431 ")


async def test_an_address_without_end_is_refused_with_431() -> None:
    assert (await answered(b"GET /graphql?query=" + b"a" * 70_000)).startswith(b"HTTP/1.1 431 ")


async def test_what_is_no_http_is_refused_with_400() -> None:
    assert (await answered(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")).startswith(b"HTTP/1.1 400 ")
