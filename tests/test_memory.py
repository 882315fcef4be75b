"""Memory is given back when a crowd has left."""

import asyncio
import gc
import weakref

from operations.memory import CROWD, giving_back


class Circle:
    """Something that only the garbage collector can end."""

    def __init__(self) -> None:
        self.self = self


async def test_what_a_crowd_leaves_behind_is_collected_once_it_is_gone() -> None:
    gone, forgotten, counts = asyncio.Event(), asyncio.Event(), iter([CROWD, CROWD, 10, 0])
    circle = Circle()
    watched = weakref.ref(circle, lambda _: gone.set())
    gc.disable()
    try:
        async with giving_back(lambda: next(counts, 0), forgotten.set, seconds=0.001):
            del circle
            assert watched() is not None
            await asyncio.wait_for(gone.wait(), 5)
            assert forgotten.is_set()
    finally:
        gc.enable()
