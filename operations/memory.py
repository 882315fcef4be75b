"""Giving memory back after a crowd has left: what its streams took is garbage in circles, collected at leisure."""

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from operations.figures import TASKS

LOOK_SECONDS = 2.0
CROWD = 500  # streams; fewer are not worth a pause
HEAP_WHOLE = 0  # bytes to keep at the top of the heap


@asynccontextmanager
async def giving_back(open_streams: Callable[[], int], *, seconds: float = LOOK_SECONDS) -> AsyncIterator[None]:
    """While the block runs: when many streams have ended and no more are ending, give their memory back."""
    watching = asyncio.create_task(_watch(open_streams, seconds), name="memory")
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(open_streams: Callable[[], int], seconds: float) -> None:
    most = before = open_streams()
    while True:
        await asyncio.sleep(seconds)
        now = open_streams()
        TASKS.set(len(asyncio.all_tasks()))
        if most - now >= CROWD and now >= before:
            collect()
            most = now
        most, before = max(most, now), now


def collect() -> None:
    """Collect garbage, and let the system have the pages that are free now."""
    gc.collect()
    with suppress(OSError, AttributeError):  # a C library without it keeps what it has
        ctypes.CDLL(None).malloc_trim(HEAP_WHOLE)
