"""Money that was moved at the provider itself, in its own console: written down as if it had been asked for here."""

import datetime as dt

from commerce.moving_money import restate
from commerce.paying import enter
from database.errors import Retryable
from models.fulfillment import Refund
from models.money import Money
from models.orders import Order
from models.payments import OperationKind, OperationState, Payment, PaymentOperation, PaymentState
from outbox.record import record
from payments.callbacks import RefundTold
from payments.gateway import Outcome


async def taken(payment_id: int, received: Money, *, now: dt.datetime) -> None:
    """Write down what was taken beyond what we know of. What we have asked for ourselves is left to its own answer."""
    order, payment = await _locked(payment_id)
    known = payment.captured + payment.pending_capture
    more = min(received.minor, payment.authorized) - known
    if more <= 0:
        return
    operation = await _done(payment, OperationKind.CAPTURE, more, key=f"taken-{payment.id}-{received.minor}", now=now)
    await enter(payment, OperationKind.CAPTURE, more, now=now, operation=operation)
    await _tell(order, "order.paid", more, now=now)


async def let_go(payment_id: int, *, now: dt.datetime) -> None:
    """Write down that a promise is over: canceled at the provider, or never taken in time."""
    order, payment = await _locked(payment_id)
    under_way = PaymentOperation.filter(payment_id=payment.id, state=OperationState.PENDING)
    if payment.state != PaymentState.AUTHORIZED or await under_way.exists():
        return
    amount = payment.authorized
    operation = await _done(payment, OperationKind.VOID, amount, key=f"let-go-{payment.id}", now=now)
    await enter(payment, OperationKind.VOID, amount, now=now, operation=operation)
    await _tell(order, "order.voided", amount, now=now)


async def given_back(payment_id: int, told: RefundTold, *, now: dt.datetime) -> bool:
    """Write down a refund by its reference, once; False while we do not know of enough money to give back."""
    order, payment = await _locked(payment_id)
    key, amount = told.answer.reference or "", told.money.minor
    if told.answer.outcome is not Outcome.DONE or await PaymentOperation.filter(idempotency_key=key).exists():
        return True
    if payment.captured - payment.refunded - payment.pending_refund < amount:
        return False
    operation = await _done(payment, OperationKind.REFUND, amount, key=key, now=now)
    await enter(payment, OperationKind.REFUND, amount, now=now, operation=operation, reference=key)
    if order is not None:
        await Refund.create(
            order_id=order.id, amount=amount, note="Given back at the provider.", request_key=key, created_at=now
        )
    await _tell(order, "order.refunded", amount, now=now)
    return True


async def came_back(operation: PaymentOperation, *, now: dt.datetime) -> None:
    """A refund that had succeeded failed after all: the money is with the shop again, and staff have to hear of it.

    The ledger keeps what was written: how the shopper gets the money now is for people to decide.
    """
    order, _ = await _locked(operation.payment.id)
    if order is not None:
        await record(
            "order.refund_failed", aggregate="order", key=order.id, now=now, payload={"amount": operation.amount}
        )


async def _locked(payment_id: int) -> tuple[Order | None, Payment]:
    """A payment and its order, locked in the order that everybody locks them in."""
    ((order_id,),) = await Payment.filter(id=payment_id).values_list("order_id")
    order = None if order_id is None else await Order.filter(id=order_id).select_for_update().first()
    payment = await Payment.filter(id=payment_id).select_for_update().get()
    if payment.order_id != order_id:  # type: ignore[attr-defined]
        raise Retryable("the payment became an order's while we waited for it")
    return order, payment


async def _done(payment: Payment, kind: OperationKind, amount: int, *, key: str, now: dt.datetime) -> PaymentOperation:
    return await PaymentOperation.create(
        payment_id=payment.id,
        kind=kind,
        amount=amount,
        state=OperationState.SUCCEEDED,
        idempotency_key=key,
        created_at=now,
        updated_at=now,
    )


async def _tell(order: Order | None, kind: str, amount: int, *, now: dt.datetime) -> None:
    if order is not None:
        await restate(order, now=now)
        await record(kind, aggregate="order", key=order.id, now=now, payload={"amount": amount})
