"""Opening a cart to change it: one change at a time, each telling whoever follows the cart."""

import datetime as dt
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.expressions import F

from commerce.refusals import Refusal
from models.carts import Cart, CartState
from models.checkout import AttemptState, CheckoutAttempt
from outbox.announcing import announce, topic


class NoSuchCart(Refusal):
    """There is no such cart, or it has become an order."""


class CheckoutUnderWay(Refusal):
    """The cart is being paid for; it can be changed again when that ends."""


class TooMany(Refusal):
    """More than a call or a cart may hold."""

    code = "MAXIMUM_EXCEEDED"


def new_token() -> str:
    """128 random bits as text: the only key to whatever a guest may open."""
    return secrets.token_hex(16)


@asynccontextmanager
async def changing(cart_id: str, *, now: dt.datetime) -> AsyncIterator[Cart]:
    """The cart, locked until the running transaction ends; afterwards it is a version older.

    While a provider is asked for its payment it cannot be changed. While the shopper is, it can: whoever changes it has
    turned away from confirming that payment, so the attempt is over, and money that comes of it all the same goes back.
    """
    cart = await locked_cart(cart_id)
    if await CheckoutAttempt.filter(cart_id=cart_id, state=AttemptState.PROCESSING, expires_at__gt=now).exists():
        raise CheckoutUnderWay("This cart is being paid for right now.", field=("cartId",))
    await _end_what_waits(cart_id, now=now)
    yield cart
    await Cart.filter(id=cart_id).update(version=F("version") + 1, updated_at=now)
    await announce(topic("cart", cart_id))


async def _end_what_waits(cart_id: str, *, now: dt.datetime) -> None:
    from commerce.readiness import Missing  # what ends attempts knows of carts, which are opened here
    from commerce.settling import abandon

    waiting = CheckoutAttempt.filter(cart_id=cart_id, state=AttemptState.ACTION_REQUIRED)
    for (attempt_id,) in await waiting.values_list("id"):
        await abandon(attempt_id, Missing("PAYMENT_ERROR", "The cart was changed before this was confirmed."), now=now)


async def locked_cart(cart_id: str) -> Cart:
    """An open cart, locked; refuses as if a completed one had never been."""
    cart = await Cart.filter(id=cart_id, state=CartState.OPEN).select_for_update().first()
    if cart is None:
        raise NoSuchCart("There is no such cart. Make a new one.", field=("cartId",))
    return cart
