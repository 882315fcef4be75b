"""What shoppers may do with their orders: call them off, send goods back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commerce import order_links
from commerce.canceling import cancel_order
from commerce.moving_money import NoSuchOrder, carry_out
from commerce.refusals import Refusal
from commerce.returning import Wanted, request_return
from loaders.rows import orders as rows
from models.orders import CancelReason
from resolvers.context import Context
from resolvers.orders import order
from resolvers.outcomes import UserError


@dataclass(frozen=True, slots=True)
class OrderOutcome:
    """The order as it stands, and what was refused."""

    order: rows.Order | None
    user_errors: Sequence[UserError] = ()


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """Whether a new link is on its way."""

    user_errors: Sequence[UserError] = ()


NOT_FOUND = UserError("There is no such order, or it needs its token.", ("id",), NoSuchOrder.code)


async def cancel(context: Context, root: object, *, id: int, token: str | None = None) -> OrderOutcome:
    """Call the order off, as long as the shop lets shoppers do so."""
    if await order(context, None, id=id, token=token) is None:
        return OrderOutcome(None, [NOT_FOUND])
    since = context.now - dt.timedelta(minutes=context.shop.cancel_window_minutes)
    try:
        operations = await cancel_order(id, CancelReason.CUSTOMER, now=context.now, placed_after=since)
    except Refusal as refusal:
        return await _answer(context, id, token, [UserError.of(refusal)])
    await carry_out(operations, context.services.gateways, now=context.now)
    return await _answer(context, id, token)


async def ask_to_return(
    context: Context,
    root: object,
    *,
    id: int,
    lines: Sequence[Wanted],
    token: str | None = None,
    note: str | None = None,
) -> OrderOutcome:
    """Ask to send goods back, as long as the shop takes them."""
    if await order(context, None, id=id, token=token) is None:
        return OrderOutcome(None, [NOT_FOUND])
    since = context.now - dt.timedelta(days=context.shop.return_window_days)
    try:
        await request_return(id, lines, now=context.now, sent_after=since, note=note)
    except Refusal as refusal:
        return await _answer(context, id, token, [UserError.of(refusal)])
    return await _answer(context, id, token)


async def send_link(context: Context, root: object, *, id: int, token: str) -> LinkOutcome:
    """Have a new link to the order sent to its email."""
    try:
        await order_links.send_link(id, token, context.services.signer, place=context.viewer.address, now=context.now)
    except Refusal as refusal:
        return LinkOutcome([UserError.of(refusal)])
    return LinkOutcome()


async def _answer(context: Context, key: int, token: str | None, errors: Sequence[UserError] = ()) -> OrderOutcome:
    context.renew()
    return OrderOutcome(await order(context, None, id=key, token=token), errors)
