"""Recording a fact: in the transaction of its change, so that one exists if and only if the other does."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from tortoise.connection import get_connection

from database.transactions import in_unit_of_work
from models.outbox import OutboxEvent
from outbox.announcing import announce, topic

BATCH = 500
NEXT_IN_STREAM = """
INSERT INTO outbox_stream (aggregate, key, sequence) VALUES ({0}, {1}, 1)
ON CONFLICT (aggregate, key) DO UPDATE SET sequence = outbox_stream.sequence + 1
RETURNING sequence
"""


class NoTransaction(RuntimeError):
    """A fact was to be recorded apart from its change; open the transaction around both."""


async def record(
    kind: str, *, aggregate: str, key: int | str, now: dt.datetime, payload: Mapping[str, Any] | None = None
) -> int:
    """Write down that something happened (`order.placed`) in the running transaction; its commit wakes live readers.

    Answers the fact's number within its aggregate: 1, 2, 3 … without gaps, because the transaction that takes a number
    holds the aggregate's stream until it ends. The payload holds ids and plain values, never a secret.
    """
    if not in_unit_of_work():
        raise NoTransaction(f"{kind} must be recorded in the transaction that makes it true")
    sequence = await _next_in_stream(aggregate, str(key))
    await OutboxEvent.create(
        event_id=str(uuid.uuid4()),
        aggregate=aggregate,
        key=str(key),
        sequence=sequence,
        kind=kind,
        payload=dict(payload or {}),
        occurred_at=now,
    )
    await announce(topic(aggregate, key))
    return sequence


async def _next_in_stream(aggregate: str, key: str) -> int:
    connection = get_connection("default")
    places = ("?", "?") if connection.capabilities.dialect == "sqlite" else ("$1", "$2")
    rows = await connection.execute_query_dict(NEXT_IN_STREAM.format(*places), [aggregate, key])
    return int(rows[0]["sequence"])


async def record_all(kind: str, *, aggregate: str, keys: Sequence[int], now: dt.datetime) -> None:
    """Write down that the same thing happened to many, in a number of statements that does not grow with them."""
    if not in_unit_of_work():
        raise NoTransaction(f"{kind} must be recorded in the transaction that makes it true")
    for start in range(0, len(keys), BATCH):
        some = sorted(keys[start : start + BATCH])
        sequences = await _next_in_streams(aggregate, some)
        facts = [
            OutboxEvent(
                event_id=str(uuid.uuid4()),
                aggregate=aggregate,
                key=key,
                sequence=sequence,
                kind=kind,
                payload={},
                occurred_at=now,
            )
            for key, sequence in sequences
        ]
        await OutboxEvent.bulk_create(facts)
        await announce(*(topic(aggregate, key) for key in some))


async def _next_in_streams(aggregate: str, keys: Sequence[int]) -> list[tuple[str, int]]:
    connection = get_connection("default")
    sqlite = connection.capabilities.dialect == "sqlite"
    values = [part for key in keys for part in (aggregate, str(key))]
    pairs = range(1, len(values), 2)
    places = ", ".join("(?, ?, 1)" if sqlite else f"(${at}, ${at + 1}, 1)" for at in pairs)
    rows = await connection.execute_query_dict(
        f"INSERT INTO outbox_stream (aggregate, key, sequence) VALUES {places}"  # noqa: S608 - places alone
        " ON CONFLICT (aggregate, key) DO UPDATE SET sequence = outbox_stream.sequence + 1 RETURNING key, sequence",
        values,
    )
    return [(str(row["key"]), int(row["sequence"])) for row in rows]
