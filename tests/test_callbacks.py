"""Messages of a provider: only its own and fresh ones count, each once, in any order, and the books are exact."""

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY
from starlette.applications import Starlette

from commerce.canceling import cancel_order
from commerce.moving_money import carry_out, refund_order
from commerce.sweeping import sweep
from drills.ground.stripe_stand_in import Fault, StandIn, open_stand_in, signed, stripe_of
from models.checkout import CheckoutAttempt
from models.fulfillment import Refund
from models.orders import CancelReason, Order
from models.outbox import OutboxEvent
from models.payments import Payment, PaymentCallback
from models.stock import StockLevel
from payments.choosing import Gateways, gateways
from tests.paying import PRICE, ledger, submitted
from tests.shop import NOON
from webhooks import LONGEST_MESSAGE, webhook_routes

CONFIRMED_BY_BANK = "pm_card_threeDSecure2Required"


@dataclass
class Stripe:
    """The provider's side: its books, and a way to tell the shop what is in them."""

    stand_in: StandIn
    gateways: Gateways
    shop: httpx.AsyncClient

    @property
    def intent(self) -> dict[str, Any]:
        return next(iter(self.stand_in.books.intents.values()))

    @property
    def events(self) -> list[dict[str, Any]]:
        return self.stand_in.books.events

    async def tell(self, *events: dict[str, Any] | bytes, **how: Any) -> list[int]:
        """Post events one after the other; the statuses of the answers."""
        return [(await self.shop.post("/webhooks/stripe", **signed(event, **how))).status_code for event in events]

    async def do(self, act: str, *, key: str = "", **params: Any) -> None:
        """What staff do in Stripe's own console."""
        named = {"key": key} if key else {}
        getattr(self.stand_in.books, act)(*named.values(), params=params, address=self.stand_in.address)


@pytest.fixture
async def stripe() -> AsyncIterator[Stripe]:
    async with open_stand_in() as stand_in, stripe_of(stand_in) as gateway:
        providers = gateways(gateway)
        routes = webhook_routes(lambda: providers, stripe_secrets=["whsec_of_before", "whsec_of_the_stand_in"])
        transport = httpx.ASGITransport(Starlette(routes=routes))
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.example") as shop:
            yield Stripe(stand_in, providers, shop)


@pytest.mark.usefixtures("database")
class TestOneAfterTheOther:
    async def test_a_confirmed_payment_becomes_the_order_however_often_it_is_told(self, stripe: Stripe) -> None:
        basket, attempt = await submitted(CONFIRMED_BY_BANK, among=stripe.gateways)
        stripe.stand_in.books.confirm(stripe.intent["id"])

        assert await stripe.tell(*stripe.events * 3) == [200] * 6

        assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionSuccess"
        assert await ledger() == [("authorize", PRICE), ("capture", PRICE)]
        assert (await Order.get()).financial_status == "PAID"
        assert await PaymentCallback.all().count() == 2

    async def test_what_comes_in_the_wrong_order_changes_nothing_that_is_settled(self, stripe: Stripe) -> None:
        _, attempt = await submitted(CONFIRMED_BY_BANK, among=stripe.gateways, capture_on_authorization=False)
        stripe.stand_in.books.confirm(stripe.intent["id"])

        await stripe.tell(*reversed(stripe.events))

        assert (await CheckoutAttempt.get(id=attempt["id"])).state == "SUCCEEDED"
        assert await ledger() == [("authorize", PRICE)]

    async def test_a_message_before_the_answer_to_the_request_finds_the_payment_by_our_key(
        self, stripe: Stripe
    ) -> None:
        stripe.stand_in.fail_next(Fault.LOST_ANSWER)
        basket, attempt = await submitted("pm_card_visa", among=stripe.gateways)
        assert attempt["__typename"] == "CartCompletionProcessing"

        await stripe.tell(*stripe.events)

        assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionSuccess"

    async def test_money_for_an_attempt_that_is_over_goes_back(self, stripe: Stripe) -> None:
        basket, attempt = await submitted(CONFIRMED_BY_BANK, among=stripe.gateways, stock=1)
        stripe.stand_in.books.fail_authentication(stripe.intent["id"])
        await stripe.tell(*stripe.events)
        assert (await basket.attempt(attempt["id"]))["errors"][0]["code"] == "PAYMENT_CARD_DECLINED"
        assert (await StockLevel.get()).available == 1

        stripe.stand_in.books.confirm(stripe.intent["id"])
        await stripe.tell(*stripe.events)
        await sweep(stripe.gateways, now=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))

        assert await ledger() == [("authorize", PRICE), ("capture", PRICE), ("refund", PRICE)]
        assert stripe.stand_in.books.refunded(stripe.intent["id"]) == PRICE
        assert await Order.all().count() == 0

    async def test_a_refund_given_at_the_provider_is_in_the_books_even_told_first(self, stripe: Stripe) -> None:
        await submitted(CONFIRMED_BY_BANK, among=stripe.gateways)
        stripe.stand_in.books.confirm(stripe.intent["id"])
        await stripe.do("refund", payment_intent=stripe.intent["id"], amount="400")

        assert await stripe.tell(*reversed(stripe.events)) == [200, 200, 200]
        assert await stripe.tell(*stripe.events) == [200, 200, 200]

        assert await ledger() == [("authorize", PRICE), ("capture", PRICE), ("refund", 400)]
        assert (await Order.get()).financial_status == "PARTIALLY_REFUNDED"
        assert [refund.amount for refund in await Refund.all()] == [400]

    async def test_our_own_refund_is_counted_once_whoever_tells_it_first(self, stripe: Stripe) -> None:
        await submitted("pm_card_visa", among=stripe.gateways)
        order = await Order.get()
        stripe.stand_in.fail_next(Fault.LOST_ANSWER, "refunds")
        await carry_out(await refund_order(order.id, 600, request_key="k", now=NOON), stripe.gateways, now=NOON)
        assert (await Payment.get()).pending_refund == 600

        await stripe.tell(*stripe.events)
        await sweep(stripe.gateways, now=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))

        payment = await Payment.get()
        assert (payment.refunded, payment.pending_refund) == (600, 0)
        assert stripe.stand_in.books.refunded(stripe.intent["id"]) == 600

    async def test_a_refund_that_fails_after_all_is_told_to_staff(self, stripe: Stripe) -> None:
        await submitted("pm_card_visa", among=stripe.gateways)
        operations = await refund_order((await Order.get()).id, 600, request_key="k", now=NOON)
        await carry_out(operations, stripe.gateways, now=NOON)
        (refund,) = stripe.stand_in.books.refunds.values()
        refund["status"] = "failed"
        stripe.stand_in.books.happened("refund.failed", refund)

        assert await stripe.tell(*stripe.events) == [200, 200, 200]

        facts = await OutboxEvent.filter(aggregate="order").order_by("id")
        assert facts[-1].kind == "order.refund_failed"

    async def test_what_staff_take_or_let_go_at_the_provider_is_in_the_books(self, stripe: Stripe) -> None:
        await submitted("pm_card_visa", among=stripe.gateways, capture_on_authorization=False)
        await stripe.do("capture", key=stripe.intent["id"], amount_to_capture="1000")
        await stripe.tell(*stripe.events)
        assert await ledger() == [("authorize", PRICE), ("capture", 1_000)]
        assert (await Order.get()).financial_status == "PARTIALLY_PAID"

    async def test_a_promise_that_the_provider_ends_is_over_here_too(self, stripe: Stripe) -> None:
        await submitted("pm_card_visa", among=stripe.gateways, capture_on_authorization=False)
        await stripe.do("cancel", key=stripe.intent["id"])

        await stripe.tell(*stripe.events * 2)

        assert await ledger() == [("authorize", PRICE), ("void", PRICE)]
        assert (await Order.get()).financial_status == "VOIDED"

    async def test_our_own_void_is_not_written_down_twice(self, stripe: Stripe) -> None:
        await submitted("pm_card_visa", among=stripe.gateways, capture_on_authorization=False)
        operations = await cancel_order((await Order.get()).id, CancelReason.STAFF, now=NOON)
        await stripe.do("cancel", key=stripe.intent["id"])
        await stripe.tell(*stripe.events)
        await carry_out(operations, stripe.gateways, now=NOON)

        assert await ledger() == [("authorize", PRICE), ("void", PRICE)]

    async def test_a_declined_card_on_the_page_of_the_provider_is_not_the_end(self, stripe: Stripe) -> None:
        basket, attempt = await submitted("stripe:checkout", among=stripe.gateways)
        (page,) = stripe.stand_in.books.pages
        stripe.stand_in.books.pay_on_page(page, "pm_card_chargeDeclined")
        await stripe.tell(*stripe.events)
        assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionActionRequired"

        stripe.stand_in.books.pay_on_page(page)
        await stripe.tell(*stripe.events)

        assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionSuccess"

    async def test_a_page_that_closes_unpaid_ends_the_attempt(self, stripe: Stripe) -> None:
        basket, attempt = await submitted("stripe:checkout", among=stripe.gateways, stock=1)
        (page,) = stripe.stand_in.books.pages
        await stripe.do("expire_page", key=page)

        await stripe.tell(*stripe.events)

        assert (await basket.attempt(attempt["id"]))["__typename"] == "CartCompletionFailed"
        assert (await StockLevel.get()).available == 1

    async def test_what_is_not_ours_or_not_needed_is_accepted_and_changes_nothing(self, stripe: Stripe) -> None:
        amounts = {"amount": 5, "amount_received": 5, "currency": "eur"}
        foreign = {"id": "pi_foreign", "object": "payment_intent", "status": "succeeded", "metadata": {}, **amounts}

        assert await stripe.tell(event("evt_1", foreign), event("evt_2", {"object": "payout"})) == [200, 200]
        assert await Payment.all().count() == 0

    async def test_a_refund_that_cannot_be_placed_yet_is_asked_for_again(self, stripe: Stripe) -> None:
        refund = {"id": "re_1", "object": "refund", "status": "succeeded", "amount": 5, "currency": "eur"}

        assert await stripe.tell(event("evt_1", {**refund, "payment_intent": "pi_nowhere", "metadata": {}})) == [503]
        assert await PaymentCallback.all().count() == 0


@pytest.mark.usefixtures("database")
class TestWhatIsRefused:
    @pytest.mark.parametrize("seconds", [-301, -100_000, 301, 100_000])
    async def test_stale_and_future_messages(self, stripe: Stripe, seconds: int) -> None:
        before = refused()
        await submitted("pm_card_visa", among=stripe.gateways)

        assert await stripe.tell(*stripe.events, seconds_from_now=seconds) == [400]
        assert await PaymentCallback.all().count() == 0
        assert refused() == before + 1

    async def test_forged_messages(self, stripe: Stripe) -> None:
        await submitted(CONFIRMED_BY_BANK, among=stripe.gateways)
        stripe.stand_in.books.confirm(stripe.intent["id"])
        genuine = signed(stripe.events[-1])
        changed = {**genuine, "content": genuine["content"].replace(b"succeeded", b"succeedeD")}

        assert await stripe.tell(stripe.events[-1], secret="whsec_of_nobody") == [400]
        assert (await stripe.shop.post("/webhooks/stripe", **changed)).status_code == 400
        assert await Order.all().count() == 0

    @pytest.mark.parametrize(
        "header", ["", "t=,v1=", "t=1", "v1=abc", "t=1,t=2,v1=a", "t=9" * 999, "t=-5,v1=é", f"t={'9' * 30},v1=a"]
    )
    async def test_signatures_that_are_none(self, stripe: Stripe, header: str) -> None:
        answer = await stripe.shop.post("/webhooks/stripe", headers=[(b"stripe-signature", header.encode())])

        assert answer.status_code == 400

    @pytest.mark.parametrize(
        "body",
        [
            *(b"", b"null", b"5", b"[]", b"{}", b"\xff", b"[" * 50_000),
            b'{"id": 5, "type": "x", "data": {"object": {}}}',
            b'{"id": "evt_1", "type": "x", "data": {"object": {"object": "payment_intent"}}}',
            b'{"id": "\\u0000", "type": "x", "data": {"object": {}}}',
        ],
        ids=lambda body: body[:40].decode("latin-1"),
    )
    async def test_signed_messages_that_say_nothing(self, stripe: Stripe, body: bytes) -> None:
        assert await stripe.tell(body) == [400]

    async def test_messages_without_end(self, stripe: Stripe) -> None:
        assert await stripe.tell(b" " * (LONGEST_MESSAGE + 1)) == [413]

    async def test_a_rolled_secret_verifies_as_long_as_it_is_listed(self, stripe: Stripe) -> None:
        await submitted("pm_card_visa", among=stripe.gateways)

        assert await stripe.tell(*stripe.events, secret="whsec_of_before") == [200]


@pytest.mark.usefixtures("committed")
async def test_200_messages_20_of_them_distinct_shuffled_and_at_once_leave_exact_totals(stripe: Stripe) -> None:
    for _ in range(5):
        await submitted(CONFIRMED_BY_BANK, among=stripe.gateways)
    for intent in list(stripe.stand_in.books.intents):
        stripe.stand_in.books.confirm(intent)
        await stripe.do("refund", payment_intent=intent, amount="300")
        await stripe.do("refund", payment_intent=intent, amount="200")
    assert len(stripe.events) == 20
    told = stripe.events * 10
    random.Random(7).shuffle(told)

    statuses = await asyncio.gather(*(stripe.tell(event) for event in told))

    assert {status for (status,) in statuses} == {200}
    sums = [(p.authorized, p.captured, p.refunded, p.pending_refund) for p in await Payment.all()]
    assert sums == [(PRICE, PRICE, 500, 0)] * 5
    assert await Order.all().count() == 5
    assert await PaymentCallback.all().count() == 20


def event(key: str, thing: dict[str, Any]) -> dict[str, Any]:
    """A message about something, as Stripe writes it."""
    return {"id": key, "type": "something.happened", "data": {"object": thing}}


def refused() -> float:
    """How many messages the figures count as refused."""
    labels = {"gateway": "stripe", "outcome": "refused"}
    return REGISTRY.get_sample_value("shopwright_payment_callbacks_total", labels) or 0
