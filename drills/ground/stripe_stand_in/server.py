"""The stand-in over a real socket, spoken to byte by byte, so that it can lose an answer as a network does."""

import asyncio
import json
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from drills.ground.stripe_stand_in.books import Books, Refusal
from drills.ground.stripe_stand_in.pages import Page, Redirect, answered_page, shown_page
from payments.stripe import StripeAccount, StripeGateway

SECRET_KEY = "sk_test_of_the_stand_in"
PUBLIC_KEY = "pk_test_of_the_stand_in"


class Fault(StrEnum):
    """What can go wrong with one request."""

    SILENCE = "accepted, never answered, nothing done"
    LOST_ANSWER = "done, and the connection dropped"
    BROKEN = "500"
    LIMITED = "429"


@dataclass
class StandIn:
    """A running stand-in: its books, its address, and what shall go wrong next."""

    books: Books = field(default_factory=Books)
    address: str = ""
    secret_key: str = SECRET_KEY
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    _kept: dict[str, tuple[Any, int, Any]] = field(default_factory=dict)
    _lines: set[asyncio.StreamWriter] = field(default_factory=set)
    _calls: set[asyncio.Task[Any] | None] = field(default_factory=set)

    @property
    def account(self) -> StripeAccount:
        return StripeAccount(SECRET_KEY, PUBLIC_KEY, self.address)

    def fail_next(self, fault: Fault, path: str = "") -> None:
        """Let the next change that is asked for under a path go wrong."""
        self.faults.append((path, fault))

    def forget_keys(self) -> None:
        """Let a day pass, after which Stripe does not know its keys any more."""
        self._kept.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        self._lines.add(writer)
        self._calls.add(call)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._serve(reader, writer)
        writer.close()
        self._lines.discard(writer)
        self._calls.discard(call)

    async def hang_up(self) -> None:
        """End every call that is under way."""
        for line in self._lines:
            line.transport.abort()
        await asyncio.gather(*(call for call in self._calls if call))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := (await reader.readline()).decode():
            method, target, _ = line.split()
            headers = await _headers(reader)
            body = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
            self.requests.append((method, urlsplit(target).path))
            fault = self._fault(target) if method == "POST" else None
            if fault is Fault.SILENCE:
                await reader.read()
                return
            answer = self._faulty(fault) or self._answer(method, target, headers, body)
            if fault is Fault.LOST_ANSWER:
                return
            writer.write(answer)
            await writer.drain()

    def _fault(self, target: str) -> Fault | None:
        for place, (path, fault) in enumerate(self.faults):
            if path in target:
                del self.faults[place]
                return fault
        return None

    def _faulty(self, fault: Fault | None) -> bytes | None:
        if fault is Fault.BROKEN:
            return _json(500, {"error": {"type": "api_error", "message": "It broke."}})
        if fault is Fault.LIMITED:
            return _json(429, {"error": {"type": "invalid_request_error", "code": "rate_limit", "message": "Slower."}})
        return None

    def _answer(self, method: str, target: str, headers: Mapping[str, str], body: str) -> bytes:
        url = urlsplit(target)
        if url.path == "/favicon.ico":
            return _http(204, b"")
        if found := re.fullmatch(r"/pay/(\w+)", url.path):
            return _page(self.books, found[1], dict(parse_qsl(body)) if method == "POST" else None)
        if headers.get("authorization") != f"Bearer {self.secret_key}":
            return _json(401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided."}})
        params = nested(parse_qsl(body if method == "POST" else url.query))
        return _json(*self._once(method, url.path, params, headers.get("idempotency-key")))

    def _once(self, method: str, path: str, params: dict[str, Any], key: str | None) -> tuple[int, Any]:
        """A key that was used gets the answer it got then; with anything else than then it is refused."""
        if method == "GET" or key is None:
            return self._done(method, path, params)
        asked = (path, params)
        if key in self._kept:
            before, status, answer = self._kept[key]
            if before == asked:
                return status, answer
            message = "Keys for idempotent requests can only be used with the same parameters."
            return 400, {"error": {"type": "idempotency_error", "message": message}}
        status, answer = self._done(method, path, params)
        self._kept[key] = (asked, status, json.loads(json.dumps(answer)))
        return status, answer

    def _done(self, method: str, path: str, params: dict[str, Any]) -> tuple[int, Any]:
        try:
            return 200, self.books.do(method, unquote(path), params, self.address)
        except Refusal as refusal:
            return refusal.status, {"error": refusal.error}


@asynccontextmanager
async def open_stand_in() -> AsyncIterator[StandIn]:
    """A stand-in with empty books, while the block runs."""
    stand_in = StandIn()
    server = await asyncio.start_server(stand_in.serve, "127.0.0.1", 0)
    stand_in.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield stand_in
    finally:
        server.close()
        await stand_in.hang_up()


@asynccontextmanager
async def stripe_of(stand_in: StandIn, *, seconds_to_answer: float = 5) -> AsyncIterator[StripeGateway]:
    """The shop's own gateway, speaking to the stand-in while the block runs."""
    gateway = StripeGateway(stand_in.account, seconds_to_answer=seconds_to_answer)
    yield gateway
    await gateway.close()


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Parameters as Stripe's clients write them: `a[b][0]=c` is a dictionary in a dictionary."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        *way, last = re.findall(r"[^\[\]]+", name)
        place = made
        for step in way:
            place = place.setdefault(step, {})
        place[last] = value
    return made


async def _headers(reader: asyncio.StreamReader) -> dict[str, str]:
    headers = {}
    while line := (await reader.readline()).decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return headers


def _page(books: Books, key: str, said: dict[str, str] | None) -> bytes:
    answer: Page | Redirect = shown_page(books, key) if said is None else answered_page(books, key, said)
    if isinstance(answer, Redirect):
        return _http(303, b"", location=answer.to)
    return _http(answer.status, answer.html.encode(), **{"content-type": "text/html; charset=utf-8"})


def _json(status: int, answer: Any) -> bytes:
    return _http(status, json.dumps(answer).encode(), **{"content-type": "application/json"})


def _http(status: int, body: bytes, **headers: str) -> bytes:
    told = {**headers, "content-length": str(len(body)), "request-id": f"req_{secrets.token_hex(6)}"}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
