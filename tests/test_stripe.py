"""Stripe's own ways: amounts without decimals or with three, faults of the network, keys, cards that allow no parts."""

import datetime as dt
import logging
from collections.abc import AsyncIterator

import pytest

from drills.ground.stripe_stand_in import SECRET_KEY, Fault, StandIn, open_stand_in, stripe_of
from models.money import Money
from payments.gateway import Answer, Outcome, PaymentRequest
from payments.stripe import HOSTED, StripeGateway
from payments.stripe_amounts import NotPayable, from_stripe, to_stripe


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    async with open_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
async def gateway(stand_in: StandIn) -> AsyncIterator[StripeGateway]:
    async with stripe_of(stand_in) as gateway:
        yield gateway


def asked(session: str, key: str = "one", *, capture: bool = True, money: Money | None = None) -> PaymentRequest:
    return PaymentRequest(
        money or Money(1_500, "EUR"), session, key, capture, "https://shop.example/checkout/1", dt.datetime.now(dt.UTC)
    )


@pytest.mark.parametrize(
    ("money", "amount"),
    [
        (Money(1_999, "EUR"), 1_999),
        (Money(500, "JPY"), 500),
        (Money(5_120, "KWD"), 5_120),
        (Money(5, "ISK"), 500),
        (Money(7, "UGX"), 700),
        (Money(9, "RSD"), 900),
    ],
    ids=str,
)
def test_amounts_are_written_as_stripe_counts_them_and_read_back(money: Money, amount: int) -> None:
    assert to_stripe(money) == amount
    assert from_stripe(amount, money.currency.lower()) == money


def test_an_amount_that_stripe_cannot_write_is_refused_not_rounded() -> None:
    with pytest.raises(NotPayable):
        to_stripe(Money(5_124, "KWD"))


async def test_an_amount_that_stripe_cannot_write_is_never_asked_for(gateway: StripeGateway, stand_in: StandIn) -> None:
    answer = await gateway.authorize(asked("pm_card_visa", money=Money(5_124, "KWD")))

    assert answer.outcome is Outcome.DECLINED
    assert stand_in.requests == []


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("pm_card_chargeDeclinedExpiredCard", "PAYMENT_INVALID_CREDIT_CARD"),
        ("pm_card_chargeDeclinedProcessingError", "PAYMENT_TRANSIENT_ERROR"),
        ("pm_card_authenticationRequired", "PAYMENT_CARD_DECLINED"),
        ("pm_of_nobody", "PAYMENT_INVALID_PAYMENT_METHOD"),
    ],
)
async def test_a_declined_card_is_told_as_what_it_is(gateway: StripeGateway, card: str, code: str) -> None:
    assert (await gateway.authorize(asked(card))).error == code


@pytest.mark.parametrize("fault", Fault)
async def test_whatever_goes_wrong_on_the_way_one_payment_comes_of_it(
    gateway: StripeGateway, stand_in: StandIn, fault: Fault
) -> None:
    if fault is Fault.SILENCE:
        async with stripe_of(stand_in, seconds_to_answer=0.2) as impatient:
            stand_in.fail_next(fault)
            answer = await impatient.authorize(asked("pm_card_visa"))
    else:
        stand_in.fail_next(fault)
        answer = await gateway.authorize(asked("pm_card_visa"))
    request = asked("pm_card_visa")
    found = await gateway.outcome_of(request, reference=None, still_wanted=True)

    assert answer.outcome is Outcome.UNKNOWN
    assert (found.outcome, found.captured) == (Outcome.DONE, True)
    assert len(stand_in.books.intents) == 1


async def test_what_is_not_wanted_any_more_is_looked_for_and_not_asked_for(
    gateway: StripeGateway, stand_in: StandIn
) -> None:
    answer = await gateway.outcome_of(asked("pm_card_visa"), reference=None, still_wanted=False)

    assert answer.outcome is Outcome.DECLINED
    assert stand_in.books.intents == {}


async def test_a_key_with_something_else_is_no_second_payment(gateway: StripeGateway, stand_in: StandIn) -> None:
    await gateway.authorize(asked("pm_card_visa"))
    another = asked("pm_card_visa", money=Money(1, "EUR"))

    assert (await gateway.authorize(another)).outcome is Outcome.UNKNOWN
    assert (await gateway.outcome_of(another, reference=None, still_wanted=False)).outcome is Outcome.DONE
    assert len(stand_in.books.intents) == 1


@pytest.mark.parametrize("act", ["capture", "refund", "void"])
async def test_a_lost_answer_to_an_act_is_asked_for_again_and_done_once(
    gateway: StripeGateway, stand_in: StandIn, act: str
) -> None:
    reference = (await gateway.authorize(asked("pm_card_visa", capture=act == "refund"))).reference or ""

    async def ask() -> Answer:
        if act == "void":
            return await gateway.void(reference, key="act")
        money = Money(600, "EUR")
        return await (gateway.capture if act == "capture" else gateway.refund)(reference, money, key="act")

    stand_in.fail_next(Fault.LOST_ANSWER)
    assert (await ask()).outcome is Outcome.UNKNOWN
    stand_in.forget_keys()
    assert (await ask()).outcome is Outcome.DONE

    intent = stand_in.books.intents[reference]
    moved = (intent["amount_received"], stand_in.books.refunded(reference), intent["status"])
    assert (
        moved
        == {
            "capture": (600, 0, "requires_capture"),
            "refund": (1_500, 600, "succeeded"),
            "void": (0, 0, "canceled"),
        }[act]
    )


async def test_a_card_that_allows_no_parts_lets_the_rest_go(gateway: StripeGateway, stand_in: StandIn) -> None:
    reference = (await gateway.authorize(asked("pm_card_jcb", capture=False))).reference or ""

    first = await gateway.capture(reference, Money(600, "EUR"), key="first")
    second = await gateway.capture(reference, Money(900, "EUR"), key="second")

    assert (first.outcome, second.outcome) == (Outcome.DONE, Outcome.DECLINED)
    assert stand_in.books.intents[reference]["amount_received"] == 600


async def test_the_page_of_stripe_is_paid_on_and_becomes_the_payment(gateway: StripeGateway, stand_in: StandIn) -> None:
    request = asked(HOSTED, capture=False)
    opened = await gateway.authorize(request)
    stand_in.books.pay_on_page(opened.reference or "", "pm_card_chargeDeclined")
    declined = await gateway.outcome_of(request, reference=opened.reference, still_wanted=True)
    stand_in.books.pay_on_page(opened.reference or "")
    paid = await gateway.outcome_of(request, reference=opened.reference, still_wanted=True)

    assert opened.outcome is declined.outcome is Outcome.ACTION_REQUIRED
    assert (paid.outcome, paid.captured) == (Outcome.DONE, False)
    assert (paid.reference or "").startswith("pi_")


async def test_a_page_that_nobody_paid_on_is_closed_and_one_that_was_paid_on_is_voided(
    gateway: StripeGateway, stand_in: StandIn
) -> None:
    unpaid = (await gateway.authorize(asked(HOSTED, capture=False))).reference or ""
    paid = (await gateway.authorize(asked(HOSTED, "two", capture=False))).reference or ""
    taken = (await gateway.authorize(asked(HOSTED, "three"))).reference or ""
    stand_in.books.pay_on_page(paid)
    stand_in.books.pay_on_page(taken)

    assert (await gateway.void(unpaid, key="a")).outcome is Outcome.DONE
    assert (await gateway.void(paid, key="b")).outcome is Outcome.DONE
    assert (await gateway.void(taken, key="c")).outcome is Outcome.DECLINED
    assert stand_in.books.pages[unpaid]["status"] == "expired"
    assert [intent["status"] for intent in stand_in.books.intents.values()] == ["canceled", "succeeded"]


async def test_a_wrong_key_takes_no_payment_and_is_not_logged(
    stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    stand_in.secret_key = "sk_test_another"
    caplog.set_level(logging.DEBUG)
    async with stripe_of(stand_in) as gateway:
        answer = await gateway.authorize(asked("pm_card_visa"))
        assert (await gateway.void("pi_1", key="a")).outcome is Outcome.UNKNOWN

    assert answer.error == "PAYMENT_GATEWAY_NOT_ENABLED_ERROR"
    assert SECRET_KEY not in caplog.text + repr(stand_in.account)
