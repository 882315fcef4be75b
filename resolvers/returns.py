"""Returns for staff: what comes back, and what is decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from commerce import returning
from commerce.returning import NEXT, Wanted
from loaders.order_money import LinesOfReturn, ReturnByKey, ReturnsOfOrder
from loaders.orders import OrderByKey
from loaders.rows import order_money as rows
from loaders.rows import orders as order_rows
from models.fulfillment import Return, ReturnState
from resolvers.context import Context
from resolvers.paging import Page, Window, page_of_rows
from resolvers.staff_outcomes import Change, Outcome, changed


@dataclass(frozen=True, slots=True)
class NewReturn:
    """A return as staff write it down."""

    order_id: int
    lines: Sequence[Wanted]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Decline:
    """A return that is not taken, and why."""

    id: int
    reason: str | None = None


async def a_return(context: Context, root: object, *, id: int) -> rows.Return | None:
    """One return."""
    return await context.loaders(ReturnByKey).load(id)


async def returns_of_order(context: Context, order: order_rows.Order, *, window: Window) -> Page[rows.Return]:
    """Every return of an order, oldest first."""
    return page_of_rows(await context.loaders(ReturnsOfOrder).load(order.id), window, key=lambda row: row.id)


async def lines_of_return(context: Context, back: rows.Return, *, window: Window) -> Page[rows.ReturnLine]:
    """What comes back."""
    return page_of_rows(await context.loaders(LinesOfReturn).load(back.id), window, key=lambda row: row.id)


async def order_of_return(context: Context, back: rows.Return) -> order_rows.Order | None:
    """The order it is of."""
    return await context.loaders(OrderByKey).load(back.order_id)


def next_states(context: Context, back: rows.Return) -> Sequence[ReturnState]:
    """What can become of it."""
    return NEXT.get(ReturnState(back.state), ())


async def create(context: Context, root: object, *, return_input: NewReturn) -> Outcome:
    """Goods come back that staff have agreed to take."""

    async def act() -> int:
        return await returning.open_return(
            return_input.order_id, return_input.lines, note=return_input.note, now=context.now
        )

    return await changed(context, Change("returnCreate", Return), act, read=ReturnByKey)


async def approve(context: Context, root: object, *, input: int) -> Outcome:
    """The goods may come back."""
    return await _decide(context, "returnApproveRequest", input, ReturnState.OPEN)


async def decline(context: Context, root: object, *, input: Decline) -> Outcome:
    """The goods stay with the shopper."""
    return await _decide(context, "returnDeclineRequest", input.id, ReturnState.DECLINED, input.reason)


async def cancel(context: Context, root: object, *, id: int) -> Outcome:
    """The goods do not come back after all."""
    return await _decide(context, "returnCancel", id, ReturnState.CANCELED)


async def close(context: Context, root: object, *, id: int, restock: bool = True) -> Outcome:
    """The goods are back."""

    async def act() -> None:
        await returning.receive_return(id, restock=restock, now=context.now)

    return await changed(context, Change("returnClose", Return, id), act, read=ReturnByKey)


async def _decide(context: Context, action: str, key: int, state: ReturnState, reason: str | None = None) -> Outcome:
    async def act() -> None:
        await returning.decide_return(key, state, reason=reason, now=context.now)

    return await changed(context, Change(action, Return, key), act, read=ReturnByKey)
