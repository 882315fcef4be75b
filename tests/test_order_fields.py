"""What an order tells who placed it: its discounts, what was sent, what comes back, and what it comes to now."""

from typing import Any

import pytest

from commerce.canceling import cancel_order
from commerce.fulfillment import Packing, fulfill
from commerce.moving_money import refund_order
from commerce.paid_by_hand import mark_as_paid
from commerce.returning import Wanted, decide_return, receive_return, request_return
from models.catalog import Product
from models.discounts import DiscountKind, DiscountTarget
from models.fulfillment import ReturnState
from models.orders import CancelReason, Order, OrderLine
from tests.buying import SCHEMA, Basket, line
from tests.goods import a_tax, a_variant, a_zone
from tests.shop import NOON, Counter
from tests.test_cart_discounts import QUARTER, a_discount

pytestmark = pytest.mark.usefixtures("database")

ALLOCATIONS = """{ allocatedAmount { amount } discountApplication {
    __typename targetType allocationMethod targetSelection
    value { ... on MoneyV2 { amount } ... on PricingPercentageValue { percentage } }
    ... on DiscountCodeApplication { code applicable } ... on AutomaticDiscountApplication { title } } }"""
READ = f"""query($id: ID!, $token: String) {{ order(id: $id, token: $token) {{
    edited cancelable customerLocale customerUrl totalRefunded {{ amount }}
    totalPrice {{ amount }} originalTotalPrice {{ amount }} currentTotalPrice {{ amount }}
    currentSubtotalPrice {{ amount }} currentTotalShippingPrice {{ amount }} currentTotalTax {{ amount }}
    currentTotalDuties {{ amount }} originalTotalDuties {{ amount }}
    customAttributes {{ key value }}
    discountApplications(first: 5) {{ nodes {{ __typename }} pageInfo {{ hasNextPage }} }}
    shippingDiscountAllocations {ALLOCATIONS}
    lineItems(first: 5) {{ nodes {{
      id quantity currentQuantity fulfilledQuantity returnedQuantity returnableQuantity
      variant {{ id }} customAttributes {{ key value }} discountAllocations {ALLOCATIONS} }} }}
    successfulFulfillments {{ fulfillmentLineItems(first: 5) {{ nodes {{ quantity lineItem {{ title }} }} }} }}
    returns {{ state note declineReason lines {{ quantity reason lineItem {{ title }} }} }}
}} }}"""


class Buyer:
    """Somebody who bought something, and reads the order."""

    def __init__(self, placed: dict[str, Any]) -> None:
        self.placed = placed

    async def reads(self) -> Any:
        asked = await Counter(SCHEMA).ask(READ, id=self.placed["orderId"], token=self.placed["orderToken"])
        assert asked.codes == [], asked.codes
        return asked.data["order"]


async def bought(quantity: int = 4, **given: Any) -> Buyer:
    """Jumpers of ten euros with a fifth of tax in the price, sent for five."""
    await a_zone("DE", Post=500)
    await a_tax("DE", 200_000)
    basket = Basket()
    attributes = [{"key": "engraving", "value": "A & G"}]
    await basket.create(
        lines=[line(await a_variant(), quantity, attributes=attributes)],
        buyerIdentity={"email": "ada@example.com"},
        attributes=[{"key": "gift", "value": "yes"}],
        **given,
    )
    await basket.send_to()
    await basket.pay()
    return Buyer(await basket.attempt((await basket.submit())["attemptId"]))


def amounts(order: Any, *names: str) -> list[str]:
    return [order[name]["amount"] for name in names]


async def test_an_order_tells_its_discounts_and_what_each_took_off_where() -> None:
    combining = {"combines_with_products": True, "combines_with_order": True, "combines_with_shipping": True}
    await a_discount("SPRING", title="Spring", **combining)
    lines = {"kind": DiscountKind.FIXED_AMOUNT, "value": 100, "target": DiscountTarget.LINES}
    await a_discount(title="A euro off each", **lines, **combining)
    await a_discount("POST", kind=DiscountKind.FREE_SHIPPING, value=0, **combining)
    order = await (await bought(2, discountCodes=["spring", "POST"])).reads()

    (row,) = order["lineItems"]["nodes"]
    taken = {
        part["discountApplication"].get("code", part["discountApplication"].get("title")): part
        for part in row["discountAllocations"]
    }
    assert taken["A euro off each"]["allocatedAmount"] == {"amount": "2.0"}
    assert taken["A euro off each"]["discountApplication"]["value"] == {"amount": "1.0"}
    assert taken["spring"]["allocatedAmount"] == {"amount": "4.5"}
    assert taken["spring"]["discountApplication"]["value"] == {"percentage": QUARTER / 10_000}
    (shipping,) = order["shippingDiscountAllocations"]
    assert shipping["allocatedAmount"] == {"amount": "5.0"}
    assert shipping["discountApplication"]["targetType"] == "SHIPPING_LINE"
    assert sorted(each["__typename"] for each in order["discountApplications"]["nodes"]) == [
        "AutomaticDiscountApplication",
        "DiscountCodeApplication",
        "DiscountCodeApplication",
    ]


async def test_what_was_attached_and_what_was_bought_is_told() -> None:
    buyer = await bought()
    order = await buyer.reads()

    assert order["customAttributes"] == [{"key": "gift", "value": "yes"}]
    (row,) = order["lineItems"]["nodes"]
    assert row["customAttributes"] == [{"key": "engraving", "value": "A & G"}]
    assert row["variant"]["id"].startswith("gid://shopwright/ProductVariant/")
    assert (order["edited"], order["customerLocale"], order["customerUrl"]) == (False, "en", None)

    await Product.all().update(status="DRAFT")
    assert (await buyer.reads())["lineItems"]["nodes"][0]["variant"] is None


async def test_a_refund_of_a_part_is_told_and_the_order_s_price_stays() -> None:
    buyer = await bought()
    key = (await Order.get()).id
    await mark_as_paid(key, now=NOON)
    await refund_order(key, 1_250, request_key="one", now=NOON)
    order = await buyer.reads()

    assert amounts(order, "totalRefunded", "totalPrice", "originalTotalPrice") == ["12.5", "45.0", "45.0"]
    assert (order["currentTotalDuties"], order["originalTotalDuties"]) == (None, None)


async def test_a_canceled_order_comes_to_nothing() -> None:
    buyer = await bought()
    assert (await buyer.reads())["cancelable"] is True
    await cancel_order((await Order.get()).id, CancelReason.CUSTOMER, now=NOON)
    order = await buyer.reads()

    now = amounts(order, "currentTotalPrice", "currentSubtotalPrice", "currentTotalShippingPrice", "currentTotalTax")
    assert now == ["0.0"] * 4
    assert order["cancelable"] is False
    assert order["totalPrice"]["amount"] == "45.0"


async def test_a_return_is_told_from_the_asking_to_the_goods_that_came_back() -> None:
    buyer = await bought(4)
    order, row = await Order.get(), await OrderLine.get()
    assert (await buyer.reads())["lineItems"]["nodes"][0]["returnableQuantity"] == 0
    await fulfill(order.id, Packing({row.id: 3}), now=NOON)
    told = await buyer.reads()
    assert told["lineItems"]["nodes"][0]["returnableQuantity"] == 3
    (parcel,) = told["successfulFulfillments"]
    assert parcel["fulfillmentLineItems"]["nodes"] == [{"quantity": 3, "lineItem": {"title": "Wool jumper"}}]
    assert told["cancelable"] is False

    request = await request_return(order.id, [Wanted(row.id, 1, "too small")], now=NOON, sent_after=NOON, note="Sorry!")
    told = await buyer.reads()
    assert told["returns"] == [
        {
            "state": "REQUESTED",
            "note": "Sorry!",
            "declineReason": None,
            "lines": [{"quantity": 1, "reason": "too small", "lineItem": {"title": "Wool jumper"}}],
        }
    ]
    assert told["lineItems"]["nodes"][0]["returnableQuantity"] == 2

    await decide_return(request, ReturnState.OPEN, now=NOON)
    await receive_return(request, restock=True, now=NOON)
    told = await buyer.reads()
    assert told["returns"][0]["state"] == "CLOSED"
    (line_item,) = told["lineItems"]["nodes"]
    assert (line_item["returnedQuantity"], line_item["returnableQuantity"]) == (1, 2)
    assert amounts(told, "currentSubtotalPrice", "currentTotalPrice") == ["30.0", "35.0"]


async def test_a_reason_or_a_note_without_end_is_refused_by_name() -> None:
    buyer = await bought()
    await fulfill((await Order.get()).id, Packing(), now=NOON)
    key = (await buyer.reads())["lineItems"]["nodes"][0]["id"]
    ask = """mutation($id: ID!, $token: String, $lines: [OrderReturnLineInput!]!, $note: String) {
        orderReturnRequest(id: $id, token: $token, lines: $lines, note: $note) { userErrors { code field } } }"""
    for reason, note, field in (("x" * 300, "", ["lines", "0", "reason"]), ("", "x" * 6_000, ["note"])):
        asked = await Counter(SCHEMA).ask(
            ask,
            id=buyer.placed["orderId"],
            token=buyer.placed["orderToken"],
            lines=[{"lineItemId": key, "quantity": 1, "reason": reason}],
            note=note,
        )
        assert asked.data["orderReturnRequest"]["userErrors"] == [{"code": "TOO_LONG", "field": field}]
