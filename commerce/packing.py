"""What goes into a parcel: units taken from where they lie promised, and put back if the parcel never leaves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from commerce import stock
from commerce.refusals import Refusal
from commerce.shelves import Taken
from models.fulfillment import Fulfillment, FulfillmentLine
from models.orders import Allocation, FulfillmentStatus, Order, OrderLine


class NothingToSend(Refusal):
    """More was to be sent than is left to send."""

    code: ClassVar[str] = "INVALID_QUANTITY"


class NoSuchOrder(Refusal):
    """There is no such order, line or parcel."""

    code: ClassVar[str] = "NOT_FOUND"


def order_of(parcel: Fulfillment) -> int:
    """The order a parcel is of."""
    return int(parcel.order_id)  # type: ignore[attr-defined]


def left_to_send(line: OrderLine) -> int:
    """Units neither sent nor canceled."""
    return line.quantity - line.canceled - line.fulfilled


def units_to_pack(lines: Sequence[OrderLine], wanted: Mapping[int, int]) -> dict[int, int]:
    """How many units of each line go: those wanted, or all that is left. Refuses more than that, and nothing."""
    if unknown := set(wanted) - {line.id for line in lines}:
        raise NoSuchOrder(f"The order has no line {min(unknown)}.", field=("lineItems",))
    units = {line.id: wanted.get(line.id, 0) if wanted else left_to_send(line) for line in lines}
    for line in lines:
        if not 0 <= units[line.id] <= left_to_send(line) or wanted.get(line.id, 1) < 1:
            raise NothingToSend(f"{left_to_send(line)} of {line.title!r} are left to send.", field=("lineItems",))
    units = {key: quantity for key, quantity in units.items() if quantity}
    if not units:
        raise NothingToSend("Nothing of the order is left to send.", field=("lineItems",))
    return units


async def pack(parcel: Fulfillment, line: OrderLine, quantity: int, *, now: dt.datetime) -> None:
    """Take the units from where they lie promised; what no level counts is packed without one."""
    rest, order_id = quantity, order_of(parcel)
    for place in await Allocation.select_for_update().filter(order_line_id=line.id, quantity__gt=0).order_by("id"):
        units = min(rest, place.quantity)
        if units:
            level_id = int(place.level_id)  # type: ignore[attr-defined]
            await Allocation.filter(id=place.id).update(quantity=place.quantity - units)
            await stock.ship([Taken(variant_of(line), level_id, units)], order_id=order_id, now=now)
            await FulfillmentLine.create(
                fulfillment_id=parcel.id, order_line_id=line.id, level_id=level_id, quantity=units
            )
            rest -= units
    if rest:
        await FulfillmentLine.create(fulfillment_id=parcel.id, order_line_id=line.id, quantity=rest)
    line.fulfilled += quantity
    await line.save(update_fields=["fulfilled"])


async def unpack(parcel: Fulfillment, lines: Mapping[int, OrderLine], *, now: dt.datetime) -> None:
    """Put the units of a parcel that never left back where they were, promised as before."""
    for packed in (
        await FulfillmentLine.filter(fulfillment_id=parcel.id)
        .order_by("id")
        .values("order_line_id", "level_id", "quantity")
    ):
        line = lines[packed["order_line_id"]]
        if packed["level_id"] is not None:
            place = await Allocation.get(order_line_id=line.id, level_id=packed["level_id"])
            await Allocation.filter(id=place.id).update(quantity=place.quantity + packed["quantity"])
            back = Taken(variant_of(line), packed["level_id"], packed["quantity"])
            await stock.unship([back], order_id=order_of(parcel), now=now)
        line.fulfilled -= packed["quantity"]
        await line.save(update_fields=["fulfilled"])


def variant_of(line: OrderLine) -> int:
    """The variant a line was bought as; 0 for one that is gone."""
    return int(line.variant_id or 0)  # type: ignore[attr-defined]


async def restate_sending(order: Order, lines: Sequence[OrderLine], *, now: dt.datetime) -> FulfillmentStatus:
    """Bring an order's fulfillment status in step with its lines."""
    sent, left = sum(line.fulfilled for line in lines), sum(left_to_send(line) for line in lines)
    status = FulfillmentStatus.UNFULFILLED if not sent else FulfillmentStatus.FULFILLED
    order.fulfillment_status = FulfillmentStatus.PARTIALLY_FULFILLED if sent and left else status
    order.updated_at = now
    await order.save(update_fields=["fulfillment_status", "updated_at"])
    return order.fulfillment_status
