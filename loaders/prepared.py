"""Statements written once for reads that differ in nothing but their keys: building one costs more than running it."""

from collections.abc import Sequence
from typing import Any, cast

import orjson
from tortoise.queryset import QuerySet

ONE_KEY = {"sqlite": "IN (?)", "postgres": "IN ($1)"}
MANY_KEYS = {"sqlite": "IN (SELECT value FROM json_each(?))", "postgres": "= ANY($1)"}

_TEXTS: dict[tuple[type, str], str | None] = {}


async def records_among(
    reader: type, query: QuerySet[Any], column: str, keys: Sequence[Any], columns: tuple[str, ...]
) -> tuple[Sequence[Sequence[Any]], str]:
    """The records of a query whose column is one of the keys, and the database's dialect.

    The statement is written once for each `reader`, whose query must therefore always be the same, and takes the keys
    as one value. Where it has other values in it, it is written afresh.
    """
    query._choose_db_if_not_chosen()
    connection = query._db
    dialect = connection.capabilities.dialect
    known = (reader, dialect)
    if known not in _TEXTS:
        _TEXTS[known] = _text(query, column, keys[0], columns, dialect)
    text = _TEXTS[known]
    if text is None:
        selection = query.filter(**{f"{column}__in": list(keys)}).values_list(*columns)
        selection._choose_db_if_not_chosen()
        selection._make_query()
        answer = await connection.execute_query(*selection.query.get_parameterized_sql())
    else:
        value = orjson.dumps(keys).decode() if dialect == "sqlite" else list(keys)
        answer = await connection.execute_query(text, [value])
    return cast("Sequence[Sequence[Any]]", answer[1]), dialect


def _text(query: QuerySet[Any], column: str, key: Any, columns: tuple[str, ...], dialect: str) -> str | None:
    selection = query.filter(**{f"{column}__in": [key]}).values_list(*columns)
    selection._choose_db_if_not_chosen()
    selection._make_query()
    text, values = selection.query.get_parameterized_sql()
    one, many = ONE_KEY.get(dialect, ""), MANY_KEYS.get(dialect, "")
    if not isinstance(key, int | str) or values != [key] or text.count(one) != 1:
        return None
    return str(text).replace(one, many)
