"""Bringing pictures into the shop's storage: fetched or uploaded, looked at, drawn anew, kept under a name of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

from media.fetching import Fetcher
from media.intake import TakenIn, Unacceptable, taken_in
from media.resize import Unreadable, size_of
from media.storage import BadPath, Storage

AREA = "shop"
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Brought:
    """A picture that lies in storage now, under a path below our media address."""

    path: str
    media_type: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class Bringer:
    """Brings pictures into a storage, a few at once so that what they unpack to fits into memory."""

    areas: Mapping[str, Storage]
    fetcher: Fetcher = field(default_factory=Fetcher)
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def fetched(self, url: str) -> Brought:
        """The picture at an address. Raises Unacceptable."""
        async with self.slots:
            return await asyncio.to_thread(lambda: self._kept(taken_in(self.fetcher.fetch(url))))

    async def measured(self, path: str) -> Brought:
        """A picture that lies below our media address already. Raises Unacceptable."""
        return await asyncio.to_thread(self._measured, path)

    async def uploaded(self, content: bytes) -> Brought:
        """A picture that was sent. Raises Unacceptable."""
        async with self.slots:
            return await asyncio.to_thread(lambda: self._kept(taken_in(content)))

    def _measured(self, path: str) -> Brought:
        area, _, rest = path.partition("/")
        content, size = None, None
        with suppress(BadPath, Unreadable):
            content = self.areas[area].read(rest) if area in self.areas else None
            size = size_of(content) if content is not None else None
        if content is None or size is None:
            raise Unacceptable("There is no such picture here.", code="FILE_DOES_NOT_EXIST")
        return Brought(path, size.media_type, size.width, size.height, len(content))

    def _kept(self, picture: TakenIn) -> Brought:
        digest = sha256(picture.content).hexdigest()[:40]
        path = f"{digest[:2]}/{digest}.{picture.extension}"
        self.areas[AREA].write(path, picture.content)
        return Brought(f"{AREA}/{path}", picture.media_type, picture.width, picture.height, len(picture.content))
