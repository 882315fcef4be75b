"""The bank of the test provider: whoever has the page of a payment says whether it goes through."""

import datetime as dt
from dataclasses import dataclass

from commerce.settling import finish
from models.money import Money
from models.payments import OperationKind, OperationState, Payment, PaymentOperation
from payments.gateway import Answer, Outcome
from payments.test import TestGateway

DECLINED = Answer(Outcome.DECLINED, error="PAYMENT_CARD_DECLINED", message="The payment was not confirmed.")


@dataclass(frozen=True, slots=True)
class Question:
    """A payment that waits to be confirmed, or did; `return_url` leads back to the checkout."""

    money: Money
    waits: bool
    return_url: str


async def question_of(reference: str) -> Question | None:
    """What is to be confirmed under a reference of the test provider."""
    payment = await _payment(reference)
    if payment is None:
        return None
    asked = PaymentOperation.filter(payment_id=payment.id, kind=OperationKind.AUTHORIZE)
    waits = await asked.filter(state=OperationState.PENDING).exists()
    return Question(Money(payment.amount, payment.currency), waits, payment.details.get("return_url") or "/")


async def confirm(reference: str, *, agreed: bool, now: dt.datetime) -> None:
    """The shopper's answer, as the provider would tell it; the first one counts."""
    question, payment = await question_of(reference), await _payment(reference)
    if payment is None or question is None or not question.waits:
        return
    approved = Answer(Outcome.DONE, reference, captured=payment.details["capture"])
    await finish(payment.id, approved if agreed else DECLINED, now=now)


async def _payment(reference: str) -> Payment | None:
    return await Payment.filter(gateway=TestGateway.name, reference=reference).first()
