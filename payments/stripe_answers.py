"""What Stripe says, in the words of a gateway. Works on plain mappings, so that calls and callbacks are read alike."""

from collections.abc import Mapping
from typing import Any

from payments.gateway import Answer, Outcome

KEY = "shopwright_key"
"""The name under which a payment or a refund at Stripe carries our idempotency key."""
LONGEST_KEY = 64
ON_PAGE = "shopwright_page"
"""The name under which a payment tells that it is made on Stripe's page, where a declined card is not the end."""

CODES = {
    "expired_card": "PAYMENT_INVALID_CREDIT_CARD",
    "incorrect_cvc": "PAYMENT_INVALID_CREDIT_CARD",
    "incorrect_number": "PAYMENT_INVALID_CREDIT_CARD",
    "invalid_cvc": "PAYMENT_INVALID_CREDIT_CARD",
    "invalid_expiry_month": "PAYMENT_INVALID_CREDIT_CARD",
    "invalid_expiry_year": "PAYMENT_INVALID_CREDIT_CARD",
    "invalid_number": "PAYMENT_INVALID_CREDIT_CARD",
    "insufficient_funds": "PAYMENT_INSUFFICIENT_FUNDS",
    "card_velocity_exceeded": "PAYMENT_INSUFFICIENT_FUNDS",
    "call_issuer": "PAYMENT_CALL_ISSUER",
    "do_not_honor": "PAYMENT_CALL_ISSUER",
    "processing_error": "PAYMENT_TRANSIENT_ERROR",
    "issuer_not_available": "PAYMENT_TRANSIENT_ERROR",
    "reenter_transaction": "PAYMENT_TRANSIENT_ERROR",
    "try_again_later": "PAYMENT_TRANSIENT_ERROR",
    "amount_too_small": "PAYMENT_AMOUNT_TOO_SMALL",
    "currency_not_supported": "PAYMENT_INVALID_CURRENCY",
    "resource_missing": "PAYMENT_INVALID_PAYMENT_METHOD",
    "payment_method_unactivated": "PAYMENT_INVALID_PAYMENT_METHOD",
    "incorrect_address": "PAYMENT_INVALID_BILLING_ADDRESS",
    "incorrect_zip": "PAYMENT_INVALID_BILLING_ADDRESS",
}
DECLINES = {"card_declined", "authentication_required", "payment_intent_authentication_failure"}
MESSAGES = {
    "PAYMENT_INVALID_CREDIT_CARD": "The card's number, date or security code is not valid, or it has expired.",
    "PAYMENT_INSUFFICIENT_FUNDS": "The card has no cover for this amount.",
    "PAYMENT_CALL_ISSUER": "The bank declined the card. Please ask it why, or use another one.",
    "PAYMENT_TRANSIENT_ERROR": "The bank could not be reached. Please try again.",
    "PAYMENT_AMOUNT_TOO_SMALL": "The amount is too small to be paid this way.",
    "PAYMENT_INVALID_CURRENCY": "This currency cannot be paid this way.",
    "PAYMENT_INVALID_PAYMENT_METHOD": "The provider does not know this payment method.",
    "PAYMENT_INVALID_BILLING_ADDRESS": "The billing address does not fit the card.",
    "PAYMENT_CARD_DECLINED": "The card was declined.",
    "PAYMENT_ERROR": "The payment was not accepted.",
}
NOT_AUTHENTICATED = "The bank wants this payment to be confirmed. Please try again and confirm it."


def of_intent(intent: Mapping[str, Any]) -> Answer:
    """How far a PaymentIntent has come. UNKNOWN while the bank is still working on it."""
    reference = intent["id"]
    match intent["status"]:
        case "succeeded":
            return Answer(Outcome.DONE, reference, captured=intent["amount_received"] >= intent["amount"])
        case "requires_capture":
            return Answer(Outcome.DONE, reference)
        case "requires_action":
            return Answer(Outcome.ACTION_REQUIRED, reference, action_url=_page_of(intent))
        case "requires_payment_method":
            return declined(intent.get("last_payment_error") or {}, reference)
        case "canceled":
            return declined({}, reference)
    return Answer(Outcome.UNKNOWN, reference)


def of_session(session: Mapping[str, Any]) -> Answer:
    """How far a Checkout Session has come; once it is paid, the answer speaks of its PaymentIntent."""
    intent = session.get("payment_intent")
    if session["status"] == "expired":
        return declined({}, session["id"])
    if session["status"] == "complete" and intent is not None and not isinstance(intent, str):
        return of_intent(intent)
    if session["status"] == "open":
        return Answer(Outcome.ACTION_REQUIRED, session["id"], action_url=session.get("url"))
    return Answer(Outcome.UNKNOWN, session["id"])


def of_refund(refund: Mapping[str, Any]) -> Answer:
    """How far a refund has come."""
    match refund["status"]:
        case "succeeded":
            return Answer(Outcome.DONE, refund["id"])
        case "failed" | "canceled":
            reason = refund.get("failure_reason") or refund["status"]
            return Answer(Outcome.DECLINED, refund["id"], error=f"refund_{reason}")
    return Answer(Outcome.UNKNOWN, refund["id"])


def declined(error: Mapping[str, Any], reference: str | None = None) -> Answer:
    """Why a payment was refused: a code that shoppers' programs know, and our own words for it."""
    said = (error.get("decline_code"), error.get("code"))
    if "authentication_required" in said or "payment_intent_authentication_failure" in said:
        return Answer(Outcome.DECLINED, reference, error="PAYMENT_CARD_DECLINED", message=NOT_AUTHENTICATED)
    known = next((CODES[word] for word in said if word in CODES), None)
    code = known or ("PAYMENT_CARD_DECLINED" if DECLINES.intersection(said) else "PAYMENT_ERROR")
    return Answer(Outcome.DECLINED, reference, error=code, message=MESSAGES[code])


def key_of(thing: Mapping[str, Any]) -> str | None:
    """Our own key on something at Stripe; None on what was not asked for by us."""
    key = (thing.get("metadata") or {}).get(KEY)
    return key if isinstance(key, str) and len(key) <= LONGEST_KEY else None


def _page_of(intent: Mapping[str, Any]) -> str | None:
    action = intent.get("next_action") or {}
    return (action.get("redirect_to_url") or {}).get("url")
