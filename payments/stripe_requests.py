"""What is sent to Stripe: the same for the same payment, to the letter, as its idempotency keys ask for."""

import datetime as dt
from typing import Any

from models.money import Money
from payments.gateway import PaymentRequest
from payments.stripe_amounts import to_stripe
from payments.stripe_answers import KEY, ON_PAGE

TIME_ON_THE_PAGE = dt.timedelta(minutes=31)
"""Stripe's pages stay open for 30 minutes at least, by its own clock."""


def charge(request: PaymentRequest) -> Any:
    """A PaymentIntent that is confirmed at once; a bank that wants to ask the shopper names a page to go to."""
    with_token = request.session_id.startswith("ctoken_")
    return {
        "amount": to_stripe(request.money),
        "currency": request.money.currency.lower(),
        "confirm": True,
        "confirmation_token" if with_token else "payment_method": request.session_id,
        "automatic_payment_methods": {"enabled": True},
        "return_url": request.return_url,
        "metadata": {KEY: request.key},
        **_mode(request),
    }


def page(request: PaymentRequest) -> Any:
    """A page of Stripe's on which the whole amount is paid; it leads back to the checkout either way."""
    mode = _mode(request)
    intent = {"metadata": {KEY: request.key, ON_PAGE: "yes"}, "capture_method": mode.pop("capture_method")}
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": _price(request.money)}],
        "success_url": request.return_url,
        "cancel_url": request.return_url,
        "expires_at": int((request.asked_at + TIME_ON_THE_PAGE).timestamp()),
        "metadata": {KEY: request.key},
        "payment_intent_data": intent,
        **mode,
    }


def capture(amount: int, key: str, *, in_parts: bool) -> Any:
    """A capture that leaves its mark on the payment; `in_parts` keeps what is left promised."""
    final = {"final_capture": False} if in_parts else {}
    return {"amount_to_capture": amount, "metadata": {mark(key): str(amount)}, **final}


def refund(intent: str, money: Money, key: str) -> Any:
    """A refund that carries our key, so that it is found again."""
    return {"payment_intent": intent, "amount": to_stripe(money), "metadata": {KEY: key}}


def mark(key: str) -> str:
    """Under which name a capture is remembered at Stripe, where names have 40 characters at most."""
    return f"taken_{key[:32]}"


def _price(money: Money) -> Any:
    name = {"name": "Your order"}
    return {"currency": money.currency.lower(), "unit_amount": to_stripe(money), "product_data": name}


def _mode(request: PaymentRequest) -> dict[str, Any]:
    if request.capture:
        return {"capture_method": "automatic"}
    options = {"card": {"request_multicapture": "if_available"}}
    return {"capture_method": "manual", "payment_method_options": options}
