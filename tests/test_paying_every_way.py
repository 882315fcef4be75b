"""The same shop, paid by hand, by the test provider or by Stripe: parts add up, and never beyond the whole."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from commerce.canceling import cancel_order
from commerce.invariants import broken_promises
from commerce.moving_money import TooMuch, capture_order, carry_out, refund_order
from commerce.paid_by_hand import mark_as_paid
from drills.ground.stripe_stand_in import open_stand_in, stripe_of
from models.orders import CancelReason, Order
from models.stock import StockLevel
from payments.choosing import Gateways, gateways
from tests.paying import PRICE, a_basket, ledger
from tests.shop import NOON

pytestmark = pytest.mark.usefixtures("database")

MANUAL, TEST, STRIPE = "", "test:approve", "pm_card_visa"


@dataclass(frozen=True)
class Till:
    """One way to be paid: a session of a provider, or none for what staff receive by hand."""

    session: str
    gateways: Gateways

    async def sell(self, *, at_once: bool) -> Order:
        """Sell something; what is paid by hand is paid at once when staff say so."""
        basket = await a_basket(
            self.session or TEST, among=self.gateways, capture_on_authorization=at_once and bool(self.session)
        )
        if not self.session:
            await basket.pay()
        assert (await basket.submit())["__typename"] == "SubmitSuccess"
        order = await Order.get()
        if at_once and not self.session:
            await mark_as_paid(order.id, now=NOON)
        return await Order.get()

    async def take(self, order: Order, amount: int) -> None:
        await carry_out(await capture_order(order.id, amount, now=NOON), self.gateways, now=NOON)

    async def give_back(self, order: Order, amount: int, key: str) -> None:
        operations = await refund_order(order.id, amount, request_key=key, now=NOON)
        await carry_out(operations, self.gateways, now=NOON)

    async def cancel(self, order: Order) -> None:
        await carry_out(await cancel_order(order.id, CancelReason.STAFF, now=NOON), self.gateways, now=NOON)


@pytest.fixture(params=[MANUAL, TEST, STRIPE], ids=["manual", "test", "stripe"])
async def till(request: pytest.FixtureRequest) -> AsyncIterator[Till]:
    if request.param != STRIPE:
        yield Till(request.param, gateways())
        return
    async with open_stand_in() as stand_in, stripe_of(stand_in) as stripe:
        yield Till(request.param, gateways(stripe))


async def refused(act: Callable[[], Awaitable[None]]) -> None:
    """An act that asks for too much, and leaves the books as they were."""
    before = await ledger()
    with pytest.raises(TooMuch):
        await act()
    assert await ledger() == before
    assert await broken_promises() == []


async def test_a_sale_is_paid_and_given_back_in_parts_each_once_and_never_beyond(till: Till) -> None:
    order = await till.sell(at_once=True)
    assert order.financial_status == "PAID"

    for key, amount in (("one", 600), ("one", 600), ("two", 400)):
        await till.give_back(order, amount, key)
    assert (await Order.get()).financial_status == "PARTIALLY_REFUNDED"
    await refused(lambda: till.give_back(order, PRICE - 999, "three"))
    await till.give_back(order, PRICE - 1_000, "four")

    assert (await Order.get()).financial_status == "REFUNDED"
    moved = [("authorize", PRICE), ("capture", PRICE), ("refund", 600), ("refund", 400), ("refund", 500)]
    assert await ledger() == moved
    await refused(lambda: till.give_back(order, 1, "five"))


async def test_a_promise_is_taken_in_parts_and_never_beyond(till: Till) -> None:
    order = await till.sell(at_once=False)
    if not till.session:
        assert order.financial_status == "PENDING"
        await refused(lambda: till.take(order, 1))
        return
    assert order.financial_status == "AUTHORIZED"

    await till.take(order, 600)
    assert (await Order.get()).financial_status == "PARTIALLY_PAID"
    await refused(lambda: till.take(order, PRICE - 599))
    await refused(lambda: till.give_back(order, 601, "one"))
    await till.take(order, PRICE - 600)

    assert (await Order.get()).financial_status == "PAID"
    assert await ledger() == [("authorize", PRICE), ("capture", 600), ("capture", PRICE - 600)]
    await refused(lambda: till.take(order, 1))


async def test_an_order_that_is_canceled_before_it_was_paid_is_let_go_once(till: Till) -> None:
    order = await till.sell(at_once=False)

    for _ in range(2):
        await till.cancel(order)

    assert (await Order.get()).financial_status == "VOIDED"
    assert [kind for kind, _ in await ledger()].count("void") == 1
    assert (await StockLevel.get()).available == 5
    assert await broken_promises() == []


async def test_an_order_that_is_canceled_after_it_was_paid_is_refunded_once(till: Till) -> None:
    order = await till.sell(at_once=True)

    for _ in range(2):
        await till.cancel(order)

    assert (await Order.get()).financial_status == "REFUNDED"
    assert (await ledger())[-1] == ("refund", PRICE)
    assert len(await ledger()) == 3
    assert await broken_promises() == []
