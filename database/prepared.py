"""Statements that Tortoise writes once, for acts that come by the thousand: writing one costs more than running it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

import orjson
from tortoise.connection import get_connection
from tortoise.queryset import AwaitableQuery, ValuesListQuery

FIRST_NUMBER = 2_000_000_011
FIRST_DAY = dt.datetime(1979, 1, 1, tzinfo=dt.UTC)


class _Written(NamedTuple):
    """A statement's text, its constants, which of the given values stands where, and how its columns are read."""

    text: str
    constants: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    readers: tuple[Callable[[Any], Any], ...] = ()


class Prepared:
    """A query of Tortoise's with gaps for values of these kinds: `str`, `int`, `dt.datetime`, or `list` of numbers.

    It is built with a mark in each gap, once for each kind of database; whatever else it says stays as it was then.
    A list fills the gap of an `__in`. A value may be None where it is set, never where it is compared.
    """

    def __init__(self, query: Callable[..., Any], *kinds: type) -> None:
        self._query = query
        self._kinds = kinds
        self._written: dict[str, _Written] = {}

    async def change(self, *values: Any) -> int:
        """Run an update; answers how many rows it changed."""
        _, (changed, _) = await self._run(values)
        return changed

    async def values(self, *values: Any) -> list[tuple[Any, ...]]:
        """Run a `values_list`; answers what awaiting it would."""
        written, (_, records) = await self._run(values)
        readers = written.readers
        return [tuple([read(value) for read, value in zip(readers, tuple(record), strict=True)]) for record in records]

    async def rows(self, table: Any, *values: Any) -> list[Any]:
        """Run a selection of whole rows of a table; locked, if the query says so."""
        _, (_, records) = await self._run(values)
        return [table._init_from_db(**dict(record)) for record in records]

    async def _run(self, values: Sequence[Any]) -> tuple[_Written, tuple[int, Sequence[Any]]]:
        connection = get_connection("default")
        dialect = str(connection.capabilities.dialect)
        written = self._written.get(dialect)
        if written is None:
            written = self._written[dialect] = self._write(dialect)
        filled = list(written.constants)
        for place, which in written.places:
            value = values[which]
            filled[place] = orjson.dumps(value).decode() if isinstance(value, list) and dialect == "sqlite" else value
        return written, cast("tuple[int, Sequence[Any]]", await connection.execute_query(written.text, filled))

    def _write(self, dialect: str) -> _Written:
        marks = [_mark(kind, at) for at, kind in enumerate(self._kinds)]
        given = [[mark] if kind is list else mark for kind, mark in zip(self._kinds, marks, strict=True)]
        query: AwaitableQuery[Any] = self._query(*given)
        query._choose_db_if_not_chosen(True)
        query._make_query()
        statement, constants = query.query.get_parameterized_sql()
        text = str(statement)
        places = tuple((at, marks.index(value)) for at, value in enumerate(constants) if value in marks)
        if {which for _, which in places} != set(range(len(marks))):
            raise ValueError(f"Not every value has its place in {text}")
        for place, which in places:
            if self._kinds[which] is list:
                text = _of_many(text, place, dialect)
        return _Written(text, tuple(constants), places, _readers(query))


def _readers(query: AwaitableQuery[Any]) -> tuple[Callable[[Any], Any], ...]:
    if not isinstance(query, ValuesListQuery):
        return ()
    return tuple(query.resolve_to_python_value(query.model, name) for name in query.fields.values())


def _mark(kind: type, at: int) -> Any:
    """A value nobody means, short enough for any column."""
    if kind is str:
        return chr(0xE000 + at) * 2
    return FIRST_DAY + dt.timedelta(days=at) if kind is dt.datetime else FIRST_NUMBER + at


def _of_many(text: str, place: int, dialect: str) -> str:
    """PostgreSQL is given an array, SQLite a text of JSON: one statement however many values."""
    if dialect != "sqlite":
        one, many = f" IN (${place + 1})", f"=ANY(${place + 1})"
    else:
        one, many = " IN (?)", " IN (SELECT value FROM json_each(?))"
    if text.count(one) != 1:
        raise ValueError(f"A list is compared once, by `__in`: {text}")
    return text.replace(one, many)
