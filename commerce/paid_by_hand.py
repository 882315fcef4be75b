"""Money that reached the shop outside of any gateway: staff say that it is there."""

import datetime as dt
from typing import ClassVar

from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.orders import FinancialStatus, Order, OrderLifecycle
from models.payments import LedgerEntry, OperationKind, Payment, PaymentState
from outbox.record import record

GATEWAY = "manual"
UNPAID = (FinancialStatus.PENDING, FinancialStatus.PARTIALLY_PAID, FinancialStatus.EXPIRED)


class NotPayable(Refusal):
    """An order that is canceled, or whose money is with a gateway."""

    code: ClassVar[str] = "INVALID_STATE"


class NoSuchOrder(Refusal):
    """There is no such order."""

    code: ClassVar[str] = "NOT_FOUND"


@unit_of_work
async def mark_as_paid(order_id: int, *, now: dt.datetime) -> None:
    """Write what is still due into the ledger as received by hand. An order already paid stays as it is."""
    order = await Order.select_for_update().get_or_none(id=order_id)
    if order is None:
        raise NoSuchOrder("There is no such order.", field=("input", "id"))
    if order.financial_status is FinancialStatus.PAID:
        return
    if order.lifecycle is OrderLifecycle.CANCELED or order.financial_status not in UNPAID:
        raise NotPayable(f"An order that is {order.financial_status} cannot be marked as paid.", field=("input", "id"))
    await _receive(order, now=now)
    order.financial_status, order.updated_at = FinancialStatus.PAID, now
    await order.save(update_fields=["financial_status", "updated_at"])
    await record("order.paid", aggregate="order", key=order_id, now=now)


async def _receive(order: Order, *, now: dt.datetime) -> None:
    payments = await Payment.select_for_update().filter(order_id=order.id).order_by("id")
    due = order.total - sum(payment.captured for payment in payments)
    waiting = [payment for payment in payments if payment.gateway == GATEWAY and payment.state is PaymentState.PENDING]
    payment = waiting[0] if waiting and waiting[0].amount == due else await _new_payment(order, due, now=now)
    for other in waiting:
        if other.id != payment.id:
            await Payment.filter(id=other.id).update(state=PaymentState.VOIDED, updated_at=now)
    for kind in (OperationKind.AUTHORIZE, OperationKind.CAPTURE):
        await LedgerEntry.create(payment_id=payment.id, kind=kind, amount=due, occurred_at=now)
    await Payment.filter(id=payment.id).update(
        state=PaymentState.CAPTURED, authorized=due, captured=due, updated_at=now
    )


async def _new_payment(order: Order, due: int, *, now: dt.datetime) -> Payment:
    return await Payment.create(
        order_id=order.id,
        gateway=GATEWAY,
        method=GATEWAY,
        currency=order.currency,
        amount=due,
        created_at=now,
        updated_at=now,
    )
