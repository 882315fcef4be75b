"""Payments and their ledger: what is owed, promised, taken and given back. No provider is called from here."""

import datetime as dt
from collections.abc import Sequence

from commerce.opening_carts import new_token
from database.inserting import insert
from database.prepared import Prepared
from models.orders import FinancialStatus, Order
from models.payments import LedgerEntry, OperationKind, OperationState, Payment, PaymentOperation, PaymentState
from payments import manual

GIFT_CARD = "gift_card"
Unwritten = tuple[Payment, LedgerEntry]

_WENT_THROUGH = Prepared(
    lambda operation_id, reference, now: PaymentOperation.filter(
        id=operation_id, state__in=(OperationState.PENDING, OperationState.FAILED)
    ).update(state=OperationState.SUCCEEDED, reference=reference, error=None, updated_at=now),
    int,
    str,
    dt.datetime,
)


def owed_manually(attempt_id: str, method: str, amount: int, currency: str, *, now: dt.datetime) -> Payment:
    """A payment that will reach the shop by itself; staff say when. It is kept with its order."""
    return Payment(
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


async def went_through(operation: PaymentOperation, *, reference: str | None, now: dt.datetime) -> bool:
    """Write down that an operation succeeded, even one that was given up or refused; False if it was known already."""
    return bool(await _WENT_THROUGH.change(operation.id, reference, now))


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
    await write_down([entry(payment, kind, amount, now=now, operation=operation, reference=reference)])
    await payment.save(update_fields=["authorized", "captured", "refunded", "state", "updated_at"])


def entry(
    payment: Payment,
    kind: OperationKind,
    amount: int,
    *,
    now: dt.datetime,
    operation: PaymentOperation | None = None,
    reference: str | None = None,
) -> Unwritten:
    """An entry for the ledger, the payment's sums and state in step with it; both are still to be written down."""
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
    told = LedgerEntry(
        operation_id=operation.id if operation else None,
        kind=kind,
        amount=amount,
        reference=reference,
        occurred_at=now,
    )
    return payment, told


async def write_down(entries: Sequence[Unwritten]) -> None:
    """Add entries to the ledger, of payments that are kept."""
    for payment, told in entries:
        told.payment_id = payment.id
    await insert([told for _, told in entries])


def paid_with_gift_cards(
    cards: Sequence[Sequence[int]], currency: str, *, attempt_id: str, now: dt.datetime
) -> tuple[list[Payment], list[Unwritten]]:
    """Balance that is set aside counts as paid, one payment for each card; kept with their order."""
    payments = [
        Payment(
            attempt_id=attempt_id,
            gateway=GIFT_CARD,
            method="gift card",
            currency=currency,
            amount=amount,
            gift_card_id=card_id,
            created_at=now,
            updated_at=now,
        )
        for card_id, amount in cards
    ]
    taken = (OperationKind.AUTHORIZE, OperationKind.CAPTURE)
    return payments, [entry(payment, kind, payment.amount, now=now) for payment in payments for kind in taken]


async def payments_of(order_id: int) -> list[Payment]:
    """An order's payments, locked, oldest first."""
    return await Payment.filter(order_id=order_id).select_for_update().order_by("id")


async def financial_status(order: Order) -> FinancialStatus:
    """How far an order is paid, as its payments say."""
    return status_of(await Payment.filter(order_id=order.id), total=order.total)


def status_of(payments: Sequence[Payment], *, total: int) -> FinancialStatus:
    """How far a total is paid by these payments."""
    captured = sum(payment.captured for payment in payments)
    refunded = sum(payment.refunded for payment in payments)
    promised = sum(payment.authorized for payment in payments if payment.state != PaymentState.VOIDED)
    if refunded:
        return FinancialStatus.REFUNDED if refunded >= captured else FinancialStatus.PARTIALLY_REFUNDED
    if captured >= total:
        return FinancialStatus.PAID
    if captured:
        return FinancialStatus.PARTIALLY_PAID
    if promised >= total:
        return FinancialStatus.AUTHORIZED
    if payments and all(payment.state == PaymentState.VOIDED for payment in payments):
        return FinancialStatus.VOIDED
    return FinancialStatus.PENDING
