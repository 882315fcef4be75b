"""Orders to be followed, and changes of them."""

import secrets
import time
from collections.abc import Sequence
from typing import Any

from tortoise.connection import get_connection

from commerce.access import Signer
from database.transactions import unit_of_work
from drills.ground.shelf import now
from models.orders import Order
from outbox.record import record

KEY = "a key for the drills that is long enough"
SIGNED = {"SHOPWRIGHT_SIGNING_KEYS": KEY}
"""What a shop needs to know that is to accept the links made here."""

CUT_LISTENING = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND query ILIKE 'listen %'
"""


@unit_of_work
async def placed(count: int) -> list[Order]:
    """So many orders, placed and nothing more."""
    at = now()
    made = []
    for _ in range(count):
        token = secrets.token_hex(16)
        values: dict[str, Any] = {
            "currency": "EUR",
            "subtotal": 9_000,
            "shipping": 500,
            "tax_included": True,
            "total": 9_500,
        }
        order = await Order.create(
            token=token, name=f"#{token[:6]}", email="ada@example.com", placed_at=at, updated_at=at, **values
        )
        await record("order.placed", aggregate="order", key=order.id, now=at)
        made.append(order)
    return made


def links_to(orders: Sequence[Order], *, followers: int) -> list[tuple[str, str]]:
    """What so many followers follow, the orders in turn: an id and the token that opens it."""
    signer = Signer([KEY])
    links = [(gid(order), signer.order_link(order.token, now=now())) for order in orders]
    return [links[place % len(links)] for place in range(followers)]


def gid(order: Order) -> str:
    """The order's id as clients write it."""
    return f"gid://shopwright/Order/{order.id}"


@unit_of_work
async def changed(order: Order) -> int:
    """A change of an order, with its fact; answers the fact's number."""
    at = now()
    await Order.filter(id=order.id).update(updated_at=at)
    return await record("order.edited", aggregate="order", key=order.id, now=at)


async def changed_all(orders: Sequence[Order]) -> tuple[dict[str, int], float]:
    """Each order once; the number each history has come to, and the moment the last change had committed."""
    places = {gid(order): await changed(order) for order in orders}
    return places, time.time()


async def cut_listening() -> int:
    """End the connections on which the shop's processes hear of changes; how many there were."""
    count, _ = await get_connection("default").execute_query(CUT_LISTENING)
    return int(count)
