"""Money of placed orders: taking what was promised, giving back what was taken, letting promises go.

What a provider has to do is written down with the change that asks for it, and carried out after its commit: by
whoever asked, or by the sweeper if that one is gone.
"""

import datetime as dt
from collections.abc import Sequence

from tortoise.expressions import F

from commerce import gift_cards
from commerce.paying import GIFT_CARD, enter, financial_status, intend, payments_of, settle
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.fulfillment import Refund
from models.money import Money
from models.orders import Order, OrderLifecycle
from models.payments import OperationKind, OperationState, Payment, PaymentOperation, PaymentState
from outbox.record import record
from payments.choosing import Gateways
from payments.gateway import Answer, Gateway, Outcome


class NoSuchOrder(Refusal):
    """There is no such order."""

    code = "NOT_FOUND"


class TooMuch(Refusal):
    """More than was taken, or than was promised."""

    code = "INVALID_AMOUNT"


@unit_of_work
async def refund_order(
    order_id: int, amount: int, *, request_key: str, now: dt.datetime, note: str | None = None
) -> list[int]:
    """Give money of an order back, cards of providers first. The same key refunds once.

    Answers the operations to carry out, after the commit.
    """
    order = await locked_order(order_id)
    if await Refund.filter(request_key=request_key).exists():
        return []
    payments = await payments_of(order_id)
    if not 0 < amount <= sum(left_to_refund(payment) for payment in payments):
        raise TooMuch("Not as much as that can be given back.", field=("amount",))
    await Refund.create(order_id=order_id, amount=amount, note=note, request_key=request_key, created_at=now)
    operations = []
    for payment in sorted(payments, key=lambda payment: payment.gateway == GIFT_CARD):
        part = min(amount, left_to_refund(payment))
        if part:
            operations += await _refund(payment, part, order_id=order_id, now=now)
            amount -= part
    await restate(order, now=now)
    return operations


@unit_of_work
async def capture_order(order_id: int, amount: int | None, *, now: dt.datetime) -> list[int]:
    """Take promised money of an order, all of it or a part. Answers the operations to carry out."""
    await locked_order(order_id)
    payments = await payments_of(order_id)
    left = sum(left_to_capture(payment) for payment in payments)
    wanted = left if amount is None else amount
    if not 0 < wanted <= left:
        raise TooMuch("Not as much as that was promised.", field=("amount",))
    operations = []
    for payment in payments:
        part = min(wanted, left_to_capture(payment))
        if part:
            await Payment.filter(id=payment.id).update(pending_capture=F("pending_capture") + part)
            operations.append((await intend(payment, OperationKind.CAPTURE, part, now=now)).id)
            wanted -= part
    return operations


async def undo_payments(order_id: int, *, now: dt.datetime) -> list[int]:
    """Let every promise of an order go and give everything taken back, in the running transaction."""
    payments = await payments_of(order_id)
    return [operation for payment in payments for operation in await _undo(payment, order_id=order_id, now=now)]


async def _undo(payment: Payment, *, order_id: int, now: dt.datetime) -> list[int]:
    """What a capture under way comes to is undone when its answer is there: it may have moved the money already."""
    if left := left_to_refund(payment):
        return await _refund(payment, left, order_id=order_id, now=now)
    if payment.state == PaymentState.AUTHORIZED and not payment.pending_capture:
        return [(await intend(payment, OperationKind.VOID, payment.authorized, now=now)).id]
    if payment.state == PaymentState.PENDING:
        await enter(payment, OperationKind.VOID, 0, now=now)
    return []


async def carry_out(operations: Sequence[int], gateways: Gateways, *, now: dt.datetime) -> None:
    """Ask providers for operations whose intents are committed, one after the other, and write their answers down."""
    for key in operations:
        operation = await PaymentOperation.get(id=key).select_related("payment")
        gateway = gateways.get(operation.payment.gateway)
        if operation.state == OperationState.PENDING and gateway is not None:
            await answered(operation, await _ask(operation, gateway), now=now)


async def _ask(operation: PaymentOperation, gateway: Gateway) -> Answer:
    payment = operation.payment
    money = Money(operation.amount, payment.currency)
    reference = payment.reference or ""
    match operation.kind:
        case OperationKind.CAPTURE:
            return await gateway.capture(reference, money, key=operation.idempotency_key)
        case OperationKind.REFUND:
            return await gateway.refund(reference, money, key=operation.idempotency_key)
        case _:
            return await gateway.void(reference, key=operation.idempotency_key)


@unit_of_work
async def answered(operation: PaymentOperation, answer: Answer, *, now: dt.datetime) -> None:
    """Write down a provider's answer to an operation; one that was answered stays as it is."""
    if answer.outcome not in {Outcome.DONE, Outcome.DECLINED}:
        await PaymentOperation.filter(id=operation.id).update(updated_at=now)
        return
    found = await Payment.get(id=operation.payment.id)
    order_id: int | None = found.order_id  # type: ignore[attr-defined]
    order = await locked_order(order_id) if order_id is not None else None
    payment = await Payment.filter(id=found.id).select_for_update().get()
    done = answer.outcome is Outcome.DONE
    state = OperationState.SUCCEEDED if done else OperationState.FAILED
    if not await settle(operation, state, now=now, reference=answer.reference, error=answer.error):
        return
    await _no_longer_pending(payment, operation)
    if done:
        await enter(payment, operation.kind, operation.amount, now=now, operation=operation, reference=answer.reference)
    if order is not None:
        await restate(order, now=now)
        await _tell(order, operation, done=done, now=now)
        if operation.kind == OperationKind.CAPTURE and order.lifecycle == OrderLifecycle.CANCELED:
            await _undo(payment, order_id=order.id, now=now)


async def restate(order: Order, *, now: dt.datetime) -> None:
    """Bring an order's financial status in step with its payments."""
    status = await financial_status(order)
    await Order.filter(id=order.id).update(financial_status=status, updated_at=now)


async def locked_order(order_id: int) -> Order:
    """An order, locked; refuses one there is none of."""
    order = await Order.filter(id=order_id).select_for_update().first()
    if order is None:
        raise NoSuchOrder("There is no such order.", field=("id",))
    return order


async def _refund(payment: Payment, amount: int, *, order_id: int, now: dt.datetime) -> list[int]:
    if payment.reference is not None:
        await Payment.filter(id=payment.id).update(pending_refund=F("pending_refund") + amount)
        return [(await intend(payment, OperationKind.REFUND, amount, now=now)).id]
    if payment.gateway == GIFT_CARD and payment.gift_card_id is not None:
        await gift_cards.refund(payment.gift_card_id, amount, order_id=order_id, now=now)
    await enter(payment, OperationKind.REFUND, amount, now=now)
    await record("order.refunded", aggregate="order", key=order_id, now=now, payload={"amount": amount})
    return []


async def _no_longer_pending(payment: Payment, operation: PaymentOperation) -> None:
    if operation.kind == OperationKind.CAPTURE:
        payment.pending_capture -= operation.amount
    if operation.kind == OperationKind.REFUND:
        payment.pending_refund -= operation.amount
    await payment.save(update_fields=["pending_capture", "pending_refund"])


async def _tell(order: Order, operation: PaymentOperation, *, done: bool, now: dt.datetime) -> None:
    kinds = {
        OperationKind.CAPTURE: ("order.paid", "order.capture_failed"),
        OperationKind.REFUND: ("order.refunded", "order.refund_failed"),
        OperationKind.VOID: ("order.voided", "order.void_failed"),
    }
    succeeded, failed = kinds[operation.kind]
    kind = succeeded if done else failed
    await record(kind, aggregate="order", key=order.id, now=now, payload={"amount": operation.amount})


def left_to_refund(payment: Payment) -> int:
    """How much of what was taken can still be given back."""
    return int(payment.captured - payment.refunded - payment.pending_refund)


def left_to_capture(payment: Payment) -> int:
    """How much of what was promised can still be taken."""
    if payment.state not in {PaymentState.AUTHORIZED, PaymentState.CAPTURED}:
        return 0
    return int(payment.authorized - payment.captured - payment.pending_capture)
