"""GraphQL over WebSocket, in the graphql-transport-ws protocol: many operations on a socket, a context for each."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from functools import partial
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.engine import Answer, ContextFor, Engine, MakeContext, Operation
from engine.errors import TOO_MANY_OPERATIONS, Refused, refusal
from engine.places import NoPlace
from engine.requests import request_from
from engine.transports import frames
from engine.transports.ending import Ending
from engine.transports.frames import Frame, SocketClosed, frame_in, frame_out, sealed
from engine.transports.last_words import hurry
from engine.transports.peers import address_of
from engine.transports.taking import Taking

SUBPROTOCOL = "graphql-transport-ws"
SLOW = "The client reads too slowly: connect again and resume"
LATE = "Connection initialisation timeout"
SILENT = "No answer to a ping"
CLOSING = "The server is shutting down"
OVER = "The access token is not in force any more"
CODES = {SLOW: frames.TRY_AGAIN, LATE: frames.INIT_TIMEOUT, OVER: frames.FORBIDDEN}
MOST_REASON = 120  # bytes a closing frame holds
CLOSING_SECONDS = 1.0  # that saying goodbye may take


def websocket_endpoint(engine: Engine, context_for: ContextFor) -> ASGIApp:
    """An ASGI app to mount as a Starlette `WebSocketRoute`."""
    return _WebSocketEndpoint(engine, context_for)


class _WebSocketEndpoint:
    def __init__(self, engine: Engine, context_for: ContextFor) -> None:
        self._engine = engine
        self._context_for = context_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _Socket(self._engine, self._context_for, scope, receive, send).run()


class _Socket:
    __slots__ = (
        "_acknowledged",
        "_connection_params",
        "_context_for",
        "_ending",
        "_engine",
        "_gone",
        "_heard_at",
        "_mutations",
        "_operations",
        "_pinged_at",
        "_pinging",
        "_receive",
        "_scope",
        "_send",
        "_taking",
    )

    def __init__(self, engine: Engine, context_for: ContextFor, scope: Scope, receive: Receive, send: Send) -> None:
        self._engine = engine
        self._context_for = context_for
        self._scope = scope
        self._receive = receive
        self._send = send
        self._ending = Ending()
        self._taking = Taking()
        self._heard_at = asyncio.get_running_loop().time()
        self._acknowledged = False
        self._pinged_at: float | None = None
        self._pinging: asyncio.Task[None] | None = None
        self._gone = False
        self._connection_params: dict[str, Any] | None = None
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._mutations: set[asyncio.Task[None]] = set()

    def close_soon(self) -> None:
        """End without keeping the caller waiting."""
        self._ending.end(CLOSING)

    def check(self, now: float) -> None:
        """Send who reads nothing away, ask who is silent for a sign of life, and give up who gives none."""
        limits = self._engine.limits
        if self._taking.waits_longer_than(limits.slow_reader_seconds, now):
            self._ending.end(SLOW)
        elif not self._acknowledged:
            if now - self._heard_at > limits.init_seconds:
                self._ending.end(LATE)
        elif self._pinged_at is not None:
            if now - self._pinged_at > limits.pong_seconds:
                self._ending.end(SLOW if self._taking.waiting else SILENT)
        elif now - self._heard_at > limits.ping_seconds:
            self._pinged_at = now
            self._pinging = asyncio.ensure_future(self._say(frame_out("ping")))

    async def run(self) -> None:
        """Serve the socket until either side closes it; then end its operations, except mutations, which finish."""
        self._engine.openings.add(self)
        try:
            await self._converse()
        except SocketClosed as closed:
            await self._close(closed.code, closed.reason)
        except asyncio.CancelledError:
            if not self._ending.was_asked():
                raise
            reason = self._ending.reason or ""
            if reason == SLOW:
                self._engine.observer.slow_reader_closed("websocket")
            await self._close(CODES.get(reason, frames.GOING_AWAY), reason)
        finally:
            self._gone = True
            self._engine.openings.discard(self)
            await self._end_operations()

    async def _converse(self) -> None:
        await self._receive()
        if SUBPROTOCOL not in self._scope.get("subprotocols", ()):
            await self._send({"type": "websocket.accept"})
            raise SocketClosed(frames.NOT_ACCEPTABLE, f"Subprotocol not acceptable: speak {SUBPROTOCOL}")
        await self._send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        try:
            with self._engine.places.for_socket(address_of(self._scope)):
                await self._listen()
        except NoPlace as none:
            self._engine.observer.request_refused("websocket", codes=self._engine.failed(none).codes)
            raise SocketClosed(frames.TRY_AGAIN, str(none)) from None

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        while (message := await self._receive())["type"] != "websocket.disconnect":
            if self._acknowledged:
                self._heard_at, self._pinged_at = loop.time(), None
            await self._handle(frame_in(message, most=self._engine.limits.frame_bytes))

    async def _handle(self, frame: Frame) -> None:
        match frame.kind:
            case "connection_init":
                await self._acknowledge(frame.payload)
            case "ping":
                await self._say(frame_out("pong", payload=frame.payload))
            case "subscribe":
                await self._subscribe(frame.id, frame.payload)
            case "complete":
                self._stop(frame.id)

    async def _acknowledge(self, params: dict[str, Any] | None) -> None:
        if self._acknowledged:
            raise SocketClosed(frames.INIT_TWICE, "Too many initialisation requests")
        self._acknowledged, self._heard_at = True, asyncio.get_running_loop().time()
        self._connection_params = params
        await self._say(frame_out("connection_ack"))

    async def _subscribe(self, id_: str, payload: dict[str, Any]) -> None:
        if not self._acknowledged:
            raise SocketClosed(frames.UNAUTHORIZED, "Unauthorized")
        if id_ in self._operations:
            raise SocketClosed(frames.TAKEN, f"Subscriber for {id_} already exists")
        try:
            if len(self._operations) >= self._engine.limits.operations_per_socket:
                raise refusal("Too many operations on one socket.", TOO_MANY_OPERATIONS)
            operation = self._engine.operation(request_from(payload, "The payload"), "websocket")
        except Refused as refused:
            answer = self._engine.failed(refused)
            self._engine.observer.request_refused("websocket", codes=answer.codes)
            if refused.malformed:
                raise SocketClosed(frames.BAD_FRAME, str(refused)) from None
            await self._say(frame_out("error", id_, answer.payload["errors"]))
        else:
            self._start(id_, operation)

    def _start(self, id_: str, operation: Operation) -> None:
        task = self._operations[id_] = asyncio.ensure_future(self._run(id_, operation))
        if operation.facts.kind == "mutation":
            self._mutations.add(task)
            task.add_done_callback(self._mutations.discard)

    def _stop(self, id_: str) -> None:
        """The client no longer listens. A mutation finishes unheard; anything else is canceled."""
        task = self._operations.pop(id_, None)
        if task is not None and task not in self._mutations:
            task.cancel()

    async def _run(self, id_: str, operation: Operation) -> None:
        async with aclosing(self._answers(operation)) as answers:
            async for answer in answers:
                await self._tell(id_, answer)
        if self._listens(id_):
            del self._operations[id_]
            await self._say(frame_out("complete", id_))

    def _answers(self, operation: Operation) -> AsyncGenerator[Answer, None]:
        connection = HTTPConnection(self._scope)
        context: MakeContext = partial(self._context_for, connection, operation.facts, self._connection_params)
        if operation.facts.kind == "subscription":
            return self._engine.events(operation, context, address=address_of(self._scope))
        return self._engine.only_answer(operation, context)

    async def _tell(self, id_: str, answer: Answer) -> None:
        if self._listens(id_):
            if "data" in answer.payload:
                await self._say(sealed("next", id_, answer.encoded))
            else:
                del self._operations[id_]
                await self._say(frame_out("error", id_, answer.payload["errors"]))
                if answer.access_over:
                    self._ending.end(OVER)

    def _listens(self, id_: str) -> bool:
        return self._operations.get(id_) is asyncio.current_task()

    async def _say(self, message: Message) -> None:
        """Send one frame, once there is room; a client that makes none in time is sent away."""
        if self._gone:
            return
        self._taking.begin()
        try:
            await self._send(message)
        except OSError:  # the client is gone, which the next message received will say
            self._gone = True
        finally:
            self._taking.end()

    async def _close(self, code: int, reason: str) -> None:
        self._gone = True
        reason = reason.encode()[:MOST_REASON].decode(errors="ignore")
        hurry(self._scope)
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._send({"type": "websocket.close", "code": code, "reason": reason})

    async def _end_operations(self) -> None:
        tasks = {*self._operations.values(), *self._mutations}
        for task in tasks - self._mutations:
            task.cancel()
        if self._pinging is not None:
            self._pinging.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._operations.clear()  # else each canceled task would hold itself, by way of its frames and this socket
        self._pinging = None
