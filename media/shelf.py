"""A bounded shelf on disk for pictures already made smaller. Losing it costs time, never pictures. Blocking."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from media.storage import write_whole

_SWEEP_EVERY = 50


class Shelf:
    """Results by key under one folder; past the limit the longest unused leave. Several processes may share it."""

    def __init__(self, folder: Path, *, limit: int = 256 * 1024 * 1024) -> None:
        self._folder = folder
        self._limit = limit
        self._written = 0

    def get(self, key: str) -> bytes | None:
        """What lies under this key, if it still does; it counts as used now."""
        file = self._folder / key[:2] / key
        try:
            content = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep it. A full or read-only disk is no reason to refuse a shopper the picture, so that passes in silence."""
        with contextlib.suppress(OSError):
            write_whole(self._folder / key[:2] / key, content)
        self._written += 1
        if self._written % _SWEEP_EVERY == 1:
            self.sweep()

    def sweep(self) -> None:
        """Throw out the longest unused until nine tenths of the limit are left."""
        files = sorted(self._kept(), reverse=True)
        total = sum(size for _, size, _ in files)
        if total <= self._limit:
            return
        while files and total > self._limit * 9 // 10:
            _, size, file = files.pop()
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
            total -= size

    def _kept(self) -> list[tuple[int, int, Path]]:
        kept = []
        for file in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                stat = file.stat()
                kept.append((stat.st_mtime_ns, stat.st_size, file))
        return kept
