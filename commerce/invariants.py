"""What a correct shop promises, as questions to a live database: each finds the rows that break one promise.

Every question is one statement, so it sees one moment; it answers keys alone and at most so many, so that a large
shop is audited in little memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tortoise.connection import get_connection

from commerce.invariant import Promise
from commerce.invariants_of_money import MONEY
from commerce.invariants_of_orders import EVENTS, ORDERS
from commerce.invariants_of_stock import STOCK

PROMISES = (*MONEY, *STOCK, *ORDERS, *EVENTS)
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """Rows that break a promise; there may be more of them than are shown."""

    promise: Promise
    keys: Sequence[str]


async def broken_promises() -> list[Broken]:
    """Ask everything; empty when the shop is as it should be."""
    found = []
    for promise in PROMISES:
        statement = f"SELECT key FROM ({promise.broken}) AS broken LIMIT {MOST_SHOWN}"  # noqa: S608 - texts of our own
        rows = await get_connection("default").execute_query_dict(statement)
        if rows:
            found.append(Broken(promise, [str(row["key"]) for row in rows]))
    return found
