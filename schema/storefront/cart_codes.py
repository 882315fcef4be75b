"""Why something on a cart was refused or done only in part."""

from typing import TYPE_CHECKING

import strawberry

from schema.enums import enumeration

ERRORS = {
    "INVALID": "Something given cannot be used.",
    "LESS_THAN": "A number must be smaller.",
    "MAXIMUM_EXCEEDED": "More than one call, line or cart takes.",
    "MINIMUM_NOT_MET": "Fewer than the least that is sold.",
    "CART_TOO_LARGE": "The cart would have more lines than a cart holds.",
    "INVALID_MERCHANDISE_LINE": "There is no such line, or no such merchandise for sale.",
    "MERCHANDISE_NOT_APPLICABLE": "The merchandise cannot be sold here.",
    "MERCHANDISE_LINE_TRANSFORMERS_RUN_ERROR": "Lines could not be worked into bundles.",
    "INVALID_INCREMENT": "The quantity is not a multiple of what is sold together.",
    "BUNDLES_AND_ADDONS_CANNOT_BE_MIXED": "A line cannot be a bundle and an addition at once.",
    "PARENT_LINE_NOT_FOUND": "The line to add to is not in the cart.",
    "PARENT_LINE_INVALID_REFERENCE": "A line cannot be added to itself.",
    "PARENT_LINE_NESTING_TOO_DEEP": "The line to add to is itself an addition.",
    "PARENT_LINE_OPERATION_BLOCKED": "The line's additions do not allow this.",
    "MISSING_DISCOUNT_CODE": "A discount code is missing.",
    "MISSING_NOTE": "The note is missing.",
    "NOTE_TOO_LONG": "The note is longer than what is kept.",
    "INVALID_METAFIELDS": "A metafield cannot be kept.",
    "GIFT_CARD_RECIPIENT_INVALID": "Who gets the gift card is not told rightly.",
    "MISSING_CUSTOMER_ACCESS_TOKEN": "Say who buys, by a customer access token.",
    "INVALID_COMPANY_LOCATION": "There is no such company location.",
    "BUYER_CANNOT_PURCHASE_FOR_COMPANY_LOCATION": "The buyer does not buy for that company location.",
    "SELLING_PLAN_NOT_APPLICABLE": "The merchandise is not sold by that plan.",
    "VARIANT_REQUIRES_SELLING_PLAN": "The merchandise is sold by a plan alone.",
    "INVALID_DELIVERY_GROUP": "The cart has no such delivery group.",
    "INVALID_DELIVERY_OPTION": "The group cannot be sent that way.",
    "INVALID_DELIVERY_ADDRESS_ID": "There is no such address.",
    "PENDING_DELIVERY_GROUPS": "The ways of sending are still being worked out.",
    "TOO_MANY_DELIVERY_ADDRESSES": "A cart has no more addresses than this.",
    "ONLY_ONE_DELIVERY_ADDRESS_CAN_BE_SELECTED": "The cart goes to one address.",
    "ADDRESS_FIELD_IS_REQUIRED": "A part of the address is missing.",
    "ADDRESS_FIELD_IS_TOO_LONG": "A part of the address is too long.",
    "ADDRESS_FIELD_CONTAINS_EMOJIS": "A part of the address has pictures in it.",
    "ADDRESS_FIELD_CONTAINS_HTML_TAGS": "A part of the address has markup in it.",
    "ADDRESS_FIELD_CONTAINS_URL": "A part of the address is a web address.",
    "ADDRESS_FIELD_DOES_NOT_MATCH_EXPECTED_PATTERN": "A part of the address is not of its country's form.",
    "PROVINCE_NOT_FOUND": "The country has no such province.",
    "INVALID_ZIP_CODE_FOR_COUNTRY": "The country has no such postal code.",
    "INVALID_ZIP_CODE_FOR_PROVINCE": "The province has no such postal code.",
    "ZIP_CODE_NOT_SUPPORTED": "The shop does not send to that postal code.",
    "UNSPECIFIED_ADDRESS_ERROR": "Something else is wrong with the address.",
    "INVALID_PAYMENT": "The payment cannot be used.",
    "INVALID_PAYMENT_EMPTY_CART": "An empty cart cannot be paid.",
    "INVALID_PAYMENT_DEFERRED_PAYMENT_REQUIRED": "This cart is paid later.",
    "PAYMENT_METHOD_NOT_SUPPORTED": "The shop does not take this kind of payment.",
    "PAYMENT_METHOD_NOT_APPLICABLE": "This cart cannot be paid that way.",
    "PAYMENTS_CREDIT_CARD_GENERIC": "The card cannot be used.",
    "PAYMENTS_CREDIT_CARD_BASE_EXPIRED": "The card has expired.",
    "PAYMENTS_CREDIT_CARD_BASE_GATEWAY_NOT_SUPPORTED": "No provider of the shop takes the card.",
    "PAYMENTS_CREDIT_CARD_MONTH_INCLUSION": "The card's month is none.",
    "PAYMENTS_CREDIT_CARD_YEAR_EXPIRED": "The card's year is over.",
    "PAYMENTS_CREDIT_CARD_YEAR_INVALID_EXPIRY_YEAR": "The card's year is too far away.",
    "PAYMENTS_CREDIT_CARD_NUMBER_INVALID": "The card's number is none.",
    "PAYMENTS_CREDIT_CARD_NUMBER_INVALID_FORMAT": "The card's number is not written as one.",
    "PAYMENTS_CREDIT_CARD_VERIFICATION_VALUE_BLANK": "The card's check digits are missing.",
    "PAYMENTS_CREDIT_CARD_VERIFICATION_VALUE_INVALID_FOR_CARD_TYPE": "The check digits are of another kind of card.",
    "SERVICE_UNAVAILABLE": "Something the shop needs does not answer; try again.",
    "VALIDATION_CUSTOM": "A rule of this shop does not allow it.",
    "THROTTLED": "Too many codes that are none were entered; `retryAfter` says when to try again. Shopwright's own.",
}
WARNINGS = {
    "MERCHANDISE_NOT_ENOUGH_STOCK": "Less was put into the cart than was asked for.",
    "MERCHANDISE_OUT_OF_STOCK": "Nothing is left of it, so it is not in the cart.",
    "MERCHANDISE_SELLING_PLAN_NOT_APPLICABLE_ON_COMPANY_LOCATION": "The plan does not hold for that company location.",
    "DUPLICATE_DELIVERY_ADDRESS": "The cart had this address already.",
    "PAYMENTS_GIFT_CARDS_UNAVAILABLE": "A gift card cannot be used here.",
    "DISCOUNT_NOT_FOUND": "There is no such code.",
    "DISCOUNT_CURRENTLY_INACTIVE": "The discount has not begun, or is over.",
    "DISCOUNT_USAGE_LIMIT_REACHED": "The discount is used up.",
    "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED": "The buyer has used it up.",
    "DISCOUNT_CUSTOMER_NOT_ELIGIBLE": "The discount is for other buyers.",
    "DISCOUNT_ELIGIBLE_CUSTOMER_MISSING": "The discount is for certain buyers, and it is not known who buys.",
    "DISCOUNT_NO_ENTITLED_LINE_ITEMS": "Nothing in the cart is entitled to it.",
    "DISCOUNT_NO_ENTITLED_SHIPPING_LINES": "The delivery is not entitled to it.",
    "DISCOUNT_PURCHASE_NOT_IN_RANGE": "The purchase is too small for it.",
    "DISCOUNT_QUANTITY_NOT_IN_RANGE": "There are too few items for it.",
    "DISCOUNT_INCOMPATIBLE_PURCHASE_TYPE": "It does not hold for this kind of purchase.",
    "DISCOUNT_CODE_NOT_HONOURED": "It does not go together with a better discount.",
}

if TYPE_CHECKING:
    CartErrorCode = CartWarningCode = DeliveryMethodType = CartDeliveryGroupType = str
    DeliveryAddressValidationStrategy = PreferenceDeliveryMethodType = str
else:
    CartErrorCode = enumeration("CartErrorCode", "Why something on a cart was refused.", ERRORS)
    CartWarningCode = enumeration("CartWarningCode", "Why something on a cart was done only in part.", WARNINGS)
    DeliveryAddressValidationStrategy = enumeration(
        "DeliveryAddressValidationStrategy",
        "How closely an address is looked at when it is given.",
        {"COUNTRY_CODE_ONLY": "Its country must be known.", "STRICT": "Everything its country asks for must be there."},
    )
    PreferenceDeliveryMethodType = enumeration(
        "PreferenceDeliveryMethodType",
        "How a shopper would like to receive goods.",
        {
            "PICKUP_POINT": "At a carrier's shop.",
            "PICK_UP": "At one of the shop's own places.",
            "SHIPPING": "At the door.",
        },
    )
    DeliveryMethodType = enumeration(
        "DeliveryMethodType",
        "How goods are received.",
        {
            "LOCAL": "Brought by the shop itself.",
            "NONE": "Nothing has to be delivered.",
            "PICKUP_POINT": "Fetched at a carrier's shop.",
            "PICK_UP": "Fetched at one of the shop's own places.",
            "RETAIL": "Handed over in a store.",
            "SHIPPING": "Sent to an address.",
        },
    )
    CartDeliveryGroupType = enumeration(
        "CartDeliveryGroupType",
        "What kind of purchase a delivery group holds.",
        {"ONE_TIME_PURCHASE": "Goods bought once.", "SUBSCRIPTION": "Goods that come again and again."},
    )


@strawberry.interface(description="Something that went wrong, told so that a person can mend it.")
class DisplayableError:
    """Something that went wrong."""

    field: list[str] | None = strawberry.field(description="The path to the argument at fault.")
    message: str = strawberry.field(description="What is wrong, in a sentence.")
