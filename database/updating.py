"""Changing many rows at once, each to values of its own: one statement for a batch, however many rows."""

from collections.abc import Mapping, Sequence
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
        read = ", ".join(f"json_extract(value, '$.{column}') AS \"{column}\"" for column in ("id", *columns))
        source = f"(SELECT {read} FROM json_each(?))"  # noqa: S608 - the names are our own tables'
    else:
        kinds = ", ".join(f'"{column}" {_kind(table, column)}' for column in ("id", *columns))
        return (
            f'UPDATE "{name}" SET {changes} FROM jsonb_to_recordset($1::jsonb) AS given({kinds})'  # noqa: S608 - likewise
            f' WHERE "{name}".id = given.id'
        )
    return f'UPDATE "{name}" SET {changes} FROM {source} AS given WHERE "{name}".id = given.id'  # noqa: S608 - likewise


def _kind(table: type[Model], column: str) -> str:
    field = table._meta.fields_map[column]
    return next(kind for known, kind in KINDS if isinstance(field, known))
