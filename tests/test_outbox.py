"""The outbox: a fact exists if and only if its change committed, in an order nobody can dispute."""

import asyncio
import datetime as dt

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from database.transactions import transaction
from models.outbox import OutboxEvent
from outbox.read import Forgotten, facts_of, facts_since, newest_sequence
from outbox.record import NoTransaction, record
from outbox.relay import place_facts

NOON = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)


async def happen(kind: str, key: int = 7) -> int:
    async with transaction():
        return await record(kind, aggregate="order", key=key, now=NOON, payload={"by": "test"})


@pytest.mark.usefixtures("database")
async def test_facts_of_one_order_are_counted_from_one_without_gaps() -> None:
    await happen("order.placed")
    await happen("order.placed", key=8)
    await happen("order.paid")

    facts = await facts_of("order", 7, after=0)

    assert [(fact.sequence, fact.kind) for fact in facts] == [(1, "order.placed"), (2, "order.paid")]
    assert facts[0].payload == {"by": "test"}
    assert facts[0].occurred_at == NOON
    assert facts[0].event_id != facts[1].event_id


@pytest.mark.usefixtures("database")
async def test_a_reader_who_knows_some_facts_gets_only_the_later_ones() -> None:
    await happen("order.placed")
    await happen("order.paid")

    assert [fact.kind for fact in await facts_of("order", 7, after=1)] == ["order.paid"]
    assert await facts_of("order", 7, after=2) == []


@pytest.mark.usefixtures("committed")
async def test_a_change_that_fails_leaves_no_fact_and_no_gap() -> None:
    await happen("order.placed")
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await record("order.paid", aggregate="order", key=7, now=NOON)
            raise ZeroDivisionError

    assert await happen("order.canceled") == 2
    assert [fact.kind for fact in await facts_of("order", 7, after=0)] == ["order.placed", "order.canceled"]


@pytest.mark.usefixtures("committed")
async def test_a_fact_is_refused_outside_the_transaction_of_its_change() -> None:
    with pytest.raises(NoTransaction):
        await record("order.placed", aggregate="order", key=7, now=NOON)

    assert await OutboxEvent.all().count() == 0


@pytest.mark.usefixtures("committed")
async def test_changes_at_the_same_time_take_different_numbers() -> None:
    numbers = await asyncio.gather(*(happen("order.edited") for _ in range(10)))

    assert sorted(numbers) == list(range(1, 11))
    assert await newest_sequence("order", 7) == 10


@pytest.mark.usefixtures("database")
async def test_facts_have_no_position_before_the_relay_gives_them_one() -> None:
    await happen("order.placed")
    assert await facts_since(0) == []

    assert await place_facts() == 1

    assert [fact.position for fact in await facts_since(0)] == [1]
    assert await place_facts() == 0


@pytest.mark.usefixtures("database")
async def test_positions_go_on_where_they_stopped_whatever_was_forgotten_meanwhile() -> None:
    await happen("order.placed")
    await happen("order.placed", key=8)
    await place_facts(batch=1)
    await place_facts(batch=1)
    await OutboxEvent.all().delete()

    await happen("order.paid")
    await place_facts()

    assert [(fact.position, fact.kind) for fact in await facts_since(0)] == [(3, "order.paid")]


@pytest.mark.usefixtures("database")
async def test_a_reader_of_forgotten_facts_is_told_so() -> None:
    for kind in ("order.placed", "order.paid", "order.fulfilled"):
        await happen(kind)
    await OutboxEvent.filter(sequence__lte=2).delete()

    with pytest.raises(Forgotten):
        await facts_of("order", 7, after=1)
    assert [fact.kind for fact in await facts_of("order", 7, after=2)] == ["order.fulfilled"]


@pytest.mark.usefixtures("database")
async def test_a_reader_is_told_when_every_fact_it_missed_is_forgotten() -> None:
    await happen("order.placed")
    await OutboxEvent.all().delete()

    with pytest.raises(Forgotten):
        await facts_of("order", 7, after=0)


async def test_relays_at_the_same_time_place_every_fact_once(committed: BaseDBAsyncClient) -> None:
    for key in range(20):
        await happen("order.placed", key=key)

    placed = await asyncio.gather(*(place_facts(batch=7) for _ in range(5)))

    assert sum(placed) == 20
    assert [fact.position for fact in await facts_since(0)] == list(range(1, 21))
