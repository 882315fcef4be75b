"""Turning a cart into an order: exactly once for each cart, whatever is retried, lost or crashes on the way.

What asks no provider is placed in one transaction. What does is promised and written down in one, asked for outside of
any, and finished in another; whatever happens in between is finished by the sweeper.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commerce import stock
from commerce.drafts import Draft, digest_of, draft_of
from commerce.offers import Buyer
from commerce.opening_carts import NoSuchCart, new_token
from commerce.paying import intend, owe_manually
from commerce.placing import place_order
from commerce.promises import promise_cards, promise_discounts, promise_goods, wanted_of
from commerce.quotes import quote_of
from commerce.readiness import Missing, ShopTerms, customer_email, missing_of
from commerce.refusals import Refusal
from commerce.settling import abandon, ask_again, ask_provider
from database.transactions import unit_of_work
from models.carts import Cart, CartState
from models.checkout import AttemptState, CheckoutAttempt
from models.payments import OperationKind, Payment, PaymentState
from payments.choosing import Gateways, gateway_for

TIME_TO_PAY = dt.timedelta(minutes=15)
LOOK_AGAIN = dt.timedelta(seconds=1)
LONGEST_TOKEN = 255
UNDER_WAY = (AttemptState.PROCESSING, AttemptState.ACTION_REQUIRED)


class NotReady(Exception):
    """Something is in the way; whatever was changed on the way to finding out is undone."""

    def __init__(self, reasons: Sequence[Missing]) -> None:
        super().__init__()
        self.reasons = reasons


class BadToken(Refusal):
    """An attempt token that cannot be one."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The attempt was begun now, or had been before."""

    attempt_id: str
    already: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was begun, and why."""

    reasons: Sequence[Missing]


@dataclass(frozen=True, slots=True)
class Busy:
    """Another attempt is being worked on: ask again later."""

    until: dt.datetime


Submitted = Accepted | Refused | Busy
CONFLICT = Missing(
    "ATTEMPT_TOKEN_CONFLICT", "This token was used for the cart as it was before. Use a new one for a changed cart."
)


async def submit(
    cart_id: str, attempt_token: str, shop: ShopTerms, gateways: Gateways, *, now: dt.datetime, return_url: str
) -> Submitted:
    """Begin to complete a cart. The same token is the same attempt, and looks whether its payment was confirmed."""
    if not 1 <= len(attempt_token) <= LONGEST_TOKEN:
        raise BadToken(f"An attempt token has 1 to {LONGEST_TOKEN} characters.", field=("attemptToken",))
    try:
        answer, payment_id = await _begin(cart_id, attempt_token, shop, gateways, now=now, return_url=return_url)
    except NotReady as missing:
        return Refused(missing.reasons)
    except (stock.OutOfStock, Refusal) as refusal:
        if isinstance(refusal, NoSuchCart):
            raise
        return Refused([Missing(refusal.refused_as, refusal.message)])
    if payment_id is not None:
        await ask_provider(payment_id, gateways, now=now)
    elif isinstance(answer, Accepted):
        await _look_again(answer.attempt_id, gateways, now=now)
    return answer


async def _look_again(attempt_id: str, gateways: Gateways, *, now: dt.datetime) -> None:
    """A shopper who comes back from confirming a payment need not wait until the provider or the worker tells."""
    waiting = Payment.filter(attempt_id=attempt_id, state=PaymentState.ACTION_REQUIRED, gateway__in=list(gateways))
    for payment_id, seen in await waiting.filter(updated_at__lte=now - LOOK_AGAIN).values_list("id", "updated_at"):
        await ask_again(payment_id, gateways, now=now, seen=seen)


async def whats_missing(cart_id: str, shop: ShopTerms, gateways: Gateways, *, now: dt.datetime) -> list[Missing]:
    """Everything in the way of completing a cart; refuses a cart there is none of."""
    cart = await Cart.filter(id=cart_id, state=CartState.OPEN).first()
    if cart is None:
        raise NoSuchCart("There is no such cart.", field=("cartId",))
    quote = await quote_of(cart, _buyer(cart), shop, now=now)
    return await missing_of(cart, quote, shop, gateways, now=now)


@unit_of_work
async def _begin(
    cart_id: str, token: str, shop: ShopTerms, gateways: Gateways, *, now: dt.datetime, return_url: str
) -> tuple[Submitted, int | None]:
    """What the submission comes to, and the payment that a provider has to be asked for."""
    cart = await Cart.filter(id=cart_id).select_for_update().first()
    if cart is None or cart.state == CartState.MERGED:
        raise NoSuchCart("There is no such cart.", field=("cartId",))
    if cart.state == CartState.COMPLETED:
        return await _of_completed(cart_id, token), None
    quote = await quote_of(cart, _buyer(cart), shop, now=now)
    digest = digest_of(cart, quote)
    if (before := await _before(cart_id, token, digest, now=now)) is not None:
        return before, None
    if await _took_over(cart_id, now=now):
        quote = await quote_of(cart, _buyer(cart), shop, now=now)  # what the other attempt held can be had again
    if missing := await missing_of(cart, quote, shop, gateways, now=now):
        raise NotReady(missing)
    draft = await draft_of(cart, quote, shop, email=cart.email or await customer_email(cart))
    attempt = await CheckoutAttempt.create(
        id=new_token(),
        cart_id=cart_id,
        attempt_token=token,
        payload_digest=digest,
        draft=draft,
        expires_at=now + TIME_TO_PAY,
        created_at=now,
    )
    payment_id = await _proceed(attempt, draft, gateways, now=now, return_url=return_url)
    return Accepted(attempt.id), payment_id


async def _of_completed(cart_id: str, token: str) -> Submitted:
    attempts = CheckoutAttempt.filter(cart_id=cart_id)
    mine = await attempts.filter(attempt_token=token).first()
    done = mine or await attempts.filter(state=AttemptState.SUCCEEDED).first()
    if done is None:
        raise NoSuchCart("There is no such cart.", field=("cartId",))
    return Accepted(done.id, already=True)


async def _before(cart_id: str, token: str, digest: str, *, now: dt.datetime) -> Submitted | None:
    """What an earlier attempt makes of this one."""
    same = await CheckoutAttempt.filter(cart_id=cart_id, attempt_token=token).first()
    if same is not None:
        return Accepted(same.id, already=True) if same.payload_digest == digest else Refused([CONFLICT])
    if await CheckoutAttempt.filter(cart_id=cart_id, state=AttemptState.PROCESSING).exists():
        return Busy(now + dt.timedelta(seconds=2))
    return None


async def _took_over(cart_id: str, *, now: dt.datetime) -> bool:
    """End an attempt that waits for its shopper; undone with everything else if the new one is refused."""
    waiting = await CheckoutAttempt.filter(cart_id=cart_id, state=AttemptState.ACTION_REQUIRED)
    ended = Missing("PAYMENT_ERROR", "Another attempt took its place.")
    return any([await abandon(other.id, ended, now=now) for other in waiting])


async def _proceed(
    attempt: CheckoutAttempt, draft: Draft, gateways: Gateways, *, now: dt.datetime, return_url: str
) -> int | None:
    """Place the order at once where nobody has to be asked; else promise everything and say what to ask."""
    payment = draft["payment"]
    gateway = gateway_for(payment["session_id"], gateways) if payment["kind"] == "direct" else None
    if gateway is None:
        taken = await stock.commit(wanted_of(draft), order_id=None, now=now)
        await promise_discounts(draft, attempt.id, now=now)
        await promise_cards(draft, attempt.id, now=now)
        if payment["kind"] == "manual":
            await owe_manually(attempt.id, payment["name"], draft["due"], draft["currency"], now=now)
        order = await place_order(draft, attempt.id, taken, now=now)
        await stock.name_order(taken, order.id)
        return None
    await promise_goods(draft, attempt.id, now=now)
    await promise_discounts(draft, attempt.id, now=now)
    await promise_cards(draft, attempt.id, now=now)
    due = await Payment.create(
        attempt_id=attempt.id,
        gateway=gateway.name,
        method=gateway.name,
        currency=draft["currency"],
        amount=draft["due"],
        details={"session_id": payment["session_id"], "capture": draft["capture"], "return_url": return_url},
        created_at=now,
        updated_at=now,
    )
    await intend(due, OperationKind.AUTHORIZE, draft["due"], now=now, key=attempt.id)
    return due.id


def _buyer(cart: Cart) -> Buyer:
    return Buyer(cart.customer_id, cart.email)  # type: ignore[attr-defined]
