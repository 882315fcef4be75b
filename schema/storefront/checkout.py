"""Completing carts in the API."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from commerce.readiness import Missing
from resolvers import checkout as rows
from schema.binding import Argument, changed_by, described, describes, resolved_by
from schema.ids import gid, id_argument
from schema.scalars import URL
from schema.storefront.cart_payloads import CartUserError, payload
from schema.storefront.cart_payments import CartPaymentInput
from schema.storefront.carts import CART, Cart
from schema.storefront.checkout_codes import CompletionErrorCode, SubmissionErrorCode

if TYPE_CHECKING:
    CartPaymentUpdatePayload = Any
else:
    CartPaymentUpdatePayload = payload("CartPaymentUpdatePayload")


def _order_id(context: Any, success: rows.Success) -> str:
    return gid("Order", success.order.id)


@strawberry.type(description="Something in the way of completing a cart.")
@describes(Missing)
class CartOperationError:
    """Something in the way."""

    code: str = described("The reason, for programs: a `SubmissionErrorCode`.")
    message: str | None = described("The reason, in a sentence.")


@strawberry.type(description="Something in the way of completing a cart.")
@describes(Missing)
class SubmissionError:
    """Something in the way."""

    code: SubmissionErrorCode = described("The reason, for programs.")
    message: str | None = described("The reason, in a sentence.")


@strawberry.type(description="Why completing a cart came to nothing.")
@describes(Missing)
class CompletionError:
    """Why it came to nothing."""

    code: CompletionErrorCode = described("The reason, for programs.")
    message: str | None = described("The reason, in a sentence.")


@strawberry.type(description="The cart can be completed.")
@describes(rows.Ready)
class CartStatusReady:
    """The cart can be completed."""

    cart: Cart | None = described("The cart.")


@strawberry.type(description="The cart cannot be completed yet.")
@describes(rows.NotReady)
class CartStatusNotReady:
    """The cart cannot be completed yet."""

    cart: Cart | None = described("The cart.")
    errors: list[CartOperationError] = described("Everything that is missing.")


@strawberry.type(description="The shop is too busy to say; ask again.")
@describes()
class CartThrottled:
    """The shop is too busy."""

    cart: Cart | None = described("The cart.")
    poll_after: dt.datetime = described("When to ask again.")


@strawberry.type(description="An attempt has begun.")
@describes(rows.SubmitSuccess)
class SubmitSuccess:
    """An attempt has begun."""

    attempt_id: str = described("What to ask `cartCompletionAttempt` for.")
    redirect_url: URL = described("The page where a shopper can see how it goes.")


@strawberry.type(description="The same attempt had begun before: nothing was done twice.")
@describes(rows.SubmitAlreadyAccepted)
class SubmitAlreadyAccepted:
    """The same attempt had begun before."""

    attempt_id: str = described("What to ask `cartCompletionAttempt` for.")


@strawberry.type(description="Nothing has begun. Mend what is told, and submit again.")
@describes(rows.SubmitFailed)
class SubmitFailed:
    """Nothing has begun."""

    checkout_url: URL | None = described("The page where the shopper can mend it.")
    errors: list[SubmissionError] = described("What is in the way.")


@strawberry.type(description="Another attempt with this cart is being worked on.")
@describes(rows.SubmitThrottled)
class SubmitThrottled:
    """Another attempt is being worked on."""

    poll_after: dt.datetime = described("When to submit again.")


@strawberry.type(description="An order was placed.")
@describes(rows.Success)
class CartCompletionSuccess:
    """An order was placed."""

    id: str = described("The attempt.")
    order_id: strawberry.ID = resolved_by(_order_id, "The order.")
    order_url: URL = resolved_by(rows.order_url, "The order's page, opened by its token.")
    order_token: str = resolved_by(
        rows.order_token, "What opens the order, for `order(id:, token:)`. Shopwright's own."
    )
    completed_at: dt.datetime | None = described("When it was placed.")


@strawberry.type(description="Nothing came of the attempt, and nothing was charged.")
@describes(rows.Failed)
class CartCompletionFailed:
    """Nothing came of the attempt."""

    id: str = described("The attempt.")
    errors: list[CompletionError] = described("Why.")


@strawberry.type(description="The attempt is being worked on.")
@describes(rows.Processing)
class CartCompletionProcessing:
    """The attempt is being worked on."""

    id: str = described("The attempt.")
    poll_delay: int = described("How many milliseconds to wait before asking again.")


@strawberry.type(description="A page of the provider where the shopper confirms the payment.")
@describes(rows.Challenge)
class CompletePaymentChallenge:
    """A page where the shopper confirms."""

    redirect_url: URL | None = described("The page.")


CartCompletionAction = Annotated[
    CompletePaymentChallenge, strawberry.union("CartCompletionAction", description="What the shopper has to do.")
]


@strawberry.type(description="The shopper has to do something before the order is placed.")
@describes(rows.ActionRequired)
class CartCompletionActionRequired:
    """The shopper has to do something."""

    id: str = described("The attempt.")
    action: CartCompletionAction | None = described("What to do.")


CartPrepareForCompletionResult = Annotated[
    CartStatusReady | CartStatusNotReady | CartThrottled,
    strawberry.union("CartPrepareForCompletionResult", description="Whether a cart can be completed."),
]
CartSubmitForCompletionResult = Annotated[
    SubmitSuccess | SubmitAlreadyAccepted | SubmitFailed | SubmitThrottled,
    strawberry.union("CartSubmitForCompletionResult", description="What a submission came to."),
]
CartCompletionAttemptResult = Annotated[
    CartCompletionSuccess | CartCompletionFailed | CartCompletionProcessing | CartCompletionActionRequired,
    strawberry.union("CartCompletionAttemptResult", description="What became of an attempt."),
]


@strawberry.type(description="What became of `cartPrepareForCompletion`.")
@describes(rows.Result)
class CartPrepareForCompletionPayload:
    """What became of preparing."""

    result: CartPrepareForCompletionResult | None = described("Whether the cart can be completed.")
    user_errors: list[CartUserError] = described("Why it could not be said.")


@strawberry.type(description="What became of `cartSubmitForCompletion`.")
@describes(rows.Result)
class CartSubmitForCompletionPayload:
    """What became of submitting."""

    result: CartSubmitForCompletionResult | None = described("What the submission came to.")
    user_errors: list[CartUserError] = described("Why there was nothing to submit.")


@strawberry.type
class CheckoutQuery:
    """Questions about checkouts."""

    cart_completion_attempt: CartCompletionAttemptResult | None = resolved_by(
        rows.completion_attempt, "What became of an attempt; null for one nobody made.", attempt_id="The attempt's id."
    )


@strawberry.type
class CheckoutMutation:
    """Completing carts."""

    cart_payment_update: CartPaymentUpdatePayload | None = changed_by(
        rows.update_payment,
        "Say how a cart is paid.",
        cart_id=id_argument(CART, "The cart's id."),
        payment=Argument(CartPaymentInput, "The amount and the way.", lambda written: written.decoded()),
    )
    cart_prepare_for_completion: CartPrepareForCompletionPayload | None = changed_by(
        rows.prepare,
        "Ask whether a cart can be completed now, and if not, for everything that is missing.",
        cart_id=id_argument(CART, "The cart's id."),
    )
    cart_submit_for_completion: CartSubmitForCompletionPayload | None = changed_by(
        rows.submit,
        "Complete a cart: exactly one order, however often this is retried with the same token.",
        attempt_token="The client's own token for this attempt. A changed cart wants a new one.",
        cart_id=id_argument(CART, "The cart's id."),
    )
