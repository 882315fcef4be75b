"""Short ways to ask a server and to read what it said."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp, Message, Scope

from engine import Engine
from tests.engine.toy import app_of

GRAPHQL_JSON = "application/graphql-response+json"


async def asked(client: httpx.AsyncClient, query: str, **request: Any) -> Any:
    """The answer to a POST of the query, decoded."""
    return (await client.post("/graphql", json={"query": query, **request})).json()


def code_of(answer: Any) -> str:
    """The `extensions.code` of its first error."""
    code: str = answer["errors"][0]["extensions"]["code"]
    return code


def client_of(engine: Engine) -> httpx.AsyncClient:
    """A client of the toy schema on another engine than the usual one."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app_of(engine)), base_url="http://shop")


class Exchange:
    """One HTTP exchange at the ASGI level, in which the test decides when the client goes away."""

    def __init__(self, app: ASGIApp, body: bytes, *, path: str = "/graphql", accept: str = "application/json") -> None:
        self.gone = asyncio.Event()
        self.takes = asyncio.Event()
        self.takes.set()
        self._sent_more = asyncio.Event()
        self.sent: list[Message] = []
        self._body: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        headers = [(b"content-type", b"application/json"), (b"accept", accept.encode())]
        scope: Scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": headers,
            "http_version": "1.1",
            "client": ("192.0.2.1", 4711),
        }
        self.running = asyncio.ensure_future(app(scope, self._receive, self._send))

    async def _receive(self) -> Message:
        if self._body:
            return self._body.pop()
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await self.takes.wait()
        self.sent.append(message)
        self._sent_more.set()

    @property
    def text(self) -> str:
        """Everything sent in the body so far."""
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    async def heard(self, part: bytes, *, times: int = 1) -> None:
        """Wait until the body sent so far has `part` in it that many times."""
        while self.text.count(part.decode()) < times:
            self._sent_more.clear()
            await self._sent_more.wait()
