"""What a crash, a lost answer or a change of mind leaves of a payment by Stripe ends in an order or goes back, once."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from commerce.canceling import cancel_order
from commerce.invariants import broken_promises
from commerce.moving_money import capture_order, carry_out, refund_order
from commerce.sweeping import sweep
from drills.ground.stripe_stand_in import Fault, StandIn, open_stand_in, stripe_of
from models.checkout import CheckoutAttempt, Reservation
from models.orders import CancelReason, Order
from models.payments import Payment
from models.stock import StockLevel
from payments.choosing import Gateways, gateways
from tests.buying import Basket, line
from tests.goods import a_variant
from tests.paying import PRICE, a_basket, ledger, submitted
from tests.shop import NOON

pytestmark = pytest.mark.usefixtures("database")

SOON = NOON + dt.timedelta(seconds=20)
LATER = NOON + dt.timedelta(hours=1)
CONFIRMED_BY_BANK = "pm_card_threeDSecure2Required"
TRY = 'mutation($c: ID!) { cartSubmitForCompletion(cartId: $c, attemptToken: "first try") { result { __typename } } }'


@dataclass
class Stripe:
    """The provider's side."""

    stand_in: StandIn
    gateways: Gateways

    @property
    def intents(self) -> list[dict[str, Any]]:
        return list(self.stand_in.books.intents.values())

    def books(self) -> list[tuple[str, int, int]]:
        """Each payment there: its status, what was taken, what was given back."""
        refunded = self.stand_in.books.refunded
        return [(each["status"], each["amount_received"], refunded(each["id"])) for each in self.intents]


@pytest.fixture
async def stripe() -> AsyncIterator[Stripe]:
    async with open_stand_in() as stand_in, stripe_of(stand_in) as gateway:
        yield Stripe(stand_in, gateways(gateway))


async def crash(*_: Any, **__: Any) -> None:
    raise ConnectionResetError


@pytest.mark.parametrize("at_once", [True, False], ids=["sale", "promise"])
@pytest.mark.parametrize("place", ["commerce.checkout.ask_provider", "commerce.settling.finish"])
async def test_a_crash_before_or_after_the_call_leaves_one_payment_and_one_order(
    monkeypatch: pytest.MonkeyPatch, stripe: Stripe, place: str, at_once: bool
) -> None:
    basket = await a_basket("pm_card_visa", among=stripe.gateways, capture_on_authorization=at_once)
    with monkeypatch.context() as broken:
        broken.setattr(place, crash)
        await basket.counter.ask(TRY, c=basket.id)
    assert await Order.all().count() == 0

    for now in (SOON, LATER, LATER + dt.timedelta(hours=1)):
        await sweep(stripe.gateways, now=now)

    assert (await Order.get()).financial_status == ("PAID" if at_once else "AUTHORIZED")
    assert stripe.books() == [("succeeded", PRICE, 0) if at_once else ("requires_capture", 0, 0)]
    assert (await basket.submit())["__typename"] == "SubmitAlreadyAccepted"


@pytest.mark.parametrize("reached", [True, False], ids=["after the call", "before the call"])
async def test_what_nobody_came_back_for_in_time_goes_back_and_holds_nothing(
    monkeypatch: pytest.MonkeyPatch, stripe: Stripe, reached: bool
) -> None:
    basket = await a_basket("pm_card_visa", among=stripe.gateways, stock=1)
    with monkeypatch.context() as broken:
        broken.setattr("commerce.settling.finish" if reached else "commerce.checkout.ask_provider", crash)
        await basket.counter.ask(TRY, c=basket.id)

    for hours in range(3):
        await sweep(stripe.gateways, now=LATER + dt.timedelta(hours=hours))

    assert await Order.all().count() == (1 if reached else 0)
    assert stripe.books() == ([("succeeded", PRICE, 0)] if reached else [])
    assert (await StockLevel.get()).available == (0 if reached else 1)
    assert await broken_promises() == []


@pytest.mark.parametrize("act", ["capture", "refund", "cancel a promise", "cancel a sale"])
async def test_a_crash_between_an_act_at_the_provider_and_its_record_does_it_once(
    monkeypatch: pytest.MonkeyPatch, stripe: Stripe, act: str
) -> None:
    sale = act in {"refund", "cancel a sale"}
    await submitted("pm_card_visa", among=stripe.gateways, capture_on_authorization=sale)
    order = await Order.get()
    if act == "capture":
        operations = await capture_order(order.id, 600, now=NOON)
    elif act == "refund":
        operations = await refund_order(order.id, 600, request_key="k", now=NOON)
    else:
        operations = await cancel_order(order.id, CancelReason.STAFF, now=NOON)
    with monkeypatch.context() as broken, pytest.raises(ConnectionResetError):
        broken.setattr("commerce.moving_money.answered", crash)
        await carry_out(operations, stripe.gateways, now=NOON)
    stripe.stand_in.forget_keys()

    for now in (SOON, LATER):
        await sweep(stripe.gateways, now=now)

    assert (await ledger())[-1] == {
        "capture": ("capture", 600),
        "refund": ("refund", 600),
        "cancel a promise": ("void", PRICE),
        "cancel a sale": ("refund", PRICE),
    }[act]
    assert (
        stripe.books()
        == {
            "capture": [("requires_capture", 600, 0)],
            "refund": [("succeeded", PRICE, 600)],
            "cancel a promise": [("canceled", 0, 0)],
            "cancel a sale": [("succeeded", PRICE, PRICE)],
        }[act]
    )
    assert await broken_promises() == []


async def test_a_provider_that_is_down_for_an_hour_costs_no_payment_twice(stripe: Stripe) -> None:
    stripe.stand_in.fail_next(Fault.BROKEN)
    basket, attempt = await submitted("pm_card_visa", among=stripe.gateways, stock=1)
    stripe.stand_in.fail_next(Fault.LIMITED)
    await sweep(stripe.gateways, now=SOON)
    assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionProcessing"

    await sweep(stripe.gateways, now=LATER)
    await sweep(stripe.gateways, now=LATER + dt.timedelta(minutes=1))

    assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionFailed"
    assert stripe.books() == []
    assert (await StockLevel.get()).available == 1


async def test_a_silent_provider_is_not_asked_about_everything_in_one_sweep(stripe: Stripe) -> None:
    for _ in range(5):
        stripe.stand_in.fail_next(Fault.BROKEN)
        await submitted("pm_card_visa", among=stripe.gateways)
    for _ in range(5):
        stripe.stand_in.fail_next(Fault.BROKEN)

    await sweep(stripe.gateways, now=SOON)
    assert len(stripe.stand_in.requests) == 5 + 3
    await sweep(stripe.gateways, now=SOON + dt.timedelta(seconds=5))
    assert len(stripe.stand_in.requests) == 5 + 5


async def test_who_comes_back_with_the_same_token_finds_the_payment_confirmed(stripe: Stripe) -> None:
    basket, attempt = await submitted(CONFIRMED_BY_BANK, among=stripe.gateways)
    stripe.stand_in.books.confirm(stripe.intents[0]["id"])
    basket.counter = replace(basket.counter, clock=lambda: SOON)

    assert (await basket.submit())["__typename"] == "SubmitAlreadyAccepted"

    assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionSuccess"
    assert await ledger() == [("authorize", PRICE), ("capture", PRICE)]


class TestACartThatIsChangedWhileItsPaymentWaits:
    """The attempt is over, what it held is free, and the provider is told: each once, whoever comes first."""

    async def changed(self, stripe: Stripe) -> tuple[Basket, str]:
        basket, attempt = await submitted(CONFIRMED_BY_BANK, among=stripe.gateways, stock=1)
        await basket.add(line(await a_variant()))
        assert basket.errors == []
        return basket, attempt["id"]

    async def test_the_attempt_is_over_and_holds_nothing(self, stripe: Stripe) -> None:
        basket, attempt_id = await self.changed(stripe)

        outcome = await basket.attempt(attempt_id)
        assert (outcome["__typename"], outcome["errors"][0]["code"]) == ("CartCompletionFailed", "PAYMENT_ERROR")
        assert {reservation.state for reservation in await Reservation.all()} == {"RELEASED"}
        await basket.add(line(await a_variant()))
        for now in (SOON, LATER):
            await sweep(stripe.gateways, now=now)
        assert stripe.books() == [("canceled", 0, 0)]
        assert (await Payment.get()).state == "VOIDED"
        assert await broken_promises() == []

    async def test_a_confirmation_all_the_same_is_given_back(self, stripe: Stripe) -> None:
        await self.changed(stripe)
        stripe.stand_in.books.confirm(stripe.intents[0]["id"])

        for now in (SOON, LATER):
            await sweep(stripe.gateways, now=now)

        assert stripe.books() == [("succeeded", PRICE, PRICE)]
        assert await ledger() == [("authorize", PRICE), ("capture", PRICE), ("refund", PRICE)]
        assert await Order.all().count() == 0

    async def test_it_can_be_paid_anew(self, stripe: Stripe) -> None:
        basket, _ = await self.changed(stripe)
        await basket.pay()

        result = await basket.submit("second try")

        assert (await basket.attempt(result["attemptId"]))["__typename"] == "CartCompletionSuccess"
        assert await CheckoutAttempt.all().count() == 2

    async def test_a_change_that_is_refused_ends_nothing(self, stripe: Stripe) -> None:
        basket, attempt = await submitted(CONFIRMED_BY_BANK, among=stripe.gateways, stock=1)
        await basket.update({"id": "gid://shopwright/CartLine/999999", "quantity": 2})

        assert basket.errors
        assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionActionRequired"
