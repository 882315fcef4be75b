"""Sending goods: parcels of an order, from packing to the door."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from commerce import stock
from commerce.refusals import Refusal
from commerce.stock import Taken
from database.transactions import unit_of_work
from models.fulfillment import Fulfillment, FulfillmentLine, FulfillmentState
from models.orders import Allocation, FulfillmentStatus, Order, OrderLifecycle, OrderLine
from outbox.record import record

ON_THE_WAY = (FulfillmentState.PENDING, FulfillmentState.IN_TRANSIT, FulfillmentState.OUT_FOR_DELIVERY)
NEXT: Mapping[FulfillmentState, Sequence[FulfillmentState]] = {
    FulfillmentState.PENDING: (
        FulfillmentState.IN_TRANSIT,
        FulfillmentState.OUT_FOR_DELIVERY,
        FulfillmentState.DELIVERED,
        FulfillmentState.CANCELED,
        FulfillmentState.FAILURE,
    ),
    FulfillmentState.IN_TRANSIT: (
        FulfillmentState.OUT_FOR_DELIVERY,
        FulfillmentState.DELIVERED,
        FulfillmentState.FAILURE,
    ),
    FulfillmentState.OUT_FOR_DELIVERY: (FulfillmentState.DELIVERED, FulfillmentState.FAILURE),
}
TOLD = {
    FulfillmentState.IN_TRANSIT: "fulfillment.in_transit",
    FulfillmentState.OUT_FOR_DELIVERY: "fulfillment.out_for_delivery",
    FulfillmentState.DELIVERED: "fulfillment.delivered",
    FulfillmentState.FAILURE: "fulfillment.failed",
}


class OrderClosed(Refusal):
    """Nothing more is sent of an order that is canceled or closed."""

    code: ClassVar[str] = "ORDER_CLOSED"


class NothingToSend(Refusal):
    """More was to be sent than is left to send."""

    code: ClassVar[str] = "INVALID_QUANTITY"


class NoSuchOrder(Refusal):
    """There is no such order, line or parcel."""

    code: ClassVar[str] = "NOT_FOUND"


class WrongMove(Refusal):
    """A parcel that arrived is not on the way any more."""

    code: ClassVar[str] = "INVALID_STATE"


@dataclass(frozen=True, slots=True)
class Tracking:
    """How a carrier calls a parcel."""

    company: str | None = None
    numbers: Sequence[str] = ()
    urls: Sequence[str] = ()

    @property
    def entries(self) -> list[dict[str, str | None]]:
        """Numbers and addresses in pairs, as they are kept."""
        longest = max(len(self.numbers), len(self.urls))
        pad = [None] * longest
        pairs = zip([*self.numbers, *pad][:longest], [*self.urls, *pad][:longest], strict=True)
        return [{"number": number, "url": url} for number, url in pairs]


@dataclass(frozen=True, slots=True)
class Packing:
    """What goes into a parcel: units by order line; everything that is left where no line is named."""

    units: Mapping[int, int] = field(default_factory=dict)
    tracking: Tracking = field(default_factory=Tracking)
    notify: bool = False


@unit_of_work
async def fulfill(order_id: int, packing: Packing, *, now: dt.datetime) -> int:
    """Send units of an order: they leave the shelf, and the order says how far it has come. Answers the parcel's id."""
    order = await _locked(order_id)
    lines = await OrderLine.select_for_update().filter(order_id=order_id).order_by("id")
    units = _units(lines, packing.units)
    parcel = await Fulfillment.create(
        order_id=order_id,
        tracking_company=packing.tracking.company,
        tracking=packing.tracking.entries,
        created_at=now,
        updated_at=now,
    )
    for line in lines:
        if line.id in units:
            await _pack(parcel, line, units[line.id], now=now)
    status = await _restate(order, lines, now=now)
    kind = "order.fulfilled" if status is FulfillmentStatus.FULFILLED else "order.partially_fulfilled"
    payload = {"fulfillment_id": parcel.id, "notify": packing.notify}
    await record(kind, aggregate="order", key=order_id, now=now, payload=payload)
    return parcel.id


@unit_of_work
async def track(parcel_id: int, tracking: Tracking, *, notify: bool, now: dt.datetime) -> None:
    """Say how the carrier calls the parcel."""
    parcel = await _parcel(parcel_id)
    parcel.tracking_company, parcel.tracking, parcel.updated_at = tracking.company, tracking.entries, now
    await parcel.save(update_fields=["tracking_company", "tracking", "updated_at"])
    payload = {"fulfillment_id": parcel_id, "notify": notify}
    await record("fulfillment.tracked", aggregate="order", key=_order_of(parcel), now=now, payload=payload)


@unit_of_work
async def move(parcel_id: int, state: FulfillmentState, *, now: dt.datetime) -> None:
    """Say where the parcel is. Saying it twice changes nothing; a parcel never goes backwards."""
    parcel = await _parcel(parcel_id)
    if parcel.state is state:
        return
    if state not in NEXT.get(parcel.state, ()) or state not in TOLD:
        raise WrongMove(f"A parcel that is {parcel.state} cannot become {state}.", field=("status",))
    parcel.state, parcel.updated_at = state, now
    parcel.delivered_at = now if state is FulfillmentState.DELIVERED else None
    await parcel.save(update_fields=["state", "updated_at", "delivered_at"])
    payload = {"fulfillment_id": parcel_id}
    await record(TOLD[state], aggregate="order", key=_order_of(parcel), now=now, payload=payload)


@unit_of_work
async def call_back(parcel_id: int, *, now: dt.datetime) -> None:
    """Cancel a parcel that has not left: its units lie on the shelf again, still promised to the order."""
    parcel = await _parcel(parcel_id)
    if parcel.state is FulfillmentState.CANCELED:
        return
    if parcel.state is not FulfillmentState.PENDING:
        raise WrongMove("Only a parcel that has not left can be canceled.", field=("id",))
    order = await _locked(_order_of(parcel))
    lines = await OrderLine.select_for_update().filter(order_id=order.id).order_by("id")
    await _unpack(parcel, {line.id: line for line in lines}, now=now)
    parcel.state, parcel.updated_at = FulfillmentState.CANCELED, now
    await parcel.save(update_fields=["state", "updated_at"])
    await _restate(order, lines, now=now)
    payload = {"fulfillment_id": parcel_id}
    await record("fulfillment.canceled", aggregate="order", key=order.id, now=now, payload=payload)


async def _locked(order_id: int) -> Order:
    order = await Order.select_for_update().get_or_none(id=order_id)
    if order is None:
        raise NoSuchOrder("There is no such order.", field=("id",))
    if order.lifecycle is not OrderLifecycle.OPEN:
        raise OrderClosed(f"The order is {order.lifecycle}.", field=("id",))
    return order


async def _parcel(parcel_id: int) -> Fulfillment:
    known = await Fulfillment.get_or_none(id=parcel_id)
    if known is None:
        raise NoSuchOrder("There is no such fulfillment.", field=("id",))
    await Order.select_for_update().get(id=_order_of(known))  # locks go from the order to its parts
    return await Fulfillment.select_for_update().get(id=parcel_id)


def _order_of(parcel: Fulfillment) -> int:
    return int(parcel.order_id)  # type: ignore[attr-defined]


def _left(line: OrderLine) -> int:
    return line.quantity - line.canceled - line.fulfilled


def _units(lines: Sequence[OrderLine], wanted: Mapping[int, int]) -> dict[int, int]:
    if unknown := set(wanted) - {line.id for line in lines}:
        raise NoSuchOrder(f"The order has no line {min(unknown)}.", field=("lineItems",))
    units = {line.id: wanted.get(line.id, 0) if wanted else _left(line) for line in lines}
    for line in lines:
        if not 0 <= units[line.id] <= _left(line) or wanted.get(line.id, 1) < 1:
            raise NothingToSend(f"{_left(line)} of {line.title!r} are left to send.", field=("lineItems",))
    units = {key: quantity for key, quantity in units.items() if quantity}
    if not units:
        raise NothingToSend("Nothing of the order is left to send.", field=("lineItems",))
    return units


async def _pack(parcel: Fulfillment, line: OrderLine, quantity: int, *, now: dt.datetime) -> None:
    """Take the units from where they lie promised; what no level counts is packed without one."""
    rest, order_id = quantity, _order_of(parcel)
    for place in await Allocation.select_for_update().filter(order_line_id=line.id, quantity__gt=0).order_by("id"):
        units = min(rest, place.quantity)
        if units:
            level_id = int(place.level_id)  # type: ignore[attr-defined]
            await Allocation.filter(id=place.id).update(quantity=place.quantity - units)
            await stock.ship([Taken(_variant_of(line), level_id, units)], order_id=order_id, now=now)
            await FulfillmentLine.create(
                fulfillment_id=parcel.id, order_line_id=line.id, level_id=level_id, quantity=units
            )
            rest -= units
    if rest:
        await FulfillmentLine.create(fulfillment_id=parcel.id, order_line_id=line.id, quantity=rest)
    line.fulfilled += quantity
    await line.save(update_fields=["fulfilled"])


async def _unpack(parcel: Fulfillment, lines: Mapping[int, OrderLine], *, now: dt.datetime) -> None:
    for packed in (
        await FulfillmentLine.filter(fulfillment_id=parcel.id)
        .order_by("id")
        .values("order_line_id", "level_id", "quantity")
    ):
        line = lines[packed["order_line_id"]]
        if packed["level_id"] is not None:
            place = await Allocation.get(order_line_id=line.id, level_id=packed["level_id"])
            await Allocation.filter(id=place.id).update(quantity=place.quantity + packed["quantity"])
            back = Taken(_variant_of(line), packed["level_id"], packed["quantity"])
            await stock.unship([back], order_id=_order_of(parcel), now=now)
        line.fulfilled -= packed["quantity"]
        await line.save(update_fields=["fulfilled"])


def _variant_of(line: OrderLine) -> int:
    return int(line.variant_id or 0)  # type: ignore[attr-defined]


async def _restate(order: Order, lines: Sequence[OrderLine], *, now: dt.datetime) -> FulfillmentStatus:
    sent, left = sum(line.fulfilled for line in lines), sum(_left(line) for line in lines)
    status = FulfillmentStatus.UNFULFILLED if not sent else FulfillmentStatus.FULFILLED
    order.fulfillment_status = FulfillmentStatus.PARTIALLY_FULFILLED if sent and left else status
    order.updated_at = now
    await order.save(update_fields=["fulfillment_status", "updated_at"])
    return order.fulfillment_status
