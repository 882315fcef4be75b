"""Transactions that nothing breaks: not a cancelled shopper, not a colliding one, not a careless helper task."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import TransactionManagementError
from tortoise.expressions import F

from database.connection import Rooms, address_of, opened
from database.errors import Retryable
from database.migrating import migrate
from database.transactions import after_commit, transaction, unit_of_work
from tests.scratch.migrations import first_migration
from tests.scratch.tables.shelves import Box, Shelf

CANCELLATIONS = 400


class Refused(Exception):
    """A refusal in the middle of an act."""


@pytest.fixture
async def shop(another_database: str, tmp_path: Path) -> AsyncIterator[BaseDBAsyncClient]:
    """A database with one shelf and one empty box, and few connections to lose."""
    rooms = await first_migration(tmp_path, f"transactions_{tmp_path.name}")
    await migrate(another_database, report=str, rooms=rooms)
    async with opened_shop(another_database, rooms) as connection:
        shelf = await Shelf.create(name="tall")
        await Box.create(shelf=shelf, place=1)
        yield connection


@asynccontextmanager
async def opened_shop(url: str, rooms: Rooms) -> AsyncIterator[BaseDBAsyncClient]:
    address = address_of(url)
    pool: dict[str, Any] = {} if address.is_sqlite else {"minsize": 1, "maxsize": 3}
    async with opened(address, rooms=rooms, **pool) as context:
        yield context.db()


async def held() -> int:
    return (await Box.get(place=1)).held


async def hold_one_more() -> None:
    async with transaction():
        await Box.filter(place=1).update(held=F("held") + 1)
        await Box.get(place=1)


async def place_five_boxes(first: int) -> None:
    await Box.bulk_create([Box(shelf_id=1, place=first + n) for n in range(5)])


async def test_a_refusal_leaves_nothing_behind(shop: BaseDBAsyncClient) -> None:
    with pytest.raises(Refused):
        async with transaction():
            await Box.filter(place=1).update(held=5)
            raise Refused

    assert await held() == 0


async def test_an_act_inside_an_act_shares_its_fate(shop: BaseDBAsyncClient) -> None:
    with pytest.raises(Refused):
        async with transaction():
            await hold_one_more()
            raise Refused

    assert await held() == 0
    async with transaction():
        await hold_one_more()
    assert await held() == 1


async def test_shoppers_who_leave_at_any_moment_lock_nothing_and_leak_no_connection(shop: BaseDBAsyncClient) -> None:
    """Tortoise's own transactions left SQLite locked for ever, or lost a pooled connection, at such a moment."""
    chance = random.Random(7)
    for _ in range(CANCELLATIONS // 4):
        acts = [asyncio.create_task(hold_one_more()) for _ in range(4)]
        for _ in range(chance.randrange(12)):
            await asyncio.sleep(0)
        for act in acts:
            act.cancel()
        await asyncio.gather(*acts, return_exceptions=True)

    before = await held()
    async with asyncio.timeout(20):
        await asyncio.gather(*(hold_one_more() for _ in range(8)))
    assert await held() == before + 8


async def test_a_batch_of_rows_cut_short_by_a_leaving_shopper_leaves_no_transaction_open(
    shop: BaseDBAsyncClient,
) -> None:
    for pauses in range(12):
        act = asyncio.create_task(place_five_boxes(100 * pauses + 2))
        for _ in range(pauses):
            await asyncio.sleep(0)
        act.cancel()
        await asyncio.gather(act, return_exceptions=True)

        assert (await Box.filter(place__gte=100 * pauses + 2).count()) in {0, 5}
        async with asyncio.timeout(10), transaction():
            await Box.filter(place=1).update(held=pauses)


async def test_acts_of_several_connections_that_read_then_write_wait_for_each_other(
    shop: BaseDBAsyncClient, another_database: str, tmp_path: Path
) -> None:
    """A deferred SQLite transaction fails here with "database is locked", for it cannot become a writer."""
    rooms = Rooms("tests.scratch.tables", f"transactions_{tmp_path.name}")

    async def elsewhere() -> None:
        async with opened_shop(another_database, rooms):
            for _ in range(10):
                async with transaction():
                    box = await Box.filter(place=1).select_for_update().get()
                    await Box.filter(place=1).update(held=box.held + 1)

    await asyncio.gather(*(asyncio.create_task(elsewhere()) for _ in range(3)))

    assert await held() == 30


async def test_an_act_that_collides_is_run_again_and_then_given_up(shop: BaseDBAsyncClient) -> None:
    tries: list[int] = []

    @unit_of_work
    async def collide(times: int) -> str:
        tries.append(times)
        await Box.filter(place=1).update(held=len(tries))
        if len(tries) <= times:
            raise Retryable("two acts met")
        return "done"

    assert await collide(2) == "done"
    assert (len(tries), await held()) == (3, 3)

    tries.clear()
    with pytest.raises(Retryable):
        await collide(99)
    assert (len(tries), await held()) == (6, 3)


async def test_an_act_inside_another_is_not_run_again_by_itself(shop: BaseDBAsyncClient) -> None:
    tries: list[int] = []

    @unit_of_work
    async def collide() -> None:
        tries.append(1)
        raise Retryable("two acts met")

    with pytest.raises(Retryable):
        async with transaction():
            await collide()
    assert tries == [1]


@pytest.mark.postgres
async def test_two_acts_in_a_deadly_embrace_both_finish(shop: BaseDBAsyncClient) -> None:
    await Box.create(shelf_id=1, place=2)
    met = asyncio.Barrier(2)
    tries: list[int] = []

    @unit_of_work
    async def hold(first: int, second: int) -> None:
        tries.append(first)
        await Box.filter(place=first).update(held=F("held") + 1)
        if len(tries) <= 2:
            await met.wait()
        await Box.filter(place=second).update(held=F("held") + 1)

    async with asyncio.timeout(30):
        await asyncio.gather(hold(1, 2), hold(2, 1))

    assert len(tries) == 3
    assert await Box.filter(held=2).count() == 2


async def test_a_task_started_inside_a_transaction_may_not_use_it(shop: BaseDBAsyncClient) -> None:
    with pytest.raises(TransactionManagementError, match="belongs to the task that opened it"):
        async with transaction():
            await Box.filter(place=1).update(held=1)
            await asyncio.gather(held(), held())

    assert await held() == 0


async def test_wake_ups_are_told_after_the_commit_and_never_after_a_rollback(shop: BaseDBAsyncClient) -> None:
    told: list[str] = []
    async with transaction():
        after_commit(lambda: told.append("kept"))
        async with transaction():
            after_commit(lambda: told.append("joined"))
        assert told == []
    with pytest.raises(Refused):
        async with transaction():
            after_commit(lambda: told.append("lost"))
            raise Refused

    after_commit(lambda: told.append("outside"))
    assert told == ["kept", "joined", "outside"]
