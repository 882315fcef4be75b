"""The shop's tests: one database per session, migrated once; every test leaves it as it found it."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connections

from database.connection import address_of, connected
from database.migrating import migrate
from drills.ground.contents import Contents, contents_of, put_back
from drills.ground.databases import fresh_database

SERVER = os.environ.get("SHOPWRIGHT_TEST_DATABASE_URL") or None


MARKERS = {
    "postgres": "several processes share one database: runs in the PostgreSQL pass only",
    "once": "much the same whichever the database: runs in the SQLite pass only",
}
DATABASES = {"database_url", "template_database", "another_database"}


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other pass. A test that asks for no database runs in the SQLite pass only."""
    elsewhere = [item for item in items if _belongs_elsewhere(item)]
    items[:] = [item for item in items if item not in elsewhere]
    config.hook.pytest_deselected(items=elsewhere)


def _belongs_elsewhere(item: pytest.Item) -> bool:
    if not SERVER:
        return item.get_closest_marker("postgres") is not None
    touches = DATABASES.intersection(getattr(item, "fixturenames", ()))
    return not touches or item.get_closest_marker("once") is not None


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database for this session: on the server asked for, or SQLite in a folder of its own."""
    with fresh_database(SERVER, tmp_path_factory.mktemp("shop")) as url:
        yield url


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with the shop's tables and nobody in it, to be copied."""
    with fresh_database(SERVER, tmp_path_factory.mktemp("template")) as url:
        asyncio.run(migrate(url, report=str))
        yield url


@pytest.fixture
def shop_database(template_database: str, tmp_path: Path) -> Iterator[str]:
    """A database of its own for one test, with the shop's tables: for a server, or for several processes."""
    with fresh_database(SERVER, tmp_path, like=template_database) as url:
        yield url


@pytest.fixture
def another_database(tmp_path: Path) -> Iterator[str]:
    """A database of its own for one test, without any table."""
    with fresh_database(SERVER, tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
async def migrated(database_url: str) -> AsyncIterator[BaseDBAsyncClient]:
    """The session's database, with its tables, open for every test."""
    await migrate(database_url, report=str)
    async with connected(database_url, pool_max=20) as connection:
        yield connection


@pytest.fixture(scope="session")
async def pristine(migrated: BaseDBAsyncClient) -> Contents:
    """The rows that the migrations themselves bring."""
    return await contents_of(migrated)


@asynccontextmanager
async def rolled_back(migrated: BaseDBAsyncClient) -> AsyncIterator[BaseDBAsyncClient]:
    """Everything the block does to the database is rolled back."""
    connections = get_connections()
    undone: Any = migrated._in_transaction()
    transaction = await undone.__aenter__()
    connections.reset(undone.token)
    connections._get_storage()["default"] = transaction  # seen by every task, not by this one alone
    try:
        yield transaction
    finally:
        connections._get_storage()["default"] = migrated
        undone.token = connections.set("default", transaction)
        await undone.__aexit__(Exception, None, None)


@pytest.fixture
async def database(migrated: BaseDBAsyncClient) -> AsyncIterator[BaseDBAsyncClient]:
    """The shop's tables as migrations leave them; everything the test does is rolled back."""
    async with rolled_back(migrated) as transaction:
        yield transaction


@pytest.fixture
async def committed(migrated: BaseDBAsyncClient, pristine: Contents) -> AsyncIterator[BaseDBAsyncClient]:
    """The same tables with real commits, for tests of concurrency and of what happens after a commit."""
    yield migrated
    await put_back(migrated, pristine)


@pytest.fixture(scope="session")
def on_sqlite(database_url: str) -> bool:
    return address_of(database_url).is_sqlite
