"""Staff decide about returns: approve or decline what shoppers ask, take goods back, and give their money back."""

from typing import Any

import pytest

from commerce.returning import Wanted, request_return
from models.fulfillment import Refund, Return
from models.orders import Order, OrderLine
from tests.shop import NOON
from tests.staffing import done, gid, look, refusal
from tests.test_order_changes import kinds, shelf
from tests.test_order_edits import actions, paid_order, send

pytestmark = pytest.mark.usefixtures("database")

STATE = "return { id status availableStatuses declineReason }"


async def sent_order() -> tuple[Order, OrderLine, Any]:
    order, line, variant = await paid_order()
    await send(order)
    return order, line, variant


async def asked_for(order: Order, line: OrderLine, quantity: int = 1) -> str:
    wanted = [Wanted(line.id, quantity, "too small")]
    return gid("Return", await request_return(order.id, wanted, now=NOON, sent_after=NOON))


async def test_a_return_a_shopper_asks_for_is_approved_received_and_paid_back() -> None:
    order, line, variant = await sent_order()
    key = await asked_for(order, line, 2)

    approved = await done("returnApproveRequest", STATE, input={"id": key})
    closed = await done("returnClose", STATE, id=key)
    refund = await done(
        "refundCreate",
        "refund { totalRefundedSet { shopMoney { amount } } refundLineItems { quantity restockType } }",
        input={"orderId": gid("Order", order.id), "returnId": key},
    )
    assert (approved["return"]["status"], approved["return"]["availableStatuses"]) == ("OPEN", ["CLOSED", "CANCELED"])
    assert (closed["return"]["status"], closed["return"]["availableStatuses"]) == ("CLOSED", [])
    assert refund["refund"]["totalRefundedSet"]["shopMoney"]["amount"] == "90.0"
    assert refund["refund"]["refundLineItems"] == [{"quantity": 2, "restockType": "NO_RESTOCK"}]
    assert await shelf(variant) == (9, 0, 9)
    assert (await Refund.get()).request_id == (await Return.get()).id  # type: ignore[attr-defined]
    again = await refusal("refundCreate", input={"orderId": gid("Order", order.id), "returnId": key})
    assert again[0] == "INVALID_QUANTITY"
    assert [kind for kind in await kinds(order) if kind.startswith("return")] == [
        "return.requested",
        "return.approved",
        "return.received",
    ]


async def test_a_declined_return_stays_so_and_says_why() -> None:
    order, line, _ = await sent_order()
    key = await asked_for(order, line)

    told = await done("returnDeclineRequest", STATE, input={"id": key, "declineNote": "worn"})

    assert (told["return"]["status"], told["return"]["declineReason"]) == ("DECLINED", "worn")
    assert await refusal("returnApproveRequest", input={"id": key}) == ("INVALID_STATE", "id")
    assert await refusal("returnClose", id=key) == ("INVALID_STATE", "id")
    money = await refusal("refundCreate", input={"orderId": gid("Order", order.id), "returnId": key})
    assert money == ("INVALID_STATE", "returnId")


async def test_staff_write_a_return_down_and_call_it_off() -> None:
    order, line, variant = await sent_order()
    lines = [{"lineItemId": gid("LineItem", line.id), "quantity": 3, "returnReasonNote": "color"}]
    made = await done(
        "returnCreate",
        "return { id status order { name } returnLineItems { nodes { quantity returnReasonNote lineItem { title }} } }",
        returnInput={"orderId": gid("Order", order.id), "returnLineItems": lines},
    )
    assert made["return"]["status"] == "OPEN"
    assert made["return"]["returnLineItems"]["nodes"] == [
        {"quantity": 3, "returnReasonNote": "color", "lineItem": {"title": "Wool jumper"}}
    ]
    assert "CREATE_RETURN" not in await actions(order)
    twice = {"orderId": gid("Order", order.id), "returnLineItems": lines}
    assert (await refusal("returnCreate", returnInput=twice))[0] == "NOT_RETURNABLE"

    await done("returnCancel", STATE, id=made["return"]["id"])

    assert await shelf(variant) == (7, 0, 7)
    assert "CREATE_RETURN" in await actions(order)


async def test_goods_that_cannot_be_sold_again_come_back_without_going_on_the_shelf() -> None:
    order, line, variant = await sent_order()
    key = await asked_for(order, line)
    await done("returnApproveRequest", STATE, input={"id": key})

    await done("returnClose", STATE, id=key, restock=False)

    assert await shelf(variant) == (7, 0, 7)
    assert (await OrderLine.get(id=line.id)).returned == 1


async def test_units_on_their_way_back_are_not_refunded_as_returned_beside_that() -> None:
    order, line, _ = await sent_order()
    key = await asked_for(order, line, 3)
    units = [{"lineItemId": gid("LineItem", line.id), "quantity": 1, "restockType": "RETURN"}]

    refused = await refusal("refundCreate", input={"orderId": gid("Order", order.id), "refundLineItems": units})

    assert refused[0] == "INVALID_QUANTITY"
    await done("returnApproveRequest", STATE, input={"id": key})
    await done("returnClose", STATE, id=key)


async def test_a_return_of_nobody_is_not_found() -> None:
    assert await look('{ return(id: "gid://shopwright/Return/9") { id } }') == {"return": None}
    for mutation in ("returnApproveRequest", "returnDeclineRequest"):
        assert (await refusal(mutation, input={"id": gid("Return", 9)}))[0] == "NOT_FOUND"
