"""After a crash and the sweep: the bank's books, the shop's ledger, its orders and its shelves must tell one story."""

from collections.abc import Sequence

from commerce.sweeping import sweep
from drills.ground import shelf
from drills.ground.bank import Account, Bank, Books
from models.checkout import AttemptState, CheckoutAttempt
from models.discounts import DiscountUse, UseState
from models.orders import Order, OrderLine
from models.payments import OperationState, Payment, PaymentOperation

UNDER_WAY = (AttemptState.PROCESSING, AttemptState.ACTION_REQUIRED)
MOST_SWEEPS = 20


async def sweep_all(books: Books) -> list[str]:
    """Sweep as the worker does, when every time to pay is over, until nothing is left."""
    later = shelf.now()
    for _ in range(MOST_SWEEPS):
        later += shelf.PATIENCE
        if not await sweep({Bank.name: Bank(books)}, now=later):
            return []
    return [f"nothing left to sweep after {MOST_SWEEPS} sweeps"]


async def reckoned(books: Books) -> list[str]:
    """What does not add up, in words."""
    return [
        *await _money(books),
        *await _nothing_half_done(),
        *await shelf.audit(),
    ]


async def _money(books: Books) -> list[str]:
    """Every capture in the bank's books has an order or was given back, and the ledger says the same as the books."""
    payments = {str(payment.reference): payment for payment in await Payment.filter(reference__isnull=False)}
    found = []
    for reference, account in books.accounts().items():
        payment = payments.get(reference)
        if payment is None:
            if account.taken != account.given_back or (account.promised and not account.let_go):
                found.append(f"a payment for what the bank booked under {reference}: {account}")
        elif payment.method == Bank.name:
            found += _same(payment, account)
    return found


def _same(payment: Payment, account: Account) -> list[str]:
    booked = (account.taken, account.given_back)
    if booked != (payment.captured, payment.refunded):
        return [f"payment {payment.id} to be as the bank booked it: {account}"]
    kept = account.taken - account.given_back
    if payment.order_id is None and (kept or not (account.let_go or account.given_back)):  # type: ignore[attr-defined]
        return [f"payment {payment.id} without an order to be given back: {account}"]
    return []


async def _nothing_half_done() -> list[str]:
    counts = {
        "checkouts under way": await CheckoutAttempt.filter(state__in=UNDER_WAY).count(),
        "uses of codes set aside": await DiscountUse.filter(state=UseState.RESERVED).count(),
        "operations without an answer": await PaymentOperation.filter(state=OperationState.PENDING).count(),
        "carts with two orders": await Order.all().count() - len(set(await Order.all().values_list("cart_id"))),
    }
    return [f"no {what}, not {count}" for what, count in counts.items() if count]


async def missing_orders(told: Sequence[str]) -> list[str]:
    """Orders that somebody was told of and that are not there."""
    keys = [int(each.rpartition("/")[2].partition("?")[0]) for each in told]
    there = {key for (key,) in await Order.filter(id__in=keys).values_list("id")}
    return [f"order {key}, which was acknowledged" for key in keys if key not in there]


async def sold(thing: shelf.Thing) -> int:
    """How many units of a thing were ordered."""
    return sum([units for (units,) in await OrderLine.filter(variant_id=thing.key).values_list("quantity")])
