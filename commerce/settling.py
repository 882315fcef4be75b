"""Finishing what a provider was asked for: an order for a promise, everything given back for a refusal.

Each step is compare-and-set, so a request, a callback and the sweeper may all try, in any order and any number of
times.
"""

import datetime as dt

from commerce.drafts import Draft
from commerce.paying import entry, intend, settle, went_through, write_down
from commerce.placing import count_sales, place_order, without_gone_variants
from commerce.promises import give_back, held_goods, use_goods
from commerce.readiness import Missing
from database.prepared import Prepared
from database.transactions import unit_of_work
from models.carts import Cart, CartState
from models.checkout import AttemptState, CheckoutAttempt
from models.money import Money
from models.payments import OperationKind, OperationState, Payment, PaymentOperation, PaymentState
from payments.choosing import Gateways
from payments.gateway import Answer, Outcome, PaymentRequest

UNDER_WAY = (AttemptState.PROCESSING, AttemptState.ACTION_REQUIRED)
TIME_TO_ACT = dt.timedelta(minutes=30)
PAID = ("reference", "authorized", "captured", "pending_capture", "state", "updated_at")
Asked = tuple[Payment, PaymentOperation]
"""A payment and what a provider is asked for it; its intent is committed."""

_PAID_FOR = Prepared(
    lambda payment_id: Payment.filter(id=payment_id).values_list("attempt_id", "attempt__cart_id"), int
)
_CART = Prepared(lambda cart_id: Cart.filter(id=cart_id).select_for_update(), str)
_ATTEMPT = Prepared(lambda attempt_id: CheckoutAttempt.filter(id=attempt_id).select_for_update(), str)
_PAYMENT = Prepared(lambda payment_id: Payment.filter(id=payment_id).select_for_update(), int)
_AUTHORIZATION = Prepared(
    lambda payment_id: PaymentOperation.filter(payment_id=payment_id, kind=OperationKind.AUTHORIZE), int
)


async def ask_provider(asked: Asked, gateways: Gateways, *, now: dt.datetime) -> None:
    """Ask the provider for a payment whose intent is committed, and finish with its answer."""
    payment, operation = asked
    answer = await gateways[payment.gateway].authorize(_request(payment, operation))
    await finish(payment.id, answer, now=now)


async def ask_again(payment_id: int, gateways: Gateways, *, now: dt.datetime, seen: dt.datetime) -> Outcome | None:
    """Ask what became of a payment whose answer was lost or is awaited, and finish with that.

    It was last changed when it was `seen`; whoever asks changes it, so of several only the first does.
    """
    if not await Payment.filter(id=payment_id, updated_at=seen).update(updated_at=now):
        return None
    payment = await Payment.get(id=payment_id).select_related("attempt")
    attempt = payment.attempt
    answer = await gateways[payment.gateway].outcome_of(
        _request(payment, await PaymentOperation.get(payment_id=payment.id, kind=OperationKind.AUTHORIZE)),
        reference=payment.reference,
        still_wanted=attempt is not None and attempt.state in UNDER_WAY and attempt.expires_at > now,
    )
    await finish(payment_id, answer, now=now)
    return answer.outcome


def _request(payment: Payment, operation: PaymentOperation) -> PaymentRequest:
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
    if answer.outcome is Outcome.UNKNOWN:
        return
    cart, attempt, payment = await _locked(payment_id)
    if answer.outcome is Outcome.ACTION_REQUIRED:
        await _await_action(attempt, payment, answer, now=now)
        return
    (operation,) = await _AUTHORIZATION.rows(PaymentOperation, payment_id)
    if answer.outcome is Outcome.DECLINED:
        if await settle(operation, OperationState.FAILED, now=now, reference=answer.reference, error=answer.error):
            await _decline(attempt, payment, answer, now=now)
    elif await went_through(operation, reference=answer.reference, now=now):
        await _paid(cart, attempt, payment, operation, answer, now=now)


async def _paid(
    cart: Cart,
    attempt: CheckoutAttempt,
    payment: Payment,
    operation: PaymentOperation,
    answer: Answer,
    *,
    now: dt.datetime,
) -> None:
    """Enter the money, and place the order it is for; without one it goes back."""
    payment.reference = answer.reference
    kinds = [OperationKind.AUTHORIZE, *([OperationKind.CAPTURE] if answer.captured else [])]
    await write_down([entry(payment, kind, payment.amount, now=now, operation=operation) for kind in kinds])
    wanted = attempt.state in UNDER_WAY and cart.state != CartState.COMPLETED
    if wanted and payment.details["capture"] and not answer.captured:
        payment.pending_capture = payment.amount
        await intend(payment, OperationKind.CAPTURE, payment.amount, now=now)
    if wanted:
        await _place(attempt, payment, now=now)
        return
    await payment.save(update_fields=PAID)
    await undo_payment(payment, now=now)


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


async def _locked(payment_id: int) -> tuple[Cart, CheckoutAttempt, Payment]:
    """A payment and what it is for, locked in the order that everybody keeps to."""
    ((attempt_id, cart_id),) = await _PAID_FOR.values(payment_id)
    (cart,) = await _CART.rows(Cart, cart_id)
    (attempt,) = await _ATTEMPT.rows(CheckoutAttempt, attempt_id)
    (payment,) = await _PAYMENT.rows(Payment, payment_id)
    return cart, attempt, payment


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


async def _place(attempt: CheckoutAttempt, payment: Payment, *, now: dt.datetime) -> None:
    held = await held_goods(attempt.id)
    draft: Draft = await without_gone_variants(attempt.draft, held)
    order = await place_order(draft, attempt.id, held, payment, now=now)
    await payment.save(update_fields=[*PAID, "order_id"])
    await use_goods(attempt.id, held, order_id=order.id, now=now)
    await count_sales(draft)
