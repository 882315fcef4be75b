"""Entering discount codes and gift cards on carts, by buyers and by those who only guess.

Each code that is new to a cart is a try, whichever field or alias brings it; one that nothing has fails. Failures are
counted by cart and, more loosely, by where they come from.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence

from commerce.cart_details import change_codes, check_codes
from commerce.cart_lines import CartWarning
from commerce.gift_card_codes import digest_of
from commerce.gift_cards import MOST_ON_A_CART, lay_on_cart
from commerce.new_carts import FullCart, create_full_cart
from commerce.offers import code_key
from commerce.throttling import Key, Limit, count_tries, keys_of, place_of, succeeded
from models.carts import Cart, CartGiftCard, CartState
from models.discounts import DiscountCode, DiscountMethod
from models.gift_cards import GiftCard

OF_A_CART = Limit("codes.cart", 10)
FROM_A_PLACE = Limit("codes.place", 50)

Known = Callable[[Sequence[str]], Awaitable[int]]


async def enter_discount_codes(
    cart_id: str, codes: Sequence[str], *, place: str, now: dt.datetime
) -> list[CartWarning]:
    """Replace a cart's discount codes; who guesses has to wait."""
    check_codes(codes)
    cart = await Cart.filter(id=cart_id, state=CartState.OPEN).first()
    if cart is not None:
        there = {code_key(code) for code in cart.discount_codes}
        new = [key for key in _discount_keys(codes) if key not in there]
        await _try(new, _discounts, _keys(place, cart_id), now=now, at=("discountCodes",))
    return await change_codes(cart_id, codes, now=now)


async def enter_gift_cards(
    cart_id: str, codes: Sequence[str], *, place: str, now: dt.datetime, instead: bool = False
) -> list[CartWarning]:
    """Lay gift cards on a cart, besides those on it or instead of them; who guesses has to wait."""
    if await Cart.filter(id=cart_id, state=CartState.OPEN).exists():
        lying = CartGiftCard.filter(cart_id=cart_id).values_list("gift_card__code_digest")
        there = {digest for (digest,) in await lying}
        new = [digest for digest in _card_keys(codes) if digest not in there]
        await _try(new, _cards, _keys(place, cart_id), now=now, at=("giftCardCodes",))
    return await lay_on_cart(cart_id, codes, now=now, instead=instead)


async def create_cart_with_codes(new: FullCart, *, place: str, now: dt.datetime) -> tuple[str, list[CartWarning]]:
    """Make a cart with everything a client knows already; who guesses codes with new carts has to wait as well."""
    check_codes(new.codes)
    keys = _keys(place)
    await _try(_discount_keys(new.codes), _discounts, keys, now=now, at=("input", "discountCodes"))
    await _try(_card_keys(new.gift_cards), _cards, keys, now=now, at=("input", "giftCardCodes"))
    return await create_full_cart(new, now=now)


async def _try(codes: Sequence[str], known: Known, keys: Sequence[Key], *, now: dt.datetime, at: Sequence[str]) -> None:
    """Count the codes that nothing has; refuses, before it looks any further, as soon as there are too many."""
    left = list(codes)
    while left and keys:
        granted = await count_tries(keys, len(left), now=now, field=at)
        tried, left = left[:granted], left[granted:]
        if good := await known(tried):
            await succeeded(keys, good)


def _keys(place: str, cart_id: str = "") -> list[Key]:
    return keys_of((OF_A_CART, cart_id), (FROM_A_PLACE, place_of(place)))


def _discount_keys(codes: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(code_key(code) for code in codes if code.strip()))


def _card_keys(codes: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(digest_of(code) for code in codes[:MOST_ON_A_CART]))


async def _discounts(keys: Sequence[str]) -> int:
    return await DiscountCode.filter(code_key__in=keys, discount__method=DiscountMethod.CODE).count()


async def _cards(digests: Sequence[str]) -> int:
    return await GiftCard.filter(code_digest__in=digests).count()
