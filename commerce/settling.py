"""Finishing what a provider was asked for: an order for a promise, everything given back for a refusal.

Each step is compare-and-set, so a request, a callback and the sweeper may all try, in any order and any number of
times.
"""

import datetime as dt

from commerce.drafts import Draft
from commerce.paying import enter, intend, settle
from commerce.placing import place_order, without_gone_variants
from commerce.promises import give_back, held_goods, use_goods
from commerce.readiness import Missing
from database.transactions import unit_of_work
from models.carts import Cart, CartState
from models.checkout import AttemptState, CheckoutAttempt
from models.money import Money
from models.orders import Order
from models.payments import OperationKind, OperationState, Payment, PaymentOperation, PaymentState
from payments.choosing import Gateways
from payments.gateway import Answer, Outcome, PaymentRequest

UNDER_WAY = (AttemptState.PROCESSING, AttemptState.ACTION_REQUIRED)
TIME_TO_ACT = dt.timedelta(minutes=30)


async def ask_provider(payment_id: int, gateways: Gateways, *, now: dt.datetime) -> None:
    """Ask the provider for a payment whose intent is committed, and finish with its answer."""
    payment = await Payment.get(id=payment_id)
    answer = await gateways[payment.gateway].authorize(await _request(payment))
    await finish(payment_id, answer, now=now)


async def ask_again(payment_id: int, gateways: Gateways, *, now: dt.datetime, seen: dt.datetime) -> Outcome | None:
    """Ask what became of a payment whose answer was lost or is awaited, and finish with that.

    It was last changed when it was `seen`; whoever asks changes it, so of several only the first does.
    """
    if not await Payment.filter(id=payment_id, updated_at=seen).update(updated_at=now):
        return None
    payment = await Payment.get(id=payment_id).select_related("attempt")
    attempt = payment.attempt
    answer = await gateways[payment.gateway].outcome_of(
        await _request(payment),
        reference=payment.reference,
        still_wanted=attempt is not None and attempt.state in UNDER_WAY and attempt.expires_at > now,
    )
    await finish(payment_id, answer, now=now)
    return answer.outcome


async def _request(payment: Payment) -> PaymentRequest:
    operation = await PaymentOperation.get(payment_id=payment.id, kind=OperationKind.AUTHORIZE)
    return PaymentRequest(
        money=Money(payment.amount, payment.currency),
        session_id=payment.details["session_id"],
        key=operation.idempotency_key,
        capture=payment.details["capture"],
        return_url=payment.details.get("return_url", ""),
        asked_at=payment.created_at,
    )


@unit_of_work
async def finish(payment_id: int, answer: Answer, *, now: dt.datetime) -> None:
    """Do what an answer asks for, once: place the order, wait for the shopper, or give everything back."""
    found = await Payment.get(id=payment_id)
    attempt = await _locked_attempt(str(found.attempt_id))  # type: ignore[attr-defined]
    payment = await Payment.filter(id=payment_id).select_for_update().get()
    if answer.outcome is Outcome.UNKNOWN:
        return
    if answer.outcome is Outcome.ACTION_REQUIRED:
        await _await_action(attempt, payment, answer, now=now)
        return
    operation = await PaymentOperation.get(payment_id=payment_id, kind=OperationKind.AUTHORIZE)
    state = OperationState.SUCCEEDED if answer.outcome is Outcome.DONE else OperationState.FAILED
    if answer.outcome is Outcome.DONE:
        await _open_again(operation)
    if not await settle(operation, state, now=now, reference=answer.reference, error=answer.error):
        return
    if answer.outcome is Outcome.DECLINED:
        await _decline(attempt, payment, answer, now=now)
        return
    await Payment.filter(id=payment.id).update(reference=answer.reference)
    await enter(payment, OperationKind.AUTHORIZE, payment.amount, now=now, operation=operation)
    if answer.captured:
        await enter(payment, OperationKind.CAPTURE, payment.amount, now=now, operation=operation)
    if attempt.state not in UNDER_WAY or not await _place(attempt, now=now):
        await undo_payment(payment, now=now)
    elif payment.details["capture"] and not answer.captured:
        await Payment.filter(id=payment.id).update(pending_capture=payment.amount)
        await intend(payment, OperationKind.CAPTURE, payment.amount, now=now)


@unit_of_work
async def abandon(attempt_id: str, why: Missing, *, now: dt.datetime) -> bool:
    """End an attempt without an order and give everything back; False if it had ended already."""
    ended = CheckoutAttempt.filter(id=attempt_id, state__in=UNDER_WAY)
    errors = [{"code": why.code, "message": why.message}]
    if not await ended.update(state=AttemptState.FAILED, errors=errors, completed_at=now):
        return False
    await give_back(attempt_id, now=now)
    return True


async def undo_payment(payment: Payment, *, now: dt.datetime) -> None:
    """Write down that money without an order goes back: refunded where it was taken, let go where only promised."""
    left = payment.captured - payment.refunded - payment.pending_refund
    if left:
        await Payment.filter(id=payment.id).update(pending_refund=payment.pending_refund + left)
        await intend(payment, OperationKind.REFUND, left, now=now)
    elif payment.state == PaymentState.AUTHORIZED:
        await intend(payment, OperationKind.VOID, payment.authorized, now=now)


async def _open_again(operation: PaymentOperation) -> None:
    """What was given up or refused, and went through all the same, is written down: its money has to go back."""
    await PaymentOperation.filter(id=operation.id, state=OperationState.FAILED).update(state=OperationState.PENDING)


async def _locked_attempt(attempt_id: str) -> CheckoutAttempt:
    attempt = await CheckoutAttempt.get(id=attempt_id)
    await Cart.filter(id=attempt.cart_id).select_for_update().first()  # type: ignore[attr-defined]
    return await CheckoutAttempt.filter(id=attempt_id).select_for_update().get()


async def _await_action(attempt: CheckoutAttempt, payment: Payment, answer: Answer, *, now: dt.datetime) -> None:
    waiting = CheckoutAttempt.filter(id=attempt.id, state=AttemptState.PROCESSING)
    await waiting.update(state=AttemptState.ACTION_REQUIRED, action_url=answer.action_url, expires_at=now + TIME_TO_ACT)
    await Payment.filter(id=payment.id, state=PaymentState.PENDING).update(
        state=PaymentState.ACTION_REQUIRED, reference=answer.reference, updated_at=now
    )


async def _decline(attempt: CheckoutAttempt, payment: Payment, answer: Answer, *, now: dt.datetime) -> None:
    await Payment.filter(id=payment.id).update(state=PaymentState.FAILED, updated_at=now)
    why = Missing(answer.error or "PAYMENT_ERROR", answer.message or "The payment was not accepted.")
    await abandon(attempt.id, why, now=now)


async def _place(attempt: CheckoutAttempt, *, now: dt.datetime) -> Order | None:
    cart_id = attempt.cart_id  # type: ignore[attr-defined]
    if await Cart.filter(id=cart_id, state=CartState.COMPLETED).exists():
        return None
    held = await held_goods(attempt.id)
    draft: Draft = await without_gone_variants(attempt.draft)
    order = await place_order(draft, attempt.id, held, now=now)
    await use_goods(attempt.id, held, order_id=order.id, now=now)
    return order
