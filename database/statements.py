"""Statements written by hand, where the ORM cannot say it: pieces of SQL with `?` places, and their values."""

import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any, NamedTuple, cast

from tortoise.connection import get_connection


class Sql(NamedTuple):
    """A piece of a statement: text in which each `?` stands for one of the values. No value is ever in the text."""

    text: str
    values: tuple[Any, ...] = ()


def joined(pieces: Iterable[Sql], between: str) -> Sql:
    """Several pieces with the same text between them."""
    parts = list(pieces)
    return Sql(between.join(part.text for part in parts), tuple(value for part in parts for value in part.values))


def all_of(conditions: Iterable[Sql]) -> Sql:
    """A condition that holds where all of these do."""
    parts = [Sql(f"({part.text})", part.values) for part in conditions]
    return joined(parts, " AND ") if parts else TRUE


def any_of(conditions: Iterable[Sql]) -> Sql:
    """A condition that holds where one of these does."""
    parts = [Sql(f"({part.text})", part.values) for part in conditions]
    return joined(parts, " OR ") if parts else FALSE


def among(expression: str, values: Sequence[Any]) -> Sql:
    """A condition that holds where the expression is one of these values."""
    if not values:
        return FALSE
    if dialect() != "sqlite":
        return Sql(f"{expression} = ANY(?)", (list(values),))  # one text however many values: it is prepared once
    return Sql(f"{expression} IN ({', '.join('?' * len(values))})", tuple(values))


TRUE = Sql("1 = 1")
FALSE = Sql("1 = 0")


async def records_of(statement: Sql) -> Sequence[Sequence[Any]]:
    """Run a statement and return the driver's records."""
    connection = get_connection("default")
    text = statement.text
    if connection.capabilities.dialect != "sqlite":
        places = count(1)
        text = re.sub(r"\?", lambda _: f"${next(places)}", text)
    answer = await connection.execute_query(text, list(statement.values))
    return cast("Sequence[Sequence[Any]]", answer[1])


def dialect() -> str:
    """The database in use: `sqlite` or `postgres`."""
    return str(get_connection("default").capabilities.dialect)
