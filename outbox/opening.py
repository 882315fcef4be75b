"""Choosing the feed that goes with a database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from database.connection import address_of
from outbox.announcing import IN_PROCESS
from outbox.feed import Feed, FeedObserver
from outbox.postgres_feed import PostgresFeed


@asynccontextmanager
async def feed_of(database_url: str, *, observer: FeedObserver | None = None) -> AsyncIterator[Feed]:
    """The running feed of this process: its own on SQLite, over LISTEN and NOTIFY on PostgreSQL."""
    address = address_of(database_url)
    if address.is_sqlite:
        IN_PROCESS.reopen()
        yield IN_PROCESS
        IN_PROCESS.close()
    else:
        async with PostgresFeed(address.for_driver, observer=observer).running() as feed:
            yield feed
