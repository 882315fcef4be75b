"""Writing down several new rows of a table at once: one statement, and every row knows its id afterwards."""

from collections.abc import Sequence
from typing import Any

from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.models import Model

MOST_VALUES = 30_000
_TEXTS: dict[tuple[str, str, int], str] = {}


async def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one table; those whose ids the database makes are given them, in their order.

    Like `bulk_create` it asks nothing of the rows' relations; unlike it, it tells the ids.
    """
    if not rows:
        return
    connection = get_connection("default")
    columns = connection.executor_class(model=type(rows[0]), db=connection).regular_columns
    at_once = max(MOST_VALUES // len(columns), 1)
    for start in range(0, len(rows), at_once):
        await _insert(connection, columns, rows[start : start + at_once])


async def _insert(connection: Any, columns: Sequence[str], rows: Sequence[Model]) -> None:
    meta = rows[0]._meta
    fields = [(name, meta.fields_map[name]) for name in columns]
    values = [field.to_db_value(getattr(row, name), row) for row in rows for name, field in fields]
    made = await connection.execute_query_dict(_text(connection, rows[0], columns, len(rows)), values)
    key = meta.pk_attr
    ids = sorted(record[meta.db_pk_column] for record in made)  # given out in the order of the rows
    if made and len(ids) != len(rows):
        raise IntegrityError(f"{len(rows)} rows were inserted, {len(ids)} ids came back.")
    for row, made_id in zip(rows, ids, strict=False):
        setattr(row, key, made_id)
    for row in rows:
        row._saved_in_db = True


def _text(connection: Any, row: Model, columns: Sequence[str], count: int) -> str:
    meta = row._meta
    sqlite = connection.capabilities.dialect == "sqlite"
    known = (meta.db_table, "sqlite" if sqlite else "postgres", count)
    if known not in _TEXTS:
        names = ", ".join(f'"{meta.fields_db_projection[name]}"' for name in columns)
        width = len(columns)
        places = ", ".join(
            f"({', '.join('?' if sqlite else f'${at * width + place + 1}' for place in range(width))})"
            for at in range(count)
        )
        asked = f' RETURNING "{meta.db_pk_column}"' if meta.generated_db_fields else ""
        _TEXTS[known] = f'INSERT INTO "{meta.db_table}" ({names}) VALUES {places}{asked}'  # noqa: S608 - our own names
    return _TEXTS[known]
