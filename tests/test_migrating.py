"""A shop's database follows its tables without losing a row, an index or a promise."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError

from database.connection import Rooms, address_of, opened
from database.drift import drift
from database.errors import MigrationFailed
from database.migrating import migrate, pending
from database.schema_editors import statements_in
from tests.scratch.migrations import LOSES_A_SHELF, REBUILDS, add_migration, first_migration
from tests.scratch.tables.shelves import Box, Shelf

names: Iterator[int] = iter(range(1_000_000))


@pytest.fixture
async def rooms(tmp_path: Path) -> Rooms:
    return await first_migration(tmp_path, f"scratch_{next(names)}")


@pytest.fixture
async def stocked(another_database: str, rooms: Rooms) -> str:
    """A shop database with one shelf and two boxes on it."""
    await migrate(another_database, report=str, rooms=rooms)
    async with opened(address_of(another_database), rooms=rooms):
        shelf = await Shelf.create(name="tall")
        await Box.create(shelf=shelf, place=1, held=3, label="a")
        await Box.create(shelf=shelf, place=2, held=4)
    return another_database


async def test_the_tables_and_the_migrations_agree_once_the_migration_is_written(rooms: Rooms, tmp_path: Path) -> None:
    assert await drift(rooms) == []

    (tmp_path / rooms.migrations / "0001_initial.py").unlink()

    assert await drift(rooms) == ["Create model Shelf", "Create model Box"]


async def test_migrating_twice_changes_nothing_the_second_time(another_database: str, rooms: Rooms) -> None:
    told: list[str] = []

    assert await pending(another_database, rooms=rooms) == ["0001_initial"]
    assert await migrate(another_database, report=told.append, rooms=rooms) == ["0001_initial"]
    assert await migrate(another_database, report=told.append, rooms=rooms) == []
    assert told == ["0001_initial"]
    assert await pending(another_database, rooms=rooms) == []


async def test_two_processes_that_migrate_at_once_do_it_once(another_database: str, rooms: Rooms) -> None:
    done = await asyncio.gather(*(migrate(another_database, report=str, rooms=rooms) for _ in range(3)))

    assert sorted(done) == [[], [], ["0001_initial"]]


async def test_a_table_is_made_with_the_constraints_it_names(stocked: str, rooms: Rooms) -> None:
    async with opened(address_of(stocked), rooms=rooms):
        await refuses_what_the_tables_forbid()


async def test_rows_indexes_and_constraints_survive_a_migration_that_rebuilds_tables(
    stocked: str, rooms: Rooms, tmp_path: Path
) -> None:
    before = await indexes_of(stocked, rooms)
    add_migration(tmp_path, rooms, "0002_rebuilds", REBUILDS)

    assert await migrate(stocked, report=str, rooms=rooms) == ["0002_rebuilds"]

    async with opened(address_of(stocked), rooms=rooms):
        assert await Box.all().order_by("id").values_list("place", "held", "label") == [(1, 3, "a"), (2, 4, None)]
        assert await Shelf.all().values_list("name", "room") == [("tall", "hall")]
        await refuses_what_the_tables_forbid()
        with pytest.raises(IntegrityError):
            await Box.create(shelf_id=1, place=1000)
        with pytest.raises(IntegrityError):
            await Box.create(shelf_id=99, place=9)
    assert {"box_held", "box_label", "shelf_room"} <= before
    assert before <= await indexes_of(stocked, rooms)


async def test_keys_of_deleted_rows_are_not_given_again_after_a_rebuild(
    stocked: str, rooms: Rooms, tmp_path: Path
) -> None:
    async with opened(address_of(stocked), rooms=rooms):
        await Shelf.create(name="short lived")
        await Shelf.filter(name="short lived").delete()
    add_migration(tmp_path, rooms, "0002_rebuilds", REBUILDS)
    await migrate(stocked, report=str, rooms=rooms)

    async with opened(address_of(stocked), rooms=rooms):
        assert (await Shelf.create(name="new")).id == 3


async def test_a_migration_that_would_leave_boxes_without_a_shelf_is_rolled_back_whole(
    stocked: str, rooms: Rooms, tmp_path: Path, on_sqlite: bool
) -> None:
    add_migration(tmp_path, rooms, "0002_loses", LOSES_A_SHELF)

    if not on_sqlite:  # there the server itself deletes the boxes with their shelf, as the tables say
        assert await migrate(stocked, report=str, rooms=rooms) == ["0002_loses"]
        return
    with pytest.raises(MigrationFailed, match="0002_loses was rolled back: 2 rows would point at nothing: box row 1"):
        await migrate(stocked, report=str, rooms=rooms)

    assert await pending(stocked, rooms=rooms) == ["0002_loses"]
    async with opened(address_of(stocked), rooms=rooms):
        assert await Shelf.all().count() == 1


def test_a_semicolon_in_a_string_a_comment_or_a_trigger_ends_no_statement() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END"

    assert list(statements_in(f"SELECT ';' /* a; b */;\n{trigger};\n")) == ["SELECT ';' /* a; b */", trigger]


async def refuses_what_the_tables_forbid() -> None:
    for forbidden in ({"place": 1}, {"place": 7, "held": -1}, {"place": 8, "label": "a"}):
        with pytest.raises(IntegrityError):
            await Box.create(shelf_id=1, **forbidden)
    assert await Box.all().count() == 2


async def indexes_of(url: str, rooms: Rooms) -> set[str]:
    async with opened(address_of(url), rooms=rooms) as context:
        return await _indexes(context.db())


async def _indexes(connection: BaseDBAsyncClient) -> set[str]:
    if connection.capabilities.dialect == "sqlite":
        rows = await connection.execute_query_dict("SELECT name FROM sqlite_master WHERE type = 'index' AND sql != ''")
    else:
        rows = await connection.execute_query_dict(
            "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'"
        )
    return {row["name"] for row in rows}
