"""Levels: all rows that stand at one place of an operation, answered together so that their loads meet in one batch.

A level first makes each row's answer from what needs no waiting, then fills in the later fields, each field for all
rows at once and the fields beside one another. An answer is a dictionary, or `Located` once a field that must not be
null has failed: then the row is lost, and what is above decides.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from engine.plans.answering import Need
from engine.plans.checks import Kinds
from engine.plans.running import Here, Located, Place, Run, Site, located
from engine.plans.shapes import Shape
from engine.plans.values import Places, Rows, Source, met

Answer = dict[str, Any] | Located


class Level(Protocol):
    """Answers many rows at once."""

    async def answers(self, rows: Rows, places: Places, run: Run) -> Sequence[Answer]:
        """The answer of each row, or the error it was lost to."""


class Later(Protocol):
    """A field that is filled in after the rest of its row."""

    async def fill(self, rows: Rows, places: Places, answers: list[Answer], run: Run) -> None:
        """Put the field into the answer of every row that is not lost."""


class Rowwise:
    """The level of one object type: what its fields need is had for all rows, then each row's answer is made."""

    def __init__(
        self, make: Callable[..., list[Answer]], here: Here | None, later: Sequence[Later], needs: Sequence[Need] = ()
    ) -> None:
        self._make = make
        self._here = here
        self._later = later
        self._needs = needs

    async def answers(self, rows: Rows, places: Places, run: Run) -> Sequence[Answer]:
        """The answer of each row, or the error it was lost to."""
        columns = await met(self._needs, rows, run) if self._needs else ()
        answers = self._make(rows, places, run, self._here, *columns)
        await together([later.fill(rows, places, answers, run) for later in self._later])
        return answers


class Serial:
    """The fields of a mutation: one after the other, each with all that is below it, until one cannot be."""

    def __init__(self, make: Callable[..., list[Answer]], later: Sequence[Later]) -> None:
        self._make = make
        self._later = later

    async def answers(self, rows: Rows, places: Places, run: Run) -> Sequence[Answer]:
        """The answer of the one row there is."""
        answers = self._make(rows, places, run, None)
        for later in self._later:
            if isinstance(answers[0], Located):
                break
            await later.fill(rows, places, answers, run)
        return answers


class Mixed:
    """The level of an abstract type: its rows by the types they turn out to be."""

    def __init__(self, kinds: Kinds, levels: Mapping[str, Level], site: Site) -> None:
        self._kinds = kinds
        self._levels = levels
        self._site = site

    async def answers(self, rows: Rows, places: Places, run: Run) -> Sequence[Answer]:
        """The answer of each row, or the error it was lost to."""
        answers: list[Any] = [None] * len(rows)
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for index, (row, place) in enumerate(zip(rows, places, strict=True)):
            try:
                groups[self._kinds.of(row, place, run)].append(index)
            except Exception as error:  # noqa: BLE001 - becomes the error of this value
                answers[index] = located(error, self._site, place)

        async def answer(name: str, indexes: Sequence[int]) -> None:
            found = await self._levels[name].answers([rows[i] for i in indexes], [places[i] for i in indexes], run)
            for index, answered in zip(indexes, found, strict=True):
                answers[index] = answered

        await together([answer(name, indexes) for name, indexes in groups.items()])
        return answers


class Flat:
    """A later field whose value, once there, needs no more waiting."""

    def __init__(self, site: Site, source: Source, complete: Callable[[Any, Place, Run], Any]) -> None:
        self._key = site.use.key
        self._keys = (site.use.key,)
        self._source = source
        self._complete = complete

    async def fill(self, rows: Rows, places: Places, answers: list[Answer], run: Run) -> None:
        """Put the field into the answer of every row that is not lost."""
        alive = [index for index, answer in enumerate(answers) if not isinstance(answer, Located)]
        if not alive:
            return
        values = await self._source.values([rows[i] for i in alive], [places[i] for i in alive], run)
        for index, value in zip(alive, values, strict=True):
            answer = answers[index]
            if isinstance(answer, Located):
                continue
            try:
                answer[self._key] = self._complete(value, (places[index], self._keys), run)
            except Located as failure:
                answers[index] = failure


class Deep:
    """A later field with a level of its own below it."""

    def __init__(self, site: Site, source: Source, shape: Shape, level: Level) -> None:
        self._key = site.use.key
        self._keys = (site.use.key,)
        self._source = source
        self._shape = shape
        self._level = level

    async def fill(self, rows: Rows, places: Places, answers: list[Answer], run: Run) -> None:
        """Put the field into the answer of every row that is not lost."""
        alive = [index for index, answer in enumerate(answers) if not isinstance(answer, Located)]
        if not alive:
            return
        values = await self._source.values([rows[i] for i in alive], [places[i] for i in alive], run)
        below: list[Any] = []
        places_below: list[Place] = []
        shaped: list[tuple[int, Place, Any]] = []
        for index, value in zip(alive, values, strict=True):
            if isinstance(answers[index], Located):
                continue
            place: Place = (places[index], self._keys)
            try:
                shaped.append((index, place, self._shape.opened(value, place, run, below, places_below)))
            except Located as failure:
                answers[index] = failure
        found = await self._level.answers(below, places_below, run) if below else ()
        for index, place, shape in shaped:
            answer = answers[index]
            if isinstance(answer, Located):
                continue
            try:
                answer[self._key] = self._shape.closed(shape, place, run, found)
            except Located as failure:
                answers[index] = failure


async def together(coroutines: Sequence[Any]) -> None:
    """Wait for all of them, beside one another."""
    if len(coroutines) == 1:
        await coroutines[0]
    elif coroutines:
        await asyncio.gather(*coroutines)
