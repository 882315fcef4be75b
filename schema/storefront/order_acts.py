"""What shoppers may do with their orders."""

import datetime as dt

import strawberry

from commerce.returning import Wanted
from resolvers import order_acts as rows
from resolvers.outcomes import UserError
from schema.binding import Argument, changed_by, described, describes
from schema.ids import id_argument, number_key
from schema.storefront.cart_codes import DisplayableError
from schema.storefront.orders import Order

ORDER = number_key("Order")
LINE = number_key("OrderLineItem")
TOKEN = "The order's token, for who is not signed in."  # noqa: S105 - this tells what a token is


@strawberry.type(description="Why something was not done with an order. Shopwright's own.")
@describes(UserError)
class OrderUserError(DisplayableError):
    """Why something was not done."""

    code: str | None = described("The reason, for programs, like ORDER_NOT_CANCELABLE.")
    retry_after: dt.datetime | None = described("When to try again, for who asked too often.")


@strawberry.type(description="What became of `orderCancel`. Shopwright's own.")
@describes(rows.OrderOutcome)
class OrderCancelPayload:
    """What became of canceling."""

    order: Order | None = described("The order as it stands.")
    user_errors: list[OrderUserError] = described("Why it was not called off; empty when it was.")


@strawberry.type(description="What became of `orderReturnRequest`. Shopwright's own.")
@describes(rows.OrderOutcome)
class OrderReturnRequestPayload:
    """What became of asking for a return."""

    order: Order | None = described("The order as it stands.")
    user_errors: list[OrderUserError] = described("Why nothing can be sent back; empty when it can.")


@strawberry.type(description="What became of `orderLinkSend`. Shopwright's own.")
@describes(rows.LinkOutcome)
class OrderLinkSendPayload:
    """What became of asking for a new link."""

    user_errors: list[OrderUserError] = described("Why no letter is sent; empty when one is on its way.")


@strawberry.input(description="Units of an order's line to be sent back. Shopwright's own.")
class OrderReturnLineInput:
    """Units to be sent back."""

    line_item_id: strawberry.ID = strawberry.field(description="The id of the order's line.")
    quantity: int = strawberry.field(description="How many.")
    reason: str | None = strawberry.field(default=None, description="Why.")


def _wanted(lines: list[OrderReturnLineInput]) -> list[Wanted]:
    return [Wanted(LINE(line.line_item_id), line.quantity, line.reason) for line in lines]


@strawberry.type
class OrderMutation:
    """What shoppers may do with their orders."""

    order_cancel: OrderCancelPayload | None = changed_by(
        rows.cancel,
        "Call an order off: goods, codes and money go back. As long as nothing was sent and the shop's time for it "
        "is not over. Shopwright's own.",
        id=id_argument(ORDER, "The order's id."),
        token=TOKEN,
    )
    order_return_request: OrderReturnRequestPayload | None = changed_by(
        rows.ask_to_return,
        "Ask to send goods back, as long as the shop takes them. Shopwright's own.",
        id=id_argument(ORDER, "The order's id."),
        token=TOKEN,
        lines=Argument(list[OrderReturnLineInput], "What to send back.", _wanted),
        note="What the shop should know.",
    )
    order_link_send: OrderLinkSendPayload | None = changed_by(
        rows.send_link,
        "Have a new link to an order sent to the order's email, for who holds a link to it whose time is over. "
        "Shopwright's own.",
        id=id_argument(ORDER, "The order's id."),
        token="The token of the link whose time is over.",
    )
