"""What shoppers do on the order page: cancel, send goods back, have a new link mailed; and what the shop refuses."""

import datetime as dt

import pytest
from playwright.async_api import expect

from commerce.access import ORDER_LINK_LIFETIME
from commerce.fulfillment import Packing, Tracking, fulfill
from commerce.returning import decide_return
from models.fulfillment import Return, ReturnLine, ReturnState
from models.orders import Order, OrderLifecycle
from models.outbox import OutboxEvent
from tests.browser.test_order_page import link_to, paid
from tests.browser.visitor import Visitor
from tests.goods import a_promised_order, a_variant
from tests.shop import SIGNER

pytestmark = [pytest.mark.usefixtures("shop_address"), pytest.mark.once]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def an_order_of_two() -> Order:
    return await a_promised_order(await a_variant(), number=1001, placed_at=now())


async def a_sent_order() -> Order:
    order = await an_order_of_two()
    await fulfill(order.id, Packing(tracking=Tracking("DHL", ["0042"], ["https://dhl.example/0042"])), now=now())
    return order


async def test_a_shopper_cancels_after_being_asked_once_more(phone: Visitor, shop_address: str) -> None:
    order = await an_order_of_two()
    await phone.opens(link_to(order, shop_address))
    await phone.page.get_by_role("button", name="Cancel the order").click()
    await expect(phone.page.get_by_role("button", name="Keep the order")).to_be_focused()
    await phone.keeps_a_picture("order-cancel-phone")
    await phone.page.keyboard.press("Enter")
    assert (await Order.get()).lifecycle == OrderLifecycle.OPEN

    await phone.page.get_by_role("button", name="Cancel the order").click()
    await phone.page.get_by_role("button", name="Yes, cancel it").click()

    await expect(phone.sees("Order #1001 is canceled")).to_be_visible()
    await expect(phone.sees("Your order is canceled.")).to_be_visible()
    await expect(phone.page.get_by_role("button", name="Cancel the order")).not_to_be_visible()
    await phone.keeps_a_picture("order-canceled-phone")
    assert (await Order.get()).lifecycle == OrderLifecycle.CANCELED
    assert phone.complaints == []


async def test_what_was_sent_meanwhile_is_not_canceled_and_the_page_says_why(
    visitor: Visitor, shop_address: str
) -> None:
    order = await an_order_of_two()
    await visitor.opens(link_to(order, shop_address))
    await visitor.page.get_by_role("button", name="Cancel the order").click()
    await Order.filter(id=order.id).update(fulfillment_status="PARTIALLY_FULFILLED")
    await visitor.page.get_by_role("button", name="Yes, cancel it").click()

    await expect(visitor.page.locator("#cancel-problem")).to_have_text("Some of the order has been sent already.")
    await visitor.keeps_a_picture("order-cancel-refused")
    assert (await Order.get()).lifecycle == OrderLifecycle.OPEN


async def test_a_shopper_asks_to_send_goods_back_and_sees_the_answer_come(phone: Visitor, shop_address: str) -> None:
    order = await a_sent_order()
    await phone.opens(link_to(order, shop_address))
    await phone.page.get_by_role("button", name="Send something back").click()
    await phone.page.get_by_role("button", name="Ask the shop").click()
    await expect(phone.page.locator("#return-problem")).to_have_text("Choose what you want to send back.")
    await phone.page.get_by_label("How many").select_option("1")
    await phone.page.get_by_label("Why").select_option("It arrived damaged")
    await phone.page.get_by_label("What the shop should know").fill("The sleeve is torn.")
    await phone.keeps_a_picture("order-return-phone")
    await phone.page.get_by_role("button", name="Ask the shop").click()

    await expect(phone.sees("Asked for: the shop will answer")).to_be_visible()
    asked, line = await Return.get(), await ReturnLine.get()
    assert (asked.note, line.quantity, line.reason) == ("The sleeve is torn.", 1, "It arrived damaged")
    await decide_return(asked.id, ReturnState.OPEN, now=now())
    await expect(phone.sees("Agreed: please send it")).to_be_visible()
    await phone.keeps_a_picture("order-returning-phone")
    assert phone.complaints == []


async def test_what_is_filled_in_stays_while_the_order_changes(visitor: Visitor, shop_address: str) -> None:
    order = await a_sent_order()
    await visitor.opens(link_to(order, shop_address))
    await expect(visitor.sees("Live: this page keeps itself up to date")).to_be_visible()
    await visitor.page.get_by_role("button", name="Send something back").click()
    await visitor.page.get_by_label("How many").select_option("2")
    await paid(order)
    await expect(visitor.sees("Your payment arrived")).to_be_attached()

    await expect(visitor.page.get_by_label("How many")).to_have_value("2")


async def test_a_link_that_is_over_says_so_and_a_new_one_is_mailed(phone: Visitor, shop_address: str) -> None:
    order = await an_order_of_two()
    old = SIGNER.order_link(order.token, now=now() - ORDER_LINK_LIFETIME)
    await phone.opens(f"{shop_address}/orders/{order.id}#{old}")
    await expect(phone.page.get_by_role("heading", name="This link has expired")).to_be_visible()
    await phone.keeps_a_picture("order-expired-phone")
    await phone.page.get_by_role("button", name="Mail me a new link").click()

    await expect(phone.sees("It is on its way.")).to_be_visible()
    assert await OutboxEvent.filter(kind="order_link.asked", key=str(order.id)).count() == 1
    assert await phone.page.get_by_text("Wool jumper").count() == 0
