"""Turning a cart into an order: exactly once for each cart, whatever is retried, lost or crashes on the way.

What asks no provider is placed in one transaction. What does is promised and written down in one, asked for outside of
any, and finished in another; whatever happens in between is finished by the sweeper.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commerce import stock
from commerce.drafts import Draft, digest_of, draft_of
from commerce.merchandise import Merchandise, merchandise_of
from commerce.offers import Buyer
from commerce.opening_carts import NoSuchCart, new_token
from commerce.paying import intend, owed_manually
from commerce.placing import count_sales, place_order
from commerce.promises import promise_cards, promise_discounts, promise_goods, wanted_of
from commerce.quotes import Quote, quote_of
from commerce.readiness import Missing, ShopTerms, customer_email, missing_of
from commerce.refusals import Refusal
from commerce.settling import Asked, abandon, ask_again, ask_provider
from commerce.shelves import OutOfStock, Shelves
from database.inserting import insert
from database.prepared import Prepared
from database.transactions import unit_of_work
from models.carts import Cart, CartState
from models.checkout import AttemptState, CheckoutAttempt
from models.payments import OperationKind, Payment, PaymentState
from payments.choosing import Gateways, gateway_for

TIME_TO_PAY = dt.timedelta(minutes=15)
LOOK_AGAIN = dt.timedelta(seconds=1)
LONGEST_TOKEN = 255

Attempts = Sequence[tuple[Any, ...]]
"""Attempts to complete a cart: their ids, tokens, digests and states."""

_LOCKED = Prepared(lambda cart_id: Cart.filter(id=cart_id).select_for_update(), str)
_EARLIER = Prepared(
    lambda cart_id: CheckoutAttempt.filter(cart_id=cart_id).values_list(
        "id", "attempt_token", "payload_digest", "state"
    ),
    str,
)


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
        answer, asked = await _begin(cart_id, attempt_token, shop, gateways, now=now, return_url=return_url)
    except NotReady as missing:
        return Refused(missing.reasons)
    except (OutOfStock, Refusal) as refusal:
        if isinstance(refusal, NoSuchCart):
            raise
        return Refused([Missing(refusal.refused_as, refusal.message)])
    if asked is not None:
        await ask_provider(asked, gateways, now=now)
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
    return await missing_of(cart, quote, await _goods(quote), shop, gateways, now=now)


@unit_of_work
async def _begin(
    cart_id: str, token: str, shop: ShopTerms, gateways: Gateways, *, now: dt.datetime, return_url: str
) -> tuple[Submitted, Asked | None]:
    """What the submission comes to, and the payment that a provider has to be asked for."""
    cart = next(iter(await _LOCKED.rows(Cart, cart_id)), None)
    if cart is None or cart.state == CartState.MERGED:
        raise NoSuchCart("There is no such cart.", field=("cartId",))
    if cart.state == CartState.COMPLETED:
        return await _of_completed(cart_id, token), None
    quote = await quote_of(cart, _buyer(cart), shop, now=now)
    digest = digest_of(cart, quote)
    earlier = await _EARLIER.values(cart_id)
    if (before := _before(earlier, token, digest, now=now)) is not None:
        return before, None
    if await _took_over(earlier, now=now):
        quote = await quote_of(cart, _buyer(cart), shop, now=now)  # what the other attempt held can be had again
    goods = await _goods(quote)
    if missing := await missing_of(cart, quote, goods, shop, gateways, now=now):
        raise NotReady(missing)
    draft = await draft_of(cart, quote, goods, shop, email=cart.email or await customer_email(cart))
    attempt = CheckoutAttempt(
        id=new_token(),
        cart_id=cart_id,
        attempt_token=token,
        payload_digest=digest,
        draft=draft,
        expires_at=now + TIME_TO_PAY,
        created_at=now,
    )
    await insert([attempt])
    asked = await _proceed(attempt, draft, goods.shelves, gateways, now=now, return_url=return_url)
    return Accepted(attempt.id), asked


async def _goods(quote: Quote) -> Merchandise:
    return await merchandise_of(line.variant_id for line in quote.lines)


async def _of_completed(cart_id: str, token: str) -> Submitted:
    attempts = CheckoutAttempt.filter(cart_id=cart_id)
    mine = await attempts.filter(attempt_token=token).first()
    done = mine or await attempts.filter(state=AttemptState.SUCCEEDED).first()
    if done is None:
        raise NoSuchCart("There is no such cart.", field=("cartId",))
    return Accepted(done.id, already=True)


def _before(earlier: Attempts, token: str, digest: str, *, now: dt.datetime) -> Submitted | None:
    """What an earlier attempt makes of this one."""
    for attempt_id, its_token, its_digest, _ in earlier:
        if its_token == token:
            return Accepted(attempt_id, already=True) if its_digest == digest else Refused([CONFLICT])
    if any(state == AttemptState.PROCESSING for _, _, _, state in earlier):
        return Busy(now + dt.timedelta(seconds=2))
    return None


async def _took_over(earlier: Attempts, *, now: dt.datetime) -> bool:
    """End an attempt that waits for its shopper; undone with everything else if the new one is refused."""
    waiting = [attempt_id for attempt_id, _, _, state in earlier if state == AttemptState.ACTION_REQUIRED]
    ended = Missing("PAYMENT_ERROR", "Another attempt took its place.")
    return any([await abandon(attempt_id, ended, now=now) for attempt_id in waiting])


async def _proceed(
    attempt: CheckoutAttempt, draft: Draft, shelves: Shelves, gateways: Gateways, *, now: dt.datetime, return_url: str
) -> Asked | None:
    """Place the order at once where nobody has to be asked; else promise everything and say what to ask."""
    payment = draft["payment"]
    gateway = gateway_for(payment["session_id"], gateways) if payment["kind"] == "direct" else None
    if gateway is None:
        await _place(attempt, draft, shelves, now=now)
        return None
    due = Payment(
        attempt_id=attempt.id,
        gateway=gateway.name,
        method=gateway.name,
        currency=draft["currency"],
        amount=draft["due"],
        details={"session_id": payment["session_id"], "capture": draft["capture"], "return_url": return_url},
        created_at=now,
        updated_at=now,
    )
    await insert([due])
    operation = await intend(due, OperationKind.AUTHORIZE, draft["due"], now=now, key=attempt.id)
    await promise_goods(draft, shelves, attempt.id, now=now)
    await promise_discounts(draft, attempt.id, now=now)
    await promise_cards(draft, attempt.id, now=now)
    return due, operation


async def _place(attempt: CheckoutAttempt, draft: Draft, shelves: Shelves, *, now: dt.datetime) -> None:
    taken = await stock.commit(wanted_of(draft), shelves)
    await promise_discounts(draft, attempt.id, now=now)
    await promise_cards(draft, attempt.id, now=now)
    way, payment = draft["payment"], None
    if way["kind"] == "manual":
        payment = owed_manually(attempt.id, way["name"], draft["due"], draft["currency"], now=now)
    order = await place_order(draft, attempt.id, taken, payment, now=now)
    await stock.sold(taken, order_id=order.id, now=now)
    await count_sales(draft)


def _buyer(cart: Cart) -> Buyer:
    return Buyer(cart.customer_id, cart.email)  # type: ignore[attr-defined]
