"""Refused acts on placed orders: canceling, sending, returning, taking and giving back money."""

import datetime as dt
from functools import partial

from commerce import fulfillment, moving_money, order_links, paid_by_hand, returning
from commerce.canceling import cancel_order
from commerce.fulfillment import Packing
from commerce.returning import Wanted
from models.fulfillment import FulfillmentState, ReturnState
from models.orders import CancelReason, Order, OrderLifecycle, OrderLine
from models.stock import StockLevel
from tests.goods import a_promised_order, a_variant
from tests.refusals import Arranged, case
from tests.shop import NOON, SIGNER, an_order

LATER = NOON + dt.timedelta(hours=1)
CANCEL = partial(cancel_order, reason=CancelReason.CUSTOMER, now=LATER)


async def sent(quantity: int = 2) -> tuple[Order, OrderLine, int]:
    """An order, its line, and the parcel it left in."""
    order = await a_promised_order(await a_variant(), quantity=2)
    line = await OrderLine.get(order_id=order.id)
    return order, line, await fulfillment.fulfill(order.id, Packing({line.id: quantity}), now=NOON)


async def a_return(state: ReturnState = ReturnState.REQUESTED) -> int:
    order, line, _ = await sent()
    request = await returning.request_return(order.id, [Wanted(line.id, 1)], now=NOON, sent_after=NOON)
    if state is not ReturnState.REQUESTED:
        await returning.decide_return(request, state, now=NOON)
    return request


@case
async def canceling_a_closed_order() -> Arranged:
    order = await a_promised_order(await a_variant())
    await Order.filter(id=order.id).update(lifecycle=OrderLifecycle.CLOSED)
    return partial(CANCEL, order.id)


@case
async def canceling_what_was_sent() -> Arranged:
    return partial(CANCEL, (await sent(1))[0].id)


@case
async def canceling_after_the_shop_s_time() -> Arranged:
    return partial(CANCEL, (await a_promised_order(await a_variant())).id, placed_after=LATER)


@case
async def canceling_no_order() -> Arranged:
    return partial(CANCEL, 0)


@case
async def sending_of_no_order() -> Arranged:
    return partial(fulfillment.fulfill, 0, Packing(), now=NOON)


@case
async def sending_of_a_closed_order() -> Arranged:
    order = await an_order(lifecycle=OrderLifecycle.CLOSED)
    return partial(fulfillment.fulfill, order.id, Packing(), now=NOON)


@case
async def sending_a_line_of_another_order() -> Arranged:
    order = await a_promised_order(await a_variant())
    line = await OrderLine.get(order_id=order.id)
    return partial(fulfillment.fulfill, order.id, Packing({line.id: 1, 0: 1}), now=NOON)


@case
async def sending_more_than_is_left() -> Arranged:
    order, line, _ = await sent(1)
    return partial(fulfillment.fulfill, order.id, Packing({line.id: 2}), now=NOON)


@case
async def sending_when_nothing_is_left() -> Arranged:
    return partial(fulfillment.fulfill, (await sent())[0].id, Packing(), now=NOON)


@case
async def sending_what_has_not_come_in() -> Arranged:
    order = await a_promised_order(variant := await a_variant())
    await StockLevel.filter(variant_id=variant.id).update(on_hand=1, available=-1, oversell=True)
    return partial(fulfillment.fulfill, order.id, Packing(), now=NOON)


@case
async def moving_a_parcel_backwards() -> Arranged:
    _, _, parcel = await sent()
    await fulfillment.move(parcel, FulfillmentState.DELIVERED, now=NOON)
    return partial(fulfillment.move, parcel, FulfillmentState.IN_TRANSIT, now=NOON)


@case
async def moving_no_parcel() -> Arranged:
    return partial(fulfillment.move, 0, FulfillmentState.DELIVERED, now=NOON)


@case
async def calling_back_a_parcel_that_left() -> Arranged:
    _, _, parcel = await sent()
    await fulfillment.move(parcel, FulfillmentState.IN_TRANSIT, now=NOON)
    return partial(fulfillment.call_back, parcel, now=NOON)


@case
async def returning_nothing() -> Arranged:
    order, _, _ = await sent()
    return partial(returning.request_return, order.id, [], now=NOON, sent_after=NOON)


@case
async def returning_more_than_was_sent() -> Arranged:
    order, line, _ = await sent()
    wanted = [Wanted(line.id, 1), Wanted(line.id, 2)]
    return partial(returning.request_return, order.id, wanted, now=NOON, sent_after=NOON)


@case
async def returning_what_was_not_sent() -> Arranged:
    order = await a_promised_order(await a_variant())
    line = await OrderLine.get(order_id=order.id)
    return partial(returning.request_return, order.id, [Wanted(line.id, 1)], now=NOON, sent_after=NOON)


@case
async def returning_after_the_shop_s_time() -> Arranged:
    order, line, _ = await sent()
    return partial(returning.request_return, order.id, [Wanted(line.id, 1)], now=LATER, sent_after=LATER)


@case
async def returning_without_an_end_of_words() -> Arranged:
    order, line, _ = await sent()
    wanted = [Wanted(line.id, 1, "x" * (returning.LONGEST_REASON + 1))]
    return partial(returning.request_return, order.id, wanted, now=NOON, sent_after=NOON)


@case
async def returning_with_a_note_without_end() -> Arranged:
    order, line, _ = await sent()
    wanted, note = [Wanted(line.id, 1)], "x" * (returning.LONGEST_NOTE + 1)
    return partial(returning.request_return, order.id, wanted, now=NOON, sent_after=NOON, note=note)


@case
async def deciding_on_no_return() -> Arranged:
    return partial(returning.decide_return, 0, ReturnState.OPEN, now=NOON)


@case
async def closing_a_return_without_its_goods() -> Arranged:
    return partial(returning.decide_return, await a_return(ReturnState.OPEN), ReturnState.CLOSED, now=NOON)


@case
async def receiving_a_return_that_was_declined() -> Arranged:
    return partial(returning.receive_return, await a_return(ReturnState.DECLINED), restock=True, now=NOON)


@case
async def giving_back_more_than_was_taken() -> Arranged:
    order = await an_order()
    await paid_by_hand.mark_as_paid(order.id, now=NOON)
    return partial(moving_money.refund_order, order.id, order.total + 1, request_key="more", now=NOON)


@case
async def taking_more_than_was_promised() -> Arranged:
    return partial(moving_money.capture_order, (await an_order()).id, 1, now=NOON)


@case
async def paying_no_order() -> Arranged:
    return partial(paid_by_hand.mark_as_paid, 0, now=NOON)


@case
async def paying_a_canceled_order() -> Arranged:
    order = await an_order(lifecycle=OrderLifecycle.CANCELED)
    return partial(paid_by_hand.mark_as_paid, order.id, now=NOON)


@case
async def a_new_link_for_who_made_one_up() -> Arranged:
    order = await an_order()
    return partial(order_links.send_link, order.id, "made up", SIGNER, place="192.0.2.1", now=NOON)
