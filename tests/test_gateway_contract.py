"""What every provider promises, asked of each of them: the same key moves money once, and nothing is ever beyond it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from drills.ground.stripe_stand_in import Fault, StandIn, open_stand_in, stripe_of
from models.money import Money
from payments.gateway import Answer, Gateway, Outcome, PaymentRequest
from payments.stripe import StripeGateway
from payments.test import TestGateway
from tests.shop import NOON

FIFTEEN = Money(1_500, "EUR")


def lose_nothing() -> None:
    """The test provider knows by its session that an answer is lost."""


@dataclass(frozen=True)
class Provider:
    """A gateway and what to say to it. `lose` has the next answer get lost on its way."""

    gateway: Gateway
    approved: str
    declined: str
    without_cover: str
    confirmed: str
    lost: str
    capture_fails: str
    refund_fails: str
    lose: Callable[[], None] = lose_nothing


TEST = Provider(
    TestGateway(),
    approved="test:approve",
    declined="test:decline",
    without_cover="test:funds",
    confirmed="test:action",
    lost="test:timeout",
    capture_fails="test:capture-fails",
    refund_fails="test:refund-fails",
)


@pytest.fixture(params=["test", "stripe"])
async def provider(request: pytest.FixtureRequest) -> AsyncIterator[Provider]:
    if request.param == "test":
        yield TEST
        return
    async with open_stand_in() as stand_in, stripe_of(stand_in) as gateway:
        yield stripe_provider(gateway, stand_in)


def stripe_provider(gateway: StripeGateway, stand_in: StandIn) -> Provider:
    return Provider(
        gateway,
        approved="pm_card_visa",
        declined="pm_card_chargeDeclined",
        without_cover="pm_card_chargeDeclinedInsufficientFunds",
        confirmed="pm_card_threeDSecure2Required",
        lost="pm_card_visa",
        capture_fails="pm_card_captureFail",
        refund_fails="pm_card_refundFail",
        lose=lambda: stand_in.fail_next(Fault.LOST_ANSWER),
    )


def asked(session: str, *, key: str = "one", capture: bool = False, money: Money = FIFTEEN) -> PaymentRequest:
    return PaymentRequest(money, session, key, capture, "https://shop.example/checkout/1", NOON)


async def promised(provider: Provider, session: str | None = None, **more: Any) -> str:
    answer = await provider.gateway.authorize(asked(session or provider.approved, **more))
    assert answer.outcome is Outcome.DONE
    assert answer.reference
    return answer.reference


async def test_a_promise_is_no_capture_and_a_sale_is(provider: Provider) -> None:
    promise = await provider.gateway.authorize(asked(provider.approved))
    sale = await provider.gateway.authorize(asked(provider.approved, key="two", capture=True))

    assert (promise.outcome, promise.captured) == (Outcome.DONE, False)
    assert (sale.outcome, sale.captured) == (Outcome.DONE, True)
    assert promise.reference != sale.reference


async def test_the_same_key_is_the_same_payment(provider: Provider) -> None:
    answers = {await provider.gateway.authorize(asked(provider.approved, capture=True)) for _ in range(3)}

    assert len(answers) == 1


async def test_a_refusal_says_why_in_the_words_of_the_api(provider: Provider) -> None:
    declined = await provider.gateway.authorize(asked(provider.declined))
    without_cover = await provider.gateway.authorize(asked(provider.without_cover, key="two"))

    assert (declined.outcome, declined.error) == (Outcome.DECLINED, "PAYMENT_CARD_DECLINED")
    assert (without_cover.outcome, without_cover.error) == (Outcome.DECLINED, "PAYMENT_INSUFFICIENT_FUNDS")
    assert declined.message
    assert without_cover.message


async def test_what_the_shopper_must_confirm_names_a_page_and_waits(provider: Provider) -> None:
    request = asked(provider.confirmed)
    answer = await provider.gateway.authorize(request)
    later = await provider.gateway.outcome_of(request, reference=answer.reference, still_wanted=True)

    assert answer.outcome is later.outcome is Outcome.ACTION_REQUIRED
    assert answer.reference
    assert (answer.action_url or "").startswith(("https://shop.example/", "http://127.0.0.1"))


async def test_a_lost_answer_is_unknown_and_found_again(provider: Provider) -> None:
    request = asked(provider.lost, capture=True)
    provider.lose()
    lost = await provider.gateway.authorize(request)
    found = await provider.gateway.outcome_of(request, reference=None, still_wanted=True)
    again = await provider.gateway.outcome_of(request, reference=None, still_wanted=False)

    assert lost.outcome is Outcome.UNKNOWN
    assert found.outcome is again.outcome is Outcome.DONE
    assert found.reference == again.reference


async def test_a_promise_is_taken_in_parts_each_once(provider: Provider) -> None:
    reference = await promised(provider)

    for key, amount in (("first", 500), ("first", 500), ("second", 1_000), ("second", 1_000)):
        answer = await provider.gateway.capture(reference, Money(amount, "EUR"), key=key)
        assert (answer.outcome, answer.captured) == (Outcome.DONE, True)


async def test_what_was_taken_is_given_back_in_parts_each_once(provider: Provider) -> None:
    reference = await promised(provider, capture=True)

    answers = [
        await provider.gateway.refund(reference, Money(amount, "EUR"), key=key)
        for key, amount in (("first", 500), ("first", 500), ("second", 1_000), ("second", 1_000))
    ]

    assert {answer.outcome for answer in answers} == {Outcome.DONE}


async def test_a_promise_is_let_go_and_again_is_harmless(provider: Provider) -> None:
    reference = await promised(provider)

    assert (await provider.gateway.void(reference, key="let go")).outcome is Outcome.DONE
    assert (await provider.gateway.void(reference, key="let go again")).outcome is Outcome.DONE


async def test_captures_and_refunds_may_fail(provider: Provider) -> None:
    promise = await promised(provider, provider.capture_fails)
    sale = await promised(provider, provider.refund_fails, key="two", capture=True)

    for refused in (
        await provider.gateway.capture(promise, FIFTEEN, key="take"),
        await provider.gateway.refund(sale, FIFTEEN, key="give"),
    ):
        assert refused.outcome is Outcome.DECLINED
        assert refused.error


async def test_nothing_unheard_of_is_paid(provider: Provider) -> None:
    answer: Answer = await provider.gateway.authorize(asked(f"{provider.approved}-of-nobody"[5:]))

    assert answer.outcome is Outcome.DECLINED
    assert not provider.gateway.takes("another-provider")
    assert provider.gateway.takes(provider.approved)
