"""Raw SQL that writes what an order writes: the most orders that anybody could place in this PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.contest import Contestant, Ground, Stand
from bench.orders.raw import writing


@asynccontextmanager
async def _opened(ground: Ground) -> AsyncIterator[Stand]:
    yield {"checkout": await writing(ground)}


RAW_SQL = Contestant(
    "raw SQL", "the writes of an order as raw SQL, in one transaction with the same locks, over asyncpg", _opened
)
