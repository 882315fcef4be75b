"""The audit finds nothing in a shop that only its own acts have changed, and everything that was tampered with."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from commerce.canceling import cancel_order
from commerce.fulfillment import Packing, fulfill
from commerce.gift_cards import issue
from commerce.invariants import PROMISES, broken_promises
from commerce.moving_money import carry_out, refund_order
from models.orders import CancelReason, Order
from payments.choosing import gateways
from tests.buying import Basket, by_card, line
from tests.goods import a_tax, a_variant, a_zone
from tests.shop import NOON, a_shop
from tests.test_cart_discounts import a_discount, enter, lay

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def busy(database: BaseDBAsyncClient) -> BaseDBAsyncClient:
    """A shop in which everything has happened: orders paid, sent, refunded and canceled, payments declined."""
    await a_shop(test_payments=True)
    await a_zone("DE", Post=490)
    await a_tax("DE", 190_000)
    await a_discount("SPRING", usage_limit=9)
    for session in ("test:approve", "test:approve", "test:decline", "test:action", "test:approve"):
        basket = Basket()
        variants = [line(await a_variant(price=1_999), 2), line(await a_variant(available=None))]
        await basket.create(lines=variants, buyerIdentity={"email": "ada@example.com"})
        await basket.send_to()
        await enter(basket, "SPRING")
        await lay(basket, await issue(500, "EUR", now=NOON))
        await basket.pay(**by_card(session))
        await basket.submit()
    sent, refunded, canceled = [order.id for order in await Order.all().order_by("id")]
    await fulfill(sent, Packing(), now=NOON)
    await carry_out(await refund_order(refunded, 700, request_key="k", now=NOON), gateways(), now=NOON)
    await carry_out(await cancel_order(canceled, CancelReason.STAFF, now=NOON), gateways(), now=NOON)
    return database


async def test_a_shop_changed_by_its_own_acts_alone_keeps_every_promise(busy: Any) -> None:
    assert [(broken.promise.words, broken.keys) for broken in await broken_promises()] == []


CONSTRAINTS = """SELECT conname AS name FROM pg_constraint
    WHERE contype = 'c' AND conrelid = to_regclass('"' || $1 || '"')"""
TAMPERED = {
    "An order's total is its lines, its delivery and the taxes on top.": (
        'UPDATE "order" SET total = total + 1 WHERE id = 1'
    ),
    "A line is its units less its discount, which never exceeds them.": (
        "UPDATE order_line SET total = total + 1 WHERE id = 1"
    ),
    "No payment is refunded beyond what was taken, or taken beyond what was promised.": (
        "UPDATE payment SET pending_refund = captured + 1 WHERE id = 1"
    ),
    "The taxes of a line sum to the line's.": "UPDATE order_line SET tax = tax + 1 WHERE id = 1",
    "What is to be paid is covered by payments.": "UPDATE payment SET amount = 0 WHERE id = 1",
    "A capture that is pending is being asked for.": "UPDATE payment SET pending_capture = 1 WHERE id = 1",
    "A refund that is pending is being asked for.": "UPDATE payment SET pending_refund = 1 WHERE id = 1",
    "What a provider did is in the ledger.": (
        "UPDATE payment_operation SET state = 'SUCCEEDED' WHERE state = 'FAILED'"
    ),
    "A payment's state is that of its sums.": "UPDATE payment SET state = 'PENDING' WHERE id = 1",
    "A gift card gets back what a failed checkout had set aside, and no more.": (
        "DELETE FROM gift_card_entry WHERE kind = 'released'"
    ),
    "Nothing is sold that is not there, but for backorders.": (
        "UPDATE stock_level SET available = available + 1 WHERE id = 1"
    ),
    "What is reserved of a level is the sum of its movements.": (
        "UPDATE stock_movement SET reserved = reserved + 1 WHERE id = 1"
    ),
    "What is committed of a level is the sum of its movements.": (
        "UPDATE stock_movement SET committed = committed + 1 WHERE id = 1"
    ),
    "Only what takes backorders can be oversold.": "UPDATE stock_level SET oversell = NOT oversell WHERE id = 1",
    "What was sold or sent names its order.": "UPDATE stock_movement SET order_id = NULL WHERE reason = 'sold'",
    "What a line promises from the shelves is what of it is neither sent nor canceled.": (
        "UPDATE allocation SET quantity = quantity + 1 WHERE id = 1"
    ),
    "Money that was taken has an order, or is on its way back.": "UPDATE payment SET order_id = NULL WHERE id = 1",
    "An order comes from one attempt.": (
        "UPDATE checkout_attempt SET order_id = (SELECT MIN(id) FROM \"order\") WHERE state = 'SUCCEEDED'"
    ),
    "A canceled order keeps no money.": "UPDATE payment SET refunded = 0",
    "Only a checkout under way has a use of a discount set aside.": (
        "UPDATE discount_use SET state = 'RESERVED' WHERE state = 'USED'"
    ),
    "No more is sent and canceled than was ordered, and no more returned than was sent.": (
        "UPDATE order_line SET returned = fulfilled + 1 WHERE id = 1"
    ),
    "What a line counts as returned has come back.": "UPDATE order_line SET returned = 1 WHERE fulfilled > 0",
    "An order says how far it is sent as its lines do.": "UPDATE \"order\" SET fulfillment_status = 'FULFILLED'",
    "An order that says it is refunded has given all back.": "UPDATE \"order\" SET financial_status = 'REFUNDED'",
    "A subtotal is the sum of its lines.": 'UPDATE "order" SET subtotal = subtotal + 1, total = total + 1',
    "Taxes sum to the order's.": "UPDATE tax_line SET amount = amount + 1 WHERE id = 1",
    "A delivery costs what its line says.": "UPDATE shipping_line SET price = price + 1, total = total + 1",
    "Discounts sum to the order's.": 'UPDATE "order" SET discounts = discounts + 1 WHERE id = 1',
    "What is promised is in the ledger.": "DELETE FROM ledger_entry WHERE id = 1",
    "What is taken is in the ledger.": "UPDATE payment SET captured = captured - 1 WHERE id = 1",
    "What is given back is in the ledger.": "UPDATE payment SET refunded = refunded + 1 WHERE id = 1",
    "A gift card holds the sum of its entries.": "UPDATE gift_card SET balance = balance + 1 WHERE id = 1",
    "A payment has the currency of its order.": "UPDATE payment SET currency = 'USD' WHERE id = 1",
    "What is on_hand of a level is the sum of its movements.": (
        "UPDATE stock_level SET on_hand = on_hand + 1, available = available + 1 WHERE id = 1"
    ),
    "What is reserved of a level is held by checkouts.": "UPDATE reservation SET state = 'CONSUMED'",
    "What is committed of a level is promised to orders.": (
        "UPDATE allocation SET quantity = quantity + 1 WHERE id = 1"
    ),
    "Only a checkout under way holds goods.": "UPDATE reservation SET state = 'HELD' WHERE state = 'RELEASED'",
    "A completed cart is one order.": 'UPDATE "order" SET cart_id = NULL WHERE id = 1',
    "An attempt that succeeded leads to the order of its cart.": (
        "UPDATE checkout_attempt SET order_id = NULL WHERE state = 'SUCCEEDED'"
    ),
    "A discount counts its uses and is not used beyond its limit.": "UPDATE discount SET uses = uses + 1 WHERE id = 1",
    "What a line counts as sent is in parcels.": "UPDATE fulfillment_line SET quantity = quantity + 1 WHERE id = 1",
    "An order that is canceled has sent nothing.": "UPDATE \"order\" SET lifecycle = 'CANCELED' WHERE id = 1",
    "An order that says it is paid is paid.": "UPDATE \"order\" SET financial_status = 'PAID'",
    "The facts of one thing are numbered without gaps.": "UPDATE outbox_stream SET sequence = sequence + 1",
    "Every order that was placed was told of.": "DELETE FROM outbox_stream WHERE id = 1",
}


def _of_the_first_row(tampering: str) -> str:
    """Rows are numbered on from where other tests stopped."""
    table = re.search(r'(?:UPDATE|FROM) ("?\w+"?)', tampering)
    return tampering.replace("id = 1", f"id = (SELECT MIN(id) FROM {table[1]})") if table else tampering


@asynccontextmanager
async def unguarded(database: BaseDBAsyncClient, tampering: str) -> AsyncIterator[None]:
    """Without the constraints that would refuse it, as a row looks that came from elsewhere; undone afterwards."""
    await database.execute_query("SAVEPOINT untouched")
    if database.capabilities.dialect == "sqlite":
        await database.execute_query("PRAGMA ignore_check_constraints = ON")
    else:
        table = re.search(r'(?:UPDATE|FROM) "?(\w+)', tampering)
        assert table is not None
        found = await database.execute_query_dict(CONSTRAINTS, [table[1]])
        for each in found:
            await database.execute_query(f'ALTER TABLE "{table[1]}" DROP CONSTRAINT "{each["name"]}"')
    yield
    await database.execute_query("ROLLBACK TO SAVEPOINT untouched")
    if database.capabilities.dialect == "sqlite":
        await database.execute_query("PRAGMA ignore_check_constraints = OFF")


async def test_whatever_is_tampered_with_is_found(busy: BaseDBAsyncClient) -> None:
    missed = []
    for words, tampering in TAMPERED.items():
        async with unguarded(busy, tampering):
            await busy.execute_query(_of_the_first_row(tampering))
            if words not in [broken.promise.words for broken in await broken_promises()]:
                missed.append(words)

    assert missed == []


def test_every_promise_is_tampered_with() -> None:
    assert {promise.words for promise in PROMISES} == set(TAMPERED)
