"""Where picture files are kept, behind one protocol; a local folder is the first keeper."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import Protocol

_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._@ -]{0,199}")
_DEEPEST = 8
_REMEMBERED = 4096


class BadPath(ValueError):
    """The path could not name a picture of ours: it climbs, hides, or holds characters we never write."""


class Storage(Protocol):
    """A keeper of files under relative paths. Calls may block: make them in a thread.

    A path once written keeps its content for ever, since addresses are cached as immutable: a changed picture gets a
    new path.
    """

    def read(self, path: str) -> bytes | None:
        """The file's bytes, or nothing when there is no such file."""

    def version(self, path: str) -> str | None:
        """A short text that is equal exactly when the bytes are, or nothing when there is no such file."""

    def write(self, path: str, content: bytes) -> None:
        """Keep these bytes under this path, whole or not at all."""


class LocalFolder:
    """Files under one folder. No path leads out of it, not even through a link."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._versions: OrderedDict[tuple[str, int, int], str] = OrderedDict()

    def read(self, path: str) -> bytes | None:
        """The file's bytes, or nothing when there is no such file."""
        file = self._inside(path)
        try:
            return file.read_bytes() if file.is_file() else None
        except OSError:
            return None

    def version(self, path: str) -> str | None:
        """A digest of the file's bytes, remembered while its size and time stand."""
        try:
            stat = self._inside(path).stat()
        except OSError:
            return None
        key = (path, stat.st_size, stat.st_mtime_ns)
        if key not in self._versions:
            content = self.read(path)
            if content is None:
                return None
            self._versions[key] = hashlib.sha256(content).hexdigest()[:20]
            while len(self._versions) > _REMEMBERED:
                self._versions.popitem(last=False)
        return self._versions[key]

    def write(self, path: str, content: bytes) -> None:
        """Keep these bytes under this path; a reader sees the whole file or none."""
        write_whole(self._inside(path), content)

    def _inside(self, path: str) -> Path:
        file = (self._root / relative(path)).resolve()
        if not file.is_relative_to(self._root):
            raise BadPath(path)
        return file


def relative(path: str) -> Path:
    """The path as parts below a root: plain names only, so no `..`, no hidden file, no drive, no NUL."""
    parts = path.split("/")
    if len(parts) > _DEEPEST or not all(_SEGMENT.fullmatch(part) for part in parts):
        raise BadPath(path)
    return Path(*parts)


def write_whole(file: Path, content: bytes) -> None:
    """Write beside the file, then rename over it: nobody ever reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as part:
            part.write(content)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
