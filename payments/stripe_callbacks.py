"""Callbacks of Stripe: whether they are Stripe's and of these minutes, and what they say."""

import datetime as dt
import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from payments import stripe_answers as answers
from payments.callbacks import Callback, RefundTold, Unreadable
from payments.stripe_amounts import from_stripe

WINDOW = dt.timedelta(minutes=5)
"""How far the time of a message may be from ours, into the past and into the future."""
LONGEST_SIGNATURE = 2_000
GATEWAY = "stripe"


def check_signature(header: str, body: bytes, *, secrets: Sequence[str], now: dt.datetime) -> None:
    """Refuse what none of the secrets has signed, and what was signed more than five minutes from now."""
    if len(header) > LONGEST_SIGNATURE:
        raise Unreadable("the signature is too long")
    parts = [part.strip().partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t" and re.fullmatch(r"[0-9]{1,12}", value)]
    if len(times) != 1:
        raise Unreadable("the signature names no time")
    signed = times[0].encode() + b"." + body
    made = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest().encode() for secret in secrets]
    shown = [value.encode() for name, _, value in parts if name == "v1"]
    if not any(hmac.compare_digest(one, other) for one in made for other in shown):
        raise Unreadable("the signature is not Stripe's")
    if abs(now.timestamp() - int(times[0])) > WINDOW.total_seconds():
        raise Unreadable("the message is too old, or from the future")


def read(body: bytes) -> Callback:
    """What a verified message says; one of a kind that nobody needs says nothing but its id."""
    try:
        event = json.loads(body)
        return _told(event["id"], event["type"], event["data"]["object"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable("the message is no event") from None


def of_intent(intent: Mapping[str, Any], *, event_id: str = "", kind: str = "") -> Callback:
    """How far a PaymentIntent had come."""
    failed_on_page = intent["status"] == "requires_payment_method" and answers.ON_PAGE in (intent["metadata"] or {})
    taken = int(intent.get("amount_received") or 0)
    return Callback(
        GATEWAY,
        event_id,
        kind,
        key=answers.key_of(intent),
        reference=intent["id"],
        answer=None if failed_on_page else answers.of_intent(intent),
        received=from_stripe(taken, intent["currency"]) if taken else None,
        let_go=intent["status"] == "canceled",
    )


def _told(event_id: Any, kind: Any, thing: Mapping[str, Any]) -> Callback:
    if not isinstance(kind, str) or not re.fullmatch(r"\w{1,255}", event_id, re.ASCII):
        raise Unreadable("the message has no id")
    match thing.get("object"):
        case "payment_intent":
            return of_intent(thing, event_id=event_id, kind=kind)
        case "checkout.session" if thing["status"] == "expired":
            answer = answers.of_session(thing)
            return Callback(GATEWAY, event_id, kind, key=answers.key_of(thing), reference=thing["id"], answer=answer)
        case "refund":
            return _of_refund(thing, event_id=event_id, kind=kind)
    return Callback(GATEWAY, event_id, kind)


def _of_refund(refund: Mapping[str, Any], *, event_id: str, kind: str) -> Callback:
    money = from_stripe(int(refund["amount"]), refund["currency"])
    told = RefundTold(answers.of_refund(refund), money, answers.key_of(refund))
    return Callback(GATEWAY, event_id, kind, reference=refund["payment_intent"], refund=told)
