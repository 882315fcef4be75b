"""Moments: what many readers of one topic need at once is read once, as long as nothing has been announced since."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any, TypeVar, cast

T = TypeVar("T")

MOST = 2_000


class Moments:
    """Readings by name and version. Who asks while one is under way waits for it; who asks later is handed it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, asyncio.Task[Any]] = OrderedDict()

    async def of(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """The reading under this key. It outlives the reader who asked first; one that failed is not kept."""
        task = self._kept.get(key)
        if task is None or task.get_loop() is not asyncio.get_running_loop():
            task = self._kept[key] = asyncio.ensure_future(_awaited(read))
            task.add_done_callback(partial(self._drop_failed, key))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return cast("T", task.result() if task.done() else await asyncio.shield(task))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def _drop_failed(self, key: Hashable, task: asyncio.Task[Any]) -> None:
        if (task.cancelled() or task.exception() is not None) and self._kept.get(key) is task:
            del self._kept[key]


async def _awaited(read: Callable[[], Awaitable[T]]) -> T:
    return await read()
