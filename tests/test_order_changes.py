"""Staff move an order on: paid by hand, sent in parcels, followed to the door; each change leaves a record."""

from typing import Any

import pytest

from models.catalog import ProductVariant
from models.fulfillment import Fulfillment, FulfillmentLine
from models.orders import Order, OrderLine
from models.outbox import OutboxEvent
from models.payments import LedgerEntry, Payment
from models.staff import AuditRecord
from models.stock import StockLevel, StockMovement
from resolvers.context import Viewer
from schema.admin.schema import admin
from tests.goods import a_promised_order, a_variant
from tests.shop import NOON, Asked, Counter, an_order

pytestmark = pytest.mark.usefixtures("database")

CLERK = Counter(admin(), Viewer(staff="clerk", scopes=frozenset({"read_orders", "write_orders"})))
PAY = """mutation($id: ID!) { orderMarkAsPaid(input: {id: $id}) {
    order { name displayFinancialStatus } userErrors { field code message } } }"""
SEND = """mutation($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id displayStatus trackingInfo { company number url } fulfillmentLineItems(first: 5) {
        nodes { quantity lineItem { title } } } } userErrors { field code message } } }"""
MOVE = """mutation($id: ID!, $status: FulfillmentState!) {
    fulfillmentEventCreate(fulfillmentEvent: {fulfillmentId: $id, status: $status}) {
        fulfillment { displayStatus deliveredAt } userErrors { code } } }"""
CALL_BACK = "mutation($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { displayStatus } userErrors { code } } }"


def gid(kind: str, key: object) -> str:
    return f"gid://shopwright/{kind}/{key}"


async def send(order: Order, units: dict[int, int] | None = None, **more: Any) -> Asked:
    lines = [{"id": gid("FulfillmentOrderLineItem", key), "quantity": count} for key, count in (units or {}).items()]
    part = {"fulfillmentOrderId": gid("FulfillmentOrder", order.id), "fulfillmentOrderLineItems": lines}
    return await CLERK.ask(SEND, fulfillment={"lineItemsByFulfillmentOrder": [part], **more})


async def kinds(order: Order) -> list[str]:
    return [fact.kind for fact in await OutboxEvent.filter(key=str(order.id)).order_by("sequence")]


async def shelf(variant: ProductVariant) -> tuple[int, int, int]:
    level = await StockLevel.get(variant_id=variant.id)
    moved = await StockMovement.filter(level_id=level.id)
    assert level.on_hand == sum(movement.on_hand for movement in moved)
    assert level.committed == sum(movement.committed for movement in moved)
    return level.on_hand, level.committed, level.available


async def test_an_order_marked_as_paid_is_paid_in_the_ledger_too() -> None:
    order = await an_order(number=1)

    asked = await CLERK.ask(PAY, id=gid("Order", order.id))

    assert asked.data["orderMarkAsPaid"] == {
        "order": {"name": "#1", "displayFinancialStatus": "PAID"},
        "userErrors": [],
    }
    payment = await Payment.get(order_id=order.id)
    assert (payment.state, payment.captured) == ("CAPTURED", 9_500)
    assert sorted(await LedgerEntry.all().values_list("kind", "amount")) == [("authorize", 9_500), ("capture", 9_500)]
    assert await kinds(order) == ["order.placed", "order.paid"]


async def test_a_payment_that_waits_for_the_money_is_the_one_that_received_it() -> None:
    order = await an_order(number=1)
    waiting = await Payment.create(
        order=order,
        gateway="manual",
        method="bank transfer",
        currency="EUR",
        amount=9_500,
        created_at=NOON,
        updated_at=NOON,
    )

    await CLERK.ask(PAY, id=gid("Order", order.id))

    payment = await Payment.get(order_id=order.id)
    assert (payment.id, payment.captured) == (waiting.id, 9_500)


async def test_marking_as_paid_twice_takes_the_money_once() -> None:
    order = await an_order(number=1)
    for _ in range(2):
        asked = await CLERK.ask(PAY, id=gid("Order", order.id))
        assert asked.data["orderMarkAsPaid"]["userErrors"] == []

    assert await Payment.all().count() == 1
    assert await kinds(order) == ["order.placed", "order.paid"]


async def test_a_canceled_order_is_not_paid_any_more() -> None:
    order = await an_order(lifecycle="CANCELED")
    asked = await CLERK.ask(PAY, id=gid("Order", order.id))

    assert asked.data["orderMarkAsPaid"]["order"] is None
    assert asked.data["orderMarkAsPaid"]["userErrors"][0]["code"] == "INVALID_STATE"
    assert await Payment.all().count() == 0
    assert await AuditRecord.all().count() == 0


async def test_an_order_that_does_not_exist_is_told_as_a_user_error() -> None:
    asked = await CLERK.ask(PAY, id=gid("Order", 999_999))
    assert asked.data["orderMarkAsPaid"]["userErrors"][0]["code"] == "NOT_FOUND"


async def test_sending_everything_fulfills_the_order_and_takes_the_goods_off_the_shelf() -> None:
    variant = await a_variant(available=10)
    order = await a_promised_order(variant, quantity=2)
    assert await shelf(variant) == (10, 2, 8)

    asked = await send(order, trackingInfo={"company": "Post", "number": "X1", "url": "https://post.example/X1"})

    parcel = asked.data["fulfillmentCreate"]["fulfillment"]
    assert parcel["trackingInfo"] == [{"company": "Post", "number": "X1", "url": "https://post.example/X1"}]
    assert parcel["fulfillmentLineItems"]["nodes"] == [{"quantity": 2, "lineItem": {"title": "Wool jumper"}}]
    assert await shelf(variant) == (8, 0, 8)
    assert (await Order.get(id=order.id)).fulfillment_status == "FULFILLED"
    assert await kinds(order) == ["order.placed", "order.fulfilled"]


async def test_sending_a_part_leaves_the_rest_promised() -> None:
    variant = await a_variant(available=10)
    order = await a_promised_order(variant, quantity=3)
    line = await OrderLine.get(order_id=order.id)

    await send(order, {line.id: 1})

    assert await shelf(variant) == (9, 2, 7)
    assert (await Order.get(id=order.id)).fulfillment_status == "PARTIALLY_FULFILLED"
    assert await kinds(order) == ["order.placed", "order.partially_fulfilled"]
    await send(order)
    assert await shelf(variant) == (7, 0, 7)


async def test_more_than_is_left_is_not_sent_and_nothing_changes() -> None:
    variant = await a_variant(available=10)
    order = await a_promised_order(variant, quantity=2)
    line = await OrderLine.get(order_id=order.id)
    for units in ({line.id: 3}, {line.id: 0}, {line.id: -1}):
        asked = await send(order, units)
        assert asked.data["fulfillmentCreate"]["userErrors"][0]["code"] == "INVALID_QUANTITY"

    assert await shelf(variant) == (10, 2, 8)
    assert await Fulfillment.all().count() == 0
    assert await kinds(order) == ["order.placed"]


async def test_an_order_is_not_sent_twice() -> None:
    order = await a_promised_order(await a_variant())
    await send(order)

    assert (await send(order)).data["fulfillmentCreate"]["userErrors"][0]["code"] == "INVALID_QUANTITY"
    assert await Fulfillment.all().count() == 1


async def test_goods_that_are_not_counted_are_sent_without_stock() -> None:
    order = await a_promised_order(await a_variant(available=None))

    asked = await send(order)

    assert asked.data["fulfillmentCreate"]["userErrors"] == []
    assert await FulfillmentLine.all().values_list("level_id", "quantity") == [(None, 2)]


async def test_nothing_is_sent_of_a_canceled_order() -> None:
    order = await an_order(lifecycle="CANCELED")
    assert (await send(order)).data["fulfillmentCreate"]["userErrors"][0]["code"] == "ORDER_CLOSED"


async def test_lines_of_another_order_are_not_found() -> None:
    order, other = await an_order(), await an_order()
    foreign = await OrderLine.get(order_id=other.id)
    assert (await send(order, {foreign.id: 1})).data["fulfillmentCreate"]["userErrors"][0]["code"] == "NOT_FOUND"


async def test_a_parcel_is_followed_to_the_door_and_never_goes_backwards() -> None:
    order = await a_promised_order(await a_variant())
    parcel = (await send(order)).data["fulfillmentCreate"]["fulfillment"]["id"]
    for status in ("IN_TRANSIT", "OUT_FOR_DELIVERY", "OUT_FOR_DELIVERY", "DELIVERED"):
        asked = await CLERK.ask(MOVE, id=parcel, status=status)
        assert asked.data["fulfillmentEventCreate"]["fulfillment"]["displayStatus"] == status

    assert asked.data["fulfillmentEventCreate"]["fulfillment"]["deliveredAt"] == "2026-04-01T12:00:00Z"
    back = await CLERK.ask(MOVE, id=parcel, status="IN_TRANSIT")
    assert back.data["fulfillmentEventCreate"]["userErrors"][0]["code"] == "INVALID_STATE"
    assert (await kinds(order))[2:] == [
        "fulfillment.in_transit",
        "fulfillment.out_for_delivery",
        "fulfillment.delivered",
    ]


async def test_a_parcel_that_has_not_left_is_called_back_and_its_goods_are_promised_again() -> None:
    variant = await a_variant(available=10)
    order = await a_promised_order(variant)
    parcel = (await send(order)).data["fulfillmentCreate"]["fulfillment"]["id"]
    for _ in range(2):
        asked = await CLERK.ask(CALL_BACK, id=parcel)
        assert asked.data["fulfillmentCancel"]["fulfillment"]["displayStatus"] == "CANCELED"

    assert await shelf(variant) == (10, 2, 8)
    assert (await Order.get(id=order.id)).fulfillment_status == "UNFULFILLED"
    assert (await send(order)).data["fulfillmentCreate"]["userErrors"] == []


async def test_a_parcel_that_has_left_is_not_called_back() -> None:
    order = await a_promised_order(await a_variant())
    parcel = (await send(order)).data["fulfillmentCreate"]["fulfillment"]["id"]
    await CLERK.ask(MOVE, id=parcel, status="IN_TRANSIT")

    assert (await CLERK.ask(CALL_BACK, id=parcel)).data["fulfillmentCancel"]["userErrors"][0]["code"] == "INVALID_STATE"


async def test_every_change_leaves_a_record_of_who_did_what_and_of_before_and_after() -> None:
    order = await an_order(number=1)
    await CLERK.ask(PAY, id=gid("Order", order.id))

    kept = await AuditRecord.get()

    assert (kept.actor, kept.action, kept.subject_type, kept.subject_key) == (
        "clerk",
        "orderMarkAsPaid",
        "Order",
        str(order.id),
    )
    assert kept.before
    assert kept.after
    assert (kept.before["financial_status"], kept.after["financial_status"]) == ("PENDING", "PAID")
    assert order.token not in str(kept.before)


async def test_reading_is_not_enough_to_change() -> None:
    order = await an_order()
    reader = Counter(admin(), Viewer(staff="clerk", scopes=frozenset({"read_orders"})))

    asked = await reader.ask(PAY, id=gid("Order", order.id))

    assert asked.codes == ["FORBIDDEN"]
    assert await Payment.all().count() == 0
