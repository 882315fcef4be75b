"""Why a cart cannot be completed, or why completing it came to nothing."""

from typing import TYPE_CHECKING

from schema.enums import enumeration

WHOSE = {"DELIVERY": "the delivery address", "PAYMENTS": "the billing address"}
WHAT = {
    "ADDRESS1": "street",
    "ADDRESS2": "second line",
    "CITY": "city",
    "COMPANY": "company",
    "FIRST_NAME": "first name",
    "LAST_NAME": "last name",
}
WRONG = {"INVALID": "cannot be used", "REQUIRED": "is missing", "TOO_LONG": "is too long"}
ADDRESSES = {
    f"{prefix}_{part}_{kind}": f"The {what} of {whose} {wrong}."
    for prefix, whose in WHOSE.items()
    for part, what in WHAT.items()
    for kind, wrong in WRONG.items()
} | {
    f"{prefix}_{part}_{kind}": f"The {what} of {whose} {WRONG[kind]}."
    for prefix, whose in WHOSE.items()
    for part, what in {"POSTAL_CODE": "postal code", "PHONE_NUMBER": "phone number"}.items()
    for kind in ("INVALID", "REQUIRED")
}
CARD = "PAYMENTS_CREDIT_CARD_"
SUBMISSION = {
    "ERROR": "Something else is in the way; the message says what.",
    "ATTEMPT_TOKEN_CONFLICT": "The token was used for the cart as it was before. Shopwright's own.",
    "DISCOUNT_USAGE_LIMIT_REACHED": "The last use of a discount went to somebody else. Shopwright's own.",
    "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED": "The buyer has used a discount up. Shopwright's own.",
    "BUYER_IDENTITY_EMAIL_REQUIRED": "The buyer's email is missing.",
    "BUYER_IDENTITY_EMAIL_IS_INVALID": "The buyer's email is none.",
    "BUYER_IDENTITY_PHONE_IS_INVALID": "The buyer's phone number is none.",
    "MERCHANDISE_OUT_OF_STOCK": "Something is sold out.",
    "MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE": "Fewer are left of something than are wanted.",
    "MERCHANDISE_PRODUCT_NOT_PUBLISHED": "Something is not sold any more.",
    "MERCHANDISE_NOT_APPLICABLE": "Something cannot be sold here.",
    "MERCHANDISE_LINE_LIMIT_REACHED": "There are too many lines.",
    "NO_DELIVERY_GROUP_SELECTED": "No way of sending is chosen.",
    "DELIVERY_ADDRESS_REQUIRED": "It is not known where the goods go.",
    "DELIVERY_COUNTRY_REQUIRED": "The country of the delivery address is missing.",
    "DELIVERY_ZONE_NOT_FOUND": "The country has no such province.",
    "DELIVERY_ZONE_REQUIRED_FOR_COUNTRY": "The province of the delivery address is missing.",
    "DELIVERY_INVALID_POSTAL_CODE_FOR_COUNTRY": "The country has no such postal code.",
    "DELIVERY_INVALID_POSTAL_CODE_FOR_ZONE": "The province has no such postal code.",
    "DELIVERY_NO_DELIVERY_AVAILABLE": "The shop does not send there.",
    "DELIVERY_NO_DELIVERY_AVAILABLE_FOR_MERCHANDISE_LINE": "The shop does not send something there.",
    "DELIVERY_OPTIONS_PHONE_NUMBER_INVALID": "The carrier cannot call that number.",
    "DELIVERY_OPTIONS_PHONE_NUMBER_REQUIRED": "The carrier needs a phone number.",
    "PAYMENTS_METHOD_REQUIRED": "It is not known how the order is paid.",
    "PAYMENTS_METHOD_UNAVAILABLE": "This order cannot be paid that way.",
    "PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT": "The amount agreed to is not what is owed.",
    "PAYMENTS_COUNTRY_REQUIRED": "The country of the billing address is missing.",
    "PAYMENTS_BILLING_ADDRESS_ZONE_NOT_FOUND": "The billing address has a province its country does not know.",
    "PAYMENTS_BILLING_ADDRESS_ZONE_REQUIRED_FOR_COUNTRY": "The province of the billing address is missing.",
    "PAYMENTS_INVALID_POSTAL_CODE_FOR_COUNTRY": "The billing address has a postal code its country does not know.",
    "PAYMENTS_INVALID_POSTAL_CODE_FOR_ZONE": "The billing address has a postal code its province does not know.",
    "PAYMENTS_WALLET_CONTENT_MISSING": "What the wallet should have given is missing.",
    "PAYMENTS_SHOPIFY_PAYMENTS_REQUIRED": "The payment is for a provider that this shop does not use.",
    f"{CARD}BASE_EXPIRED": "The card has expired.",
    f"{CARD}BASE_GATEWAY_NOT_SUPPORTED": "No provider of the shop takes the card.",
    f"{CARD}BASE_INVALID_START_DATE_OR_ISSUE_NUMBER_FOR_DEBIT": "The card's start or issue number is wrong.",
    f"{CARD}BRAND_NOT_SUPPORTED": "The shop does not take this brand of card.",
    f"{CARD}FIRST_NAME_BLANK": "The first name on the card is missing.",
    f"{CARD}LAST_NAME_BLANK": "The last name on the card is missing.",
    f"{CARD}NAME_INVALID": "The name on the card cannot be used.",
    f"{CARD}GENERIC": "The card cannot be used.",
    f"{CARD}MONTH_INCLUSION": "The card's month is none.",
    f"{CARD}YEAR_EXPIRED": "The card's year is over.",
    f"{CARD}YEAR_INVALID_EXPIRY_YEAR": "The card's year is too far away.",
    f"{CARD}NUMBER_INVALID": "The card's number is none.",
    f"{CARD}NUMBER_INVALID_FORMAT": "The card's number is not written as one.",
    f"{CARD}SESSION_ID": "The payment session is none, or over.",
    f"{CARD}VERIFICATION_VALUE_BLANK": "The card's check digits are missing.",
    f"{CARD}VERIFICATION_VALUE_INVALID_FOR_CARD_TYPE": "The check digits are of another kind of card.",
    "TAXES_MUST_BE_DEFINED": "Taxes are not known yet.",
    "TAXES_DELIVERY_GROUP_ID_NOT_FOUND": "A tax names no delivery group of the cart.",
    "TAXES_LINE_ID_NOT_FOUND": "A tax names no line of the cart.",
    "REDIRECT_TO_CHECKOUT_REQUIRED": "The rest has to be done on the checkout page.",
    "VALIDATION_CUSTOM": "A rule of this shop does not allow it.",
    **ADDRESSES,
}
COMPLETION = {
    "ERROR": "Something else went wrong; the message says what.",
    "INVENTORY_RESERVATION_ERROR": "The goods could not be held.",
    "PAYMENT_ERROR": "The payment failed.",
    "PAYMENT_TRANSIENT_ERROR": "The provider is not well just now; try again.",
    "PAYMENT_CARD_DECLINED": "The card was declined.",
    "PAYMENT_CALL_ISSUER": "The bank wants to hear from the card's owner.",
    "PAYMENT_INSUFFICIENT_FUNDS": "There is not enough money behind the card.",
    "PAYMENT_AMOUNT_TOO_SMALL": "The provider does not take so little.",
    "PAYMENT_GATEWAY_NOT_ENABLED_ERROR": "The provider is not in use.",
    "PAYMENT_INVALID_BILLING_ADDRESS": "The provider did not accept the billing address.",
    "PAYMENT_INVALID_CREDIT_CARD": "The provider did not accept the card.",
    "PAYMENT_INVALID_CURRENCY": "The provider does not take the currency.",
    "PAYMENT_INVALID_PAYMENT_METHOD": "The provider did not accept the way of paying.",
}

if TYPE_CHECKING:
    SubmissionErrorCode = CompletionErrorCode = str
else:
    SubmissionErrorCode = enumeration("SubmissionErrorCode", "What is in the way of completing a cart.", SUBMISSION)
    CompletionErrorCode = enumeration("CompletionErrorCode", "Why completing a cart came to nothing.", COMPLETION)
