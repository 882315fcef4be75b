"""Pictures over HTTP: `GET /media/{path}?width=&height=&crop=&format=`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from media.resize import Picture, Unreadable, resized, size_of
from media.shelf import Shelf
from media.storage import BadPath, Storage
from media.transform import Transform, read_transform

_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
_FOR_EVER = "public, max-age=31536000, immutable"
_GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


class Media:
    """Serves the pictures of several storages, each under the first part of the path.

    Work on pictures happens in threads, `at_once` at a time; when `waiting` more stand in line the answer is 503.
    """

    def __init__(self, storages: Mapping[str, Storage], shelf: Shelf, *, at_once: int = 2, waiting: int = 100) -> None:
        self._storages = storages
        self._shelf = shelf
        self._slots = asyncio.Semaphore(at_once)
        self._room = at_once + waiting

    async def serve(self, request: Request) -> Response:
        """One picture, as it is or as wished; mount it on `/media/{path:path}`."""
        area, _, path = str(request.path_params["path"]).partition("/")
        storage, media_type = self._storages.get(area), _TYPES.get(path.rpartition(".")[2].lower())
        try:
            version = await run_in_threadpool(storage.version, path) if storage and media_type else None
        except BadPath:
            version = None
        if storage is None or media_type is None or version is None:
            return _refusal("No such picture.", 404)
        transform = read_transform(request.query_params)
        tag = f'"{version}-{transform.key}"' if transform else f'"{version}"'
        headers = {"ETag": tag, "Cache-Control": _FOR_EVER, **_GUARDS}
        if tag in [seen.strip().removeprefix("W/") for seen in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        return await self._answer(storage, path, version, transform, media_type, headers)

    async def _answer(
        self, storage: Storage, path: str, version: str, transform: Transform, media_type: str, headers: dict[str, str]
    ) -> Response:
        if not transform:
            content = await run_in_threadpool(storage.read, path)
            if content is None:
                return _refusal("No such picture.", 404)
            return Response(content, media_type=media_type, headers=headers)
        if self._room <= 0:
            return _refusal("Too many pictures are being made just now.", 503, {"Retry-After": "1"})
        self._room -= 1
        try:
            picture = await self._made(storage, path, version, transform)
        except Unreadable as problem:
            return _refusal(f"This picture cannot be resized: {problem}.", 422)
        finally:
            self._room += 1
        return Response(picture.content, media_type=picture.media_type, headers=headers)

    async def _made(self, storage: Storage, path: str, version: str, transform: Transform) -> Picture:
        key = sha256(f"{version}/{transform.key}".encode()).hexdigest()
        kept = await run_in_threadpool(self._kept, key)
        if kept is not None:
            return kept
        async with self._slots:
            return await run_in_threadpool(self._make, storage, path, key, transform)

    def _kept(self, key: str) -> Picture | None:
        content = self._shelf.get(key)
        return None if content is None else Picture(content, size_of(content).media_type)

    def _make(self, storage: Storage, path: str, key: str, transform: Transform) -> Picture:
        kept = self._kept(key)  # the one before us in the line may have wished the same
        if kept is not None:
            return kept
        content = storage.read(path)
        if content is None:
            raise Unreadable("it has just been removed")
        picture = resized(content, transform)
        self._shelf.put(key, picture.content)
        return picture


def _refusal(text: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(
        text, status_code=status, headers={"Cache-Control": "no-store", **_GUARDS, **(headers or {})}
    )
