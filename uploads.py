"""Side door: pictures that staff and their tools send as a form to `POST /admin/uploads`.

A form names what it may do by an access token in `X-Shopify-Access-Token` with the scope `write_files` or
`write_products`, or by the `key` and `pass` that `stagedUploadsCreate` gave for it; then comes the picture, as `file`.
The answer is JSON: `{"file": {…}, "userErrors": []}`, or `file` null and why. However long a form is, the server never
holds more of it than a picture may have.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

from commerce.files import NewFile, keep_files
from commerce.product_records import By
from commerce.refusals import Refusal
from media.intake import LARGEST, Unacceptable, too_large
from resolvers.context import Services, Viewer

log = logging.getLogger("shopwright.uploads")

ROOM_FOR_FORM = 64 * 1024
MOST_DRAINED = 128 * 1024 * 1024
SCOPES = {"write_files", "write_products"}

ViewerOf = Callable[[HTTPConnection], Awaitable[Viewer | None]]


class _TooLong(Exception):
    """More than a form with a picture may have."""


def upload_routes(services: Callable[[], Services], viewer_of: ViewerOf, *, public_url: str) -> list[Route]:
    """The address that pictures are sent to."""

    async def receive(request: Request) -> Response:
        try:
            return await _answered(request, services(), await viewer_of(request), public_url)
        except ClientDisconnect:
            return Response(status_code=400)

    return [Route("/admin/uploads", receive, methods=["POST"])]


async def _answered(request: Request, services: Services, viewer: Viewer | None, public_url: str) -> Response:
    gate = _Gate(request.receive)
    try:
        async with Request(request.scope, gate.receive).form(max_files=1, max_fields=16) as form:
            now = dt.datetime.now(dt.UTC)
            actor, key = _sender(form, services, viewer, now)
            if actor is None:
                return _refused("Send an access token, or the parts of a staged upload.", "UNAUTHENTICATED", 401)
            return await _kept(form, services, By(actor, "fileUpload"), key, public_url, now)
    except _TooLong:
        await gate.drain()
        refusal = too_large()
        return _refused(refusal.message, refusal.code, 413)
    except HTTPException as broken:
        return _refused(f"This is no form with one picture: {broken.detail}", "INVALID", 400)


async def _kept(
    form: FormData, services: Services, by: By, key: str | None, public_url: str, now: dt.datetime
) -> Response:
    sent = form.get("file")
    if not isinstance(sent, UploadFile):
        return _refused("The form has no file.", "BLANK", 422)
    try:
        picture = await services.pictures.uploaded(await sent.read(LARGEST + 1))
        name = key or secrets.token_hex(16)
        alt = form.get("alt")
        new = NewFile(picture, alt if isinstance(alt, str) else None, _plain(sent.filename), name)
        (file_id,) = await keep_files([new], by=by, now=now)
    except Unacceptable as refusal:
        return _refused(refusal.message, refusal.code, 413 if refusal.code == "FILE_TOO_LARGE" else 422)
    except Refusal as refusal:
        return _refused(refusal.message, refusal.refused_as, 422)
    told: dict[str, Any] = {
        "id": f"gid://shopwright/MediaImage/file-{file_id}",
        "resourceUrl": f"{public_url}/media/uploads/{name}",
        "url": f"{public_url}/media/{picture.path}",
        "width": picture.width,
        "height": picture.height,
    }
    return JSONResponse({"file": told, "userErrors": []}, status_code=201)


def _sender(
    form: FormData, services: Services, viewer: Viewer | None, now: dt.datetime
) -> tuple[str | None, str | None]:
    """Who sends this, and under which key; nobody where neither a token nor a pass says so."""
    key, passed = form.get("key"), form.get("pass")
    if isinstance(key, str) and isinstance(passed, str):
        return services.signer.actor_of_upload(passed, key, now=now), key
    if viewer is not None and viewer.staff is not None and viewer.scopes & SCOPES:
        return viewer.staff, None
    return None, None


def _plain(name: str | None) -> str:
    """A file's name as it may be kept and shown: without folders, without what no database keeps."""
    bare = (name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in bare if letter.isprintable())


def _refused(message: str, code: str, status: int) -> Response:
    log.info("upload refused", extra={"code": code})
    error = {"field": ["file"], "code": code, "message": message}
    return JSONResponse({"file": None, "userErrors": [error]}, status_code=status)


class _Gate:
    """Lets as much of a body through as a form may have."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._passed = 0
        self._more = True

    async def receive(self) -> Message:
        message = await self._receive()
        self._passed += len(message.get("body", b""))
        self._more = bool(message.get("more_body", False))
        if self._passed > LARGEST + ROOM_FOR_FORM:
            raise _TooLong
        return message

    async def drain(self) -> None:
        """Let the rest run off, as far as is decent, so that the sender hears the answer."""
        while self._more and self._passed < MOST_DRAINED:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            self._passed += len(message.get("body", b""))
            self._more = bool(message.get("more_body", False))
