"""A serving process does not outlive the one that started it: it would hold the port, unwatched, for ever."""

import asyncio
import logging
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger("shopwright.serve")


@contextmanager
def ending_with_parent() -> Iterator[None]:
    """Within, this process ends at once when the process that started it is killed. Transactions make that safe."""
    parent = multiprocessing.parent_process()
    if parent is None:
        yield
        return
    loop = asyncio.get_running_loop()
    loop.add_reader(parent.sentinel, _end)
    try:
        yield
    finally:
        loop.remove_reader(parent.sentinel)


def _end() -> None:
    log.critical("the process that started this one is gone")
    os._exit(1)
