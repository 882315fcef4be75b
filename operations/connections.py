"""Connections as uvicorn keeps them, and a way to say goodbye on them to a client that reads nothing."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from engine.transports.last_words import EXTENSION

LINGER_SECONDS = 2.0  # that what was written last may take to be fetched


class Requests(HttpToolsProtocol):
    """HTTP, with last words."""

    def on_message_begin(self) -> None:
        """Offer them to whoever answers."""
        super().on_message_begin()
        scope: Any = self.scope
        scope["extensions"] = {EXTENSION: self._hurry}

    def _hurry(self) -> None:
        self.flow.resume_writing()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)


class Sockets(WebSocketsSansIOProtocol):
    """WebSockets, with last words."""

    def handle_connect(self, event: Request) -> None:
        """Offer them to whoever talks."""
        super().handle_connect(event)
        scope: Any = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"][EXTENSION] = self._hurry

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the parser, a generator that holds itself by way of its protocol."""
        super().connection_lost(exc)
        self.conn.parser.close()

    def _hurry(self) -> None:
        self.writable.set()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)
