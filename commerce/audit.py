"""The record of what staff did: who, what, when, and the thing before and after, written with the change itself."""

import datetime as dt
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, TypeVar

import orjson
from tortoise.models import Model

from database.transactions import unit_of_work
from models.staff import AuditRecord

T = TypeVar("T")
Look = Callable[[], Awaitable[dict[str, Any] | None]]

WRITTEN: ContextVar[list[str] | None] = ContextVar("written", default=None)
"""The actions recorded since somebody began to watch, for whoever makes sure that none goes without a record."""

UNTOLD = {"password_hash", "token_hash", "token", "code", "code_digest"}


async def audited(
    act: Callable[[], Awaitable[T]],
    *,
    actor: str,
    action: str,
    subject: tuple[str, Callable[[T], object]],
    look: Callable[[T | None], Awaitable[dict[str, Any] | None]],
    now: dt.datetime,
) -> T:
    """Carry out an act and record it, both or neither. `look` shows the thing: before the act without its result."""

    @unit_of_work
    async def both() -> T:
        before = await look(None)
        result = await act()
        await AuditRecord.create(
            actor=actor,
            action=action,
            subject_type=subject[0],
            subject_key=str(subject[1](result)),
            before=before,
            after=await look(result),
            occurred_at=now,
        )
        return result

    result = await both()
    witness(action)
    return result


def witness(action: str) -> None:
    """Say that an act has kept its records, for who does not go through `audited`."""
    if (written := WRITTEN.get()) is not None:
        written.append(action)


async def columns_of(table: type[Model], key: object) -> dict[str, Any] | None:
    """A row as the record keeps it: its columns as plain values, without its secrets."""
    found = await table.filter(id=key).values()
    if not found:
        return None
    told = {name: value for name, value in found[0].items() if name not in UNTOLD}
    plain: dict[str, Any] = orjson.loads(orjson.dumps(told, default=str))
    return plain
