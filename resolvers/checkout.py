"""Completing carts: what is missing, submitting, and what became of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commerce import cart_details, checkout
from commerce.readiness import Missing
from commerce.refusals import Refusal
from loaders.carts import CartByKey
from loaders.checkout import AttemptByKey
from loaders.orders import OrderByKey
from loaders.rows import carts as cart_rows
from loaders.rows import checkout as rows
from loaders.rows import orders as order_rows
from models.addresses import Address
from models.money import Money
from payments.choosing import gateway_for
from payments.manual import method_among
from payments.test import TestGateway
from resolvers.context import Context
from resolvers.orders import status_url
from resolvers.outcomes import CartOutcome, UserError, outcome

POLL_MILLISECONDS = 1_000


@dataclass(frozen=True, slots=True)
class WantedPayment:
    """How a client wants to pay: what it says, and for whom the invoice is."""

    kind: str
    money: tuple[str, str]
    detail: str = ""
    billing: Address | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The cart can be completed."""

    cart: cart_rows.Cart | None


@dataclass(frozen=True, slots=True)
class NotReady:
    """The cart cannot be completed yet."""

    cart: cart_rows.Cart | None
    errors: Sequence[Missing]


@dataclass(frozen=True, slots=True)
class SubmitSuccess:
    """An attempt has begun."""

    attempt_id: str
    redirect_url: str


@dataclass(frozen=True, slots=True)
class SubmitAlreadyAccepted:
    """The same attempt had begun before."""

    attempt_id: str


@dataclass(frozen=True, slots=True)
class SubmitFailed:
    """Nothing has begun."""

    checkout_url: str | None
    errors: Sequence[Missing]


@dataclass(frozen=True, slots=True)
class SubmitThrottled:
    """Another attempt is being worked on."""

    poll_after: dt.datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What a submission or a preparation came to."""

    result: Any = None
    user_errors: Sequence[UserError] = ()


@dataclass(frozen=True, slots=True)
class Success:
    """An order was placed."""

    id: str
    completed_at: dt.datetime | None
    order: order_rows.Order


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing came of it."""

    id: str
    errors: Sequence[Missing]


@dataclass(frozen=True, slots=True)
class Processing:
    """It is being worked on."""

    id: str
    poll_delay: int


@dataclass(frozen=True, slots=True)
class Challenge:
    """A page where the shopper confirms the payment."""

    redirect_url: str | None


@dataclass(frozen=True, slots=True)
class ActionRequired:
    """The shopper has to do something."""

    id: str
    action: Challenge


async def update_payment(context: Context, root: object, *, cart_id: str, payment: WantedPayment) -> CartOutcome:
    """The cart with another way to pay."""
    return await outcome(context, cart_id, _choose(context, cart_id, payment))


async def _choose(context: Context, cart_id: str, wanted: WantedPayment) -> list[Any]:
    kept = _kept(context, wanted)
    return await cart_details.change_payment(cart_id, kept, wanted.billing, now=context.now)


def _kept(context: Context, wanted: WantedPayment) -> Mapping[str, Any]:
    amount, currency = wanted.money
    if currency != context.shop.currency:
        raise BadPayment(f"The shop is paid in {context.shop.currency}.", field=("payment", "amount", "currencyCode"))
    try:
        money = Money.of(amount, currency)
    except ValueError:
        raise BadPayment(f"{currency} has no such amount.", field=("payment", "amount", "amount")) from None
    kept = {"kind": wanted.kind, "amount": money.minor}
    if wanted.kind == "manual":
        return {**kept, "name": _listed(context, wanted.detail)}
    if wanted.kind == "direct":
        return {**kept, "session_id": _known(context, wanted.detail)}
    return kept


def _listed(context: Context, name: str) -> str:
    if method := method_among(name, context.shop.manual_payment_methods):
        return method
    raise BadPayment(
        "The shop does not list this manual payment.",
        field=("payment", "manualPaymentMethod", "name"),
        code="PAYMENT_METHOD_NOT_SUPPORTED",
    )


def _known(context: Context, session_id: str) -> str:
    gateway = gateway_for(session_id, context.services.gateways)
    if gateway is None or (gateway.name == TestGateway.name and not context.shop.test_payments):
        raise BadPayment(
            "No provider of the shop knows this payment session.",
            field=("payment", "directPaymentMethod", "sessionId"),
            code="PAYMENT_METHOD_NOT_SUPPORTED",
        )
    return session_id


class BadPayment(Refusal):
    """A way of paying that the shop does not take."""

    code = "INVALID_PAYMENT"


async def prepare(context: Context, root: object, *, cart_id: str) -> Result:
    """Whether the cart can be completed now, and if not, everything that is missing."""
    try:
        missing = await checkout.whats_missing(cart_id, context.shop, context.services.gateways, now=context.now)
    except Refusal as refusal:
        return Result(user_errors=[UserError.of(refusal)])
    cart = await context.loaders(CartByKey).load(cart_id)
    return Result(NotReady(cart, missing) if missing else Ready(cart))


async def submit(context: Context, root: object, *, attempt_token: str, cart_id: str) -> Result:
    """Begin to complete the cart; the same token is the same attempt."""
    page = f"{context.public_url}/checkout/{cart_id}"
    try:
        submitted = await checkout.submit(
            cart_id, attempt_token, context.shop, context.services.gateways, now=context.now, return_url=page
        )
    except Refusal as refusal:
        return Result(user_errors=[UserError.of(refusal)])
    match submitted:
        case checkout.Accepted(attempt_id, already):
            return Result(SubmitAlreadyAccepted(attempt_id) if already else SubmitSuccess(attempt_id, page))
        case checkout.Refused(reasons):
            return Result(SubmitFailed(page, reasons))
        case checkout.Busy(until):
            return Result(SubmitThrottled(until))


async def completion_attempt(context: Context, root: object, *, attempt_id: str) -> Any:
    """What became of an attempt; None for one nobody made."""
    attempt = await context.loaders(AttemptByKey).load(attempt_id)
    return None if attempt is None else await _told(context, attempt)


async def _told(context: Context, attempt: rows.Attempt) -> Any:
    if attempt.state == "FAILED":
        return Failed(attempt.id, [Missing(**error) for error in attempt.errors])
    if attempt.state == "ACTION_REQUIRED":
        return ActionRequired(attempt.id, Challenge(attempt.action_url))
    order = None if attempt.order_id is None else await context.loaders(OrderByKey).load(attempt.order_id)
    return Success(attempt.id, attempt.completed_at, order) if order else Processing(attempt.id, POLL_MILLISECONDS)


def order_token(context: Context, success: Success) -> str:
    """What opens the order for whoever has placed it, until it expires: the same however often it is asked for."""
    return context.services.signer.order_link(success.order.token, now=success.order.placed_at)


def order_url(context: Context, success: Success) -> str:
    """The order's page."""
    return status_url(context, success.order)
