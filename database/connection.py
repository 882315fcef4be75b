"""From a database address to an open database, and back to a closed one."""

import asyncio
import importlib
import inspect
import pkgutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, set_global_context
from tortoise.exceptions import DBConnectionError
from tortoise.models import Model

from database.errors import BadAddress, Unreachable

APP = "models"
EXAMPLES = "sqlite:///absolute/path.db, sqlite://relative.db or postgres://user:password@host:5432/name"
SQLITE_PRAGMAS = {"busy_timeout": 10_000, "journal_mode": "WAL", "journal_size_limit": 16_777_216, "foreign_keys": "ON"}
POSTGRES_OPTIONS = {"sslmode": "ssl", "application_name": "application_name", "schema": "schema", "host": "host"}
CONNECT_SECONDS = 10
FAILURES = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, DBConnectionError, sqlite3.Error)


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where the tables are defined, and where the files are that bring a database to them."""

    models: str = "models"
    migrations: str = "migrations"


@dataclass(frozen=True, slots=True)
class Address:
    """A database address taken apart; `told` is how it may be shown, without its password."""

    engine: str
    credentials: dict[str, Any]
    told: str

    @property
    def is_sqlite(self) -> bool:
        return self.engine == "database.sqlite_engine"

    @property
    def file(self) -> Path:
        """The SQLite file; asking a PostgreSQL address for it is a mistake."""
        return Path(self.credentials["file_path"])

    @property
    def for_driver(self) -> dict[str, Any]:
        """What asyncpg itself needs to connect, for a connection apart from Tortoise's pool."""
        known = {"user", "password", "host", "port", "database", "timeout", "ssl"}
        return {name: value for name, value in self.credentials.items() if name in known}


def address_of(url: str) -> Address:
    """Understand a database address, or say what one looks like."""
    scheme, separator, rest = url.partition("://")
    if separator and rest and scheme == "sqlite":
        return Address("database.sqlite_engine", {"file_path": rest, **SQLITE_PRAGMAS}, told=url)
    if separator and rest and scheme in {"postgres", "postgresql"}:
        return _postgres(url)
    raise BadAddress(f"The database address {scheme}:… is not understood; it looks like {EXAMPLES}.")


def _postgres(url: str) -> Address:
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError as error:
        raise BadAddress(f"The database address is not understood ({error}); it looks like {EXAMPLES}.") from None
    credentials = {
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password) if parts.password else None,
        "host": unquote(parts.hostname or "localhost"),
        "port": port,
        "database": unquote(parts.path.lstrip("/")) or "postgres",
        "timeout": CONNECT_SECONDS,
    }
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in POSTGRES_OPTIONS:
            raise BadAddress(
                f"The database address has an unknown option {name!r}; known: {', '.join(POSTGRES_OPTIONS)}."
            )
        credentials[POSTGRES_OPTIONS[name]] = value
    told = f"postgres://{credentials['host']}:{port}/{credentials['database']}"
    return Address("database.asyncpg_engine", credentials, told=told)


def config_of(address: Address, *, rooms: Rooms | None = None, **credentials: Any) -> dict[str, Any]:
    """Tortoise's configuration for an address and the shop's own rooms (tests bring other ones)."""
    rooms = rooms or Rooms()
    connection = {"engine": address.engine, "credentials": {**address.credentials, **credentials}}
    app = {"models": model_modules(rooms.models), "migrations": rooms.migrations, "default_connection": "default"}
    return {"connections": {"default": connection}, "apps": {APP: app}, "use_tz": True, "timezone": "UTC"}


def model_modules(package: str = "models") -> list[str]:
    """Every module of a package that defines a table, by name and in order."""
    room = importlib.import_module(package)
    names = sorted(f"{package}.{module.name}" for module in pkgutil.iter_modules(room.__path__))
    return [name for name in names if _tables_in(name)]


def _tables_in(module_name: str) -> list[type[Model]]:
    module = importlib.import_module(module_name)
    classes = [value for value in vars(module).values() if inspect.isclass(value) and issubclass(value, Model)]
    return [table for table in classes if table.__module__ == module_name and not table._meta.abstract]


@asynccontextmanager
async def opened(address: Address, *, rooms: Rooms | None = None, **credentials: Any) -> AsyncIterator[TortoiseContext]:
    """An open database for the running task and the tasks it starts; `Unreachable` when it does not answer."""
    if address.is_sqlite:
        _make_folder_of(address)
    async with TortoiseContext() as context:
        try:
            await context.init(config=config_of(address, rooms=rooms, **credentials))
            await asyncio.wait_for(context.db().execute_query("SELECT 1"), CONNECT_SECONDS)
        except FAILURES as error:
            raise Unreachable(f"The database {address.told} cannot be opened: {reason_of(error)}") from error
        yield context


@asynccontextmanager
async def connected(url: str, *, pool_min: int = 1, pool_max: int = 10) -> AsyncIterator[BaseDBAsyncClient]:
    """The database of this process, for every task in it; one at a time."""
    address = address_of(url)
    pool: dict[str, Any] = {} if address.is_sqlite else {"minsize": pool_min, "maxsize": pool_max}
    async with opened(address, **pool) as context:
        set_global_context(context)
        yield context.db()


def _make_folder_of(address: Address) -> None:
    try:
        address.file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(f"The database {address.told} cannot be opened: {reason_of(error)}") from error


def reason_of(error: BaseException) -> str:
    """One line about a failure, even when the library left its message empty."""
    return " ".join(str(error).split()) or type(error).__name__
