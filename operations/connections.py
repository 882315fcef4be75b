"""Connections as uvicorn keeps them: nobody may take for ever to ask, or ask with a head without end.

And a way to say goodbye to a client that reads nothing.
"""

import asyncio
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from engine.transports.last_words import EXTENSION

LINGER_SECONDS = 2.0  # that what was written last may take to be fetched
HEAD_SECONDS = 10.0  # that a client may take to say what it wants
LARGEST_HEAD = 64 * 1024  # bytes of address and headers
MOST_HEADERS = 200


class TooLarge(Exception):
    """The head of a request is larger than anybody's."""


class Requests(HttpToolsProtocol):
    """HTTP, with last words, and with an end to patience: a head has to be whole in time, and of a sensible size."""

    _waiting: asyncio.TimerHandle | None = None  # while a head is read
    _refusal = HTTPStatus.BAD_REQUEST
    _head = 0
    _fed = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._waiting = self.loop.call_later(HEAD_SECONDS, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which tells of a header only when it is whole: what is not is counted here."""
        super().data_received(data)
        if self._waiting is not None:
            self._fed += len(data)
            if self._fed > LARGEST_HEAD:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Count what comes, and offer last words to whoever answers."""
        super().on_message_begin()
        self._head = self._fed = 0
        if self._waiting is None:
            self._waiting = self.loop.call_later(HEAD_SECONDS, self._late)
        scope: Any = self.scope
        scope["extensions"] = {EXTENSION: self._hurry}

    def on_url(self, url: bytes) -> None:
        """Part of the address."""
        super().on_url(url)
        self._measure(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """One more header."""
        super().on_header(name, value)
        self._measure(len(name) + len(value))

    def on_headers_complete(self) -> None:
        """Begin to answer; bodies have limits of their own."""
        self._stop_waiting()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what could not be read, by what was wrong with it."""
        self._refuse(self._refusal)

    def _measure(self, more: int) -> None:
        self._head += more
        if self._head > LARGEST_HEAD or len(self.headers) > MOST_HEADERS:
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise TooLarge

    def _late(self) -> None:
        """Hang up on somebody who says nothing, or refuse what is not whole."""
        if self._fed:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self._stop_waiting()
            self.transport.close()

    def _refuse(self, status: HTTPStatus) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            head = f"HTTP/1.1 {status.value} {status.phrase}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            self.transport.write(head.encode())
            self.transport.close()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

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
