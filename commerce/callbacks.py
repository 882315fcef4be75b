"""What providers tell of their own accord is written down once, in whatever order and however often it comes.

The callback's row is written in the transaction that acts on it, so two that come at once act once. What speaks of more
than we know yet, a refund before the payment for one, has the provider asked what it has not told us.
"""

import datetime as dt
from enum import StrEnum

from tortoise.exceptions import IntegrityError

from commerce.moving_money import answered
from commerce.moving_money_elsewhere import came_back, given_back, let_go, taken
from commerce.settling import finish
from database.transactions import unit_of_work
from models.payments import OperationKind, OperationState, Payment, PaymentCallback, PaymentOperation
from payments.callbacks import Callback, Finder, RefundTold
from payments.gateway import Outcome


class Received(StrEnum):
    """What became of a callback."""

    APPLIED = "applied"
    REPEATED = "repeated"
    NOT_OURS = "not_ours"
    UNNEEDED = "unneeded"
    TOO_EARLY = "too_early"


class Repeated(Exception):
    """This callback was acted on before."""


class TooEarly(Exception):
    """The callback speaks of something that we do not know of yet."""


async def receive(callback: Callback, finder: Finder, *, now: dt.datetime) -> Received:
    """Act on a verified callback, once. TOO_EARLY is what the provider should tell again later."""
    if callback.answer is None and callback.refund is None:
        return Received.UNNEEDED
    try:
        return await _apply(callback, now=now)
    except Repeated:
        return Received.REPEATED
    except TooEarly:
        return await _catch_up(callback, finder, now=now)


async def _catch_up(callback: Callback, finder: Finder, *, now: dt.datetime) -> Received:
    known = await finder.find(callback.reference or "")
    if known is None:
        return Received.TOO_EARLY
    if await _payment_of(known) is None:
        return Received.NOT_OURS
    await _act(known, now=now)
    try:
        return await _apply(callback, now=now)
    except Repeated:
        return Received.REPEATED
    except TooEarly:
        return Received.TOO_EARLY


@unit_of_work
async def _apply(callback: Callback, *, now: dt.datetime) -> Received:
    try:
        await PaymentCallback.create(gateway=callback.gateway, event_id=callback.event_id, received_at=now)
    except IntegrityError:
        raise Repeated from None
    return await _act(callback, now=now)


@unit_of_work
async def _act(callback: Callback, *, now: dt.datetime) -> Received:
    payment_id = await _payment_of(callback)
    if payment_id is None and callback.refund is not None:
        raise TooEarly
    if payment_id is None:
        return Received.NOT_OURS
    if callback.refund is not None:
        await _refunded(payment_id, callback.refund, now=now)
    elif await _is_settled(payment_id):
        await _moved(payment_id, callback, now=now)
    elif callback.answer is not None:
        await finish(payment_id, callback.answer, now=now)
    return Received.APPLIED


async def _moved(payment_id: int, callback: Callback, *, now: dt.datetime) -> None:
    """What staff did at the provider itself: they took the promise there, or let it go."""
    if callback.received is not None:
        await taken(payment_id, callback.received, now=now)
    if callback.let_go:
        await let_go(payment_id, now=now)


async def _refunded(payment_id: int, told: RefundTold, *, now: dt.datetime) -> None:
    ours = PaymentOperation.filter(idempotency_key=told.key, payment_id=payment_id).select_related("payment")
    if told.key is not None and (operation := await ours.first()) is not None:
        await answered(operation, told.answer, now=now)
        if operation.state == OperationState.SUCCEEDED and told.answer.outcome is Outcome.DECLINED:
            await came_back(operation, now=now)
    elif not await given_back(payment_id, told, now=now):
        raise TooEarly


async def _payment_of(callback: Callback) -> int | None:
    """The payment that a callback speaks of; by our key even before we know the provider's reference."""
    asked = PaymentOperation.filter(
        idempotency_key=callback.key, kind=OperationKind.AUTHORIZE, payment__gateway=callback.gateway
    )
    if callback.key is not None and (found := await asked.values_list("payment_id")):
        return int(found[0][0])
    known = Payment.filter(gateway=callback.gateway, reference=callback.reference)
    if callback.reference is not None and (found := await known.values_list("id")):
        return int(found[0][0])
    return None


async def _is_settled(payment_id: int) -> bool:
    done = PaymentOperation.filter(payment_id=payment_id, kind=OperationKind.AUTHORIZE, state=OperationState.SUCCEEDED)
    return await done.exists()
