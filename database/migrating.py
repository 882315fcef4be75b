"""Bringing a database to the newest form of its tables: alone, in order, each migration whole or not at all."""

import asyncio
import fcntl
import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TextIO

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException
from tortoise.migrations.executor import MigrationExecutor, PlanStep
from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import CreateModel
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State
from tortoise.transactions import in_transaction

from database.connection import FAILURES, Address, Rooms, address_of, opened, reason_of
from database.errors import MigrationFailed, Unreachable
from database.schema_editors import PostgresEditor, SqliteEditor

LOCK = 0x53484F505752  # "SHOPWR": the advisory lock of everything that changes tables

WAITING = "waiting for another process that is migrating this database"

Report = Callable[[str], object]


class _DanglingRows(Exception):
    """A migration would leave rows that point at nothing."""


async def migrate(url: str, *, report: Report, rooms: Rooms | None = None) -> list[str]:
    """Apply what is not applied yet and answer with the names; two processes at once do it once.

    `report` is told each migration before it runs. A failing one leaves the database as it was before it.
    """
    address = address_of(url)
    if not await pending(url, rooms=rooms):
        return []
    async with alone(address, report), _for_migrating(address, rooms) as context:
        return await _apply_all(context, report)


async def pending(url: str, *, rooms: Rooms | None = None) -> list[str]:
    """The names of migrations a database has not seen, oldest first."""
    async with _for_migrating(address_of(url), rooms) as context:
        return [step.migration.name for step in await _executor(context).plan()]


async def unapplied(connection: BaseDBAsyncClient) -> list[str]:
    """The names of migrations that an open database has not seen; one cheap question, for a readiness check."""
    rows = await connection.execute_query_dict("SELECT name FROM tortoise_migrations")
    return sorted(names_on_disk() - {row["name"] for row in rows})


@cache
def names_on_disk(package: str = "migrations") -> frozenset[str]:
    """The names of the migrations this code brings."""
    room = importlib.import_module(package)
    return frozenset(module.name for module in pkgutil.iter_modules(room.__path__) if module.name[0] not in "_~")


def _for_migrating(address: Address, rooms: Rooms | None) -> AbstractAsyncContextManager[TortoiseContext]:
    """A connection that rebuilds SQLite tables safely: with foreign keys on, DROP TABLE deletes the child rows."""
    if address.is_sqlite:
        return opened(address, rooms=rooms, foreign_keys="OFF", legacy_alter_table="ON")
    return opened(address, rooms=rooms, minsize=1, maxsize=1)


def _executor(context: TortoiseContext) -> MigrationExecutor:
    apps = context.apps
    assert apps is not None  # noqa: S101 - `opened` has just initialised them
    return MigrationExecutor(context.db(), apps._config)


async def _apply_all(context: TortoiseContext, report: Report) -> list[str]:
    executor = _executor(context)
    await executor.loader.build_graph()
    await executor.recorder.ensure_schema(_editor(context.db()))
    applied = set(await executor.recorder.applied_migrations())
    plan = await executor.plan()
    state = await executor._project_state(applied)
    for step in plan:
        report(step.migration.name)
        await _apply(step, state)
    return [step.migration.name for step in plan]


async def _apply(step: PlanStep, state: State) -> None:
    """One migration and the record of it, in one transaction."""
    name = step.migration.name
    try:
        async with in_transaction() as connection:
            await _run(step.migration, state, _editor(connection))
            await _check_references(connection)
            await MigrationRecorder(connection).record_applied(step.migration.app_label, name)
    except (BaseORMException, _DanglingRows, *FAILURES) as error:
        raise MigrationFailed(f"The migration {name} was rolled back: {reason_of(error)}") from error


async def _run(migration: Migration, state: State, editor: BaseSchemaEditor) -> None:
    """The operations in order. Tortoise copies the whole state before each; to make a table no copy is needed."""
    for operation in migration.operations:
        before = state if isinstance(operation, CreateModel) else state.clone()
        operation.state_forward(migration.app_label, state)
        await operation.database_forward(migration.app_label, before, state, editor)
    state.validate_relations_initialized()


def _editor(connection: BaseDBAsyncClient) -> BaseSchemaEditor:
    return (SqliteEditor if connection.capabilities.dialect == "sqlite" else PostgresEditor)(connection)


async def _check_references(connection: BaseDBAsyncClient) -> None:
    """On SQLite, where foreign keys are off while migrating, no row may point at nothing afterwards."""
    if connection.capabilities.dialect != "sqlite":
        return
    broken = await connection.execute_query_dict("PRAGMA foreign_key_check")
    if broken:
        rows = ", ".join(f"{row['table']} row {row['rowid']} → {row['parent']}" for row in broken[:5])
        raise _DanglingRows(f"{len(broken)} rows would point at nothing: {rows}")


def alone(address: Address, report: Report) -> AbstractAsyncContextManager[None]:
    """Nobody else migrates this database meanwhile."""
    if address.is_sqlite:
        return _file_lock(address.file, report)
    return _advisory_lock(address, report)


@asynccontextmanager
async def _file_lock(database: Path, report: Report) -> AsyncIterator[None]:
    with _lock_file_of(database) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report(WAITING)
            await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
        yield


def _lock_file_of(database: Path) -> TextIO:
    return database.with_name(f"{database.name}.migrating").open("w")


@asynccontextmanager
async def _advisory_lock(address: Address, report: Report) -> AsyncIterator[None]:
    try:
        connection = await asyncpg.connect(**address.for_driver)
    except FAILURES as error:
        raise Unreachable(f"The database {address.told} cannot be opened: {reason_of(error)}") from error
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            report(WAITING)
            await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        yield
    finally:
        await connection.close()
