"""Returns as staff see them, and what they decide."""

import datetime as dt
from typing import Annotated

import strawberry

from commerce.returning import Wanted
from loaders.rows import order_money as rows
from resolvers import order_money, returns
from schema.admin.parcels import LineItem
from schema.admin.payloads import payload
from schema.binding import Argument, changed_by, described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_argument, id_of, number_key
from schema.order_states import ReturnState

ORDER, LINE, RETURN = number_key("Order"), number_key("LineItem"), number_key("Return")


@strawberry.type(description="Units of an order line in a return.")
@describes(rows.ReturnLine, needs="read_orders")
class ReturnLineItem(Node):
    """Units in a return."""

    id: strawberry.ID = id_of("ReturnLineItem")
    quantity: int = described("How many.")
    return_reason_note: str | None = resolved_by(lambda context, row: row.reason, "Why.")
    restocked_quantity: int = resolved_by(lambda context, row: row.restocked, "How many are on the shelf again.")
    line_item: LineItem = resolved_by(order_money.line_refunded, "The line they are of.")


ReturnLineItemConnection = connection(ReturnLineItem, "units in a return")


@strawberry.type(description="Goods that a buyer sends back.")
@describes(rows.Return, needs="read_orders")
class Return(Node):
    """Goods that come back."""

    id: strawberry.ID = id_of("Return")
    status: ReturnState = resolved_by(lambda context, row: ReturnState(row.state), "How far it has come.")
    available_statuses: list[ReturnState] = resolved_by(returns.next_states, "What it can become. Shopwright's own.")
    note: str | None = described("What the buyer or the staff wrote to it.")
    decline_reason: str | None = described("Why it was declined.")
    created_at: dt.datetime = described("When it was asked for.")
    updated_at: dt.datetime = described("When it last changed.")
    return_line_items: ReturnLineItemConnection = resolved_by(returns.lines_of_return, "What comes back.")
    order: Annotated["Order", strawberry.lazy("schema.admin.orders")] = resolved_by(  # type: ignore[name-defined]  # noqa: F821 - lazy, as orders lead to returns too
        returns.order_of_return, "The order it is of."
    )


ReturnConnection = connection(Return, "goods that come back")


@strawberry.input(description="Units of an order line that come back.")
class ReturnLineItemInput:
    """Units that come back."""

    line_item_id: strawberry.ID = strawberry.field(description="The order's line.")
    quantity: int = strawberry.field(description="How many.")
    return_reason_note: str | None = strawberry.field(default=None, description="Why.")


@strawberry.input(description="A return that staff write down; it is approved with that.")
class ReturnInput:
    """A return."""

    order_id: strawberry.ID = strawberry.field(description="The order.")
    return_line_items: list[ReturnLineItemInput] = strawberry.field(description="What comes back.")
    note: str | None = strawberry.field(default=None, description="Whatever should be remembered.")


@strawberry.input(description="A return that may go on.")
class ReturnApproveRequestInput:
    """A return that may go on."""

    id: strawberry.ID = strawberry.field(description="The return.")


@strawberry.input(description="A return that is not taken.")
class ReturnDeclineRequestInput:
    """A return that is not taken."""

    id: strawberry.ID = strawberry.field(description="The return.")
    decline_note: str | None = strawberry.field(default=None, description="Why, for the buyer.")


def _new(given: ReturnInput) -> returns.NewReturn:
    lines = [
        Wanted(LINE(each.line_item_id), each.quantity, each.return_reason_note) for each in given.return_line_items
    ]
    return returns.NewReturn(ORDER(given.order_id), lines, given.note)


def _declined(given: ReturnDeclineRequestInput) -> returns.Decline:
    return returns.Decline(RETURN(given.id), given.decline_note)


ReturnCreatePayload = payload("ReturnCreate", "return_", Return, "The return, approved.", renamed="return")
ReturnApproveRequestPayload = payload("ReturnApproveRequest", "return_", Return, "The return.", renamed="return")
ReturnDeclineRequestPayload = payload("ReturnDeclineRequest", "return_", Return, "The return.", renamed="return")
ReturnCancelPayload = payload("ReturnCancel", "return_", Return, "The return.", renamed="return")
ReturnClosePayload = payload("ReturnClose", "return_", Return, "The return.", renamed="return")


@strawberry.type
class ReturnQuery:
    """Questions about returns."""

    return_: Return | None = resolved_by(
        returns.a_return,
        "One return.",
        renamed="return",
        needs="read_orders",
        id=id_argument(RETURN, "The return's id."),
    )


@strawberry.type
class ReturnMutation:
    """What staff decide about returns."""

    return_create: ReturnCreatePayload | None = changed_by(
        returns.create,
        "Let goods come back that the shop has agreed to take, however long ago they were sent.",
        needs="write_orders",
        return_input=Argument(ReturnInput, "What comes back.", _new),
    )
    return_approve_request: ReturnApproveRequestPayload | None = changed_by(
        returns.approve,
        "Approve a return that a shopper has asked for.",
        needs="write_orders",
        input=Argument(ReturnApproveRequestInput, "The return.", lambda given: RETURN(given.id)),
    )
    return_decline_request: ReturnDeclineRequestPayload | None = changed_by(
        returns.decline,
        "Decline a return that a shopper has asked for.",
        needs="write_orders",
        input=Argument(ReturnDeclineRequestInput, "The return, and why.", _declined),
    )
    return_cancel: ReturnCancelPayload | None = changed_by(
        returns.cancel,
        "Say that approved goods do not come back after all.",
        needs="write_orders",
        id=id_argument(RETURN, "The return."),
    )
    return_close: ReturnClosePayload | None = changed_by(
        returns.close,
        "Say that the goods are back. Money is given back by `refundCreate` with `returnId`.",
        needs="write_orders",
        id=id_argument(RETURN, "The return."),
        restock="Whether they go back on the shelf.",
    )
