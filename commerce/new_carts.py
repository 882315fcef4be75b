"""Making a cart with everything a client knows already: all of it, or no cart."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from commerce.cart_delivery import NewAddress, add_addresses
from commerce.cart_details import Identity, change_codes, change_identity
from commerce.cart_lines import CartWarning
from commerce.cart_metafields import NewMetafield, set_metafields
from commerce.carts import NewCart, create_cart
from commerce.gift_cards import lay_on_cart
from database.transactions import unit_of_work


@dataclass(frozen=True, slots=True)
class FullCart:
    """A new cart, who buys it, where it goes and what is taken off."""

    cart: NewCart
    identity: Identity = field(default_factory=lambda: Identity(frozenset()))
    codes: Sequence[str] = ()
    gift_cards: Sequence[str] = ()
    addresses: Sequence[NewAddress] = ()
    metafields: Sequence[NewMetafield] = ()


@unit_of_work
async def create_full_cart(new: FullCart, *, now: dt.datetime) -> tuple[str, list[CartWarning]]:
    """Make the cart; answers its id and what could be done only in part."""
    cart_id, warnings = await create_cart(new.cart, now=now)
    if new.identity.given:
        warnings += await change_identity(cart_id, new.identity, now=now)
    if new.codes:
        warnings += await change_codes(cart_id, new.codes, now=now)
    if new.gift_cards:
        warnings += await lay_on_cart(cart_id, new.gift_cards, now=now)
    if new.addresses:
        warnings += await add_addresses(cart_id, new.addresses, now=now)
    if new.metafields:
        await set_metafields({cart_id: new.metafields}, now=now)
    return cart_id, warnings
