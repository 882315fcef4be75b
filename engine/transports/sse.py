"""GraphQL over server-sent events, in the protocol's "distinct connections" mode: one operation, one stream."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

import orjson
from starlette.types import Message, Receive, Scope, Send

from engine.engine import Answer, Engine
from engine.errors import SLOW_READER
from engine.transports.ending import Ending
from engine.transports.last_words import hurry
from engine.transports.negotiation import EVENT_STREAM
from engine.transports.taking import Taking

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
ERRORS = {"errors": [{"message": f"{SLOW} Connect again and resume.", "extensions": {"code": SLOW_READER}}]}
LAST_OF_SLOW = b"event: next\ndata: " + orjson.dumps(ERRORS) + b"\n\n"
CLOSING_SECONDS = 1.0  # that last words may take


class EventStream:
    """One open stream. It ends with `complete` when there is nothing more to come; a stream that just stops (the server
    is closing, the reader is too slow) tells the client to connect again."""

    __slots__ = ("_ending", "_engine", "_receive", "_saying", "_scope", "_send", "_sent_at", "_taking")

    def __init__(self, engine: Engine, scope: Scope, receive: Receive, send: Send) -> None:
        self._engine = engine
        self._scope = scope
        self._receive = receive
        self._send = send
        self._ending = Ending()
        self._taking = Taking()
        self._sent_at = 0.0
        self._saying: asyncio.Task[None] | None = None

    def close_soon(self) -> None:
        """End without keeping the caller waiting."""
        self._ending.end(CLOSING)

    def check(self, now: float) -> None:
        """Send who takes nothing away, and let an idle connection be seen to live."""
        if self._taking.waits_longer_than(self._engine.limits.slow_reader_seconds, now):
            self._ending.end(SLOW)
        elif not self._taking.waiting and now - self._sent_at > self._engine.limits.keep_alive_seconds:
            self._saying = asyncio.ensure_future(self._write(COMMENT))

    async def run(self, answers: Answers) -> None:
        """Send each answer as it comes, and comments while none comes, until either side has had enough."""
        self._engine.openings.add(self)
        watching = asyncio.ensure_future(self._watch())
        try:
            await self._out({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await self._write(COMMENT)
            async with aclosing(answers):
                async for answer in answers:
                    await self._write(b"event: next\ndata: " + answer.encoded + b"\n\n")
            await self._write(COMPLETE, last=True)
        except asyncio.CancelledError:
            if not self._ending.was_asked():
                raise
            await self._part()
        finally:
            watching.cancel()
            if self._saying is not None:
                self._saying.cancel()
            self._saying = None
            self._engine.openings.discard(self)

    async def _part(self) -> None:
        """The last words, if anybody may hear them."""
        if self._ending.reason == CLOSING:
            hurry(self._scope)
            await self._write(b"", last=True)
        elif self._ending.reason == SLOW:
            self._engine.observer.slow_reader_closed("sse")
            hurry(self._scope)
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING_SECONDS):
                    await self._write(LAST_OF_SLOW, last=True)

    async def _write(self, chunk: bytes, *, last: bool = False) -> None:
        await self._out({"type": "http.response.body", "body": chunk, "more_body": not last})

    async def _out(self, message: Message) -> None:
        self._sent_at = asyncio.get_running_loop().time()
        self._taking.begin()
        try:
            await self._send(message)
        finally:
            self._taking.end()

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._ending.end(GONE)


async def just(answer: Answer) -> Answers:
    """A stream of one answer."""
    yield answer
