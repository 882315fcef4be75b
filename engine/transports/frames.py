"""Reading graphql-transport-ws frames: what the protocol does not know closes the socket with the protocol's code."""

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.types import Message

from engine.errors import Refused
from engine.requests import read_json

BAD_FRAME = 4400
UNAUTHORIZED = 4401
FORBIDDEN = 4403
NOT_ACCEPTABLE = 4406
INIT_TIMEOUT = 4408
TAKEN = 4409
INIT_TWICE = 4429
GOING_AWAY = 1001
TOO_BIG = 1009
TRY_AGAIN = 1013

WITH_ID = ("subscribe", "complete")
WITHOUT_ID = ("connection_init", "ping", "pong")


class SocketClosed(Exception):
    """The socket is to be closed with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Frame:
    """A well-formed message from the client."""

    kind: str
    id: str
    payload: Any


def frame_in(message: Message, *, most: int) -> Frame:
    """The frame in an ASGI message; raises `SocketClosed` for anything the protocol does not know."""
    text = message.get("text")
    if text is None:
        raise SocketClosed(BAD_FRAME, "Frames must be text")
    if len(text) > most or len(text) * 4 > most < len(text.encode("utf-8", "surrogatepass")):
        raise SocketClosed(TOO_BIG, f"Frames may have {most} bytes")
    try:
        value = read_json(text, "The frame")
    except Refused as refused:
        raise SocketClosed(BAD_FRAME, str(refused)) from None
    if not isinstance(value, dict):
        raise SocketClosed(BAD_FRAME, "A frame must be a JSON object")
    return _frame(value)


def frame_out(kind: str, id_: str | None = None, payload: Any = None) -> Message:
    """The ASGI message of one frame to the client."""
    return sealed(kind, id_, None if payload is None else orjson.dumps(payload))


def sealed(kind: str, id_: str | None, payload: bytes | None) -> Message:
    """The same around a payload that is encoded already, so that one may go to many."""
    named = b"" if id_ is None else b'"id":' + orjson.dumps(id_) + b","
    carried = b"" if payload is None else b',"payload":' + payload
    text = b"{" + named + b'"type":"' + kind.encode() + b'"' + carried + b"}"
    return {"type": "websocket.send", "text": text.decode()}


def _frame(value: dict[str, Any]) -> Frame:
    kind, id_, payload = value.get("type"), value.get("id"), value.get("payload")
    if kind in WITH_ID:
        if not isinstance(id_, str) or not id_:
            raise SocketClosed(BAD_FRAME, f"'{kind}' needs an id, a non-empty string")
        if kind == "subscribe" and not isinstance(payload, dict):
            raise SocketClosed(BAD_FRAME, "'subscribe' needs a payload, an object")
        return Frame(kind, id_, payload)
    if kind not in WITHOUT_ID:
        raise SocketClosed(BAD_FRAME, "Unknown message type")
    if "payload" in value and not isinstance(payload, dict | None):
        raise SocketClosed(BAD_FRAME, f"The payload of '{kind}' must be an object")
    return Frame(kind, "", payload)
