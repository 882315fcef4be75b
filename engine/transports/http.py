"""GraphQL over HTTP: POST and GET, in JSON or in GraphQL's own media type, or as an event stream where asked for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from engine.engine import Answer, ContextFor, Engine, Operation
from engine.errors import (
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    SUBSCRIPTION_NEEDS_STREAM,
    Refused,
    malformed,
    refusal,
)
from engine.handing import ANY_NUMBER, TooManyValues
from engine.keeping import KeptAnswer, name_of
from engine.requests import request_from_body, request_from_query_string
from engine.transports.bodies import Disconnected, announced, must_be_json, read_body
from engine.transports.negotiation import EVENT_STREAM, JSON, accepted, for_one_answer, for_refusal
from engine.transports.peers import address_of
from engine.transports.presence import while_connected
from engine.transports.sse import EventStream, just
from engine.transports.turns import Asked, Turn, is_known

RoomFor = Callable[[HTTPConnection], Awaitable[int]]
"""Says how many bytes a request may have whose sender announces more than the limits allow everybody; the variables of
one who has room may hold more values, too."""


def http_endpoint(engine: Engine, context_for: ContextFor, *, room_for: RoomFor | None = None) -> ASGIApp:
    """An ASGI app to mount as a Starlette `Route` with no methods named: it answers the wrong ones itself."""
    return _HttpEndpoint(engine, context_for, accepted, room_for)


def sse_endpoint(engine: Engine, context_for: ContextFor) -> ASGIApp:
    """The same, on a path where every answer is an event stream, whatever the client accepts."""
    return _HttpEndpoint(engine, context_for, lambda _: [EVENT_STREAM], None)


class _HttpEndpoint:
    def __init__(
        self,
        engine: Engine,
        context_for: ContextFor,
        types_of: Callable[[str | None], list[str]],
        room_for: RoomFor | None,
    ) -> None:
        self._engine = engine
        self._context_for = context_for
        self._types_of = types_of
        self._room_for = room_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        types = self._types_of(headers.get("accept"))
        try:
            asked = await self._asked(scope, headers, receive)
            turn = await self._turn(headers, types, asked)
            if turn is not None and (kept := turn.found()) is not None:
                self._engine.observer.answer_kept(found=True)
                await send_kept(send, kept, turn, headers)
                return
            operation = await self._operation(scope, asked)
            kind = _media_type(types, operation)
            if kind == EVENT_STREAM:
                await self._stream(scope, receive, send, operation)
                return
            answer = await self._answered(scope, receive, operation)
            if turn is not None and (kept := turn.kept(operation, answer)) is not None:
                self._engine.observer.answer_kept(found=False)
                await send_kept(send, kept, turn, headers)
            else:
                await respond(send, answer, kind, unless=_known(asked, headers))
        except Refused as refused:
            await self._refuse(scope, receive, send, refused, types)
        except Disconnected:
            return

    async def _asked(self, scope: Scope, headers: Headers, receive: Receive) -> Asked:
        match scope["method"]:
            case "POST":
                most, limits = await self._most(scope, headers), self._engine.limits
                seconds = limits.body_seconds * most / limits.body_bytes
                body = await read_body(headers, receive, most=most, seconds=seconds)
                must_be_json(headers)
                return Asked("POST", body)
            case "GET":
                return Asked("GET", scope["query_string"])
            case _:
                raise malformed("GraphQL is asked by POST or GET.", METHOD_NOT_ALLOWED, status=405)

    async def _most(self, scope: Scope, headers: Headers) -> int:
        usual = self._engine.limits.body_bytes
        if self._room_for is None or announced(headers) <= usual:
            return usual
        return max(usual, await self._room_for(HTTPConnection(scope)))

    async def _turn(self, headers: Headers, types: list[str], asked: Asked) -> Turn | None:
        """A request that may be answered with what is kept, or whose answer may be kept."""
        kept, kind = self._engine.kept, for_one_answer(types)
        if kept is None or kind is None or kind == EVENT_STREAM or kept.rules.personal(headers):
            return None
        return Turn(kept, kind, asked, await kept.rules.edition())

    async def _operation(self, scope: Scope, asked: Asked) -> Operation:
        request = request_from_query_string(asked.text) if asked.method == "GET" else request_from_body(asked.text)
        try:
            operation = self._engine.operation(request, "http")
        except TooManyValues:
            if self._room_for is None or not await self._room_for(HTTPConnection(scope)):
                raise
            operation = self._engine.operation(request, "http", most_values=ANY_NUMBER)
        if asked.method == "GET" and operation.facts.kind == "mutation":
            raise malformed("A mutation must be sent by POST.", METHOD_NOT_ALLOWED, status=405)
        return operation

    async def _answered(self, scope: Scope, receive: Receive, operation: Operation) -> Answer:
        context = partial(self._context_for, HTTPConnection(scope), operation.facts, None)
        if operation.facts.kind == "mutation":  # what a client started is finished even if it does not wait
            return await self._engine.answer(operation, context)
        async with while_connected(receive):
            return await self._engine.answer(operation, context)

    async def _stream(self, scope: Scope, receive: Receive, send: Send, operation: Operation) -> None:
        operation = replace(operation, facts=replace(operation.facts, transport="sse"))
        stream = EventStream(self._engine, scope, receive, send)
        context = partial(self._context_for, HTTPConnection(scope), operation.facts, None)
        match operation.facts.kind:
            case "subscription":
                await stream.run(self._engine.events(operation, context, address=address_of(scope)))
            case "query":
                await stream.run(self._engine.only_answer(operation, context))
            case "mutation":
                await stream.run(just(await self._engine.answer(operation, context)))

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, refused: Refused, types: list[str]) -> None:
        answer = self._engine.failed(refused)
        self._engine.observer.request_refused("http", codes=answer.codes)
        if types == [EVENT_STREAM] and not answer.always:
            await EventStream(self._engine, scope, receive, send).run(just(answer))
        elif answer.status == 405:
            await respond(send, answer, for_refusal(types), allow="POST" if scope["method"] == "GET" else "GET, POST")
        else:
            await respond(send, answer, for_refusal(types))


async def respond(
    send: Send, answer: Answer, kind: str, *, allow: str | None = None, unless: str | None = None
) -> None:
    """Send one answer. In plain JSON a well-formed request is answered 200, whatever became of it.

    `unless` is for GET: the names of answers a client has, so that it is not sent the same again (RFC 9110, 13.1.2).
    """
    status = answer.status if answer.always or kind != JSON else 200
    body = answer.encoded
    headers = [(b"allow", allow.encode())] if allow is not None else []
    if answer.status == 408:  # the rest of its request is not waited for
        headers.append((b"connection", b"close"))
    if unless is not None and status == 200:
        etag = name_of(body)
        headers += [(b"etag", etag.encode()), (b"cache-control", b"private, no-cache")]
        if is_known(etag, unless):
            status, body = 304, b""
    await _sent(send, status, body, kind, headers)


async def send_kept(send: Send, kept: KeptAnswer, turn: Turn, headers: Headers) -> None:
    """Send an answer that is the same for everybody until the edition moves."""
    extra: list[tuple[bytes, bytes]] = []
    status, body = 200, kept.body
    if turn.asked.method == "GET":
        extra = [
            (b"etag", kept.etag.encode()),
            (b"cache-control", f"public, max-age={turn.answers.rules.max_age}".encode()),
        ]
        if is_known(kept.etag, headers.get("if-none-match", "")):
            status, body = 304, b""
    await _sent(send, status, body, turn.kind, extra)


async def _sent(send: Send, status: int, body: bytes, kind: str, extra: list[tuple[bytes, bytes]]) -> None:
    headers = [(b"vary", b"accept, authorization"), *extra]
    if status != 304:
        headers += [(b"content-type", kind.encode() + b"; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _known(asked: Asked, headers: Headers) -> str | None:
    return headers.get("if-none-match", "") if asked.method == "GET" else None


def _media_type(types: list[str], operation: Operation) -> str:
    if operation.facts.kind == "subscription":
        if EVENT_STREAM in types:
            return EVENT_STREAM
        message = "A subscription is answered as a stream: send 'accept: text/event-stream', or use a WebSocket."
        raise refusal(message, SUBSCRIPTION_NEEDS_STREAM, status=406)
    kind = for_one_answer(types)
    if kind is None:
        raise malformed("Answers come as application/json.", NOT_ACCEPTABLE, status=406)
    return kind
