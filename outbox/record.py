"""Recording a fact: in the transaction of its change, so that one exists if and only if the other does."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from tortoise.connection import get_connection

from database.transactions import in_unit_of_work
from models.outbox import OutboxEvent
from outbox.announcing import announce, topic

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
