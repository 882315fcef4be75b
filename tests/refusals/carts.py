"""Refused changes of carts."""

from functools import partial
from unittest.mock import patch

from commerce import cart_delivery, cart_details, cart_lines, cart_metafields, carts, gift_cards
from commerce.cart_delivery import AddressChange, NewAddress
from commerce.cart_details import Identity
from commerce.cart_lines import MOST_IN_A_CALL, MOST_OF_A_LINE
from commerce.cart_metafields import NewMetafield
from commerce.carts import LineChange, NewCart, NewLine
from commerce.entering_codes import FROM_A_PLACE, create_cart_with_codes
from commerce.merging_carts import merge_carts
from commerce.new_carts import FullCart, create_full_cart
from commerce.throttling import count_tries, keys_of
from models.addresses import Address
from models.carts import CartAddress, CartLine
from tests.goods import a_variant
from tests.refusals import Arranged, case
from tests.shop import NOON

BERLIN = Address(last_name="L", address1="Unter den Linden 1", city="Berlin", zip="10117", country_code="DE")
NOWHERE = Address(last_name="L", country_code="XX")


async def a_cart(lines: int = 1) -> tuple[str, list[int]]:
    """A cart with so many lines of two units, and the variants in it."""
    variants = [(await a_variant(available=None)).id for _ in range(lines)]
    new = NewCart("EUR", lines=[NewLine(variant, 2) for variant in variants])
    return (await carts.create_cart(new, now=NOON))[0], variants


async def lines_of(cart_id: str) -> list[int]:
    return [line.id for line in await CartLine.filter(cart_id=cart_id).order_by("id")]


@case
async def a_line_of_no_product_on_sale() -> Arranged:
    cart, (variant,) = await a_cart()
    return partial(carts.add_lines, cart, [NewLine(variant), NewLine(0)], now=NOON)


@case
async def a_new_cart_with_such_a_line() -> Arranged:
    _, (variant,) = await a_cart()
    return partial(carts.create_cart, NewCart("EUR", lines=[NewLine(variant), NewLine(0)]), now=NOON)


@case
async def more_lines_than_a_call_takes() -> Arranged:
    cart, (variant,) = await a_cart()
    return partial(carts.add_lines, cart, [NewLine(variant)] * (MOST_IN_A_CALL + 1), now=NOON)


@case
async def a_quantity_below_zero() -> Arranged:
    cart, (variant,) = await a_cart()
    return partial(carts.add_lines, cart, [NewLine(variant), NewLine(variant, -1)], now=NOON)


@case
async def a_quantity_beyond_all_measure() -> Arranged:
    cart, (variant,) = await a_cart()
    return partial(carts.add_lines, cart, [NewLine(variant), NewLine(variant, MOST_OF_A_LINE + 1)], now=NOON)


@case
async def a_sum_beyond_all_measure() -> Arranged:
    cart, (variant,) = await a_cart()
    return partial(carts.add_lines, cart, [NewLine(variant, MOST_OF_A_LINE)], now=NOON)


@case
async def more_lines_than_a_cart_holds() -> Arranged:
    cart, (variant,) = await a_cart()
    added = [NewLine(variant), NewLine(variant, 1, [{"key": "gift", "value": "yes"}])]

    async def add_to_a_cart_of_one() -> None:
        with patch.object(cart_lines, "MOST_IN_A_CART", 1):
            await carts.add_lines(cart, added, now=NOON)

    return add_to_a_cart_of_one


@case
async def an_addition_to_a_line_that_is_not_there() -> Arranged:
    cart, (variant,) = await a_cart()
    return partial(carts.add_lines, cart, [NewLine(variant), NewLine(variant, parent_line=0)], now=NOON)


@case
async def an_addition_to_an_addition() -> Arranged:
    cart, (variant, other) = await a_cart(2)
    await carts.add_lines(cart, [NewLine(other, parent_variant=variant)], now=NOON)
    addition = (await lines_of(cart))[-1]
    return partial(carts.add_lines, cart, [NewLine(variant), NewLine(variant, parent_line=addition)], now=NOON)


@case
async def a_change_of_a_line_that_is_not_there() -> Arranged:
    cart, _ = await a_cart()
    (line,) = await lines_of(cart)
    return partial(carts.update_lines, cart, [LineChange(line, quantity=7), LineChange(0, quantity=1)], now=NOON)


@case
async def taking_out_a_line_that_is_not_there() -> Arranged:
    cart, _ = await a_cart()
    return partial(carts.remove_lines, cart, [*await lines_of(cart), 0], now=NOON)


@case
async def a_note_without_end() -> Arranged:
    cart, _ = await a_cart()
    return partial(carts.change_note, cart, "x" * (carts.LONGEST_NOTE + 1), now=NOON)


@case
async def attributes_without_end() -> Arranged:
    cart, _ = await a_cart()
    many = [{"key": str(n), "value": ""} for n in range(carts.MOST_ATTRIBUTES + 1)]
    return partial(carts.change_attributes, cart, many, now=NOON)


@case
async def a_change_of_no_cart() -> Arranged:
    return partial(carts.change_note, "0" * 32, "a note", now=NOON)


@case
async def an_email_that_is_none() -> Arranged:
    new = NewCart("EUR")
    identity = Identity(frozenset({"email", "phone"}), email="nobody", phone="+49 30 1234")
    return partial(create_full_cart, FullCart(new, identity), now=NOON)


@case
async def a_phone_that_is_none() -> Arranged:
    cart, _ = await a_cart()
    identity = Identity(frozenset({"email", "phone"}), email="ada@example.com", phone="no phone")
    return partial(cart_details.change_identity, cart, identity, now=NOON)


@case
async def a_customer_who_is_nobody() -> Arranged:
    cart, _ = await a_cart()
    identity = Identity(frozenset({"email", "customer_token"}), email="ada@example.com", customer_token="none")
    return partial(cart_details.change_identity, cart, identity, now=NOON)


@case
async def a_merge_for_nobody() -> Arranged:
    cart, _ = await a_cart()
    return partial(merge_carts, cart, "nobody's", now=NOON)


@case
async def more_codes_than_a_cart_takes() -> Arranged:
    cart, _ = await a_cart()
    codes = ["x" * (cart_details.LONGEST_CODE + 1)]
    return partial(cart_details.change_codes, cart, codes, now=NOON)


@case
async def too_many_guesses() -> Arranged:
    new = FullCart(NewCart("EUR", note="mine"), codes=["GUESS"])
    await count_tries(keys_of((FROM_A_PLACE, "192.0.2.1")), FROM_A_PLACE.most, now=NOON)
    return partial(create_cart_with_codes, new, place="192.0.2.1", now=NOON)


@case
async def a_billing_address_of_no_country() -> Arranged:
    cart, _ = await a_cart()
    return partial(cart_details.change_payment, cart, {"kind": "free", "amount": 0}, NOWHERE, now=NOON)


@case
async def taking_off_a_gift_card_that_is_not_there() -> Arranged:
    cart, _ = await a_cart()
    return partial(gift_cards.take_off_cart, cart, [0], now=NOON)


@case
async def an_address_of_no_country() -> Arranged:
    cart, _ = await a_cart()
    new = [NewAddress(BERLIN, selected=True), NewAddress(NOWHERE)]
    return partial(cart_delivery.add_addresses, cart, new, now=NOON)


@case
async def two_addresses_at_once() -> Arranged:
    cart, _ = await a_cart()
    new = [NewAddress(BERLIN, selected=True), NewAddress(BERLIN, selected=True)]
    return partial(cart_delivery.replace_addresses, cart, new, now=NOON)


@case
async def more_addresses_than_a_cart_has() -> Arranged:
    cart, _ = await a_cart()
    new = [NewAddress(BERLIN)] * (cart_delivery.MOST_ADDRESSES + 1)
    return partial(cart_delivery.add_addresses, cart, new, now=NOON)


@case
async def somebody_else_s_address() -> Arranged:
    cart, _ = await a_cart()
    return partial(cart_delivery.add_addresses, cart, [NewAddress(BERLIN), NewAddress(copy_of=0)], now=NOON)


@case
async def a_change_of_an_address_that_is_not_there() -> Arranged:
    cart, _ = await a_cart()
    await cart_delivery.add_addresses(cart, [NewAddress(BERLIN)], now=NOON)
    kept = await CartAddress.get(cart_id=cart)
    changes = [AddressChange(kept.id, NewAddress(one_time_use=True)), AddressChange(0, NewAddress(BERLIN))]
    return partial(cart_delivery.update_addresses, cart, changes, now=NOON)


@case
async def a_delivery_group_that_is_not_there() -> Arranged:
    cart, _ = await a_cart()
    return partial(cart_delivery.choose_option, cart, "post", offered=None, now=NOON)


@case
async def a_delivery_option_that_is_not_offered() -> Arranged:
    cart, _ = await a_cart()
    return partial(cart_delivery.choose_option, cart, "post", offered=["bike"], now=NOON)


GOOD = NewMetafield("color", "single_line_text_field", "red")
BAD = (
    NewMetafield("no key!", "single_line_text_field", "red"),
    NewMetafield("color", "single_line_text_field", ""),
    NewMetafield("color", "single_line_text_field", "x" * (cart_metafields.LONGEST_VALUE + 1)),
    NewMetafield("color", "no_type", "red"),
    NewMetafield("color", "number_integer", "red"),
)


async def a_bad_metafield(*bad: NewMetafield) -> Arranged:
    cart, _ = await a_cart()
    return partial(cart_metafields.set_metafields, {cart: [GOOD, *bad]}, now=NOON)


for bad in BAD:
    case(partial(a_bad_metafield, bad))
case(partial(a_bad_metafield, *[GOOD] * cart_metafields.MOST))


@case
async def taking_off_a_metafield_that_is_not_there() -> Arranged:
    cart, _ = await a_cart()
    return partial(cart_metafields.delete_metafield, cart, "color", now=NOON)
