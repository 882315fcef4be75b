"""Clients that keep their connections and ask again as soon as they are answered, as cheaply as Python can."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson

from bench.contest import CLIENTS, Heard
from bench.watch import Watch

Ask = Callable[[], Awaitable[object]]
HEADS_END = b"\r\n\r\n"
WARMING = 3
TAIL = 5_000  # where the errors of an answer are, if not at its beginning


class NothingLeft(Exception):
    """A client has nothing more to ask for."""


class Client(asyncio.Protocol):
    """One connection. An answer that is no success, or has errors, ends the benchmark."""

    def __init__(self) -> None:
        self._head = b""
        self._status = 0
        self._missing: int | None = None
        self._parts: list[bytes] = []
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep it."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits will not be answered."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("a server of the benchmark hung up"))

    def ask(self, message: bytes) -> "asyncio.Future[bytes]":
        """Send a whole request; the body of its answer."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(message)
        return self._answer

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Put the parts together, looking for the length only once."""
        if self._missing is None:
            self._head += data
            head, found, data = self._head.partition(HEADS_END)
            if not found:
                return
            self._status, self._missing, self._head = int(head.split(b" ", 2)[1]), _length(head), b""
        self._parts.append(data)
        self._missing -= len(data)
        if self._missing <= 0:
            self._done()

    def _done(self) -> None:
        body = b"".join(self._parts)
        self._parts, self._missing = [], None
        assert self._answer is not None
        if self._status >= 300 or b'"errors"' in body[:20] or b'"errors"' in body[-TAIL:]:
            self._answer.set_exception(RuntimeError(f"answered {self._status}: {body[:500]!r}"))
        elif not self._answer.done():
            self._answer.set_result(body)


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)


def posted(path: str, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> bytes:
    """A whole request."""
    payload = orjson.dumps(body)
    lines = {"Host": "bench", "Content-Type": "application/json", "Content-Length": len(payload), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + payload


@asynccontextmanager
async def client_at(port: int) -> AsyncIterator[Client]:
    """A client with a connection, as long as the block runs."""
    _, client = await asyncio.get_running_loop().create_connection(Client, "127.0.0.1", port)
    try:
        yield client
    finally:
        client.close()


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry that is asked the same again and again by POST, and is to answer as Shopwright does."""

    port: int
    path: str
    body: Mapping[str, object]
    processes: tuple[int, ...]
    headers: Mapping[str, str] = field(default_factory=dict)

    async def answer(self) -> object:
        """One answer, decoded."""
        async with client_at(self.port) as client:
            return orjson.loads(await client.ask(posted(self.path, self.body, self.headers)))

    async def heard(self, seconds: float) -> Heard:
        """A few questions to warm up, and then as many as there is time for."""
        message = posted(self.path, self.body, self.headers)
        for _ in range(WARMING):
            await self.answer()
        async with AsyncExitStack() as open_clients:
            clients = [await open_clients.enter_async_context(client_at(self.port)) for _ in range(CLIENTS)]
            return await heard_of([partial(client.ask, message) for client in clients], self.processes, seconds)


async def heard_of(asks: Iterable[Ask], processes: Iterable[int], seconds: float) -> Heard:
    """Let every client ask until the time is over or it has nothing left to ask."""
    latencies: list[float] = []
    watch = Watch(processes)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_asking(ask, until, latencies) for ask in asks))
    return watch.heard(latencies)


async def _asking(ask: Ask, until: float, latencies: list[float]) -> None:
    with suppress(NothingLeft):
        while (started := time.perf_counter()) < until:
            await ask()
            latencies.append(time.perf_counter() - started)
