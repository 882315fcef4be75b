"""Changing carts."""

from typing import TYPE_CHECKING, Any

import strawberry

from resolvers import cart_changes, cart_delivery
from schema.binding import Argument, changed_by
from schema.ids import id_argument, ids_argument, number_key
from schema.storefront.addresses import MailingAddressInput
from schema.storefront.cart_identity import CartBuyerIdentityInput, CartInput
from schema.storefront.cart_inputs import (
    ADDRESS,
    LINE,
    AttributeInput,
    CartLineInput,
    CartLineUpdateInput,
    CartSelectableAddressInput,
    CartSelectableAddressUpdateInput,
    CartSelectedDeliveryOptionInput,
    decoded,
    pairs,
)
from schema.storefront.cart_payloads import payload
from schema.storefront.carts import CART

if TYPE_CHECKING:
    CartCreatePayload = CartLinesAddPayload = CartLinesUpdatePayload = CartLinesRemovePayload = Any
    CartNoteUpdatePayload = CartAttributesUpdatePayload = CartBuyerIdentityUpdatePayload = Any
    CartDiscountCodesUpdatePayload = CartGiftCardCodesAddPayload = CartGiftCardCodesUpdatePayload = Any
    CartGiftCardCodesRemovePayload = CartDeliveryAddressesAddPayload = CartDeliveryAddressesUpdatePayload = Any
    CartDeliveryAddressesReplacePayload = CartDeliveryAddressesRemovePayload = CartBillingAddressUpdatePayload = Any
    CartSelectedDeliveryOptionsUpdatePayload = CartClonePayload = CartRemovePersonalDataPayload = Any
    CartMergePayload = Any
else:
    CartCreatePayload = payload("CartCreatePayload")
    CartLinesAddPayload = payload("CartLinesAddPayload")
    CartLinesUpdatePayload = payload("CartLinesUpdatePayload")
    CartLinesRemovePayload = payload("CartLinesRemovePayload")
    CartNoteUpdatePayload = payload("CartNoteUpdatePayload")
    CartAttributesUpdatePayload = payload("CartAttributesUpdatePayload")
    CartBuyerIdentityUpdatePayload = payload("CartBuyerIdentityUpdatePayload")
    CartDiscountCodesUpdatePayload = payload("CartDiscountCodesUpdatePayload")
    CartGiftCardCodesAddPayload = payload("CartGiftCardCodesAddPayload")
    CartGiftCardCodesUpdatePayload = payload("CartGiftCardCodesUpdatePayload")
    CartGiftCardCodesRemovePayload = payload("CartGiftCardCodesRemovePayload")
    CartDeliveryAddressesAddPayload = payload("CartDeliveryAddressesAddPayload")
    CartDeliveryAddressesUpdatePayload = payload("CartDeliveryAddressesUpdatePayload")
    CartDeliveryAddressesReplacePayload = payload("CartDeliveryAddressesReplacePayload")
    CartDeliveryAddressesRemovePayload = payload("CartDeliveryAddressesRemovePayload")
    CartBillingAddressUpdatePayload = payload("CartBillingAddressUpdatePayload")
    CartSelectedDeliveryOptionsUpdatePayload = payload("CartSelectedDeliveryOptionsUpdatePayload")
    CartClonePayload = payload("CartClonePayload")
    CartMergePayload = payload("CartMergePayload")
    CartRemovePersonalDataPayload = payload("CartRemovePersonalDataPayload")

CART_ID = id_argument(CART, "The cart's id.")
GIFT_CARD = number_key("AppliedGiftCard")


def _list(kind: Any, description: str) -> Argument:
    return Argument(list[kind], description, decoded)


@strawberry.type
class CartMutation:
    """Changes to carts."""

    cart_create: CartCreatePayload | None = changed_by(
        cart_changes.create,
        "Make a cart.",
        input=Argument(CartInput | None, "What it starts with.", lambda given: given.decoded(), default=None),
    )
    cart_clone: CartClonePayload | None = changed_by(
        cart_changes.clone, "Make a cart with the goods of another, and nothing personal.", cart_id=CART_ID
    )
    cart_lines_add: CartLinesAddPayload | None = changed_by(
        cart_changes.add_lines,
        "Put goods into a cart. Equal lines become one; more than there is in stock is lowered with a warning.",
        cart_id=CART_ID,
        lines=_list(CartLineInput, "The goods; at most 250 lines."),
    )
    cart_lines_update: CartLinesUpdatePayload | None = changed_by(
        cart_changes.update_lines,
        "Change lines of a cart.",
        cart_id=CART_ID,
        lines=_list(CartLineUpdateInput, "What the lines shall be; at most 250."),
    )
    cart_lines_remove: CartLinesRemovePayload | None = changed_by(
        cart_changes.remove_lines,
        "Take lines out of a cart.",
        cart_id=CART_ID,
        line_ids=ids_argument(LINE, "The ids of the lines; at most 250."),
    )
    cart_note_update: CartNoteUpdatePayload | None = changed_by(
        cart_changes.update_note, "Write the note of a cart.", cart_id=CART_ID, note="The note; empty takes it away."
    )
    cart_attributes_update: CartAttributesUpdatePayload | None = changed_by(
        cart_changes.update_attributes,
        "Replace what is attached to a cart.",
        cart_id=CART_ID,
        attributes=Argument(list[AttributeInput], "The pairs.", pairs),
    )
    cart_buyer_identity_update: CartBuyerIdentityUpdatePayload | None = changed_by(
        cart_changes.update_buyer,
        "Say who buys a cart.",
        cart_id=CART_ID,
        buyer_identity=Argument(CartBuyerIdentityInput, "The buyer.", lambda given: given.decoded()),
    )
    cart_merge: CartMergePayload | None = changed_by(
        cart_changes.merge,
        "For signing in with a full cart: make a cart a customer's, and move into it what their newest other cart "
        "holds. Equal lines become one, and no cart has the other id any more. Shopwright's own.",
        cart_id=CART_ID,
        customer_access_token="The token of the customer who signed in.",
    )
    cart_discount_codes_update: CartDiscountCodesUpdatePayload | None = changed_by(
        cart_changes.update_discount_codes,
        "Replace the discount codes of a cart. Case does not matter; those that take nothing off are kept.",
        cart_id=CART_ID,
        discount_codes="The codes.",
    )
    cart_gift_card_codes_add: CartGiftCardCodesAddPayload | None = changed_by(
        cart_changes.add_gift_cards,
        "Lay more gift cards on a cart.",
        cart_id=CART_ID,
        gift_card_codes="Their codes.",
    )
    cart_gift_card_codes_update: CartGiftCardCodesUpdatePayload | None = changed_by(
        cart_changes.update_gift_cards,
        "Lay these gift cards on a cart, and no others.",
        cart_id=CART_ID,
        gift_card_codes="Their codes.",
    )
    cart_gift_card_codes_remove: CartGiftCardCodesRemovePayload | None = changed_by(
        cart_changes.remove_gift_cards,
        "Take gift cards off a cart.",
        cart_id=CART_ID,
        applied_gift_card_ids=ids_argument(GIFT_CARD, "The ids they have on the cart."),
    )
    cart_delivery_addresses_add: CartDeliveryAddressesAddPayload | None = changed_by(
        cart_changes.add_addresses,
        "Add addresses a cart may be sent to. The first one is selected by itself.",
        cart_id=CART_ID,
        addresses=_list(CartSelectableAddressInput, "The addresses."),
    )
    cart_delivery_addresses_update: CartDeliveryAddressesUpdatePayload | None = changed_by(
        cart_changes.update_addresses,
        "Change addresses of a cart, or select one.",
        cart_id=CART_ID,
        addresses=_list(CartSelectableAddressUpdateInput, "What the addresses shall be."),
    )
    cart_delivery_addresses_replace: CartDeliveryAddressesReplacePayload | None = changed_by(
        cart_changes.replace_addresses,
        "Give a cart these addresses, and no others.",
        cart_id=CART_ID,
        addresses=_list(CartSelectableAddressInput, "The addresses."),
    )
    cart_delivery_addresses_remove: CartDeliveryAddressesRemovePayload | None = changed_by(
        cart_changes.remove_addresses,
        "Take addresses off a cart.",
        cart_id=CART_ID,
        address_ids=ids_argument(ADDRESS, "The ids they have in the cart."),
    )
    cart_billing_address_update: CartBillingAddressUpdatePayload | None = changed_by(
        cart_changes.update_billing_address,
        "Say whom the invoice of a cart is for.",
        cart_id=CART_ID,
        billing_address=Argument(
            MailingAddressInput | None,
            "The address; without one, whoever receives the goods.",
            lambda given: given.decoded(),
            default=None,
        ),
    )
    cart_selected_delivery_options_update: CartSelectedDeliveryOptionsUpdatePayload | None = changed_by(
        cart_delivery.choose_options,
        "Choose how a cart is sent.",
        cart_id=CART_ID,
        selected_delivery_options=_list(CartSelectedDeliveryOptionInput, "One way for each delivery group."),
    )
    cart_remove_personal_data: CartRemovePersonalDataPayload | None = changed_by(
        cart_changes.remove_personal_data,
        "Take everything personal off a cart: buyer, addresses, note and payment.",
        cart_id=CART_ID,
    )
