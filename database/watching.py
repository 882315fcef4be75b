"""Letting somebody count statements: metrics in a server, budgets in tests."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Watcher = Callable[[str, float], object]
"""Called with the SQL and the seconds it took, after every statement."""

_watchers: list[Watcher] = []


@contextmanager
def watching(watcher: Watcher) -> Iterator[None]:
    """Tell a watcher of every statement of this process while the block runs."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


@contextmanager
def timed(sql: str) -> Iterator[None]:
    """Around one statement."""
    if not _watchers:
        yield
        return
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - began
        for watcher in _watchers:
            watcher(sql, seconds)
