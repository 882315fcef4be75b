"""Side door: messages of payment providers, verified here and acted on in `commerce`.

`POST /webhooks/stripe` answers 200 to what is done, was done before or is not needed; 400 to what Stripe did not sign,
or did not sign within five minutes of now; 413 to what is too long; and 503 to what can only be acted on later, which
has Stripe tell it again.
"""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from typing import cast

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from commerce.callbacks import Received, receive
from operations.figures import CALLBACKS
from payments import stripe_callbacks
from payments.callbacks import Finder, Unreadable
from payments.choosing import Gateways

log = logging.getLogger("shopwright.callbacks")

LONGEST_MESSAGE = 256 * 1024
AGAIN_AFTER_SECONDS = "60"


class TooLong(Exception):
    """More than a message may be."""


def webhook_routes(providers: Callable[[], Gateways], *, stripe_secrets: Sequence[str]) -> list[Route]:
    """The addresses that providers tell their news to; none where the shop has no secret to verify them with."""

    async def from_stripe(request: Request) -> Response:
        finder = providers().get(stripe_callbacks.GATEWAY)
        if finder is None:
            return PlainTextResponse("No payments by Stripe.", status_code=404)
        return await _answer_stripe(request, cast("Finder", finder), stripe_secrets)

    return [Route("/webhooks/stripe", from_stripe, methods=["POST"])] if stripe_secrets else []


async def _answer_stripe(request: Request, finder: Finder, secrets: Sequence[str]) -> Response:
    now = dt.datetime.now(dt.UTC)
    try:
        body = await _body(request)
        signature = request.headers.get("stripe-signature", "")
        stripe_callbacks.check_signature(signature, body, secrets=secrets, now=now)
        callback = stripe_callbacks.read(body)
    except TooLong:
        return _refused("too long", status=413)
    except Unreadable as why:
        return _refused(str(why), status=400)
    received = await receive(callback, finder, now=now)
    CALLBACKS.labels(callback.gateway, received.value).inc()
    facts = {"gateway": callback.gateway, "kind": callback.kind, "callback": callback.event_id, "outcome": received}
    log.info("payment callback", extra=facts)
    if received is Received.TOO_EARLY:
        return PlainTextResponse("Later.", status_code=503, headers={"Retry-After": AGAIN_AFTER_SECONDS})
    return PlainTextResponse("Received.")


async def _body(request: Request) -> bytes:
    """The message, read no further than a message may be long."""
    parts, length = [], 0
    try:
        async for part in request.stream():
            length += len(part)
            if length > LONGEST_MESSAGE:
                raise TooLong
            parts.append(part)
    except ClientDisconnect:
        raise Unreadable("the message has no end") from None
    return b"".join(parts)


def _refused(why: str, *, status: int) -> Response:
    """One word to whoever sent it; the reason is for the operator."""
    CALLBACKS.labels(stripe_callbacks.GATEWAY, "refused").inc()
    log.warning("payment callback refused", extra={"gateway": stripe_callbacks.GATEWAY, "reason": why})
    return PlainTextResponse("Refused.", status_code=status)
