"""What is sent to Stripe: the same for the same payment, to the letter, as its idempotency keys ask for."""

import datetime as dt
from typing import TYPE_CHECKING

from models.money import Money
from payments.gateway import PaymentRequest
from payments.stripe_amounts import to_stripe
from payments.stripe_answers import KEY, ON_PAGE

if TYPE_CHECKING:
    from stripe.params import PaymentIntentCaptureParams, PaymentIntentCreateParams, RefundCreateParams
    from stripe.params.checkout import SessionCreateParams

TIME_ON_THE_PAGE = dt.timedelta(minutes=31)
"""Stripe's pages stay open for 30 minutes at least, by its own clock."""


def charge(request: PaymentRequest) -> "PaymentIntentCreateParams":
    """A PaymentIntent that is confirmed at once; a bank that wants to ask the shopper names a page to go to."""
    wanted: PaymentIntentCreateParams = {
        "amount": to_stripe(request.money),
        "currency": request.money.currency.lower(),
        "confirm": True,
        "automatic_payment_methods": {"enabled": True},
        "return_url": request.return_url,
        "metadata": {KEY: request.key},
        "capture_method": "automatic" if request.capture else "manual",
    }
    if request.session_id.startswith("ctoken_"):
        wanted["confirmation_token"] = request.session_id
    else:
        wanted["payment_method"] = request.session_id
    if not request.capture:
        wanted["payment_method_options"] = {"card": {"request_multicapture": "if_available"}}
    return wanted


def page(request: PaymentRequest) -> "SessionCreateParams":
    """A page of Stripe's on which the whole amount is paid; it leads back to the checkout either way."""
    wanted: SessionCreateParams = {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": request.money.currency.lower(),
                    "unit_amount": to_stripe(request.money),
                    "product_data": {"name": "Your order"},
                },
            }
        ],
        "success_url": request.return_url,
        "cancel_url": request.return_url,
        "expires_at": int((request.asked_at + TIME_ON_THE_PAGE).timestamp()),
        "metadata": {KEY: request.key},
        "payment_intent_data": {
            "metadata": {KEY: request.key, ON_PAGE: "yes"},
            "capture_method": "automatic" if request.capture else "manual",
        },
    }
    if not request.capture:
        wanted["payment_method_options"] = {"card": {"request_multicapture": "if_available"}}
    return wanted


def capture(amount: int, key: str, *, in_parts: bool) -> "PaymentIntentCaptureParams":
    """A capture that leaves its mark on the payment; `in_parts` keeps what is left promised."""
    wanted: PaymentIntentCaptureParams = {"amount_to_capture": amount, "metadata": {mark(key): str(amount)}}
    if in_parts:
        wanted["final_capture"] = False
    return wanted


def refund(intent: str, money: Money, key: str) -> "RefundCreateParams":
    """A refund that carries our key, so that it is found again."""
    return {"payment_intent": intent, "amount": to_stripe(money), "metadata": {KEY: key}}


def mark(key: str) -> str:
    """Under which name a capture is remembered at Stripe, where names have 40 characters at most."""
    return f"taken_{key[:32]}"
