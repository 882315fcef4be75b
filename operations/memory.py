"""Giving memory back after a crowd has left: its circles are collected, and what survives it is moved together.

Python returns memory a mebibyte at a time, and one short text still in use holds a whole one. So what only a crowd
needed is forgotten, and what is kept for reuse is exchanged for new pieces, which lie side by side.
"""

import asyncio
import ctypes
import gc
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from operations.figures import TASKS

LOOK_SECONDS = 2.0
CROWD = 500  # streams; fewer are not worth a pause
HEAP_WHOLE = 0  # bytes to keep at the top of the heap
SPARE = 300  # uvloop keeps 250 handles of each kind for reuse, asyncio 255 waits
MANY = 3_000  # enough to fill the holes between what is still in use, so that the last ones lie elsewhere
NEVER = 3_600.0  # seconds; longer than a timer here lives


@asynccontextmanager
async def giving_back(
    open_streams: Callable[[], int], forget: Callable[[], None], *, seconds: float = LOOK_SECONDS
) -> AsyncIterator[None]:
    """While the block runs: when many streams have ended and no more are ending, give their memory back.

    `forget` lets go of whatever is kept only because many might ask for it at once.
    """
    watching = asyncio.create_task(_watch(open_streams, forget, seconds), name="memory")
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(open_streams: Callable[[], int], forget: Callable[[], None], seconds: float) -> None:
    most = before = open_streams()
    while True:
        await asyncio.sleep(seconds)
        now = open_streams()
        TASKS.set(len(asyncio.all_tasks()))
        if most - now >= CROWD and now >= before:
            forget()
            await collect()
            await asyncio.sleep(seconds)
            await collect()  # of what was under way the first time
            most = now
        most, before = max(most, now), now


async def collect() -> None:
    """Collect garbage, and let the system have the pages that are free now."""
    gc.collect()
    await _renew_spares()
    gc.collect()
    sys._clear_type_cache()  # it keeps the names by which C has looked attributes up, a text for each time
    with suppress(OSError, AttributeError):  # a C library without it keeps what it has
        ctypes.CDLL(None).malloc_trim(HEAP_WHOLE)


async def _renew_spares() -> None:
    """Take all handles and waits that are kept for reuse; new ones take their places, as they are let go of first."""
    loop = asyncio.get_running_loop()
    handles = [loop.call_soon(_nothing) for _ in range(MANY)]
    timers = [loop.call_later(NEVER, _nothing) for _ in range(MANY)]
    waits = [loop.create_future().__await__() for _ in range(MANY)]
    for handle in (*handles, *timers):
        handle.cancel()
    await asyncio.sleep(0)  # the loop lets go of canceled handles as it comes by them
    await asyncio.sleep(0)
    for kept in (handles, timers, waits):
        del kept[-SPARE:]


def _nothing() -> None: ...
