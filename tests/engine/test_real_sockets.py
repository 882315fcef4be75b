"""What only a real server on real sockets can show: slow readers, dead peers, and a process that has to end."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from engine import Engine, Limits, OperationFacts, SilentObserver
from operations.connections import Sockets
from tests.engine.serving import serving
from tests.engine.toy import app_of, schema

PROTOCOL: Any = "graphql-transport-ws"


class Waiting(SilentObserver):
    """Tells a test when a subscription has ended."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()

    def subscription_closed(self, operation: OperationFacts, *, codes: Sequence[str]) -> None:
        self.ended.set()


@asynccontextmanager
async def following(address: str, query: str, **options: Any) -> AsyncIterator[ClientConnection]:
    """A socket on which the query has been subscribed to."""
    async with connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL], **options) as ws:
        await ws.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await ws.recv()) == {"type": "connection_ack"}
        await ws.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
        yield ws


async def test_a_socket_that_is_not_read_does_not_fill_the_server_s_memory() -> None:
    observer = Waiting()
    engine = Engine(schema, limits=Limits(slow_reader_seconds=0.1), observer=observer)
    query = "subscription { flood(bytesEach: 100000) }"
    async with serving(app_of(engine)) as address, following(address, query, max_queue=1, close_timeout=0.1):
        await asyncio.wait_for(observer.ended.wait(), 10)


async def test_a_stream_that_is_not_read_does_not_fill_the_server_s_memory() -> None:
    observer = Waiting()
    engine = Engine(schema, limits=Limits(slow_reader_seconds=0.1), observer=observer)
    body = {"query": "subscription { flood(bytesEach: 100000) }"}
    async with (
        serving(app_of(engine)) as address,
        httpx.AsyncClient() as client,
        client.stream("POST", f"http://{address}/stream", json=body),
    ):
        await asyncio.wait_for(observer.ended.wait(), 10)


UPGRADE = (
    "GET /graphql HTTP/1.1\r\nHost: shop\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)


def masked(text: str) -> bytes:
    """A client's frame, under a mask of zeros."""
    data = text.encode()
    return b"\x81" + bytes([0x80 | 126]) + len(data).to_bytes(2) + bytes(4) + data


async def sent_meanwhile(address: str, *first: bytes, until: asyncio.Event) -> bytes:
    """What a client is sent that asks and then reads nothing until it is given up."""
    host, _, port = address.rpartition(":")
    with socket.socket() as mute:
        mute.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        mute.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(mute, (host, int(port)))
        await loop.sock_sendall(mute, first[0])
        found = b"" if len(first) == 1 else await loop.sock_recv(mute, 2_000)
        for more in first[1:]:
            await loop.sock_sendall(mute, more)
        async with asyncio.timeout(10):
            await until.wait()
            while some := await loop.sock_recv(mute, 1_000_000):
                found += some
    return found


async def test_a_socket_that_is_not_read_finds_the_reason_when_it_is() -> None:
    observer = Waiting()
    engine = Engine(schema, limits=Limits(slow_reader_seconds=0.1), observer=observer)
    subscribe = {"id": "1", "type": "subscribe", "payload": {"query": "subscription { flood(bytesEach: 10000) }"}}
    async with serving(app_of(engine)) as address:
        frames = masked('{"type": "connection_init"}'), masked(json.dumps(subscribe))
        found = await sent_meanwhile(address, UPGRADE.encode(), *frames, until=observer.ended)

    assert b"\x03\xf5The client reads too slowly" in found[-100:]  # 1013


async def test_a_stream_that_is_not_read_finds_the_reason_when_it_is() -> None:
    observer = Waiting()
    engine = Engine(schema, limits=Limits(slow_reader_seconds=0.1), observer=observer)
    body = json.dumps({"query": "subscription { flood(bytesEach: 10000) }"})
    head = (
        f"POST /stream HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    async with serving(app_of(engine)) as address:
        found = await sent_meanwhile(address, f"{head}{body}".encode(), until=observer.ended)

    assert b'"extensions":{"code":"SLOW_READER"}' in found[-200:]


async def test_a_client_that_never_reads_again_is_cut_off_all_the_same() -> None:
    observer, cut = Waiting(), asyncio.Event()

    class Watched(Sockets):
        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            cut.set()

    engine = Engine(schema, limits=Limits(slow_reader_seconds=0.1), observer=observer)
    subscribe = {"id": "1", "type": "subscribe", "payload": {"query": "subscription { flood(bytesEach: 10000) }"}}
    async with serving(app_of(engine), sockets=Watched) as address:
        frames = masked('{"type": "connection_init"}'), masked(json.dumps(subscribe))
        await sent_meanwhile(address, UPGRADE.encode(), *frames, until=cut)


async def test_a_stream_ends_when_its_reader_hangs_up() -> None:
    observer = Waiting()
    body = {"query": "subscription { forEver }"}
    async with serving(app_of(Engine(schema, observer=observer))) as address, httpx.AsyncClient() as client:
        async with client.stream("POST", f"http://{address}/stream", json=body) as response:
            await anext(response.aiter_text())
        await asyncio.wait_for(observer.ended.wait(), 10)


async def test_a_query_ends_when_its_client_hangs_up() -> None:
    class Ended(SilentObserver):
        codes: asyncio.Future[Sequence[str]] = asyncio.get_running_loop().create_future()

        def operation_finished(self, operation: OperationFacts, *, codes: Sequence[str], seconds: float) -> None:
            self.codes.set_result(codes)

    observer = Ended()
    async with serving(app_of(Engine(schema, observer=observer))) as address, httpx.AsyncClient() as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.post(f"http://{address}/graphql", json={"query": "{ wait }"}, timeout=0.2)
        assert await asyncio.wait_for(observer.codes, 10) == ("CANCELED",)


async def test_a_frame_larger_than_allowed_closes_a_real_socket_with_1009() -> None:
    async with serving(app_of(Engine(schema))) as address, following(address, "{ hello }") as ws:
        await ws.send("x" * (256 * 1024 + 1))
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await ws.recv()

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


@asynccontextmanager
async def toy_process() -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """A plain uvicorn of the toy schema in a process of its own, which is gone when the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = "{}:{}".format(*listening.getsockname())
    command = [sys.executable, "-m", "uvicorn", "tests.engine.toy_server:app", "--fd", str(listening.fileno())]
    process = await asyncio.create_subprocess_exec(
        *command, "--log-level", "warning", "--ws", "websockets-sansio", pass_fds=[listening.fileno()]
    )
    listening.close()
    try:
        yield address, process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_process_with_open_sockets_and_streams_ends_in_seconds() -> None:
    """Open event streams once kept a server from ever ending."""
    query = "subscription { forEver }"
    async with (
        toy_process() as (address, process),
        httpx.AsyncClient(timeout=30) as client,
        following(address, query, open_timeout=30) as ws,
        client.stream("POST", f"http://{address}/stream", json={"query": query}) as stream,
    ):
        assert json.loads(await ws.recv())["type"] == "next"
        chunks = stream.aiter_text()
        await anext(chunks)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            rest = "".join([chunk async for chunk in chunks])
            with pytest.raises(ConnectionClosed) as closed:
                await ws.recv()
            await process.wait()

    assert "complete" not in rest
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1001
