"""What every request passes first: it gets an id, safe headers, a figure and a line in the log."""

import logging
import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from operations.figures import REQUEST_SECONDS, REQUESTS
from operations.logs import REQUEST

log = logging.getLogger("shopwright.request")

OURS = {b"x-content-type-options": b"nosniff", b"referrer-policy": b"no-referrer"}
ACCEPTABLE_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
NOWHERE = "none"


class Front:
    """Middleware around the whole application. Logs carry route templates, never addresses: those hold secrets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        request_id = _id_of(scope)
        REQUEST.set(request_id)
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        await self._answered(scope, receive, _Sender(send, request_id))

    async def _answered(self, scope: Scope, receive: Receive, sender: "_Sender") -> None:
        began = time.perf_counter()
        try:
            await self._app(scope, receive, sender)
        except Exception:
            sender.status = 500
            raise
        finally:
            seconds = time.perf_counter() - began
            route, method = route_of(scope), scope["method"]
            REQUESTS.labels(method if method in METHODS else "other", route, sender.status).inc()
            REQUEST_SECONDS.labels(route).observe(seconds)
            if log.isEnabledFor(logging.INFO):
                facts = {"method": method, "route": route, "status": sender.status, "ms": round(seconds * 1000, 1)}
                log.info("request", extra=facts)


METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class _Sender:
    """Passes an answer on, with our headers where the answer has none of its own, and keeps its status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._id = request_id.encode()
        self.status = 499  # the client left before there was an answer

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", ()))
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in OURS.items() if name not in present]
            headers.append((b"x-request-id", self._id))
            message = {**message, "headers": headers}
        await self._send(message)


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The template of the route that answered, such as `/media/{path}`."""
    return str(getattr(scope.get("route"), "path", NOWHERE)) or "/"


def _id_of(scope: Scope) -> str:
    """The id a proxy gave the request, if it looks like one; else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and ACCEPTABLE_ID.fullmatch(value):
            return str(value.decode())
    return secrets.token_hex(8)
