"""Signing in with a full cart: what the customer had put into an earlier one joins what is in this one.

Naming a customer on a cart changes that cart alone, as storefronts expect; merging is asked for by itself.
"""

import datetime as dt

from commerce.cart_details import MOST_CODES, BadIdentity
from commerce.cart_lines import CartWarning, Contents, Place
from commerce.customer_tokens import customer_of_token
from commerce.gift_cards import MOST_ON_A_CART
from commerce.offers import code_key
from commerce.opening_carts import changing
from commerce.stock import sellable
from database.transactions import unit_of_work
from models.carts import Cart, CartAddress, CartGiftCard, CartState
from models.checkout import AttemptState, CheckoutAttempt
from models.customers import Customer
from outbox.announcing import announce, topic

UNDER_WAY = (AttemptState.PROCESSING, AttemptState.ACTION_REQUIRED)


@unit_of_work
async def merge_carts(cart_id: str, customer_token: str, *, now: dt.datetime) -> list[CartWarning]:
    """Make a cart the customer's, and move into it what their newest other cart holds; that one is found no more.

    All of it or nothing; doing it again changes nothing. A cart that is being paid for is left alone. Merges of one
    customer happen one after the other, so that of two carts merged at once the later holds everything.
    """
    customer_id = await customer_of_token(customer_token, now=now)
    if customer_id is None:
        raise BadIdentity("The customer access token is not valid.", field=("customerAccessToken",))
    await Customer.filter(id=customer_id).select_for_update(no_key=True).first()
    earlier = await _earlier_cart(customer_id, cart_id)
    locked = Cart.filter(id__in=[cart_id, *([earlier] if earlier else [])]).select_for_update().order_by("id")
    states = {cart.id: cart.state for cart in await locked}
    async with changing(cart_id, now=now) as cart:
        await Cart.filter(id=cart_id).update(customer_id=customer_id)
        if earlier is None or states.get(earlier) != CartState.OPEN or await _is_being_paid(earlier):
            return []
        return await _move(await Cart.get(id=earlier), cart, now=now)


async def _earlier_cart(customer_id: int, cart_id: str) -> str | None:
    """The customer's newest open cart with anything in it, but for this one."""
    mine = Cart.filter(customer_id=customer_id, state=CartState.OPEN, line_rows__id__isnull=False).exclude(id=cart_id)
    newest = await mine.order_by("-updated_at", "id").first()
    return newest.id if newest else None


async def _is_being_paid(cart_id: str) -> bool:
    return await CheckoutAttempt.filter(cart_id=cart_id, state__in=UNDER_WAY).exists()


async def _move(earlier: Cart, cart: Cart, *, now: dt.datetime) -> list[CartWarning]:
    contents = await Contents.of(cart.id)
    brought = await Contents.of(earlier.id)
    heirs: dict[Place, Place] = {}
    for place in sorted(brought.places, key=lambda place: place.parent is not None):
        parent = heirs[place.parent] if place.parent else None
        heirs[place] = contents.put(Place(place.variant_id, place.quantity, place.attributes, parent))
    left = await sellable({place.variant_id for place in heirs.values()})
    contents.clamp({key: units for key, units in left.items() if units != 0}, list(dict.fromkeys(heirs.values())))
    contents.check_limits()
    await contents.save(now=now)
    await _move_the_rest(earlier, cart)
    await Cart.filter(id=earlier.id).update(state=CartState.MERGED, updated_at=now)
    await announce(topic("cart", earlier.id))
    return contents.warnings


async def _move_the_rest(earlier: Cart, cart: Cart) -> None:
    """What else there is: codes, gift cards and addresses come along, and the note where this cart has none."""
    there = {code_key(code) for code in cart.discount_codes}
    codes = [*cart.discount_codes, *(code for code in earlier.discount_codes if code_key(code) not in there)]
    await Cart.filter(id=cart.id).update(discount_codes=codes[:MOST_CODES], note=cart.note or earlier.note)
    laid = {key for (key,) in await CartGiftCard.filter(cart_id=cart.id).values_list("gift_card_id")}
    for card in await CartGiftCard.filter(cart_id=earlier.id).order_by("id"):
        if card.gift_card_id not in laid and len(laid) < MOST_ON_A_CART:  # type: ignore[attr-defined]
            await CartGiftCard.filter(id=card.id).update(cart_id=cart.id)
            laid.add(card.gift_card_id)  # type: ignore[attr-defined]
    if not await CartAddress.filter(cart_id=cart.id).exists():
        await CartAddress.filter(cart_id=earlier.id).update(cart_id=cart.id)
