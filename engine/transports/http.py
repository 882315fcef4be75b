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
from engine.requests import GraphQLRequest, request_from_body, request_from_query_string
from engine.transports.bodies import Disconnected, announced, must_be_json, read_body
from engine.transports.negotiation import EVENT_STREAM, JSON, accepted, for_one_answer, for_refusal
from engine.transports.peers import address_of
from engine.transports.presence import while_connected
from engine.transports.sse import EventStream, just

RoomFor = Callable[[HTTPConnection], Awaitable[int]]
"""Says how many bytes a request may have whose sender announces more than the limits allow everybody."""


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
            operation = await self._operation(scope, headers, receive)
            kind = _media_type(types, operation)
            if kind == EVENT_STREAM:
                await self._stream(scope, receive, send, operation)
            else:
                await respond(send, await self._answered(scope, receive, operation), kind)
        except Refused as refused:
            await self._refuse(scope, receive, send, refused, types)
        except Disconnected:
            return

    async def _operation(self, scope: Scope, headers: Headers, receive: Receive) -> Operation:
        operation = self._engine.operation(await self._request(scope, headers, receive), "http")
        if scope["method"] == "GET" and operation.facts.kind == "mutation":
            raise malformed("A mutation must be sent by POST.", METHOD_NOT_ALLOWED, status=405)
        return operation

    async def _request(self, scope: Scope, headers: Headers, receive: Receive) -> GraphQLRequest:
        match scope["method"]:
            case "POST":
                body = await read_body(headers, receive, most=await self._most(scope, headers))
                must_be_json(headers)
                return request_from_body(body)
            case "GET":
                return request_from_query_string(scope["query_string"])
            case _:
                raise malformed("GraphQL is asked by POST or GET.", METHOD_NOT_ALLOWED, status=405)

    async def _most(self, scope: Scope, headers: Headers) -> int:
        usual = self._engine.limits.body_bytes
        if self._room_for is None or announced(headers) <= usual:
            return usual
        return max(usual, await self._room_for(HTTPConnection(scope)))

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


async def respond(send: Send, answer: Answer, kind: str, *, allow: str | None = None) -> None:
    """Send one answer. In plain JSON a well-formed request is answered 200, whatever became of it."""
    status = answer.status if answer.always or kind != JSON else 200
    body = answer.encoded
    headers = [
        (b"content-type", kind.encode() + b"; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"vary", b"accept"),
    ]
    if allow is not None:
        headers.append((b"allow", allow.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


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
