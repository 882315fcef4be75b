"""The PostgreSQL engine: no connection is lost to a cancellation, no RESET round trip, collisions told apart."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError

from database.errors import Retryable
from database.readers import Readers
from database.transactions import in_unit_of_work
from database.watching import timed

COLLISIONS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.LockNotAvailableError)
GONE = (asyncpg.InterfaceError, asyncpg.PostgresConnectionError)


async def _keep_session(_connection: Any) -> None:
    """In place of RESET ALL: asyncpg itself still rolls back an open transaction and drops listeners."""


class _Statements(AsyncpgDBClient):
    """Times statements, and tells collisions, which a caller runs again, from errors, which it cannot."""

    async def _translate_exceptions(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            with timed(str(args[0]) if args else func.__name__):
                return await super()._translate_exceptions(func, *args, **kwargs)
        except COLLISIONS as error:
            raise Retryable(error) from error


class Client(_Statements):
    """A pool of connections; a transaction holds one of them from its begin to its end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reset=_keep_session, **kwargs)
        self._readers = Readers(self.pool_maxsize // 2)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Any]:
        """Run a statement; one that only reads takes a shorter way."""
        if query.startswith("SELECT"):
            records = await self._translate_exceptions(Client._read, query, values or [])
            return len(records), records
        done: tuple[int, Any] = await super().execute_query(query, values)
        return done

    async def _read(self, query: str, values: list[Any]) -> list[Any]:
        if self._pool is None:
            await self.acquire_connection().ensure_connection()
        return await self._readers.fetch(self._pool, query, values)

    async def _close(self) -> None:
        if self._pool is not None:
            await self._readers.close(self._pool)
        await super()._close()

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(_Wrapper(self), self._pool_init_lock)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        """The same as in Tortoise, except that a cancelled one does not leave its transaction open."""
        async with self._in_transaction() as connection:
            await connection.execute_many(query, values)


class _Wrapper(_Statements, TransactionWrapper):
    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(_Wrapper(self))

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        in_unit_of_work()
        return super().acquire_connection()


class _Transaction(TransactionContextPooled):
    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        pool = self.client._parent._pool
        self.client._connection = await pool.acquire()
        try:
            await self.client.begin()
        except BaseException:
            await asyncio.shield(pool.release(self.client._connection))
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        try:
            if exc_type is None:
                await self._commit()
            else:
                with suppress(*GONE):  # the server has rolled back by itself, and the first error says why
                    await self.client.rollback()
        finally:
            get_connections().reset(self.token)
            await asyncio.shield(self.client._parent._pool.release(self.client._connection))

    async def _commit(self) -> None:
        try:
            await self.client.commit()
        except COLLISIONS as error:
            raise Retryable(error) from error
        except asyncpg.IntegrityConstraintViolationError as error:
            raise IntegrityError(error) from error


client_class = Client
