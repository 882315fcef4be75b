"""Transactions: one unit of work, joined when nested, run again when two of them collided."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.exceptions import TransactionManagementError
from tortoise.transactions import in_transaction

from database.errors import Retryable

P = ParamSpec("P")
R = TypeVar("R")

RETRY_PAUSES = (0.005, 0.02, 0.08, 0.3, 1.0)


@dataclass(slots=True, eq=False)
class _Unit:
    owner: asyncio.Task[Any] | None
    wakeups: list[Callable[[], object]] = field(default_factory=list)
    gathered: dict[Callable[[list[str]], Awaitable[object]], dict[str, None]] = field(default_factory=dict)


_commits = [0]
_unit: ContextVar[_Unit | None] = ContextVar("unit_of_work", default=None)


@asynccontextmanager
async def transaction() -> AsyncIterator[BaseDBAsyncClient]:
    """All or nothing. Inside another transaction it joins that one: a failure then undoes the whole of it."""
    if in_unit_of_work():
        yield get_connection("default")
        return
    unit = _Unit(owner=asyncio.current_task())
    async with in_transaction() as connection:
        token = _unit.set(unit)
        try:
            yield connection
            for tell, told in unit.gathered.items():
                await tell(list(told))
        finally:
            _unit.reset(token)
    _commits[0] += 1
    for wake in unit.wakeups:
        wake()


def commits() -> int:
    """How many transactions this process has committed: what was read before the number moved may be old."""
    return _commits[0]


def unit_of_work(act: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Run an act in one transaction, and again from its start when the database asks for that (at most six times).

    The act must therefore do nothing that outlives a rollback: no network call, no message but through the outbox.
    """

    @wraps(act)
    async def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if in_unit_of_work():
            return await act(*args, **kwargs)
        for pause in RETRY_PAUSES:
            try:
                async with transaction():
                    return await act(*args, **kwargs)
            except Retryable:
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - spreads retries, guards nothing
        async with transaction():
            return await act(*args, **kwargs)

    return run


def after_commit(wake: Callable[[], object]) -> None:
    """Call `wake` once the running transaction has committed, never if it rolls back; at once outside of one.

    For wake-ups that may be lost in a crash; a fact that may not be lost belongs in the outbox.
    """
    unit = _unit.get()
    if unit is None:
        wake()
    else:
        unit.wakeups.append(wake)


def gather_for_commit(tell: Callable[[list[str]], Awaitable[object]], values: Iterable[str]) -> None:
    """Have `tell` called once, at the end of the running transaction and in it, with everything gathered for it."""
    unit = _unit.get()
    assert unit is not None  # noqa: S101 - asked for inside a transaction alone
    unit.gathered.setdefault(tell, {}).update(dict.fromkeys(values))


def in_unit_of_work() -> bool:
    """Whether the running task is inside a transaction of its own; a task started inside one may not use it."""
    unit = _unit.get()
    if unit is None:
        return False
    if unit.owner is not asyncio.current_task():
        raise TransactionManagementError(
            "A transaction belongs to the task that opened it: no gather, no task and no loader inside one."
        )
    return True
