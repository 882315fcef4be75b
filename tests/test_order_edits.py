"""Staff take money, give it back for goods, call orders off, write on them, and are told what they can do now."""

from typing import Any

import pytest

from models.fulfillment import Refund, RefundLine
from models.orders import Order, OrderLine
from models.payments import LedgerEntry, Payment
from resolvers.context import Viewer
from tests.goods import a_promised_order, a_variant
from tests.paying import submitted
from tests.shop import Counter, an_order
from tests.staffing import CLERK, SCHEMA, act, done, gid, look, refusal
from tests.test_order_changes import kinds, shelf

pytestmark = pytest.mark.usefixtures("database")

ACTIONS = "query($id: ID!) { order(id: $id) { availableActions } }"
SUGGESTED = """query($id: ID!, $units: [RefundLineItemInput!], $shipping: Boolean) { order(id: $id) {
    suggestedRefund(refundLineItems: $units, refundShipping: $shipping) { amountSet { shopMoney { amount } }
        subtotalSet { shopMoney { amount } } maximumRefundableSet { shopMoney { amount } } } } }"""
REFUNDED = """refund { totalRefundedSet { shopMoney { amount } }
    refundLineItems { quantity restockType subtotalSet { shopMoney { amount } } lineItem { title } } }"""


async def paid_order(quantity: int = 3) -> tuple[Order, OrderLine, Any]:
    """An order of jumpers at 45.00, delivered for 5.00, paid by hand; its line and variant."""
    variant = await a_variant(available=10)
    totals = {"subtotal": 4_500 * quantity, "total": 4_500 * quantity + 500}
    order = await a_promised_order(variant, quantity=quantity, **totals)
    await done("orderMarkAsPaid", "order { id }", input={"id": gid("Order", order.id)})
    return order, await OrderLine.get(order_id=order.id), variant


def units(line: OrderLine, quantity: int, restock: str = "NO_RESTOCK") -> dict[str, Any]:
    return {"lineItemId": gid("LineItem", line.id), "quantity": quantity, "restockType": restock}


async def refund(order: Order, **more: Any) -> Any:
    return await done("refundCreate", REFUNDED, input={"orderId": gid("Order", order.id), **more})


async def send(order: Order) -> Any:
    part = {"fulfillmentOrderId": gid("FulfillmentOrder", order.id)}
    return await done(
        "fulfillmentCreate", "fulfillment { availableStatuses }", fulfillment={"lineItemsByFulfillmentOrder": [part]}
    )


async def actions(order: Order) -> set[str]:
    return set((await look(ACTIONS, id=gid("Order", order.id)))["order"]["availableActions"])


async def test_promised_money_is_taken_in_parts_and_never_beyond_the_promise() -> None:
    await submitted("test:approve", capture_on_authorization=False)
    order = await Order.get()
    key = gid("Order", order.id)
    assert "CAPTURE" in await actions(order)

    await done("orderCapture", "order { displayFinancialStatus }", input={"id": key, "amount": "6.00"})
    assert await refusal("orderCapture", input={"id": key, "amount": "9.01"}) == ("INVALID_AMOUNT", "amount")
    rest = await done("orderCapture", "order { displayFinancialStatus }", input={"id": key})

    assert rest["order"]["displayFinancialStatus"] == "PAID"
    assert sorted([entry.amount for entry in await LedgerEntry.all()]) == [600, 900, 1_500]
    assert "CAPTURE" not in await actions(order)
    assert await refusal("orderCapture", input={"id": key}) == ("INVALID_AMOUNT", "amount")


async def test_a_provider_is_asked_to_give_money_back_and_the_order_says_so() -> None:
    await submitted("test:approve")
    order = await Order.get()

    await refund(order, amount="6.00", note="a scratch")

    told = await look(
        """query($id: ID!) { order(id: $id) { displayFinancialStatus totalRefundedSet { shopMoney { amount } }
            totalRefundableSet { shopMoney { amount } } transactions { kind gateway amountSet { shopMoney { amount } } }
            refunds { note } } }""",
        id=gid("Order", order.id),
    )
    assert told["order"] == {
        "displayFinancialStatus": "PARTIALLY_REFUNDED",
        "totalRefundedSet": {"shopMoney": {"amount": "6.0"}},
        "totalRefundableSet": {"shopMoney": {"amount": "9.0"}},
        "transactions": [
            {"kind": kind, "gateway": "test", "amountSet": {"shopMoney": {"amount": amount}}}
            for kind, amount in (("AUTHORIZE", "15.0"), ("CAPTURE", "15.0"), ("REFUND", "6.0"))
        ],
        "refunds": [{"note": "a scratch"}],
    }


async def test_goods_are_worth_what_was_paid_for_them_and_their_parts_add_up_to_the_whole() -> None:
    order, line, _ = await paid_order()
    await OrderLine.filter(id=line.id).update(discount=100, total=13_400)  # 44.67, 44.66, 44.67: no cent is lost
    amounts = []
    for _ in range(3):
        told = await look(SUGGESTED, id=gid("Order", order.id), units=[units(line, 1)])
        amounts.append(told["order"]["suggestedRefund"]["amountSet"]["shopMoney"]["amount"])
        await refund(order, refundLineItems=[units(line, 1)])

    assert sum(round(float(amount) * 100) for amount in amounts) == 13_400
    code = await refusal("refundCreate", input={"orderId": gid("Order", order.id), "refundLineItems": [units(line, 1)]})
    assert code == ("INVALID_QUANTITY", "input.refundLineItems.0.quantity")


async def test_units_that_are_not_sent_any_more_are_on_the_shelf_for_others() -> None:
    order, line, variant = await paid_order()
    told = await refund(order, refundLineItems=[units(line, 1, "CANCEL")])

    assert told["refund"]["refundLineItems"] == [
        {
            "quantity": 1,
            "restockType": "CANCEL",
            "subtotalSet": {"shopMoney": {"amount": "45.0"}},
            "lineItem": {"title": "Wool jumper"},
        }
    ]
    assert await shelf(variant) == (10, 2, 8)
    await send(order)
    assert (await Order.get(id=order.id)).fulfillment_status == "FULFILLED"
    assert await shelf(variant) == (8, 0, 8)


async def test_units_that_came_back_are_on_the_shelf_and_cannot_come_back_twice() -> None:
    order, line, variant = await paid_order()
    too_early = {"orderId": gid("Order", order.id), "refundLineItems": [units(line, 1, "RETURN")]}
    assert (await refusal("refundCreate", input=too_early))[0] == "INVALID_QUANTITY"
    await send(order)

    await refund(order, refundLineItems=[units(line, 2, "RETURN")])

    assert await shelf(variant) == (9, 0, 9)
    assert (await OrderLine.get(id=line.id)).returned == 2
    late = {"orderId": gid("Order", order.id), "refundLineItems": [units(line, 1, "CANCEL")]}
    assert (await refusal("refundCreate", input=late))[0] == "INVALID_QUANTITY"


async def test_the_delivery_is_given_back_once_and_never_more_than_it_cost() -> None:
    order, _, _ = await paid_order()
    key = gid("Order", order.id)
    too_much = {"orderId": key, "shipping": {"amount": "5.01"}}
    assert await refusal("refundCreate", input=too_much) == ("INVALID_AMOUNT", "input.shipping.amount")

    told = await refund(order, shipping={"fullRefund": True})

    assert told["refund"]["totalRefundedSet"]["shopMoney"]["amount"] == "5.0"
    assert (await refusal("refundCreate", input={"orderId": key, "shipping": {"fullRefund": True}}))[
        0
    ] == "INVALID_AMOUNT"


async def test_the_same_key_gives_back_once() -> None:
    order, line, _ = await paid_order()
    for _ in range(2):
        await refund(order, refundLineItems=[units(line, 1)], idempotencyKey="once")

    assert await Refund.all().count() == await RefundLine.all().count() == 1
    assert (await Payment.get(order_id=order.id)).refunded == 4_500


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "INVALID_AMOUNT"),
        ({"amount": "0.00"}, "INVALID_AMOUNT"),
        ({"amount": "-1.00"}, "INVALID_AMOUNT"),
        ({"amount": "140.01"}, "INVALID_AMOUNT"),
        ({"returnId": gid("Return", 999)}, "NOT_FOUND"),
        ({"refundLineItems": [{"lineItemId": gid("LineItem", 99_999), "quantity": 1}]}, "NOT_FOUND"),
    ],
)
async def test_what_cannot_be_given_back_is_refused_and_nothing_moves(more: Any, code: str) -> None:
    order, _, _ = await paid_order()

    assert (await refusal("refundCreate", input={"orderId": gid("Order", order.id), **more}))[0] == code
    assert await Refund.all().count() == 0


async def test_staff_call_an_order_off_and_everything_goes_back() -> None:
    order, _, variant = await paid_order()
    told = await done(
        "orderCancel",
        "order { cancelReason lifecycle displayFinancialStatus availableActions }",
        orderId=gid("Order", order.id),
        reason="INVENTORY",
    )
    assert told["order"] == {
        "cancelReason": "INVENTORY",
        "lifecycle": "CANCELED",
        "displayFinancialStatus": "REFUNDED",
        "availableActions": [],
    }
    assert await shelf(variant) == (10, 0, 10)


async def test_an_order_is_closed_once_and_then_not_sent_or_called_off() -> None:
    order, _, _ = await paid_order()
    for _ in range(2):
        await done("orderClose", "order { lifecycle closedAt }", input={"id": gid("Order", order.id)})

    assert (await kinds(order)).count("order.closed") == 1
    told = await act("orderCancel", "order { id }", orderId=gid("Order", order.id), reason="OTHER")
    assert told["userErrors"][0]["code"] == "ORDER_NOT_CANCELABLE"
    canceled = await an_order(lifecycle="CANCELED")
    assert await refusal("orderClose", input={"id": gid("Order", canceled.id)}) == ("INVALID_STATE", "input.id")


async def test_what_is_written_on_an_order_is_changed_and_what_is_left_out_stays() -> None:
    order = await an_order(note="ring twice", phone="+4712345678")
    selection = "order { note phone email tags customAttributes { key value } }"
    edit = {"id": gid("Order", order.id), "note": None, "tags": ["VIP", "vip", " gift  wrap "]}
    told = await done("orderUpdate", selection, input={**edit, "customAttributes": [{"key": "from", "value": "fair"}]})

    assert told["order"] == {
        "note": None,
        "phone": "+4712345678",
        "email": "ada@example.com",
        "tags": ["VIP", "gift wrap"],
        "customAttributes": [{"key": "from", "value": "fair"}],
    }


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ({"email": "nobody"}, "input.email"),
        ({"phone": "call me"}, "input.phone"),
        ({"note": "x" * 5_001}, "input.note"),
        ({"tags": [""]}, "input.tags"),
        ({"tags": ["x" * 256]}, "input.tags"),
        ({"tags": [f"tag {n}" for n in range(251)]}, "input.tags"),
    ],
)
async def test_what_cannot_be_written_is_refused_where_it_was_told(told: Any, at: str) -> None:
    order = await an_order()
    assert await refusal("orderUpdate", input={"id": gid("Order", order.id), **told}) == ("INVALID", at)


async def test_tags_are_added_and_taken_off_by_who_may_write_what_they_are_on() -> None:
    order = await an_order()
    key = gid("Order", order.id)
    assert (await done("tagsAdd", "node { id tags }", id=key, tags=["b", "a"]))["node"] == {
        "id": key,
        "tags": ["a", "b"],
    }
    assert (await done("tagsRemove", "node { tags }", id=key, tags=["A"]))["node"] == {"tags": ["b"]}

    reader = Counter(SCHEMA, Viewer(staff="clerk", scopes=frozenset({"read_orders", "write_products"})))
    asked = await reader.ask('mutation($id: ID!) { tagsAdd(id: $id, tags: ["c"]) { node { id } } }', id=key)
    assert asked.codes == ["FORBIDDEN"]
    assert (await refusal("tagsAdd", id=gid("Order", 999_999), tags=["c"]))[0] == "NOT_FOUND"
    cart = await CLERK.ask('mutation { tagsAdd(id: "gid://shopwright/Cart/1", tags: []) { node { id } } }')
    assert cart.codes == ["INVALID_ID"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag:vip", ["#1"]),
        ("-tag:vip", ["#2"]),
        ("sku:wool-*", []),
        ("total_price:>100", ["#1"]),
        ("total_price:<=95.00", ["#2"]),
        ("gateway:manual", ["#1"]),
        ("return_status:open", []),
        ("customer_id:1", []),
    ],
)
async def test_orders_are_found_by_what_is_on_them(query: str, found: list[str]) -> None:
    first = await an_order(number=1, subtotal=14_500, total=15_000)
    await an_order(number=2)
    await done("tagsAdd", "node { id }", id=gid("Order", first.id), tags=["VIP"])
    await done("orderMarkAsPaid", "order { id }", input={"id": gid("Order", first.id)})

    told = await look("query($q: String) { orders(first: 5, query: $q) { nodes { name } } }", q=query)

    assert [node["name"] for node in told["orders"]["nodes"]] == found


async def test_what_can_be_done_is_told_at_every_step_and_nothing_else_can() -> None:
    order = await a_promised_order(await a_variant(), quantity=2)
    steps = [await actions(order)]
    await done("orderMarkAsPaid", "order { id }", input={"id": gid("Order", order.id)})
    steps.append(await actions(order))
    parcel = await send(order)
    steps.append(await actions(order))
    await done("orderClose", "order { id }", input={"id": gid("Order", order.id)})
    steps.append(await actions(order))

    assert steps == [
        {"CANCEL", "CLOSE", "FULFILL", "MARK_AS_PAID"},
        {"CANCEL", "CLOSE", "FULFILL", "REFUND"},
        {"CLOSE", "CREATE_RETURN", "REFUND"},
        {"CREATE_RETURN", "REFUND"},
    ]
    assert parcel["fulfillment"]["availableStatuses"][0] == "IN_TRANSIT"
