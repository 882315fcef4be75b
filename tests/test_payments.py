"""Payments by a provider: promised, taken, lost, found again; nothing is charged without an order."""

import datetime as dt
from typing import Any

import pytest

from commerce import settling
from commerce.canceling import TooLate, cancel_order
from commerce.gift_cards import issue
from commerce.moving_money import TooMuch, capture_order, carry_out, refund_order
from commerce.readiness import Missing
from commerce.settling import finish
from commerce.sweeping import sweep
from models.checkout import CheckoutAttempt, Reservation
from models.gift_cards import GiftCard
from models.orders import CancelReason, Order, OrderLine
from models.outbox import OutboxEvent
from models.payments import Payment
from models.stock import StockLevel
from payments.choosing import gateways
from payments.gateway import Answer, Outcome
from tests.buying import Basket, by_card, line
from tests.goods import a_variant
from tests.paying import a_basket, ledger, submitted
from tests.shop import NOON, a_shop
from tests.test_cart_discounts import a_discount, enter, lay

pytestmark = pytest.mark.usefixtures("database")

GATEWAYS = gateways()
SOON = NOON + dt.timedelta(seconds=20)
LATER = NOON + dt.timedelta(hours=1)


async def kinds() -> list[str]:
    facts = await OutboxEvent.filter(aggregate="order").order_by("sequence").values_list("kind")
    return [kind for (kind,) in facts]


async def test_a_sale_is_taken_at_once() -> None:
    _, attempt = await submitted("test:approve")

    assert attempt["__typename"] == "CartCompletionSuccess"
    assert await ledger() == [("authorize", 1_500), ("capture", 1_500)]
    assert (await Order.get()).financial_status == "PAID"
    level = await StockLevel.get()
    assert (level.on_hand, level.reserved, level.committed, level.available) == (5, 0, 1, 4)
    assert [reservation.state for reservation in await Reservation.all()] == ["CONSUMED"]


async def test_a_promise_is_taken_later_in_parts_and_never_beyond_it() -> None:
    await submitted("test:approve", capture_on_authorization=False)
    order = await Order.get()
    assert order.financial_status == "AUTHORIZED"

    await carry_out(await capture_order(order.id, 500, now=SOON), GATEWAYS, now=SOON)
    assert (await Order.get()).financial_status == "PARTIALLY_PAID"
    await carry_out(await capture_order(order.id, None, now=SOON), GATEWAYS, now=SOON)

    assert (await Order.get()).financial_status == "PAID"
    with pytest.raises(TooMuch):
        await capture_order(order.id, 1, now=SOON)
    assert await ledger() == [("authorize", 1_500), ("capture", 500), ("capture", 1_000)]


async def test_a_capture_that_fails_leaves_the_promise_as_it_was() -> None:
    await submitted("test:capture-fails", capture_on_authorization=False)

    await carry_out(await capture_order((await Order.get()).id, None, now=SOON), GATEWAYS, now=SOON)

    payment = await Payment.get()
    assert (payment.captured, payment.pending_capture) == (0, 0)
    assert (await kinds())[-1] == "order.capture_failed"


async def test_a_lost_answer_is_asked_for_again_and_becomes_the_order() -> None:
    basket, attempt = await submitted("test:timeout")
    assert attempt["__typename"] == "CartCompletionProcessing"
    assert (await basket.submit("impatient"))["__typename"] == "SubmitThrottled"
    await basket.add(line(await a_variant()))
    assert basket.errors[0]["field"] == ["cartId"]

    await sweep(GATEWAYS, now=SOON)

    assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionSuccess"
    await sweep(GATEWAYS, now=SOON + dt.timedelta(minutes=1))
    assert (await Order.get()).financial_status == "PAID"


async def test_a_provider_asked_after_a_crash_before_the_call_still_makes_one_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    basket = await a_basket("test:approve")

    async def crash(*_: Any, **__: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as broken:
        broken.setattr("commerce.checkout.ask_provider", crash)
        await basket.counter.ask(
            'mutation($c: ID!) { cartSubmitForCompletion(cartId: $c, attemptToken: "t") { result { __typename } } }',
            c=basket.id,
        )
    assert await Order.all().count() == 0

    await sweep(GATEWAYS, now=SOON)
    await sweep(GATEWAYS, now=LATER)

    assert (await Order.get()).financial_status == "PAID"
    assert (await basket.submit("t"))["__typename"] == "SubmitAlreadyAccepted"


async def test_a_payment_to_be_confirmed_shows_where_and_succeeds_once_confirmed() -> None:
    basket, attempt = await submitted("test:action")
    assert attempt["action"]["redirectUrl"].startswith("https://shop.example/")

    payment = await Payment.get()
    for _ in range(3):
        await finish(payment.id, Answer(Outcome.DONE, payment.reference, captured=True), now=SOON)

    assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionSuccess"
    assert await ledger() == [("authorize", 1_500), ("capture", 1_500)]
    assert await Order.all().count() == 1


async def test_a_payment_nobody_confirms_is_let_go_and_everything_is_free_again() -> None:
    basket, attempt = await submitted("test:action", stock=1)
    assert (await StockLevel.get()).available == 0

    await sweep(GATEWAYS, now=LATER)
    await sweep(GATEWAYS, now=LATER)

    assert (await basket.attempt(attempt["id"]))["errors"][0]["code"] == "PAYMENT_ERROR"
    level = await StockLevel.get()
    assert (level.reserved, level.available) == (0, 1)
    assert (await Payment.get()).state == "VOIDED"


async def test_a_confirmation_that_comes_too_late_is_given_back() -> None:
    await submitted("test:action")
    payment = await Payment.get()
    await sweep(GATEWAYS, now=LATER)

    await finish(payment.id, Answer(Outcome.DONE, payment.reference, captured=True), now=LATER)
    await sweep(GATEWAYS, now=LATER + dt.timedelta(minutes=1))

    assert await Order.all().count() == 0
    assert await ledger() == [("authorize", 1_500), ("capture", 1_500), ("refund", 1_500)]


async def test_the_test_provider_is_not_taken_where_the_shop_has_not_opened_it() -> None:
    await a_shop(test_payments=False)
    basket = Basket()
    await basket.create(lines=[line(await a_variant())])

    await basket.pay("10.0", **by_card("test:approve"))

    assert basket.errors[0]["code"] == "PAYMENT_METHOD_NOT_SUPPORTED"


async def test_a_refund_is_given_once_and_never_beyond_what_was_taken() -> None:
    await submitted("test:approve")
    order = await Order.get()

    for _ in range(2):
        operations = await refund_order(order.id, 600, request_key="one", now=SOON)
        await carry_out(operations, GATEWAYS, now=SOON)
    assert (await Order.get()).financial_status == "PARTIALLY_REFUNDED"
    with pytest.raises(TooMuch):
        await refund_order(order.id, 901, request_key="two", now=SOON)
    await carry_out(await refund_order(order.id, 900, request_key="three", now=SOON), GATEWAYS, now=SOON)

    assert (await Order.get()).financial_status == "REFUNDED"
    assert await ledger() == [("authorize", 1_500), ("capture", 1_500), ("refund", 600), ("refund", 900)]


async def test_a_refund_the_provider_refuses_can_be_tried_again() -> None:
    await submitted("test:refund-fails")
    order = await Order.get()

    await carry_out(await refund_order(order.id, 600, request_key="one", now=SOON), GATEWAYS, now=SOON)

    payment = await Payment.get()
    assert (payment.refunded, payment.pending_refund) == (0, 0)
    assert (await kinds())[-1] == "order.refund_failed"
    assert await refund_order(order.id, 1_500, request_key="two", now=SOON)


async def test_a_refund_nobody_carried_out_is_carried_out_by_the_sweeper() -> None:
    await submitted("test:approve")
    await refund_order((await Order.get()).id, 600, request_key="one", now=NOON)

    await sweep(GATEWAYS, now=SOON)

    assert (await Payment.get()).refunded == 600


async def test_canceling_gives_goods_codes_cards_and_money_back_once() -> None:
    discount = await a_discount("SPRING", usage_limit=1, value=100_000)
    basket = await a_basket("test:approve")
    await enter(basket, "SPRING")
    await lay(basket, await issue(400, "EUR", now=NOON))
    await basket.pay(**by_card("test:approve"))
    await basket.submit()
    order = await Order.get()

    await carry_out(await cancel_order(order.id, CancelReason.CUSTOMER, now=SOON), GATEWAYS, now=SOON)
    assert await cancel_order(order.id, CancelReason.STAFF, now=SOON) == []

    order = await Order.get()
    assert (order.lifecycle, order.cancel_reason, order.financial_status) == ("CANCELED", "CUSTOMER", "REFUNDED")
    assert (await GiftCard.get()).balance == 400
    await discount.refresh_from_db()
    assert discount.uses == 0
    level = await StockLevel.get()
    assert (level.on_hand, level.committed, level.available) == (5, 0, 5)
    assert [row.canceled for row in await OrderLine.all()] == [1]
    assert (await kinds()).count("order.canceled") == 1


async def test_what_is_too_old_or_already_sent_is_not_canceled_and_nothing_changes() -> None:
    await submitted("test:approve")
    order = await Order.get()

    with pytest.raises(TooLate):
        await cancel_order(order.id, CancelReason.CUSTOMER, now=LATER, placed_after=SOON)
    await Order.all().update(fulfillment_status="FULFILLED")
    with pytest.raises(TooLate):
        await cancel_order(order.id, CancelReason.STAFF, now=LATER)

    assert (await Order.get()).lifecycle == "OPEN"
    assert (await StockLevel.get()).committed == 1
    assert (await Payment.get()).pending_refund == 0


async def test_an_attempt_that_ended_is_not_ended_again() -> None:
    await submitted("test:decline", stock=1)
    attempt = await CheckoutAttempt.get()

    assert not await settling.abandon(attempt.id, Missing("ERROR", "again"), now=SOON)

    assert (await StockLevel.get()).available == 1
