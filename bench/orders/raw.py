"""Placing orders by raw SQL: in one transaction, over asyncpg, the writes of `commerce/` with its locks, and no more.

What is written is what the shop wrote for a real order of the same cart, under other keys; what the shop inserts first
and changes later, as a payment that is asked for and then taken, is inserted and changed here too.
"""

import secrets
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import asyncpg

from bench.contest import CLIENTS, Ground, Heard
from bench.load import NothingLeft, heard_of
from bench.orders.carts import see_paid
from bench.orders.submitting import carts_for
from bench.orders.template import Template, template_of
from outbox.announcing import CHANNEL, topic

WANTED = """
SELECT line.cart_id, array_agg(line.variant_id ORDER BY line.id), array_agg(variant.product_id ORDER BY line.id),
       array_agg(level.id ORDER BY line.id), array_agg(line.quantity ORDER BY line.id)
FROM cart_line line JOIN product_variant variant ON variant.id = line.variant_id
JOIN stock_level level ON level.variant_id = line.variant_id WHERE line.cart_id = ANY($1) GROUP BY line.cart_id"""
LOCK = "SELECT id FROM cart WHERE id = $1 AND state = 'OPEN' FOR UPDATE"
RESERVE = """UPDATE stock_level SET available = available - part.units, reserved = reserved + part.units
FROM unnest($1::int[], $2::int[]) AS part (id, units) WHERE stock_level.id = part.id AND available >= part.units"""
COMMIT = """UPDATE stock_level SET reserved = reserved - part.units, committed = committed + part.units
FROM unnest($1::int[], $2::int[]) AS part (id, units) WHERE stock_level.id = part.id"""
SOLD = """UPDATE product SET units_sold = units_sold + part.units
FROM unnest($1::int[], $2::int[]) AS part (id, units) WHERE product.id = part.id"""
TOLD = "SELECT pg_notify($1, topic) FROM unnest($2::text[]) AS topic"
SETTLED = "UPDATE payment_operation SET state = 'SUCCEEDED', reference = $2, updated_at = now() WHERE id = $1"
PAID = """UPDATE payment SET state = 'CAPTURED', reference = $2, order_id = $3, authorized = amount, captured = amount,
updated_at = now() WHERE id = $1"""
NAMED = 'UPDATE "order" SET number = $2, name = $3 WHERE id = $1'
COMPLETED = "UPDATE cart SET state = 'COMPLETED', updated_at = now() WHERE id = $1"
SUCCEEDED = "UPDATE checkout_attempt SET state = 'SUCCEEDED', order_id = $2, completed_at = now() WHERE id = $1"
CONSUMED = "UPDATE reservation SET state = 'CONSUMED' WHERE attempt_id = $1"
NEXT = """INSERT INTO outbox_stream (aggregate, key, sequence) VALUES ('order', $1, 1)
ON CONFLICT (aggregate, key) DO UPDATE SET sequence = outbox_stream.sequence + 1 RETURNING sequence"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is in a cart, in the order of its lines."""

    cart: str
    variants: Sequence[int]
    products: Sequence[int]
    levels: Sequence[int]
    units: Sequence[int]


@dataclass(frozen=True, slots=True)
class Writing:
    """Raw orders, by as many connections as there are clients. They run here, so no server's processor is counted."""

    ground: Ground
    template: Template

    async def heard(self, seconds: float) -> Heard:
        """Write until the time is over; then all of it has to be there, and paid."""
        carts = await carts_for(self.ground, seconds)
        async with AsyncExitStack() as opened:
            connections = [await opened.enter_async_context(_connected(self.ground)) for _ in range(CLIENTS)]
            records = await connections[0].fetch(WANTED, carts)
            wanted = iter([Wanted(*record) for record in records])
            asks = [partial(_next, connection, self.template, wanted) for connection in connections]
            heard = await heard_of(asks, (), seconds)
        await see_paid(self.ground.database, carts, heard.requests)
        return heard


async def writing(ground: Ground) -> Writing:
    """The entry, with what a real order wrote."""
    async with _connected(ground) as connection:
        return Writing(ground, await template_of(connection, ground.goods.order))


@asynccontextmanager
async def _connected(ground: Ground) -> Any:
    connection = await asyncpg.connect(ground.database)
    try:
        yield connection
    finally:
        await connection.close()


async def _next(connection: Any, template: Template, carts: Iterator[Wanted]) -> None:
    if (wanted := next(carts, None)) is None:
        raise NothingLeft
    await write_order(connection, template, wanted)


async def write_order(connection: Any, template: Template, wanted: Wanted) -> int:
    """One order, in one transaction; its id."""
    async with connection.transaction():
        attempt, payment, operation = await _promise(connection, template, wanted)
        return await _place(connection, template, wanted, attempt, payment, operation)


async def _promise(connection: Any, template: Template, wanted: Wanted) -> tuple[str, int, int]:
    """What the shop writes before it asks a provider."""
    attempt = secrets.token_hex(16)
    await connection.fetchval(LOCK, wanted.cart)
    begun = {"id": attempt, "cart_id": wanted.cart, "state": "PROCESSING", "order_id": None, "completed_at": None}
    await template["attempt"].write(connection, [begun])
    await connection.execute(RESERVE, wanted.levels, wanted.units)
    note = f"checkout {attempt[:8]}"
    await template["reserved"].write(connection, [{"level_id": level, "note": note} for level in wanted.levels])
    held = [{"attempt_id": attempt, "level_id": level, "state": "HELD"} for level in wanted.levels]
    await template["reservation"].write(connection, held)
    await connection.execute(TOLD, CHANNEL, [topic("stock", variant) for variant in wanted.variants])
    nothing_yet = {"state": "PENDING", "order_id": None, "reference": None, "authorized": 0, "captured": 0}
    (payment,) = await template["payment"].write(connection, [{"attempt_id": attempt, **nothing_yet}])
    asked = {"payment_id": payment, "idempotency_key": attempt, "state": "PENDING", "reference": None}
    (operation,) = await template["operation"].write(connection, [asked])
    return attempt, payment, operation


async def _place(
    connection: Any, template: Template, wanted: Wanted, attempt: str, payment: int, operation: int
) -> int:
    """What it writes when the provider has answered."""
    await connection.execute(SETTLED, operation, f"approve-{attempt}")
    entered = {"payment_id": payment, "operation_id": operation}
    await template["ledger"].write(connection, [entered for _ in template["ledger"].rows])
    placed = {"token": secrets.token_hex(16), "cart_id": wanted.cart, "number": None, "name": ""}
    (order,) = await template["order"].write(connection, [placed])
    sold = [{"order_id": order, "variant_id": variant} for variant in wanted.variants]
    lines = await template["lines"].write(connection, sold)
    shelves = zip(lines, wanted.levels, strict=True)
    await template["allocations"].write(
        connection, [{"order_line_id": line, "level_id": level} for line, level in shelves]
    )
    await template["shipping"].write(connection, [{"order_id": order}])
    await connection.execute(NAMED, order, 1_000 + order, f"#{1_000 + order}")
    await connection.execute(PAID, payment, f"approve-{attempt}", order)
    await connection.execute(COMPLETED, wanted.cart)
    await connection.execute(SUCCEEDED, attempt, order)
    await connection.execute(SOLD, wanted.products, wanted.units)
    sequence = await connection.fetchval(NEXT, str(order))
    event = {"event_id": str(uuid.uuid4()), "key": str(order), "sequence": sequence, "position": None}
    await template["event"].write(connection, [event])
    await connection.execute(TOLD, CHANNEL, [topic("cart", wanted.cart), topic("order", order)])
    await connection.execute(COMMIT, wanted.levels, wanted.units)
    moved = [{"order_id": order, "level_id": level} for level in wanted.levels]
    await template["sold"].write(connection, moved)
    await connection.execute(CONSUMED, attempt)
    return int(order)
