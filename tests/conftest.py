"""The shop's tests: one database per session, migrated once; every test leaves it as it found it."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connections

from database.connection import address_of, connected
from database.migrating import migrate
from tests.databases import Contents, contents_of, fresh_database, put_back

SERVER = os.environ.get("SHOPWRIGHT_TEST_DATABASE_URL") or None


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "postgres: needs several processes on one database, so it runs on PostgreSQL only"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On SQLite, leave out what one process on one file cannot show."""
    if SERVER:
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgres")]
    items[:] = [item for item in items if item not in elsewhere]
    config.hook.pytest_deselected(items=elsewhere)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database for this session: on the server asked for, or SQLite in a folder of its own."""
    with fresh_database(SERVER, tmp_path_factory.mktemp("shop")) as url:
        yield url


@pytest.fixture
def another_database(tmp_path: Path) -> Iterator[str]:
    """An empty database of the same kind, for one test alone."""
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


@pytest.fixture
async def database(migrated: BaseDBAsyncClient) -> AsyncIterator[BaseDBAsyncClient]:
    """The shop's tables as migrations leave them; everything the test does is rolled back."""
    connections = get_connections()
    undone: Any = migrated._in_transaction()
    transaction = await undone.__aenter__()
    connections.reset(undone.token)
    connections._get_storage()["default"] = transaction  # seen by every task, not by this one alone
    yield transaction
    connections._get_storage()["default"] = migrated
    undone.token = connections.set("default", transaction)
    await undone.__aexit__(Exception, None, None)


@pytest.fixture
async def committed(migrated: BaseDBAsyncClient, pristine: Contents) -> AsyncIterator[BaseDBAsyncClient]:
    """The same tables with real commits, for tests of concurrency and of what happens after a commit."""
    yield migrated
    await put_back(migrated, pristine)


@pytest.fixture(scope="session")
def on_sqlite(database_url: str) -> bool:
    return address_of(database_url).is_sqlite
