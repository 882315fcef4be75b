"""Waking whoever waits for something: a queue for each, filled by what PostgreSQL notifies."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg

from outbox.announcing import CHANNEL

_waiting: defaultdict[str, set[asyncio.Queue[str]]] = defaultdict(set)


@asynccontextmanager
async def listening(database: str) -> AsyncIterator[None]:
    """Hear what is notified, while the block runs."""
    connection = await asyncpg.connect(database)
    await connection.add_listener(CHANNEL, _deliver)
    try:
        yield
    finally:
        await connection.close()


@contextmanager
def subscribed(topic: str) -> Iterator[asyncio.Queue[str]]:
    """A queue of what is told of a topic."""
    queue: asyncio.Queue[str] = asyncio.Queue()
    _waiting[topic].add(queue)
    try:
        yield queue
    finally:
        _waiting[topic].discard(queue)


def _deliver(_connection: Any, _process: int, _channel: str, topic: str) -> None:
    for queue in _waiting[topic]:
        queue.put_nowait(topic)
