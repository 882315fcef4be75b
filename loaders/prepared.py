"""Statements written once for reads that differ in nothing but their keys: building one costs more than running it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

import orjson
from tortoise.connection import get_connection
from tortoise.queryset import QuerySet


class Prepared(NamedTuple):
    """A statement whose values are constants, the keys and the moment of asking."""

    text: str
    values: tuple[Any, ...]
    keys_at: int
    moments_at: tuple[int, ...]

    def given(self, keys: Sequence[Any], moment: dt.datetime | None, dialect: str) -> list[Any]:
        """Its values for these keys at this moment."""
        values = list(self.values)
        values[self.keys_at] = orjson.dumps(keys).decode() if dialect == "sqlite" else list(keys)
        for place in self.moments_at:
            values[place] = moment
        return values


_PREPARED: dict[tuple[type, str], Prepared | None] = {}


async def records_among(
    reader: type,
    query: Callable[[], QuerySet[Any]],
    column: str,
    keys: Sequence[Any],
    columns: tuple[str, ...],
    moment: dt.datetime | None,
) -> tuple[Sequence[Sequence[Any]], str]:
    """The records of a query whose column is one of the keys, and the database's dialect.

    The statement is written once for each `reader`: its query may depend on the moment and on nothing else.
    """
    connection = get_connection("default")
    dialect = str(connection.capabilities.dialect)
    known = (reader, dialect)
    if known not in _PREPARED:
        _PREPARED[known] = _prepared(*_written(query(), column, keys[:1], columns), keys[0], moment, dialect)
    prepared = _PREPARED[known]
    if prepared is None:
        statement = _written(query(), column, keys, columns)
    else:
        statement = (prepared.text, prepared.given(keys, moment, dialect))
    answer = await connection.execute_query(*statement)
    return cast("Sequence[Sequence[Any]]", answer[1]), dialect


def _written(query: QuerySet[Any], column: str, keys: Sequence[Any], columns: tuple[str, ...]) -> tuple[str, list[Any]]:
    selection = query.filter(**{f"{column}__in": list(keys)}).values_list(*columns)
    selection._choose_db_if_not_chosen()
    selection._make_query()
    text, values = selection.query.get_parameterized_sql()
    return str(text), list(values)


def _prepared(text: str, values: list[Any], key: Any, moment: dt.datetime | None, dialect: str) -> Prepared | None:
    place = "?" if dialect == "sqlite" else f"${len(values)}"
    one = f"IN ({place})"
    simple = isinstance(key, int | str) and values and values[-1] == key and text.count(one) == 1
    if not simple or text.index(one) + len(one) < text.rfind(place):
        return None
    many = "IN (SELECT value FROM json_each(?))" if dialect == "sqlite" else f"= ANY({place})"
    moments = tuple(at for at, value in enumerate(values) if isinstance(value, dt.datetime))
    if any(values[at] != moment for at in moments):
        return None
    return Prepared(text.replace(one, many), tuple(values), len(values) - 1, moments)
