"""Payments and their ledger: what is owed, promised, taken and given back. No provider is called from here."""

import datetime as dt
from collections.abc import Sequence

from commerce.opening_carts import new_token
from models.orders import FinancialStatus, Order
from models.payments import LedgerEntry, OperationKind, OperationState, Payment, PaymentOperation, PaymentState
from payments import manual

GIFT_CARD = "gift_card"


async def owe_manually(attempt_id: str, method: str, amount: int, currency: str, *, now: dt.datetime) -> Payment:
    """A payment that will reach the shop by itself; staff say when."""
    return await Payment.create(
        attempt_id=attempt_id,
        gateway=manual.GATEWAY,
        method=method,
        currency=currency,
        amount=amount,
        created_at=now,
        updated_at=now,
    )


async def intend(
    payment: Payment, kind: OperationKind, amount: int, *, now: dt.datetime, key: str | None = None
) -> PaymentOperation:
    """Write down what will be asked of a provider. It is asked only once this is committed."""
    return await PaymentOperation.create(
        payment_id=payment.id,
        kind=kind,
        amount=amount,
        idempotency_key=key or new_token(),
        created_at=now,
        updated_at=now,
    )


async def settle(
    operation: PaymentOperation,
    state: OperationState,
    *,
    now: dt.datetime,
    reference: str | None = None,
    error: str | None = None,
) -> bool:
    """Write down the answer to an operation; False if it was known already."""
    waiting = PaymentOperation.filter(id=operation.id, state=OperationState.PENDING)
    return bool(await waiting.update(state=state, reference=reference, error=error, updated_at=now))


async def enter(
    payment: Payment,
    kind: OperationKind,
    amount: int,
    *,
    now: dt.datetime,
    operation: PaymentOperation | None = None,
    reference: str | None = None,
) -> None:
    """Add a ledger entry and bring the payment's sums and state in step with it. The payment must be locked."""
    await LedgerEntry.create(
        payment_id=payment.id,
        operation_id=operation.id if operation else None,
        kind=kind,
        amount=amount,
        reference=reference,
        occurred_at=now,
    )
    match kind:
        case OperationKind.AUTHORIZE:
            payment.authorized += amount
            payment.state = PaymentState.AUTHORIZED
        case OperationKind.CAPTURE:
            payment.captured += amount
            payment.state = PaymentState.CAPTURED
        case OperationKind.REFUND:
            payment.refunded += amount
            payment.state = PaymentState.REFUNDED
        case OperationKind.VOID:
            payment.state = PaymentState.CAPTURED if payment.captured else PaymentState.VOIDED
    payment.updated_at = now
    await payment.save(update_fields=["authorized", "captured", "refunded", "state", "updated_at"])


async def pay_with_gift_cards(
    cards: Sequence[Sequence[int]], currency: str, *, attempt_id: str, order_id: int, now: dt.datetime
) -> None:
    """Count balance that is set aside as paid, one payment for each card."""
    for card_id, amount in cards:
        payment = await Payment.create(
            attempt_id=attempt_id,
            order_id=order_id,
            gateway=GIFT_CARD,
            method="gift card",
            currency=currency,
            amount=amount,
            gift_card_id=card_id,
            created_at=now,
            updated_at=now,
        )
        await enter(payment, OperationKind.AUTHORIZE, amount, now=now)
        await enter(payment, OperationKind.CAPTURE, amount, now=now)


async def payments_of(order_id: int) -> list[Payment]:
    """An order's payments, locked, oldest first."""
    return await Payment.filter(order_id=order_id).select_for_update().order_by("id")


async def financial_status(order: Order) -> FinancialStatus:
    """How far an order is paid, as its payments say."""
    payments = await Payment.filter(order_id=order.id)
    captured = sum(payment.captured for payment in payments)
    refunded = sum(payment.refunded for payment in payments)
    promised = sum(payment.authorized for payment in payments if payment.state != PaymentState.VOIDED)
    if refunded:
        return FinancialStatus.REFUNDED if refunded >= captured else FinancialStatus.PARTIALLY_REFUNDED
    if captured >= order.total:
        return FinancialStatus.PAID
    if captured:
        return FinancialStatus.PARTIALLY_PAID
    if promised >= order.total:
        return FinancialStatus.AUTHORIZED
    if payments and all(payment.state == PaymentState.VOIDED for payment in payments):
        return FinancialStatus.VOIDED
    return FinancialStatus.PENDING
