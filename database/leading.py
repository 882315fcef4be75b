"""One leader among all processes of a shop: whoever holds the database's lock."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg

from database.connection import FAILURES, Address, reason_of

LOCK = 0x53484F504C45  # "SHOPLE": the advisory lock of the leading process
PAUSE_SECONDS = 2.0
PING_SECONDS = 5.0

log = logging.getLogger("shopwright.leading")


async def lead(address: Address, act: Callable[[], Awaitable[object]], *, pause: float = PAUSE_SECONDS) -> None:
    """Run `act` whenever this process leads, until canceled. It is stopped as soon as the lock may be another's.

    A SQLite file has one process, which leads from the start.
    """
    if address.is_sqlite:
        await act()
        return
    while True:
        try:
            await _lead_while_connected(address, act, pause)
        except FAILURES as error:
            log.warning("lost the lock of the leading process: %s", reason_of(error))
        await asyncio.sleep(pause)


async def _lead_while_connected(address: Address, act: Callable[[], Awaitable[object]], pause: float) -> None:
    connection = await asyncpg.connect(**address.for_driver)
    try:
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):  # noqa: ASYNC110 - a lock held elsewhere sends no event
            await asyncio.sleep(pause)
        await _while_it_lasts(connection, act)
    finally:
        connection.terminate()


async def _while_it_lasts(connection: asyncpg.Connection, act: Callable[[], Awaitable[object]]) -> None:
    acting = asyncio.ensure_future(act())
    watching = asyncio.create_task(_until_it_breaks(connection))
    try:
        await asyncio.wait({acting, watching}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (acting, watching):
            task.cancel()
        for task in (acting, watching):
            with suppress(asyncio.CancelledError):
                await task


async def _until_it_breaks(connection: asyncpg.Connection) -> None:
    """Return when the connection ends; a database that vanished without a word is found out by asking."""
    ended = asyncio.Event()
    connection.add_termination_listener(lambda _: ended.set())
    while not ended.is_set():
        try:
            await asyncio.wait_for(ended.wait(), PING_SECONDS)
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=PING_SECONDS)
