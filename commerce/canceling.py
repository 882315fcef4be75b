"""Calling an order off before anything was sent: goods, codes and money go back where they came from."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from tortoise.expressions import F

from commerce import stock
from commerce.moving_money import locked_order, restate, undo_payments
from commerce.refusals import Refusal
from commerce.shelves import Taken
from database.transactions import unit_of_work
from models.discounts import Discount, DiscountUse, UseState
from models.orders import Allocation, CancelReason, FulfillmentStatus, Order, OrderLifecycle, OrderLine
from outbox.record import record


class TooLate(Refusal):
    """The order cannot be called off any more."""

    code = "ORDER_NOT_CANCELABLE"


class Cancelable(Protocol):
    """What of an order decides whether it can be called off."""

    @property
    def lifecycle(self) -> str:
        """Whether it is worked on."""

    @property
    def fulfillment_status(self) -> str:
        """How far it was sent."""

    @property
    def placed_at(self) -> dt.datetime:
        """When it was placed."""


@unit_of_work
async def cancel_order(
    order_id: int, reason: CancelReason, *, now: dt.datetime, placed_after: dt.datetime | None = None
) -> list[int]:
    """Call an order off; a canceled one stays as it is. Answers what providers have to do, after the commit.

    `placed_after` is the shop's policy for shoppers: they may cancel only what was placed since.
    """
    order = await locked_order(order_id)
    if order.lifecycle == OrderLifecycle.CANCELED:
        return []
    if why := too_late_because(order, placed_after):
        raise TooLate(why, field=("id",))
    await _give_goods_back(order, now=now)
    await _give_uses_back(order_id)
    operations = await undo_payments(order_id, now=now)
    await Order.filter(id=order_id).update(
        lifecycle=OrderLifecycle.CANCELED, cancel_reason=reason, canceled_at=now, updated_at=now
    )
    await restate(order, now=now)
    await record("order.canceled", aggregate="order", key=order_id, now=now, payload={"reason": reason.value})
    return operations


def too_late_because(order: Cancelable, placed_after: dt.datetime | None) -> str | None:
    """Why an order cannot be called off, in a sentence; None when it can."""
    if order.lifecycle != OrderLifecycle.OPEN:
        return "The order is closed."
    if order.fulfillment_status != FulfillmentStatus.UNFULFILLED:
        return "Some of the order has been sent already."
    if placed_after is not None and order.placed_at < placed_after:
        return "The time in which the order could be canceled is over. Please write to the shop."
    return None


async def _give_goods_back(order: Order, *, now: dt.datetime) -> None:
    await stock.uncommit(await _promised(order.id), order_id=order.id, now=now)
    await Allocation.filter(order_line__order_id=order.id).update(quantity=0)
    for line in await OrderLine.filter(order_id=order.id):
        await OrderLine.filter(id=line.id).update(canceled=line.quantity - line.fulfilled)


async def _promised(order_id: int) -> Sequence[Taken]:
    rows = Allocation.filter(order_line__order_id=order_id, quantity__gt=0)
    return [
        Taken(variant_id or 0, level_id, quantity)
        for variant_id, level_id, quantity in await rows.values_list("level__variant_id", "level_id", "quantity")
    ]


async def _give_uses_back(order_id: int) -> None:
    uses = DiscountUse.filter(order_id=order_id, state=UseState.USED).order_by("discount_id")
    for (discount_id,) in await uses.values_list("discount_id"):
        await Discount.filter(id=discount_id).update(uses=F("uses") - 1)
    await DiscountUse.filter(order_id=order_id).update(state=UseState.RELEASED)
