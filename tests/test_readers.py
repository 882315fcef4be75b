"""Reads on PostgreSQL keep connections between them: none is lost, and transactions find theirs."""

import asyncio

import pytest
from tortoise.connection import get_connection

from database.transactions import unit_of_work
from tests.aside import beside

pytestmark = pytest.mark.postgres


async def test_reads_leave_transactions_their_half_of_the_pool(another_database: str) -> None:
    async with beside(another_database, pool_max=2):
        connection = get_connection("default")
        await asyncio.gather(*(connection.execute_query("SELECT 1") for _ in range(8)))

        @unit_of_work
        async def change() -> None:
            await get_connection("default").execute_query("SELECT 2")

        async with asyncio.timeout(20):
            await asyncio.gather(*(change() for _ in range(3)))
        assert (await connection.execute_query("SELECT 3"))[0] == 1


async def test_reads_that_are_given_up_or_refused_give_their_connections_back(another_database: str) -> None:
    async with beside(another_database, pool_max=2):
        connection = get_connection("default")
        for _ in range(6):
            slow = asyncio.create_task(connection.execute_query("SELECT pg_sleep(30)"))
            await connection.execute_query("SELECT 1")
            slow.cancel()
            with pytest.raises(asyncio.CancelledError):
                await slow
            with pytest.raises(Exception, match="no_such_thing"):
                await connection.execute_query("SELECT no_such_thing")
        async with asyncio.timeout(20):
            await asyncio.gather(*(connection.execute_query("SELECT 1") for _ in range(8)))


async def test_reads_wait_for_one_another_and_may_give_up_meanwhile(another_database: str) -> None:
    async with beside(another_database, pool_max=2):
        connection = get_connection("default")
        await connection.execute_query("SELECT 1")
        for _ in range(3):
            crowd = [asyncio.create_task(connection.execute_query("SELECT pg_sleep(0.001)")) for _ in range(8)]
            await asyncio.wait(crowd, return_when=asyncio.FIRST_COMPLETED)
            for waiting in crowd[::2]:
                waiting.cancel()
            told = await asyncio.gather(*crowd, return_exceptions=True)
            assert all(isinstance(each, tuple) for each in told[1::2])
        slow = asyncio.create_task(connection.execute_query("SELECT pg_sleep(30)"))
        async with asyncio.timeout(20):
            await asyncio.gather(*(connection.execute_query("SELECT 1") for _ in range(8)))
        assert not slow.done()
        slow.cancel()


async def test_a_read_finds_another_connection_when_its_own_was_cut(another_database: str) -> None:
    async with beside(another_database, pool_max=4):
        connection = get_connection("default")
        (mine,) = (await connection.execute_query("SELECT pg_backend_pid()"))[1]

        @unit_of_work
        async def cut() -> None:
            await get_connection("default").execute_query("SELECT pg_terminate_backend($1)", [mine[0]])

        await cut()
        (other,) = (await connection.execute_query("SELECT pg_backend_pid()"))[1]
        assert other[0] != mine[0]
