"""The audit finds nothing in a shop that only its own acts have changed, and everything that was tampered with."""

import re
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


TAMPERED = {
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


async def test_whatever_is_tampered_with_is_found(busy: BaseDBAsyncClient) -> None:
    missed = []
    for words, tampering in TAMPERED.items():
        await busy.execute_query("SAVEPOINT untouched")
        await busy.execute_query(_of_the_first_row(tampering))
        if words not in [broken.promise.words for broken in await broken_promises()]:
            missed.append(words)
        await busy.execute_query("ROLLBACK TO SAVEPOINT untouched")

    assert missed == []


def test_every_promise_no_constraint_keeps_by_itself_is_tampered_with() -> None:
    kept_by_constraints = {
        "An order's total is its lines, its delivery and the taxes on top.",
        "A line is its units less its discount, which never exceeds them.",
        "No payment is refunded beyond what was taken, or taken beyond what was promised.",
        "Nothing is sold that is not there, but for backorders.",
        "No more is sent and canceled than was ordered, and no more returned than was sent.",
    }
    alike = {
        "What is reserved of a level is the sum of its movements.",
        "What is committed of a level is the sum of its movements.",
        "Money that was taken has an order, or is on its way back.",
    }
    assert {promise.words for promise in PROMISES} == set(TAMPERED) | kept_by_constraints | alike
