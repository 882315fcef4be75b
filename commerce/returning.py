"""Goods that come back: asked for by the shopper, approved and received by staff."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tortoise.expressions import F

from commerce import stock
from commerce.moving_money import locked_order
from commerce.refusals import Refusal
from commerce.shelves import Taken
from database.transactions import unit_of_work
from models.fulfillment import Fulfillment, FulfillmentLine, FulfillmentState, Return, ReturnLine, ReturnState
from models.orders import OrderLine
from outbox.record import record

NEXT: Mapping[ReturnState, Sequence[ReturnState]] = {
    ReturnState.REQUESTED: (ReturnState.OPEN, ReturnState.DECLINED),
    ReturnState.OPEN: (ReturnState.CLOSED, ReturnState.CANCELED),
}
EVER = dt.datetime.min.replace(tzinfo=dt.UTC)
UNDER_WAY = (ReturnState.REQUESTED, ReturnState.OPEN)
LOST = (FulfillmentState.CANCELED, FulfillmentState.FAILURE)
LONGEST_NOTE, LONGEST_REASON = 5_000, 255


class NotReturnable(Refusal):
    """These goods cannot be sent back."""

    code = "NOT_RETURNABLE"


class NoSuchReturn(Refusal):
    """There is no such return."""

    code = "NOT_FOUND"


class WrongMove(Refusal):
    """A return that is over stays so."""

    code = "INVALID_STATE"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units of an order line to be sent back, and why."""

    line_id: int
    quantity: int
    reason: str | None = None


class Parcel(Protocol):
    """What of a parcel decides whether its goods may come back."""

    @property
    def state(self) -> str:
        """Where it is."""

    @property
    def created_at(self) -> dt.datetime:
        """When it was packed."""

    @property
    def delivered_at(self) -> dt.datetime | None:
        """When it arrived."""


@unit_of_work
async def request_return(
    order_id: int, wanted: Sequence[Wanted], *, now: dt.datetime, sent_after: dt.datetime, note: str | None = None
) -> int:
    """Ask to send goods back that were sent since `sent_after`; answers the return's id."""
    _check_texts(wanted, note)
    await locked_order(order_id)
    if why := late_because(await Fulfillment.filter(order_id=order_id), sent_after):
        raise NotReturnable(why, field=("id",))
    lines = {line.id: line for line in await OrderLine.filter(order_id=order_id).select_for_update().order_by("id")}
    if not wanted:
        raise NotReturnable("Say what shall be sent back.", field=("lines",))
    request = await Return.create(order_id=order_id, note=note, created_at=now, updated_at=now)
    for index, each in enumerate(wanted):
        line = lines.get(each.line_id)
        left = 0 if line is None else line.fulfilled - line.returned - await asked_for(line.id)
        if not 0 < each.quantity <= left:
            raise NotReturnable(f"{left} of these can be sent back.", field=("lines", str(index), "quantity"))
        await ReturnLine.create(
            request_id=request.id, order_line_id=each.line_id, quantity=each.quantity, reason=each.reason
        )
    await _tell("return.requested", order_id, request.id, now=now)
    return request.id


@unit_of_work
async def open_return(order_id: int, wanted: Sequence[Wanted], *, now: dt.datetime, note: str | None = None) -> int:
    """Let goods come back that staff have agreed to take, however long ago they were sent."""
    key = await request_return(order_id, wanted, now=now, sent_after=EVER, note=note)
    await decide_return(key, ReturnState.OPEN, now=now)
    return key


@unit_of_work
async def decide_return(return_id: int, state: ReturnState, *, now: dt.datetime, reason: str | None = None) -> None:
    """Approve a return (OPEN), decline or cancel it. Saying it twice changes nothing."""
    request = await _locked(return_id)
    if request.state == state:
        return
    _check_move(request, state)
    if state == ReturnState.CLOSED:
        raise WrongMove("A return is closed by receiving its goods.", field=("id",))
    await Return.filter(id=return_id).update(state=state, decline_reason=reason, updated_at=now)
    kinds = {ReturnState.OPEN: "approved", ReturnState.DECLINED: "declined", ReturnState.CANCELED: "canceled"}
    await _tell(f"return.{kinds[state]}", _order_of(request), return_id, now=now)


@unit_of_work
async def receive_return(return_id: int, *, restock: bool, now: dt.datetime) -> None:
    """The goods are back: the order's lines count them, and the shelf too where they can be sold again."""
    request = await _locked(return_id)
    if request.state == ReturnState.CLOSED:
        return
    _check_move(request, ReturnState.CLOSED)
    order_id = _order_of(request)
    for part in await ReturnLine.filter(request_id=return_id).order_by("order_line_id").select_related("order_line"):
        await OrderLine.filter(id=part.order_line.id).update(returned=F("returned") + part.quantity)
        if restock and await put_back(part.order_line.id, part.quantity, order_id=order_id, now=now):
            await ReturnLine.filter(id=part.id).update(restocked=part.quantity)
    await Return.filter(id=return_id).update(state=ReturnState.CLOSED, updated_at=now)
    await _tell("return.received", order_id, return_id, now=now)


def late_because(parcels: Sequence[Parcel], sent_after: dt.datetime) -> str | None:
    """Why nothing of these parcels can be sent back, in a sentence; None when it can."""
    sent = [parcel for parcel in parcels if parcel.state not in LOST]
    if not sent:
        return "Nothing of the order has been sent yet."
    newest = max(sent, key=lambda parcel: parcel.created_at)
    if (newest.delivered_at or newest.created_at) < sent_after:
        return "The time in which goods can be sent back is over."
    return None


def _check_texts(wanted: Sequence[Wanted], note: str | None) -> None:
    if len(note or "") > LONGEST_NOTE:
        raise NotReturnable(f"A note has at most {LONGEST_NOTE} characters.", field=("note",), code="TOO_LONG")
    for index, each in enumerate(wanted):
        if len(each.reason or "") > LONGEST_REASON:
            told = f"A reason has at most {LONGEST_REASON} characters."
            raise NotReturnable(told, field=("lines", str(index), "reason"), code="TOO_LONG")


async def asked_for(line_id: int) -> int:
    """Units of a line that are on their way back, or may be."""
    parts = ReturnLine.filter(order_line_id=line_id, request__state__in=UNDER_WAY)
    return sum([quantity for (quantity,) in await parts.values_list("quantity")])


async def put_back(line_id: int, quantity: int, *, order_id: int, now: dt.datetime) -> bool:
    """Put units of an order line on the shelf they were sent from; False for goods that are not counted."""
    sent = FulfillmentLine.filter(order_line_id=line_id, level_id__isnull=False)
    levels = await sent.order_by("id").values_list("level__variant_id", "level_id")
    if not levels:
        return False
    variant_id, level_id = levels[0]
    await stock.restock([Taken(variant_id or 0, level_id, quantity)], order_id=order_id, now=now)
    return True


async def _locked(return_id: int) -> Return:
    request = await Return.get_or_none(id=return_id)
    if request is None:
        raise NoSuchReturn("There is no such return.", field=("id",))
    await locked_order(_order_of(request))
    return await Return.filter(id=return_id).select_for_update().get()


def _check_move(request: Return, state: ReturnState) -> None:
    if state not in NEXT.get(request.state, ()):
        raise WrongMove(f"A return that is {request.state} cannot become {state}.", field=("id",))


def _order_of(request: Return) -> int:
    return int(request.order_id)  # type: ignore[attr-defined]


async def _tell(kind: str, order_id: int, return_id: int, *, now: dt.datetime) -> None:
    await record(kind, aggregate="order", key=order_id, now=now, payload={"return_id": return_id})
