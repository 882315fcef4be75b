"""What shoppers do with placed orders: call them off, send goods back; and what the shop refuses."""

import datetime as dt
from typing import Any

import pytest

from commerce.fulfillment import Packing, fulfill
from commerce.returning import NotReturnable, Wanted, WrongMove, decide_return, receive_return, request_return
from models.fulfillment import Return, ReturnState
from models.orders import Order, OrderLine
from models.stock import StockLevel
from tests.buying import SCHEMA, Basket, line
from tests.goods import a_variant, a_zone
from tests.shop import NOON, Counter

pytestmark = pytest.mark.usefixtures("database")

CANCEL = """mutation($id: ID!, $token: String) { orderCancel(id: $id, token: $token) {
    order { canceledAt cancelReason financialStatus } userErrors { code field } } }"""
RETURN = """mutation($id: ID!, $token: String, $lines: [OrderReturnLineInput!]!) {
    orderReturnRequest(id: $id, token: $token, lines: $lines) { order { id } userErrors { code field } } }"""
LINES = "query($id: ID!, $token: String) { order(id: $id, token: $token) { lineItems(first: 5) { nodes { id } } } }"


async def bought(quantity: int = 2) -> dict[str, Any]:
    await a_zone()
    done = await Basket().buy(line(await a_variant(), quantity))
    return {"id": done["orderId"], "token": done["orderToken"]}


async def ask(document: str, *, at: dt.datetime = NOON, **variables: Any) -> Any:
    asked = await Counter(SCHEMA, clock=lambda: at).ask(document, **variables)
    assert asked.codes == [], asked.codes
    return asked.data


async def test_a_shopper_cancels_what_was_not_sent_and_the_goods_are_free_again() -> None:
    order = await bought()

    answer = (await ask(CANCEL, **order))["orderCancel"]

    assert answer == {
        "order": {"canceledAt": "2026-04-01T12:00:00Z", "cancelReason": "CUSTOMER", "financialStatus": "VOIDED"},
        "userErrors": [],
    }
    level = await StockLevel.get()
    assert (level.committed, level.available) == (0, 10)


async def test_without_the_token_there_is_no_such_order() -> None:
    order = await bought()

    answer = (await ask(CANCEL, id=order["id"]))["orderCancel"]

    assert (answer["order"], answer["userErrors"][0]["code"]) == (None, "NOT_FOUND")
    assert (await Order.get()).lifecycle == "OPEN"


async def test_after_the_shops_time_an_order_is_not_canceled() -> None:
    order = await bought()

    answer = (await ask(CANCEL, at=NOON + dt.timedelta(minutes=61), **order))["orderCancel"]

    assert answer["userErrors"][0]["code"] == "ORDER_NOT_CANCELABLE"
    assert answer["order"]["canceledAt"] is None
    assert (await StockLevel.get()).committed == 2


async def test_goods_that_were_sent_come_back_once_approved_and_received() -> None:
    order = await bought(2)
    key = (await Order.get()).id
    await fulfill(key, Packing(), now=NOON)
    line_id = (await ask(LINES, **order))["order"]["lineItems"]["nodes"][0]["id"]

    answer = await ask(RETURN, **order, lines=[{"lineItemId": line_id, "quantity": 1, "reason": "too small"}])
    assert answer["orderReturnRequest"]["userErrors"] == []
    request = await Return.get()
    await decide_return(request.id, ReturnState.OPEN, now=NOON)
    for _ in range(2):
        await receive_return(request.id, restock=True, now=NOON)

    assert [(row.fulfilled, row.returned) for row in await OrderLine.all()] == [(2, 1)]
    level = await StockLevel.get()
    assert (level.on_hand, level.available) == (9, 9)


async def test_no_more_comes_back_than_was_sent_and_is_not_asked_for_already() -> None:
    await bought(2)
    order, row = await Order.get(), await OrderLine.get()
    since = NOON - dt.timedelta(days=30)
    with pytest.raises(NotReturnable):
        await request_return(order.id, [Wanted(row.id, 1)], now=NOON, sent_after=since)
    await fulfill(order.id, Packing(), now=NOON)
    await request_return(order.id, [Wanted(row.id, 2)], now=NOON, sent_after=since)

    with pytest.raises(NotReturnable):
        await request_return(order.id, [Wanted(row.id, 1)], now=NOON, sent_after=since)
    with pytest.raises(NotReturnable):
        await request_return(order.id, [Wanted(row.id, 1)], now=NOON, sent_after=NOON + dt.timedelta(1))


async def test_a_declined_return_stays_declined() -> None:
    await bought(1)
    order, row = await Order.get(), await OrderLine.get()
    await fulfill(order.id, Packing(), now=NOON)
    request = await request_return(order.id, [Wanted(row.id, 1)], now=NOON, sent_after=NOON)
    await decide_return(request, ReturnState.DECLINED, now=NOON, reason="worn")

    with pytest.raises(WrongMove):
        await receive_return(request, restock=True, now=NOON)

    assert [row.returned for row in await OrderLine.all()] == [0]
