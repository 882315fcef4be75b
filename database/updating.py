"""Changing many rows at once, each to values of its own: one statement for a batch, however many rows."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from tortoise import fields
from tortoise.connection import get_connection
from tortoise.models import Model

BATCH = 1_000
KINDS: Sequence[tuple[type[fields.Field[Any]], str]] = (
    (fields.SmallIntField, "smallint"),
    (fields.BigIntField, "bigint"),
    (fields.IntField, "integer"),
    (fields.BooleanField, "boolean"),
    (fields.FloatField, "double precision"),
    (fields.CharField, "text"),
    (fields.TextField, "text"),
)
"""What a column's values are on PostgreSQL; numbers, words and truth travel as JSON, moments do not."""


async def update_many(table: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Set columns of rows: each mapping names a row by `id` and gives a value to the same columns as all others."""
    columns = [name for name in rows[0] if name != "id"] if rows else []
    if not columns:
        return
    connection = get_connection("default")
    statement = _statement(table, columns, sqlite=connection.capabilities.dialect == "sqlite")
    for start in range(0, len(rows), BATCH):
        values = orjson.dumps([dict(row) for row in rows[start : start + BATCH]]).decode()
        await connection.execute_query(statement, [values])


def _statement(table: type[Model], columns: Sequence[str], *, sqlite: bool) -> str:
    name = table._meta.db_table
    changes = ", ".join(f'"{column}" = given."{column}"' for column in columns)
    if sqlite:
        source = _given(columns)
    else:
        kinds = ", ".join(f'"{column}" {_kind(table, column)}' for column in ("id", *columns))
        return (
            f'UPDATE "{name}" SET {changes} FROM jsonb_to_recordset($1::jsonb) AS given({kinds})'  # noqa: S608 - likewise
            f' WHERE "{name}".id = given.id'
        )
    return f'UPDATE "{name}" SET {changes} FROM {source} AS given WHERE "{name}".id = given.id'  # noqa: S608 - likewise


async def add_to_many(
    table: type[Model], rows: Sequence[Mapping[str, int]], *, order: Sequence[str] = ("id",), only_if: str = "TRUE"
) -> set[int]:
    """Add to columns of rows: each mapping names a row by `id` and gives the same columns as all others a change.

    Each row is locked after those before it in `order`, so that two of these never wait for each other. A row stays as
    it is unless `only_if` holds, a condition on it as `kept` and its changes as `given`. Answers the changed ids.
    """
    columns = [name for name in rows[0] if name != "id"] if rows else []
    if not columns:
        return set()
    connection = get_connection("default")
    sqlite = connection.capabilities.dialect == "sqlite"
    values: list[Any] = [[row[name] for row in rows] for name in ("id", *columns)]
    if sqlite:
        values = [orjson.dumps([dict(row) for row in rows]).decode()]
    statement = _addition(table, tuple(columns), tuple(order), only_if, sqlite=sqlite)
    return {record["id"] for record in await connection.execute_query_dict(statement, values)}


@cache
def _addition(table: type[Model], columns: Sequence[str], order: Sequence[str], only_if: str, *, sqlite: bool) -> str:
    name = table._meta.db_table
    changes = ", ".join(f'"{column}" = kept."{column}" + given."{column}"' for column in columns)
    if sqlite:
        locked, source, changed = "", _given(columns), "id"
    else:
        names = ("id", *columns)
        lists = ", ".join(f"${at}::{_kind(table, column)}[]" for at, column in enumerate(names, 1))
        told = ", ".join(f'"{column}"' for column in names)
        places = ", ".join(f'it."{column}"' for column in order)
        locked = (
            f'WITH locked AS (SELECT given.* FROM "{name}" it JOIN unnest({lists}) AS given({told})'  # noqa: S608 - the names are our own tables'
            f" ON it.id = given.id ORDER BY {places} FOR NO KEY UPDATE OF it) "
        )
        source, changed = "locked", "kept.id"
    return (
        f'{locked}UPDATE "{name}" AS kept SET {changes} FROM {source} AS given'  # noqa: S608 - likewise
        f" WHERE kept.id = given.id AND ({only_if}) RETURNING {changed}"
    )


def _given(columns: Sequence[str]) -> str:
    """The values for SQLite, read out of a text of JSON."""
    read = ", ".join(f"json_extract(value, '$.{column}') AS \"{column}\"" for column in ("id", *columns))
    return f"(SELECT {read} FROM json_each(?))"  # noqa: S608 - the names are our own tables'


def _kind(table: type[Model], column: str) -> str:
    field = table._meta.fields_map[column]
    return next(kind for known, kind in KINDS if isinstance(field, known))
