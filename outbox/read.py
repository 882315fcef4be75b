"""Reading facts back: those of one thing by sequence, those of the whole shop by position."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tortoise.queryset import QuerySet

from models.outbox import OutboxEvent, OutboxReader, OutboxStream

PAGE = 100
RELAY = "relay"
FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened. `position` is its place among all facts, once the relay has given it one."""

    event_id: str
    aggregate: str
    key: str
    sequence: int
    kind: str
    payload: Mapping[str, Any]
    occurred_at: dt.datetime
    position: int | None


class Forgotten(Exception):
    """The facts asked for are older than the shop keeps them."""


async def facts_of(aggregate: str, key: int | str, *, after: int, limit: int = PAGE) -> list[Fact]:
    """The next facts of one thing behind a sequence, in order; raises Forgotten where some of them are gone.

    The count is read before the facts: whatever it counts has committed, so what is not found then was deleted.
    """
    if await newest_sequence(aggregate, key) <= after:
        return []
    found = await _facts(
        OutboxEvent.filter(aggregate=aggregate, key=str(key), sequence__gt=after).order_by("sequence").limit(limit)
    )
    if not found or found[0].sequence != after + 1:
        raise Forgotten
    return found


async def newest_sequence(aggregate: str, key: int | str) -> int:
    """The sequence of a thing's newest fact; 0 before the first."""
    stream = await OutboxStream.filter(aggregate=aggregate, key=str(key)).first().values_list("sequence")
    return int(stream[0]) if stream else 0


async def facts_since(position: int, *, aggregate: str | None = None, limit: int = PAGE) -> list[Fact]:
    """The next facts of the whole shop behind a position, in order: only those the relay has placed."""
    query = OutboxEvent.filter(position__gt=position)
    if aggregate is not None:
        query = query.filter(aggregate=aggregate)
    return await _facts(query.order_by("position").limit(limit))


async def newest_position() -> int:
    """The position of the newest fact the relay has placed; 0 before the first."""
    relay = await OutboxReader.get_or_none(name=RELAY)
    return relay.position if relay else 0


async def is_forgotten(position: int) -> bool:
    """Whether a fact behind this position is no longer kept."""
    retention = await OutboxReader.get_or_none(name=FORGOTTEN)
    return retention is not None and position < retention.position


async def _facts(query: QuerySet[OutboxEvent]) -> list[Fact]:
    rows: Iterable[tuple[Any, ...]] = await query.values_list(*Fact.__dataclass_fields__)
    return [Fact(*row) for row in rows]
