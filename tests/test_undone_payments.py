"""Money of canceled orders goes back whatever was under way, and who pays anew keeps what the first try held."""

import datetime as dt
from typing import Any

import pytest

from commerce.canceling import cancel_order
from commerce.invariants import broken_promises
from commerce.moving_money import capture_order, carry_out
from commerce.sweeping import sweep
from models.checkout import AttemptState, CheckoutAttempt
from models.discounts import Discount
from models.orders import CancelReason, Order
from models.payments import Payment
from payments.choosing import gateways
from tests.buying import Basket, by_card, line
from tests.goods import a_variant, a_zone
from tests.shop import NOON, a_shop
from tests.test_cart_discounts import a_discount, enter

pytestmark = pytest.mark.usefixtures("database")
LATER = NOON + dt.timedelta(minutes=1)


@pytest.mark.parametrize(("session", "taken"), [("test:approve", 1_490), ("test:capture-fails", 0)])
async def test_a_capture_under_way_while_its_order_is_canceled_is_undone(session: str, taken: int) -> None:
    await a_shop(test_payments=True, capture_on_authorization=False)
    await a_zone()
    await Basket().buy(line(await a_variant()), **by_card(session))
    order = await Order.get()

    capture = await capture_order(order.id, None, now=NOON)
    await carry_out(await cancel_order(order.id, CancelReason.STAFF, now=NOON), gateways(), now=NOON)
    await carry_out(capture, gateways(), now=NOON)
    await sweep(gateways(), now=LATER)

    payment = await Payment.get()
    assert (payment.captured, payment.refunded) == (taken, taken)
    assert payment.state == ("REFUNDED" if taken else "VOIDED")
    assert await broken_promises() == []


async def a_try_that_waits_for_its_shopper() -> tuple[Basket, Discount]:
    """With the last use of a code, set aside."""
    await a_shop(test_payments=True)
    await a_zone()
    discount = await a_discount("LAST", usage_limit=1)
    basket = Basket()
    await basket.create(lines=[line(await a_variant(available=1))], buyerIdentity={"email": "ada@example.com"})
    await basket.send_to()
    await enter(basket, "LAST")
    await basket.pay(**by_card("test:action"))
    await basket.submit("first")
    return basket, discount


async def test_who_pays_anew_keeps_the_last_use_and_the_last_unit_of_the_first_try() -> None:
    basket, discount = await a_try_that_waits_for_its_shopper()

    again: Any = await basket.submit("second")

    assert again["__typename"] == "SubmitSuccess"
    states = dict(await CheckoutAttempt.all().values_list("attempt_token", "state"))
    assert states == {"first": AttemptState.FAILED, "second": AttemptState.ACTION_REQUIRED}
    assert (await Discount.get(id=discount.id)).uses == 1
    assert await broken_promises() == []


async def test_a_new_try_that_is_refused_leaves_the_first_one_waiting() -> None:
    basket, discount = await a_try_that_waits_for_its_shopper()
    await Discount.filter(id=discount.id).update(active=False)

    refused: Any = await basket.submit("second")

    assert refused["__typename"] == "SubmitFailed"
    assert [attempt.state for attempt in await CheckoutAttempt.all()] == [AttemptState.ACTION_REQUIRED]
    assert await broken_promises() == []
