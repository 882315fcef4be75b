"""Where the values of a level's later fields come from: for all rows at once, an exception standing for what failed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from strawberry.execution import optimized_is_awaitable

from engine.guarding import Guard
from engine.plans.answering import Met, Need
from engine.plans.running import Place, Run, Site, usable
from engine.plans.stepping import outcome, outcomes_of

Rows = Sequence[Any]
Places = Sequence[Place]
Together = Callable[[Sequence[Any]], Awaitable[Sequence[Any]]]


class Source(Protocol):
    """Answers one field for many rows."""

    async def values(self, rows: Rows, places: Places, run: Run) -> Sequence[Any]:
        """The field's own value for each row, or the exception it ended with."""


class Read:
    """What is there already: an attribute, or the answer of a function that does not wait."""

    def __init__(self, read: Callable[[Any, Place, Run], Any]) -> None:
        self._read = read

    async def values(self, rows: Rows, places: Places, run: Run) -> Sequence[Any]:
        """The field's own value for each row."""
        found: list[Any] = []
        for row, place in zip(rows, places, strict=True):
            try:
                found.append(self._read(row, place, run))
            except Exception as error:  # noqa: BLE001 - becomes the error of this field
                found.append(error)
        return found


class Called:
    """What a function that waits comes back with."""

    def __init__(self, function: Callable[..., Any], slot: int | None, guard: Guard | None = None) -> None:
        self._function = function
        self._slot = slot
        self._guard = guard

    async def values(self, rows: Rows, places: Places, run: Run) -> Sequence[Any]:
        """The field's own value for each row. A guard is asked once for all of them."""
        if (refusal := _refusal(self._guard, run)) is not None:
            return [refusal] * len(rows)
        started: list[Any] = []
        for row in rows:
            try:
                given = {} if self._slot is None else run.arguments[self._slot]
                started.append(self._function(run.context, row, **given))
            except Exception as error:  # noqa: BLE001 - becomes the error of this field
                started.append(error)
        return await awaited(started, outcomes_of)


class Supplied:
    """What a function answers once its needs are met."""

    def __init__(self, way: Met, slot: int | None, guard: Guard | None = None) -> None:
        self._way = way
        self._slot = slot
        self._guard = guard

    async def values(self, rows: Rows, places: Places, run: Run) -> Sequence[Any]:
        """The field's own value for each row. A guard is asked once for all of them."""
        if (refusal := _refusal(self._guard, run)) is not None:
            return [refusal] * len(rows)
        columns = await met(self._way.needs, rows, run)
        found: list[Any] = []
        for row, *supplied in zip(rows, *columns, strict=True):
            try:
                given = {} if self._slot is None else run.arguments[self._slot]
                found.append(self._way.call(run.context, row, *map(usable, supplied), **given))
            except Exception as error:  # noqa: BLE001 - becomes the error of this field
                found.append(error)
        return found


class Resolved:
    """What the schema's own resolver comes back with, at once or later."""

    def __init__(self, resolve: Callable[..., Any], site: Site, slot: int | None) -> None:
        self._resolve = resolve
        self._site = site
        self._slot = slot

    async def values(self, rows: Rows, places: Places, run: Run) -> Sequence[Any]:
        """The field's own value for each row."""
        started: list[Any] = []
        for row, place in zip(rows, places, strict=True):
            try:
                given = {} if self._slot is None else run.arguments[self._slot]
                started.append(self._resolve(row, run.info(self._site, place), **given))
            except Exception as error:  # noqa: BLE001 - becomes the error of this field
                started.append(error)
        return await awaited(started, in_tasks)


def _refusal(guard: Guard | None, run: Run) -> Exception | None:
    if guard is not None:
        try:
            guard(run.context)
        except Exception as error:  # noqa: BLE001 - becomes the error of the field
            return error
    return None


async def met(needs: Sequence[Need], rows: Rows, run: Run) -> Sequence[Sequence[Any]]:
    """What each need comes to for each row. All are begun before any is waited for."""
    begun = [_begun(need, rows, run) for need in needs]
    return [await each for each in begun]


def _begun(need: Need, rows: Rows, run: Run) -> Awaitable[Sequence[Any]]:
    try:
        return need.begin(run.context, rows)
    except Exception:  # noqa: BLE001 - one of the rows is not what the schema says; the others are not to suffer
        return _one_by_one(need, rows, run)


async def _one_by_one(need: Need, rows: Rows, run: Run) -> Sequence[Any]:
    values: list[Any] = []
    for row in rows:
        try:
            values += await need.begin(run.context, [row])
        except Exception as error:  # noqa: BLE001 - becomes the error of the fields that need it
            values.append(error)
    return values


async def in_tasks(pending: Sequence[Awaitable[Any]]) -> Sequence[Any]:
    """What each comes back with, or the exception it ends with, each in a task of its own."""
    return await asyncio.gather(*map(outcome, pending))


async def awaited(started: list[Any], together: Together) -> Sequence[Any]:
    """The same list with what can be awaited awaited together, and exceptions for what failed."""
    pending = [index for index, value in enumerate(started) if optimized_is_awaitable(value)]
    if len(pending) == 1:
        started[pending[0]] = await outcome(started[pending[0]])
    elif pending:
        outcomes = await together([started[index] for index in pending])
        for index, value in zip(pending, outcomes, strict=True):
            started[index] = value
    return started
