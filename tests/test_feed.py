"""The feed: a commit wakes live readers, a rollback does not, and a lost connection loses nothing."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import asyncpg
import pytest

from database.connection import address_of
from database.transactions import transaction
from outbox.announcing import IN_PROCESS, announce
from outbox.feed import Feed, FeedClosed, LocalFeed, Wakeups
from outbox.opening import feed_of
from outbox.postgres_feed import PostgresFeed
from outbox.record import record

NOON = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
async def feed(database_url: str) -> AsyncIterator[Feed]:
    async with feed_of(database_url) as feed:
        yield feed


async def knocked(wakeups: Wakeups) -> None:
    await asyncio.wait_for(wakeups.wait(), 5)


@pytest.mark.usefixtures("committed")
async def test_a_recorded_fact_wakes_who_listens_to_its_order(feed: Feed) -> None:
    with feed.listening("order:7") as mine, feed.listening("order:8") as others:
        async with transaction():
            await record("order.placed", aggregate="order", key=7, now=NOON)

        await knocked(mine)
        assert not others.pending


@pytest.mark.usefixtures("committed")
async def test_nobody_is_woken_before_the_commit_nor_by_a_rollback(feed: Feed) -> None:
    with feed.listening("order:7") as mine, feed.listening("order:8") as fence:
        with pytest.raises(ZeroDivisionError):
            async with transaction():
                await record("order.placed", aggregate="order", key=7, now=NOON)
                raise ZeroDivisionError
        async with transaction():
            await announce("order:8")
            assert not fence.pending

        await knocked(fence)
        assert not mine.pending


def test_many_knocks_before_a_reader_looks_are_one() -> None:
    feed = LocalFeed()
    with feed.listening("order:7", "order:8") as wakeups:
        feed.deliver(["order:7", "order:8", "order:7"])
        assert wakeups.pending


def test_who_leaves_is_forgotten() -> None:
    feed = LocalFeed()
    with feed.listening("order:7"), feed.listening("order:7", "order:8"):
        assert feed.topics == 2

    assert feed.topics == 0


async def test_who_waits_is_told_when_the_feed_closes() -> None:
    feed = LocalFeed()
    with feed.listening("order:7") as before:
        feed.close()
        with feed.listening("order:7") as after:
            for wakeups in (before, after):
                with pytest.raises(FeedClosed):
                    await wakeups.wait()


async def test_a_shop_on_sqlite_wakes_itself(on_sqlite: bool, feed: Feed) -> None:
    assert (feed is IN_PROCESS) == on_sqlite
    assert feed.healthy


@pytest.mark.postgres
async def test_a_cut_connection_is_made_again_and_every_reader_woken(feed: PostgresFeed, database_url: str) -> None:
    with feed.listening("order:7") as wakeups:
        first = feed.backend_pid
        server = await asyncpg.connect(database_url)
        await server.execute("SELECT pg_terminate_backend($1)", first)
        await server.close()

        await knocked(wakeups)

        assert feed.healthy
        assert feed.backend_pid != first


@pytest.mark.postgres
async def test_a_feed_without_its_database_says_so_and_keeps_trying(database_url: str) -> None:
    credentials = {**address_of(database_url).for_driver, "port": 1}
    async with PostgresFeed(credentials).running() as feed:
        assert not feed.healthy
