"""The SQLite engine: a transaction takes the write lock as it begins, and survives being cancelled at any point."""

import asyncio
import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from tortoise.backends.base.client import ConnectionWrapper, NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from database.errors import Retryable
from database.transactions import in_unit_of_work
from database.watching import timed

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class _Statements(SqliteClient):
    """Times statements."""

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        with timed(query):
            key: int = await super().execute_insert(query, values)
            return key

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[dict[str, Any]]]:
        with timed(query):
            answer: tuple[int, Sequence[dict[str, Any]]] = await super().execute_query(query, values)
            return answer

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        with timed(query):
            rows: list[dict[str, Any]] = await super().execute_query_dict(query, values)
            return rows

    async def execute_script(self, query: str) -> None:
        with timed(query):
            await super().execute_script(query)


class Client(_Statements):
    """One connection for the process; statements outside a transaction commit by themselves."""

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(_Wrapper(self), self._lock)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """The same as in Tortoise, except that a cancelled one does not leave its transaction open."""
        async with self._in_transaction() as connection:
            await connection.execute_many(query, values)


class _Wrapper(_Statements, SqliteTransactionWrapper):
    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(_Wrapper(self))

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        in_unit_of_work()
        return super().acquire_connection()

    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise _translated(error) from error

    async def commit(self) -> None:
        try:
            await super().commit()
        except (sqlite3.OperationalError, sqlite3.IntegrityError) as error:
            raise _translated(error) from error


class _Transaction(SqliteTransactionContext):
    async def __aenter__(self) -> Any:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self._begin()
        except BaseException:
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def _begin(self) -> None:
        """Begin in a task of its own: the statement runs in a thread that no cancellation stops, so wait and undo."""
        begun = asyncio.ensure_future(self.connection.begin())
        try:
            await asyncio.shield(begun)
        except asyncio.CancelledError:
            await _settled(begun)
            if begun.exception() is None:
                await _settled(asyncio.ensure_future(self.connection._connection.rollback()))
            raise

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        ending = asyncio.ensure_future(self._end(failed=exc_type is not None))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await _settled(ending)
            raise
        finally:
            get_connections().reset(self.token)
            self._trxlock.release()

    async def _end(self, *, failed: bool) -> None:
        raw = self.connection._connection
        if failed:
            await raw.rollback()
            return
        try:
            await self.connection.commit()
        except BaseException:
            await raw.rollback()
            raise


async def _settled(work: "asyncio.Future[Any]") -> None:
    """Wait for work that must finish, however often the waiting task is cancelled meanwhile."""
    while not work.done():
        try:
            await asyncio.wait({work})
        except asyncio.CancelledError:
            continue


def _translated(error: sqlite3.Error) -> OperationalError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in BUSY:
        return Retryable(error)
    if isinstance(error, sqlite3.IntegrityError):
        return IntegrityError(error)
    return OperationalError(error)


client_class = Client
