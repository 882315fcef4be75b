"""Carts that only have to be submitted: one made by the shop's own acts, and as many copies as clients can buy."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import asyncpg

from bench.workloads import BOUGHT
from commerce import checkout
from commerce.cart_delivery import NewAddress
from commerce.cart_details import Identity, change_payment
from commerce.carts import NewCart, NewLine
from commerce.new_carts import FullCart, create_full_cart
from models.addresses import Address
from models.carts import CartLine
from models.orders import FinancialStatus, Order
from models.shop import Shop
from payments.test import TestGateway

BERLIN = Address("Ada", "Lovelace", None, "Unter den Linden 1", None, "Berlin", None, "10117", "DE")
PER_SECOND = 400
"""Carts made ready for each second of a round."""
PAID = """SELECT count(*) FROM "order" WHERE cart_id = ANY($1) AND financial_status = 'PAID'"""
COPIES = """
WITH copy AS MATERIALIZED (SELECT md5(gen_random_uuid()::text) AS id, number FROM generate_series(1, $2::int) number),
wanted AS MATERIALIZED (
  SELECT copy.id AS cart_id, line.quantity, line.merge_key, line.attributes, line.created_at, variant.id, variant.price
  FROM copy, (SELECT *, row_number() OVER (ORDER BY id) AS place FROM cart_line WHERE cart_id = $1) line
  JOIN product_variant variant ON TRUE
  WHERE variant.id = 1 + (copy.number * $3 + line.place) % $4 * 4
),
made AS (
  INSERT INTO cart ({columns}, id, payment)
  SELECT {columns}, copy.id, jsonb_set(cart.payment, '{{amount}}', (
    SELECT to_jsonb(sum(wanted.quantity * wanted.price)) FROM wanted WHERE wanted.cart_id = copy.id))
  FROM copy, (SELECT {columns}, payment FROM cart WHERE id = $1) cart RETURNING id
),
addressed AS (
  INSERT INTO cart_address (cart_id, address, selected, one_time_use, strict)
  SELECT made.id, address, selected, one_time_use, strict FROM made, cart_address WHERE cart_id = $1
),
filled AS (
  INSERT INTO cart_line (cart_id, variant_id, quantity, merge_key, attributes, created_at)
  SELECT cart_id, id, quantity, merge_key, attributes, created_at FROM wanted
)
SELECT id FROM copy ORDER BY number"""


class Unpaid(RuntimeError):
    """Fewer paid orders than answers that promised one."""


async def a_full_cart(*, now: dt.datetime) -> str:
    """The key of a cart with goods, a buyer, an address and a payment by the test provider."""
    lines = [NewLine(variant, quantity) for variant, quantity in BOUGHT]
    identity = Identity(frozenset({"email"}), email="ada@example.com")
    new = FullCart(NewCart("EUR", lines=lines), identity, addresses=[NewAddress(BERLIN, selected=True)])
    key, _ = await create_full_cart(new, now=now)
    owed = sum(
        [line.quantity * line.variant.price for line in await CartLine.filter(cart_id=key).select_related("variant")]
    )
    await change_payment(key, {"kind": "direct", "amount": owed, "session_id": "test:approve"}, BERLIN, now=now)
    return key


async def an_order(cart: str, *, now: dt.datetime) -> int:
    """The order that a cart becomes."""
    terms = await Shop.get(id=1)
    gateways = {TestGateway.name: TestGateway()}
    await checkout.submit(cart, "first", terms, gateways, now=now, return_url="http://shop.example")
    return int((await Order.get(cart_id=cart, financial_status=FinancialStatus.PAID)).id)


async def copies(connection: Any, cart: str, count: int, *, products: int) -> list[str]:
    """So many carts like this one, each with variants of other products, so that nobody waits for the same shelf."""
    found = await connection.fetch(
        """SELECT attname FROM pg_attribute WHERE attrelid = 'cart'::regclass AND attnum > 0 AND NOT attisdropped
           AND attname NOT IN ('id', 'payment')"""
    )
    columns = ", ".join(str(name) for (name,) in found)
    rows = await connection.fetch(COPIES.format(columns=columns), cart, count, len(BOUGHT), products)
    return [str(key) for (key,) in rows]


async def see_paid(database: str, carts: Sequence[str], expected: int) -> None:
    """Refuse to go on unless so many of these carts have become paid orders."""
    connection = await asyncpg.connect(database)
    try:
        if (paid := await connection.fetchval(PAID, list(carts))) != expected:
            raise Unpaid(f"{expected} orders were said to be placed, {paid} are there and paid")
    finally:
        await connection.close()
