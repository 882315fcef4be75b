"""Rows of one placed order, table by table, written again under other keys: one statement for each table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

ROWS = {
    "attempt": """SELECT * FROM checkout_attempt WHERE order_id = $1""",
    "reserved": """SELECT m.* FROM stock_movement m JOIN checkout_attempt a ON m.note = 'checkout ' || left(a.id, 8)
                   WHERE a.order_id = $1 ORDER BY m.id""",
    "reservation": """SELECT r.* FROM reservation r JOIN checkout_attempt a ON a.id = r.attempt_id
                      WHERE a.order_id = $1 ORDER BY r.level_id""",
    "payment": "SELECT * FROM payment WHERE order_id = $1",
    "operation": "SELECT o.* FROM payment_operation o JOIN payment p ON p.id = o.payment_id WHERE p.order_id = $1",
    "ledger": "SELECT l.* FROM ledger_entry l JOIN payment p ON p.id = l.payment_id"
    " WHERE p.order_id = $1 ORDER BY l.id",
    "order": """SELECT * FROM "order" WHERE id = $1""",
    "lines": "SELECT * FROM order_line WHERE order_id = $1 ORDER BY position",
    "allocations": """SELECT a.* FROM allocation a JOIN order_line l ON l.id = a.order_line_id
                      WHERE l.order_id = $1 ORDER BY l.position""",
    "shipping": "SELECT * FROM shipping_line WHERE order_id = $1",
    "sold": "SELECT * FROM stock_movement WHERE order_id = $1 ORDER BY id",
    "event": "SELECT * FROM outbox_event WHERE aggregate = 'order' AND key = $1::int::text",
}
TABLES = {
    "attempt": "checkout_attempt",
    "reserved": "stock_movement",
    "operation": "payment_operation",
    "ledger": "ledger_entry",
    "order": '"order"',
    "lines": "order_line",
    "allocations": "allocation",
    "shipping": "shipping_line",
    "sold": "stock_movement",
    "event": "outbox_event",
}


@dataclass(frozen=True, slots=True)
class Part:
    """The rows that an order has in one table."""

    insert: str
    rows: tuple[Mapping[str, Any], ...]

    async def write(self, connection: Any, changes: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Write them with these changes, one of each row; the new ids."""
        values = [value for row, change in zip(self.rows, changes, strict=True) for value in {**row, **change}.values()]
        return [key for (key,) in await connection.fetch(self.insert, *values)]


Template = Mapping[str, Part]


async def template_of(connection: asyncpg.Connection, order: int) -> Template:
    """What was written for an order."""
    return {name: _part(TABLES.get(name, name), await connection.fetch(sql, order)) for name, sql in ROWS.items()}


def _part(table: str, records: Sequence[Mapping[str, Any]]) -> Part:
    """An `id` that is a number is made by the database; one that is text is written."""
    rows = tuple(
        {name: value for name, value in row.items() if name != "id" or isinstance(value, str)} for row in records
    )
    columns = list(rows[0])
    places = [
        f"({', '.join(f'${number * len(columns) + place}' for place in range(1, len(columns) + 1))})"
        for number in range(len(rows))
    ]
    return Part(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(places)} RETURNING id", rows)
