"""Sending goods: parcels of an order, from packing to the door."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from commerce.packing import NoSuchOrder, order_of, pack, restate_sending, units_to_pack, unpack
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.fulfillment import Fulfillment, FulfillmentState
from models.orders import FulfillmentStatus, Order, OrderLifecycle, OrderLine
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
    units = units_to_pack(lines, packing.units)
    parcel = await Fulfillment.create(
        order_id=order_id,
        tracking_company=packing.tracking.company,
        tracking=packing.tracking.entries,
        created_at=now,
        updated_at=now,
    )
    for line in lines:
        if line.id in units:
            await pack(parcel, line, units[line.id], now=now)
    status = await restate_sending(order, lines, now=now)
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
    await record("fulfillment.tracked", aggregate="order", key=order_of(parcel), now=now, payload=payload)


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
    await record(TOLD[state], aggregate="order", key=order_of(parcel), now=now, payload=payload)


@unit_of_work
async def call_back(parcel_id: int, *, now: dt.datetime) -> None:
    """Cancel a parcel that has not left: its units lie on the shelf again, still promised to the order."""
    parcel = await _parcel(parcel_id)
    if parcel.state is FulfillmentState.CANCELED:
        return
    if parcel.state is not FulfillmentState.PENDING:
        raise WrongMove("Only a parcel that has not left can be canceled.", field=("id",))
    order = await _locked(order_of(parcel))
    lines = await OrderLine.select_for_update().filter(order_id=order.id).order_by("id")
    await unpack(parcel, {line.id: line for line in lines}, now=now)
    parcel.state, parcel.updated_at = FulfillmentState.CANCELED, now
    await parcel.save(update_fields=["state", "updated_at"])
    await restate_sending(order, lines, now=now)
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
    await Order.select_for_update().get(id=order_of(known))  # locks go from the order to its parts
    return await Fulfillment.select_for_update().get(id=parcel_id)
