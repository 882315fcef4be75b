"""Connections that go from one read to the next: lending one from the pool and back costs as much as a small read."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any

import asyncpg

CUT_OFF = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
)
PATIENCE = 0.05  # seconds a read waits for another to end; slow reads may not hold up quick ones for longer


class Readers:
    """At most half of a pool's connections, kept out of it between reads. Transactions always find the other half.

    A read that finds all of these busy is handed the first that is done. Only if that takes long is one borrowed from
    the pool, and given back to it afterwards.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: list[Any] = []
        self._busy = 0
        self._waiting: deque[asyncio.Future[Any]] = deque()

    async def fetch(self, pool: Any, query: str, values: list[Any]) -> list[Any]:
        """The records of a statement that changes nothing; a connection cut off while it was idle does not fail it.

        A read that fails gives its connection back to the pool.
        """
        while self._idle:
            with suppress(*CUT_OFF):
                return await self._fetched(pool, self._idle.pop(), query, values)
        if self._busy >= self._most > 0 and (reader := await self._handed_on(pool)) is not None:
            self._busy -= 1
            with suppress(*CUT_OFF):
                return await self._fetched(pool, reader, query, values)
        return await self._fetched(pool, await pool.acquire(), query, values)

    async def _handed_on(self, pool: Any) -> Any:
        """A connection that another read is done with; None if there is none soon."""
        waiting = asyncio.get_running_loop().create_future()
        timer = waiting.get_loop().call_later(PATIENCE, _settle, waiting, None)
        self._waiting.append(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.result() is not None:
                self._busy -= 1
                await self._done_with(pool, waiting.result())
            raise
        finally:
            timer.cancel()

    async def _fetched(self, pool: Any, reader: Any, query: str, values: list[Any]) -> list[Any]:
        self._busy += 1
        try:
            records: list[Any] = await reader.fetch(query, *values)
        except BaseException:
            self._busy -= 1
            self._hand_on(None)
            await asyncio.shield(pool.release(reader))
            raise
        self._busy -= 1
        await self._done_with(pool, reader)
        return records

    async def _done_with(self, pool: Any, reader: Any) -> None:
        if self._busy + len(self._idle) >= self._most:
            await asyncio.shield(pool.release(reader))
        elif not self._hand_on(reader):
            self._idle.append(reader)

    def _hand_on(self, reader: Any) -> bool:
        """Let the read go on that has waited longest. What is handed to it counts as busy from now on."""
        while self._waiting:
            if _settle(self._waiting.popleft(), reader):
                self._busy += reader is not None
                return True
        return False

    async def close(self, pool: Any) -> None:
        """Give all of them back."""
        while self._idle:
            await pool.release(self._idle.pop())


def _settle(waiting: "asyncio.Future[Any]", reader: Any) -> bool:
    if waiting.done():
        return False
    waiting.set_result(reader)
    return True
