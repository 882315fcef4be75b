"""Stripe, through its own SDK: cards and what else the shop's account takes, confirmed by the bank where it asks.

A payment session is a PaymentMethod (`pm_…`) or a ConfirmationToken (`ctoken_…`) that a storefront got from Stripe.js,
or `stripe:checkout`: the shopper then pays on Stripe's own page. Whatever has an answer that was lost, is limited or is
being worked on is UNKNOWN: asked again with its key, it moves money once.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import stripe

from models.money import Money
from payments import stripe_answers as answers
from payments import stripe_requests as requests
from payments.callbacks import Callback
from payments.gateway import Answer, Outcome, PaymentRequest
from payments.stripe_amounts import NotPayable, to_stripe
from payments.stripe_callbacks import of_intent

log = logging.getLogger("shopwright.payments")

HOSTED = "stripe:checkout"
SESSION = "cs_"
SECONDS_TO_ANSWER = 10.0
CLOSED = (stripe.AuthenticationError, stripe.PermissionError)
REFUSED = (stripe.CardError, stripe.InvalidRequestError)
UNKNOWN = Answer(Outcome.UNKNOWN, message="The provider did not answer.")


Observe = Callable[[str, str, float], None]
"""Told what was asked for, what came of it, and in how many seconds."""


def unobserved(act: str, outcome: str, seconds: float) -> None:
    """Nobody counts."""


@dataclass(frozen=True, slots=True)
class StripeAccount:
    """Whose money it becomes: the keys of one Stripe account. The secret one is never shown."""

    secret_key: str = field(repr=False)
    public_key: str | None = None
    api_base: str = "https://api.stripe.com"


class StripeGateway:
    """One Stripe account. Holds connections, but no state that a restart could lose."""

    name = "stripe"
    hosted_session: str | None = HOSTED

    def __init__(
        self, account: StripeAccount, *, seconds_to_answer: float = SECONDS_TO_ANSWER, observe: Observe = unobserved
    ) -> None:
        self.public_key = account.public_key
        self._observe = observe
        stripe.enable_telemetry = False
        self._line = stripe.HTTPXClient(timeout=seconds_to_answer)
        client = stripe.StripeClient(
            account.secret_key,
            http_client=self._line,
            base_addresses={"api": account.api_base},
            max_network_retries=0,
        )
        self._intents = client.v1.payment_intents
        self._refunds = client.v1.refunds
        self._pages = client.v1.checkout.sessions

    async def close(self) -> None:
        """Close the connections."""
        await self._line.close_async()  # type: ignore[no-untyped-call] # the SDK has no types here

    def takes(self, session_id: str) -> bool:
        """Payment methods and confirmation tokens of Stripe.js, and the wish to pay on Stripe's page."""
        return session_id == HOSTED or session_id.startswith(("pm_", "ctoken_"))

    async def authorize(self, request: PaymentRequest) -> Answer:
        """Have a payment method charged, or a page opened on which the shopper pays."""
        return await self._seen("authorize", self._tried(request))

    async def capture(self, reference: str, money: Money, *, key: str) -> Answer:
        """Take a promise or a part of it. Where the card does not allow parts, Stripe lets the rest go."""
        return await self._seen("capture", _answered("capture", self._capture(reference, money, key=key)))

    async def refund(self, reference: str, money: Money, *, key: str) -> Answer:
        """Give money back. What was given back under the same key is found, however long ago that was."""
        return await self._seen("refund", _answered("refund", self._refund(reference, money, key=key)))

    async def void(self, reference: str, *, key: str) -> Answer:
        """Let a promise go, or close the page that nobody paid on. What is let go already is so."""
        return await self._seen("void", _answered("void", self._void(reference, key=key)))

    async def outcome_of(self, request: PaymentRequest, *, reference: str | None, still_wanted: bool) -> Answer:
        """Look at what is known; ask for what is still wanted again; search for what is not."""
        return await self._seen("outcome", self._found_out(request, reference=reference, still_wanted=still_wanted))

    async def find(self, reference: str) -> Callback | None:
        """How far a PaymentIntent has come, for callbacks that run ahead of us."""
        try:
            return of_intent((await self._intents.retrieve_async(reference)).to_dict())
        except stripe.StripeError as error:
            _lost("find", error)
            return None

    async def _seen(self, act: str, call: Awaitable[Answer]) -> Answer:
        began = time.perf_counter()
        answer = await call
        self._observe(act, answer.outcome.value, time.perf_counter() - began)
        return answer

    async def _tried(self, request: PaymentRequest) -> Answer:
        try:
            return await self._authorize(request)
        except CLOSED as error:
            log.error("Stripe refuses the shop's key", extra={"error": type(error).__name__})
            return Answer(Outcome.DECLINED, error="PAYMENT_GATEWAY_NOT_ENABLED_ERROR", message="Pay another way.")
        except stripe.StripeError as error:
            return _lost("authorize", error)

    async def _found_out(self, request: PaymentRequest, *, reference: str | None, still_wanted: bool) -> Answer:
        try:
            if reference is not None:
                return await self._state_of(reference)
            return await (self._asked_again(request) if still_wanted else self._searched(request.key))
        except stripe.StripeError as error:
            return _lost("outcome", error)

    async def _authorize(self, request: PaymentRequest) -> Answer:
        """Ask, whatever the answer; raises what is no answer."""
        try:
            if request.session_id == HOSTED:
                page = await self._pages.create_async(requests.page(request), {"idempotency_key": request.key})
                return answers.of_session(page.to_dict())
            intent = await self._intents.create_async(requests.charge(request), {"idempotency_key": request.key})
            return answers.of_intent(intent.to_dict())
        except NotPayable:
            return answers.declined({"code": "amount_not_payable"})
        except REFUSED as error:
            told = _told(error)
            log.info("Stripe refused a payment", extra={"code": told.get("code"), "param": told.get("param")})
            return answers.declined(told, (told.get("payment_intent") or {}).get("id"))

    async def _asked_again(self, request: PaymentRequest) -> Answer:
        """The same request with the same key gets the answer it got then; what has happened since is looked up."""
        then = await self._authorize(request)
        return then if then.reference is None else await self._state_of(then.reference)

    async def _searched(self, key: str) -> Answer:
        query: Any = {"query": f"metadata['{answers.KEY}']:'{key}'", "limit": 1}
        found = (await self._intents.search_async(query)).data
        return answers.of_intent(found[0].to_dict()) if found else answers.declined({})

    async def _state_of(self, reference: str) -> Answer:
        if reference.startswith(SESSION):
            page = await self._pages.retrieve_async(reference, {"expand": ["payment_intent"]})
            return answers.of_session(page.to_dict())
        return answers.of_intent((await self._intents.retrieve_async(reference)).to_dict())

    async def _capture(self, reference: str, money: Money, *, key: str) -> Answer:
        amount = to_stripe(money)
        intent = (await self._intents.retrieve_async(reference, {"expand": ["latest_charge"]})).to_dict()
        if requests.mark(key) not in intent.get("metadata", {}):
            in_parts = amount < intent["amount_capturable"] and _may_be_taken_in_parts(intent)
            wanted = requests.capture(amount, key, in_parts=in_parts)
            await self._intents.capture_async(reference, wanted, {"idempotency_key": key})
        return Answer(Outcome.DONE, reference, captured=True)

    async def _refund(self, reference: str, money: Money, *, key: str) -> Answer:
        given = await self._refunds.list_async({"payment_intent": reference, "limit": 100})
        for before in given.data:
            if answers.key_of(told := before.to_dict()) == key:
                return answers.of_refund(told)
        refund = await self._refunds.create_async(requests.refund(reference, money, key), {"idempotency_key": key})
        return answers.of_refund(refund.to_dict())

    async def _void(self, reference: str, *, key: str) -> Answer:
        if reference.startswith(SESSION):
            return await self._close(reference, key=key)
        if (await self._intents.retrieve_async(reference)).status != "canceled":
            await self._intents.cancel_async(reference, {}, {"idempotency_key": key})
        return Answer(Outcome.DONE, reference)

    async def _close(self, reference: str, *, key: str) -> Answer:
        page = (await self._pages.retrieve_async(reference)).to_dict()
        if page["status"] == "complete":
            return await self._void(page["payment_intent"], key=key)
        if page["status"] == "open":
            await self._pages.expire_async(reference, {}, {"idempotency_key": key})
        return Answer(Outcome.DONE, reference)


async def _answered(what: str, call: Awaitable[Answer]) -> Answer:
    """The answer to a call about a payment that is there; UNKNOWN where it has to be asked again."""
    try:
        return await call
    except NotPayable as error:
        return Answer(Outcome.DECLINED, error="amount_not_payable", message=str(error))
    except REFUSED as error:
        code = _told(error).get("code")
        log.warning("Stripe refused a request", extra={"request": what, "code": code})
        return Answer(Outcome.DECLINED, error=code or "refused", message="The provider refused.")
    except stripe.StripeError as error:
        return _lost(what, error)


def _lost(what: str, error: stripe.StripeError) -> Answer:
    log.warning("Stripe gave no answer", extra={"request": what, "error": type(error).__name__})
    return UNKNOWN


def _told(error: stripe.StripeError) -> Mapping[str, Any]:
    """The error as Stripe wrote it. Its message may repeat what was asked, and is left alone."""
    body: Any = error.json_body
    told = body.get("error") if isinstance(body, dict) else None
    return told if isinstance(told, dict) else {}


def _may_be_taken_in_parts(intent: Mapping[str, Any]) -> bool:
    card = ((intent.get("latest_charge") or {}).get("payment_method_details") or {}).get("card") or {}
    return (card.get("multicapture") or {}).get("status") == "available"
