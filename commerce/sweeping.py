"""What a crash or a lost answer left half done is finished or undone: every payment ends in an order or goes back."""

import datetime as dt

from commerce.cart_metafields import OWNER as CART_OWNER
from commerce.moving_money import carry_out
from commerce.paying import settle
from commerce.readiness import Missing
from commerce.settling import UNDER_WAY, abandon, ask_again
from database.transactions import unit_of_work
from models.carts import Cart, CartState
from models.checkout import AttemptState, CheckoutAttempt
from models.content import Metafield
from models.customers import CustomerToken
from models.payments import OperationKind, OperationState, Payment, PaymentCallback, PaymentOperation, PaymentState
from payments.choosing import Gateways
from payments.gateway import Outcome

PATIENCE = dt.timedelta(seconds=15)
CART_LIFETIME = dt.timedelta(days=30)
AT_ONCE = 100
ENOUGH_SILENCE = 3
"""After so many questions without an answer the others wait for the next sweep: each costs the time of waiting."""
CALLBACKS_KEPT = dt.timedelta(days=90)
"""Much longer than any provider repeats one."""
EXPIRED = Missing("PAYMENT_ERROR", "The payment was not completed in time.")


async def sweep(gateways: Gateways, *, now: dt.datetime) -> int:
    """Finish or undo what is left over; answers how much there was."""
    return (
        await ask_for_answers(gateways, now=now)
        + await end_expired_attempts(now=now)
        + await let_unanswered_go(gateways, now=now)
        + await carry_out_left_over(gateways, now=now)
    )


async def ask_for_answers(gateways: Gateways, *, now: dt.datetime) -> int:
    """Ask providers again for payments of attempts under way whose answer was lost, or which the shopper confirms."""
    waiting = Payment.filter(
        operation_rows__kind=OperationKind.AUTHORIZE,
        operation_rows__state=OperationState.PENDING,
        updated_at__lt=now - PATIENCE,
        gateway__in=list(gateways),
    )
    found = await waiting.order_by("updated_at").limit(AT_ONCE).values_list("id", "updated_at")
    silent = 0
    for key, seen in found:
        unanswered = await ask_again(key, gateways, now=now, seen=seen) is Outcome.UNKNOWN
        silent = silent + 1 if unanswered else 0
        if silent == ENOUGH_SILENCE:
            break
    return len(found)


async def end_expired_attempts(*, now: dt.datetime) -> int:
    """End attempts whose time is over, and give back what they held."""
    over = CheckoutAttempt.filter(state__in=UNDER_WAY, expires_at__lte=now)
    keys = [key for (key,) in await over.order_by("expires_at").limit(AT_ONCE).values_list("id")]
    return sum([await abandon(key, EXPIRED, now=now) for key in keys])


async def let_unanswered_go(gateways: Gateways, *, now: dt.datetime) -> int:
    """Void what a shopper never confirmed, once its attempt has ended."""
    left = PaymentOperation.filter(
        kind=OperationKind.AUTHORIZE,
        state=OperationState.PENDING,
        payment__state=PaymentState.ACTION_REQUIRED,
        payment__attempt__state=AttemptState.FAILED,
        payment__gateway__in=list(gateways),
    )
    operations = await left.select_related("payment").limit(AT_ONCE)
    for operation in operations:
        payment = operation.payment
        answer = await gateways[payment.gateway].void(payment.reference or "", key=f"{operation.idempotency_key}-void")
        if answer.outcome is Outcome.DONE:
            await _let_go(operation, now=now)
    return len(operations)


async def carry_out_left_over(gateways: Gateways, *, now: dt.datetime) -> int:
    """Carry out captures, refunds and voids that nobody carried out."""
    left = PaymentOperation.filter(
        state=OperationState.PENDING, updated_at__lt=now - PATIENCE, payment__gateway__in=list(gateways)
    )
    oldest = left.exclude(kind=OperationKind.AUTHORIZE).order_by("updated_at").limit(AT_ONCE)
    keys = [key for (key,) in await oldest.values_list("id")]
    await carry_out(keys, gateways, now=now)
    return len(keys)


async def tidy_up(*, now: dt.datetime, carts_kept: dt.timedelta = CART_LIFETIME) -> int:
    """Throw away carts nobody came back to, tokens that are over, and the ids of callbacks of long ago.

    Answers how many carts there were. One that somebody tried to pay stays, beside what became of the payment.
    """
    await CustomerToken.filter(expires_at__lte=now).delete()
    await PaymentCallback.filter(received_at__lt=now - CALLBACKS_KEPT).delete()
    forgotten = 0
    while some := await _forget_carts(before=now - carts_kept):
        forgotten += some
    return forgotten


@unit_of_work
async def _forget_carts(*, before: dt.datetime) -> int:
    unpaid = (CartState.OPEN, CartState.MERGED)
    old = Cart.filter(state__in=unpaid, updated_at__lt=before, attempt_rows__id__isnull=True)
    keys = [key for (key,) in await old.limit(AT_ONCE).values_list("id")]
    if not keys:
        return 0
    locked = Cart.filter(id__in=keys, state__in=unpaid, updated_at__lt=before).select_for_update().order_by("id")
    still = [cart.id for cart in await locked]
    await Metafield.filter(owner_type=CART_OWNER, owner_id__in=still).delete()
    return await Cart.filter(id__in=still).delete() if still else 0


@unit_of_work
async def _let_go(operation: PaymentOperation, *, now: dt.datetime) -> None:
    if await settle(operation, OperationState.FAILED, now=now, error="abandoned"):
        await Payment.filter(id=operation.payment.id).update(state=PaymentState.VOIDED, updated_at=now)
