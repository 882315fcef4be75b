"""One WebSocket in graphql-transport-ws that follows one thing, as cheaply as thousands of them in a process need."""

import asyncio
import base64
import secrets
from collections.abc import Callable
from typing import Any

import orjson

PROTOCOL = "graphql-transport-ws"
HEAD = (
    "GET /graphql HTTP/1.1\r\nHost: shop\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {PROTOCOL}\r\nSec-WebSocket-Key: {{}}\r\n\r\n"
)
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SHORT, MIDDLE = 126, 1 << 16
GONE = (1006, "")


class Line(asyncio.Protocol):
    """Shakes hands, subscribes, answers pings; tells what comes and, once, why it ended."""

    def __init__(
        self,
        payload: dict[str, Any],
        *,
        heard: Callable[[dict[str, Any]], None],
        ended: Callable[[tuple[int, str]], None],
    ) -> None:
        self._payload = payload
        self._heard = heard
        self._ended = ended
        self._buffer = bytearray()
        self._upgraded = False
        self._why = GONE
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        self._transport = transport
        self._transport.write(HEAD.format(base64.b64encode(secrets.token_bytes(16)).decode()).encode())

    def data_received(self, data: bytes) -> None:
        """Take every whole frame out of what has come."""
        self._buffer += data
        if not self._upgraded and not self._upgrade():
            return
        while (frame := frame_in(self._buffer)) is not None:
            self._take(*frame)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell why."""
        self._ended(self._why)

    def cut(self) -> None:
        """Be gone without a word, as a phone in a tunnel."""
        self._transport.abort()

    def _upgrade(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not self._buffer.startswith(b"HTTP/1.1 101"):
            self._transport.abort()
            return False
        del self._buffer[: end + 4]
        self._upgraded = True
        self._say({"type": "connection_init"})
        self._say({"id": "1", "type": "subscribe", "payload": self._payload})
        return True

    def _take(self, kind: int, data: bytes) -> None:
        if kind == TEXT:
            message = orjson.loads(data)
            if message["type"] == "ping":
                self._say({"type": "pong"})
            elif message["type"] != "connection_ack":
                self._heard(message)
        elif kind == PING:
            self._transport.write(frame_out(PONG, data))
        elif kind == CLOSE:
            self._why = (int.from_bytes(data[:2]), data[2:].decode()) if data else (1005, "")
            self._transport.write(frame_out(CLOSE, data[:2]))
            self._transport.close()

    def _say(self, message: dict[str, Any]) -> None:
        self._transport.write(frame_out(TEXT, orjson.dumps(message)))


def frame_out(kind: int, data: bytes) -> bytes:
    """A client's frame, under a mask of zeros, which changes nothing."""
    size = len(data)
    length = bytes([0x80 | size]) if size < SHORT else bytes([0x80 | SHORT]) + size.to_bytes(2)
    return bytes([0x80 | kind]) + length + bytes(4) + data


def frame_in(buffer: bytearray) -> tuple[int, bytes] | None:
    """The first whole frame, taken out of the buffer; None if there is none yet."""
    if len(buffer) < 2:
        return None
    size, start = buffer[1], 2
    if size >= SHORT:
        start = 4 if size == SHORT else 10
        if len(buffer) < start:
            return None
        size = int.from_bytes(buffer[2:start])
    if len(buffer) < start + size:
        return None
    frame = buffer[0] & 15, bytes(buffer[start : start + size])
    del buffer[: start + size]
    return frame
