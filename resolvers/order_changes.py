"""What staff do with orders: money that came in, parcels that go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commerce import fulfillment as acts
from commerce import paid_by_hand
from commerce.fulfillment import Packing, Tracking
from loaders.orders import FulfillmentByKey, OrderByKey
from models.fulfillment import Fulfillment, FulfillmentState
from models.orders import Order
from resolvers.context import Context
from resolvers.mistakes import BadArgument
from resolvers.staff_outcomes import Change, Outcome, changed


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel as asked for: units by order line, of one order."""

    order_id: int
    packing: Packing


@dataclass(frozen=True, slots=True)
class Movement:
    """What a carrier said of a parcel."""

    fulfillment_id: int
    status: FulfillmentState


def packed(orders: Sequence[tuple[int, Mapping[int, int]]], tracking: Tracking, *, notify: bool) -> Parcel:
    """A parcel from what a client wrote; a parcel holds goods of one order."""
    keys = {order_id for order_id, _ in orders}
    if len(keys) != 1:
        raise BadArgument("A fulfillment is of exactly one order.", argument="lineItemsByFulfillmentOrder")
    units: dict[int, int] = {}
    for _, lines in orders:
        for line_id, quantity in lines.items():
            units[line_id] = units.get(line_id, 0) + quantity
    return Parcel(keys.pop(), Packing(units=units, tracking=tracking, notify=notify))


async def mark_as_paid(context: Context, root: object, *, input: int) -> Outcome:
    """The money is there."""

    async def act() -> None:
        await paid_by_hand.mark_as_paid(input, now=context.now)

    return await changed(context, Change("orderMarkAsPaid", Order, input), act, read=OrderByKey)


async def create_fulfillment(
    context: Context, root: object, *, fulfillment: Parcel, message: str | None = None
) -> Outcome:
    """A parcel is packed."""

    async def act() -> int:
        return await acts.fulfill(fulfillment.order_id, fulfillment.packing, now=context.now)

    return await changed(context, Change("fulfillmentCreate", Fulfillment), act, read=FulfillmentByKey)


async def update_tracking(
    context: Context,
    root: object,
    *,
    fulfillment_id: int,
    tracking_info_input: Tracking,
    notify_customer: bool = False,
) -> Outcome:
    """The carrier has a name for the parcel."""

    async def act() -> None:
        await acts.track(fulfillment_id, tracking_info_input, notify=notify_customer, now=context.now)

    change = Change("fulfillmentTrackingInfoUpdate", Fulfillment, fulfillment_id)
    return await changed(context, change, act, read=FulfillmentByKey)


async def create_event(context: Context, root: object, *, fulfillment_event: Movement) -> Outcome:
    """The parcel has moved."""

    async def act() -> None:
        await acts.move(fulfillment_event.fulfillment_id, fulfillment_event.status, now=context.now)

    change = Change("fulfillmentEventCreate", Fulfillment, fulfillment_event.fulfillment_id)
    return await changed(context, change, act, read=FulfillmentByKey)


async def cancel_fulfillment(context: Context, root: object, *, id: int) -> Outcome:
    """The parcel stays here."""

    async def act() -> None:
        await acts.call_back(id, now=context.now)

    return await changed(context, Change("fulfillmentCancel", Fulfillment, id), act, read=FulfillmentByKey)
