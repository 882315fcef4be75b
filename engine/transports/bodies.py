"""Reading a request's body without ever holding more of it than is allowed."""

import asyncio
import types
from collections.abc import Coroutine, Generator
from typing import Any, TypeVar, cast

from starlette.datastructures import Headers
from starlette.types import Receive

from engine.errors import PAYLOAD_TOO_LARGE, REQUEST_TIMEOUT, UNSUPPORTED_MEDIA_TYPE, malformed

T = TypeVar("T")


class Disconnected(Exception):
    """The client went away before its request was complete."""


def announced(headers: Headers) -> int:
    """How long the body says it is; 0 where it does not say."""
    length = headers.get("content-length", "")
    return int(length[:20]) if length.isascii() and length.isdecimal() else 0


async def read_body(headers: Headers, receive: Receive, *, most: int, seconds: float) -> bytes:
    """The whole body; a refusal as soon as it is known to be longer than `most` bytes, or once it is late."""
    if announced(headers) > most:
        raise _too_large(most)
    reading = _whole(receive, most)
    try:
        awaited = reading.send(None)  # most bodies have come with their heads: those need no timer
    except StopIteration as end:
        return cast("bytes", end.value)
    try:
        async with asyncio.timeout(seconds):
            return await _going_on(reading, awaited)
    except TimeoutError:
        message = f"The request body did not come within {seconds:g} seconds."
        raise malformed(message, REQUEST_TIMEOUT, status=408) from None


@types.coroutine
def _going_on(coroutine: Coroutine[Any, Any, T], awaited: Any) -> Generator[Any, Any, T]:
    """Await a coroutine that has begun already and waits for this."""
    try:
        while True:
            try:
                answer = yield awaited
            except BaseException as error:  # noqa: BLE001 - thrown in from outside, and passed on
                awaited = coroutine.throw(error)
            else:
                awaited = coroutine.send(answer)
    except StopIteration as end:
        return cast("T", end.value)


async def _whole(receive: Receive, most: int) -> bytes:
    chunks: list[bytes] = []
    length = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        chunk = message.get("body", b"")
        length += len(chunk)
        if length > most:
            raise _too_large(most)
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


def must_be_json(headers: Headers) -> None:
    """Refuse a body that does not say it is JSON in UTF-8."""
    kind, *parameters = (piece.strip().lower() for piece in headers.get("content-type", "").split(";"))
    charsets = [parameter[8:].strip('"') for parameter in parameters if parameter.startswith("charset=")]
    if kind != "application/json" or any(charset not in ("utf-8", "utf8") for charset in charsets):
        message = "The request body must be JSON in UTF-8, with 'content-type: application/json'."
        raise malformed(message, UNSUPPORTED_MEDIA_TYPE, status=415)


def _too_large(most: int) -> Exception:
    return malformed(f"The request body is larger than {most} bytes.", PAYLOAD_TOO_LARGE, status=413)
