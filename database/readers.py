"""Connections that go from one read to the next: lending one from the pool and back costs as much as a small read."""

import asyncio
from contextlib import suppress
from typing import Any

import asyncpg

CUT_OFF = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
)


class Readers:
    """At most half of a pool's connections, kept out of it between reads. Transactions always find the other half."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: list[Any] = []

    async def fetch(self, pool: Any, query: str, values: list[Any]) -> list[Any]:
        """The records of a statement that changes nothing; a connection cut off while it was idle does not fail it.

        A read that fails gives its connection back to the pool.
        """
        while self._idle:
            with suppress(*CUT_OFF):
                return await self._fetched(pool, self._idle.pop(), query, values)
        return await self._fetched(pool, await pool.acquire(), query, values)

    async def _fetched(self, pool: Any, reader: Any, query: str, values: list[Any]) -> list[Any]:
        try:
            records: list[Any] = await reader.fetch(query, *values)
        except BaseException:
            await asyncio.shield(pool.release(reader))
            raise
        if len(self._idle) < self._most:
            self._idle.append(reader)
        else:
            await asyncio.shield(pool.release(reader))
        return records

    async def close(self, pool: Any) -> None:
        """Give all of them back."""
        while self._idle:
            await pool.release(self._idle.pop())
