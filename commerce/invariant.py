"""One promise of a correct shop, as a question to a live database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, and the statement that finds the rows (by `key`) that break it."""

    words: str
    table: str
    broken: str


def sums_of(table: str, column: str, child: str, parent: str, amount: str) -> str:
    """Rows of a table whose column is not the sum over its children."""
    return f"""SELECT t.id AS key FROM "{table}" t LEFT JOIN
        (SELECT {parent} AS parent, SUM({amount}) AS whole FROM "{child}" GROUP BY {parent}) c ON c.parent = t.id
        WHERE t.{column} <> COALESCE(c.whole, 0)"""  # noqa: S608 - names of our own tables
