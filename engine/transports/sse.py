"""GraphQL over server-sent events, in the protocol's "distinct connections" mode: one operation, one stream."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import orjson
from starlette.types import Message, Receive, Send

from engine.engine import Answer, Engine
from engine.transports.ending import Ending
from engine.transports.negotiation import EVENT_STREAM

Answers = AsyncGenerator[Answer, None]

HEADERS = [
    (b"content-type", EVENT_STREAM.encode() + b"; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]
COMMENT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"
GONE = "The client went away."
CLOSING = "The server is shutting down."
SLOW = "The client reads too slowly."


class EventStream:
    """One open stream. It ends with `complete` when there is nothing more to come; a stream that just stops (the server
    is closing, the reader is too slow) tells the client to connect again."""

    __slots__ = ("_ending", "_engine", "_receive", "_send")

    def __init__(self, engine: Engine, receive: Receive, send: Send) -> None:
        self._engine = engine
        self._receive = receive
        self._send = send
        self._ending = Ending()

    def close_soon(self) -> None:
        """End without keeping the caller waiting."""
        self._ending.end(CLOSING)

    async def run(self, answers: Answers) -> None:
        """Send each answer as it comes, and comments while none comes, until either side has had enough."""
        self._engine.opened(self)
        watching = asyncio.ensure_future(self._watch())
        try:
            await self._out({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await self._write(COMMENT)
            async with aclosing(answers):
                async for answer in answers:
                    await self._write(b"event: next\ndata: " + orjson.dumps(answer.payload) + b"\n\n")
            await self._write(COMPLETE, last=True)
        except asyncio.CancelledError:
            if not self._ending.was_asked():
                raise
            if self._ending.reason == CLOSING:
                await self._write(b"", last=True)
        finally:
            watching.cancel()
            self._engine.closed(self)

    async def _write(self, chunk: bytes, *, last: bool = False) -> None:
        await self._out({"type": "http.response.body", "body": chunk, "more_body": not last})

    async def _out(self, message: Message) -> None:
        slow = asyncio.get_running_loop().call_later(self._engine.limits.slow_reader_seconds, self._ending.end, SLOW)
        try:
            await self._send(message)
        finally:
            slow.cancel()

    async def _watch(self) -> None:
        idle = self._engine.limits.keep_alive_seconds
        while True:
            try:
                async with asyncio.timeout(idle):
                    message = await self._receive()
            except TimeoutError:
                await self._write(COMMENT)
            else:
                if message["type"] == "http.disconnect":
                    self._ending.end(GONE)
                    return


async def just(answer: Answer) -> Answers:
    """A stream of one answer."""
    yield answer
