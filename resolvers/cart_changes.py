"""Mutations on carts: each hands the act to commerce and answers with the cart as it stands."""

from collections.abc import Sequence
from dataclasses import replace

from commerce import cart_delivery, cart_details, carts, entering_codes, gift_cards, merging_carts
from commerce.cart_delivery import AddressChange, NewAddress
from commerce.cart_details import Identity
from commerce.cart_lines import Attributes, CartWarning
from commerce.carts import LineChange, NewCart, NewLine
from commerce.new_carts import FullCart
from commerce.refusals import Refusal
from models.addresses import Address
from resolvers.context import Context
from resolvers.outcomes import CartOutcome, UserError, outcome, told
from resolvers.quotes import quote

REASONS = {
    "DISCOUNT_NOT_FOUND": "There is no such discount code.",
    "DISCOUNT_CURRENTLY_INACTIVE": "The discount is not running now.",
    "DISCOUNT_USAGE_LIMIT_REACHED": "The discount has been used as often as it may be.",
    "DISCOUNT_ELIGIBLE_CUSTOMER_MISSING": "The discount is for certain customers: say who buys.",
    "DISCOUNT_CUSTOMER_NOT_ELIGIBLE": "The discount is for other customers.",
    "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED": "This buyer has used the discount as often as one may.",
    "DISCOUNT_NO_ENTITLED_LINE_ITEMS": "Nothing in the cart is entitled to the discount.",
    "DISCOUNT_NO_ENTITLED_SHIPPING_LINES": "The discount does not hold for delivery there.",
    "DISCOUNT_PURCHASE_NOT_IN_RANGE": "The discount asks for a larger purchase.",
    "DISCOUNT_QUANTITY_NOT_IN_RANGE": "The discount asks for more items.",
    "DISCOUNT_CODE_NOT_HONOURED": "The discount cannot be combined with a better one.",
}


async def create(context: Context, root: object, *, input: FullCart | None = None) -> CartOutcome:
    """A new cart, or none where something in it is refused."""
    wanted = input or FullCart(NewCart(currency=context.shop.currency))
    country = wanted.cart.country_code or context.country
    wanted = replace(wanted, cart=replace(wanted.cart, currency=context.shop.currency, country_code=country))
    try:
        cart_id, warnings = await entering_codes.create_cart_with_codes(
            wanted, place=context.viewer.address, now=context.now
        )
    except Refusal as refusal:
        return CartOutcome(None, [UserError.of(refusal)])
    made = await outcome(context, cart_id, _done(warnings))
    return await _with_code_warnings(context, made) if wanted.codes else made


async def add_lines(context: Context, root: object, *, cart_id: str, lines: Sequence[NewLine]) -> CartOutcome:
    """The cart with more in it."""
    return await outcome(context, cart_id, carts.add_lines(cart_id, lines, now=context.now))


async def update_lines(context: Context, root: object, *, cart_id: str, lines: Sequence[LineChange]) -> CartOutcome:
    """The cart with lines changed."""
    return await outcome(context, cart_id, carts.update_lines(cart_id, lines, now=context.now))


async def remove_lines(context: Context, root: object, *, cart_id: str, line_ids: Sequence[int]) -> CartOutcome:
    """The cart with less in it."""
    return await outcome(context, cart_id, carts.remove_lines(cart_id, line_ids, now=context.now))


async def update_note(context: Context, root: object, *, cart_id: str, note: str) -> CartOutcome:
    """The cart with another note."""
    return await outcome(context, cart_id, carts.change_note(cart_id, note, now=context.now))


async def update_attributes(context: Context, root: object, *, cart_id: str, attributes: Attributes) -> CartOutcome:
    """The cart with other attributes."""
    return await outcome(context, cart_id, carts.change_attributes(cart_id, attributes, now=context.now))


async def update_buyer(context: Context, root: object, *, cart_id: str, buyer_identity: Identity) -> CartOutcome:
    """The cart with another buyer."""
    return await outcome(context, cart_id, cart_details.change_identity(cart_id, buyer_identity, now=context.now))


async def merge(context: Context, root: object, *, cart_id: str, customer_access_token: str) -> CartOutcome:
    """The cart as the customer's, with what they had in an earlier one."""
    return await outcome(context, cart_id, merging_carts.merge_carts(cart_id, customer_access_token, now=context.now))


async def update_discount_codes(
    context: Context, root: object, *, cart_id: str, discount_codes: Sequence[str]
) -> CartOutcome:
    """The cart with other codes, and a warning for each that takes nothing off."""
    act = entering_codes.enter_discount_codes(cart_id, discount_codes, place=context.viewer.address, now=context.now)
    return await _with_code_warnings(context, await outcome(context, cart_id, act))


async def add_gift_cards(
    context: Context, root: object, *, cart_id: str, gift_card_codes: Sequence[str]
) -> CartOutcome:
    """The cart with more gift cards on it."""
    act = entering_codes.enter_gift_cards(cart_id, gift_card_codes, place=context.viewer.address, now=context.now)
    return await outcome(context, cart_id, act)


async def update_gift_cards(
    context: Context, root: object, *, cart_id: str, gift_card_codes: Sequence[str]
) -> CartOutcome:
    """The cart with these gift cards on it alone."""
    act = entering_codes.enter_gift_cards(
        cart_id, gift_card_codes, place=context.viewer.address, now=context.now, instead=True
    )
    return await outcome(context, cart_id, act)


async def remove_gift_cards(
    context: Context, root: object, *, cart_id: str, applied_gift_card_ids: Sequence[int]
) -> CartOutcome:
    """The cart with fewer gift cards on it."""
    return await outcome(context, cart_id, gift_cards.take_off_cart(cart_id, applied_gift_card_ids, now=context.now))


async def add_addresses(
    context: Context, root: object, *, cart_id: str, addresses: Sequence[NewAddress]
) -> CartOutcome:
    """The cart with more places it may go to."""
    return await outcome(context, cart_id, cart_delivery.add_addresses(cart_id, addresses, now=context.now))


async def replace_addresses(
    context: Context, root: object, *, cart_id: str, addresses: Sequence[NewAddress]
) -> CartOutcome:
    """The cart with these places alone."""
    return await outcome(context, cart_id, cart_delivery.replace_addresses(cart_id, addresses, now=context.now))


async def update_addresses(
    context: Context, root: object, *, cart_id: str, addresses: Sequence[AddressChange]
) -> CartOutcome:
    """The cart with places changed."""
    return await outcome(context, cart_id, cart_delivery.update_addresses(cart_id, addresses, now=context.now))


async def remove_addresses(context: Context, root: object, *, cart_id: str, address_ids: Sequence[int]) -> CartOutcome:
    """The cart with fewer places."""
    return await outcome(context, cart_id, cart_delivery.remove_addresses(cart_id, address_ids, now=context.now))


async def update_billing_address(
    context: Context, root: object, *, cart_id: str, billing_address: Address | None = None
) -> CartOutcome:
    """The cart with another invoice address."""
    return await outcome(context, cart_id, cart_details.change_billing(cart_id, billing_address, now=context.now))


async def clone(context: Context, root: object, *, cart_id: str) -> CartOutcome:
    """A new cart with the same goods."""
    try:
        copy = await cart_details.clone_cart(cart_id, now=context.now)
    except Refusal as refusal:
        return CartOutcome(None, [UserError.of(refusal)])
    return await outcome(context, copy, _done([]))


async def remove_personal_data(context: Context, root: object, *, cart_id: str) -> CartOutcome:
    """The cart with nothing personal in it."""
    return await outcome(context, cart_id, cart_details.forget_buyer(cart_id, now=context.now))


async def _with_code_warnings(context: Context, changed: CartOutcome) -> CartOutcome:
    if changed.cart is None:
        return changed
    codes = [entered for entered in (await quote(context, changed.cart)).codes if entered.refused]
    warnings = [CartWarning(str(entered.refused), REASONS[str(entered.refused)]) for entered in codes]
    return replace(changed, warnings=[*changed.warnings, *told(changed.cart.id, warnings)])


async def _done(warnings: Sequence[CartWarning]) -> Sequence[CartWarning]:
    return warnings
