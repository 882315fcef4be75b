"""The pages break none of the rules for people who read with their ears, by keyboard alone, or in large letters."""

from typing import Any

import pytest
from playwright.async_api import expect

from commerce.gift_card_codes import issue_gift_card
from commerce.returning import Wanted, decide_return, request_return
from models.fulfillment import ReturnState
from models.orders import Order, OrderLine
from tests.browser.checking_out import fills_in, the_checkout_of
from tests.browser.test_order_acts_page import a_sent_order, an_order_of_two, now
from tests.browser.test_order_page import link_to
from tests.browser.visitor import Visitor
from tests.buying import Basket, line
from tests.clients import node
from tests.goods import a_variant, a_zone
from tests.shop import NOON

pytestmark = [pytest.mark.usefixtures("shop_address"), pytest.mark.once]
TYPED = {
    "email": "ada@example.com",
    "countryCode": "Germany",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "address1": "Unter den Linden 1",
    "zip": "10117",
    "city": "Berlin",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that knows the rules."""
    node.install()
    return (node.HERE / "node_modules" / "axe-core" / "axe.min.js").read_text()


async def broken_rules(visitor: Visitor, axe: str) -> dict[str, list[Any]]:
    """Each rule the page breaks as it stands, with the elements that do."""
    await visitor.page.evaluate(axe)
    found = await visitor.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert found["passes"]
    return {rule["id"]: [each["html"] for each in rule["nodes"]] for rule in found["violations"]}


async def a_basket() -> Basket:
    await a_zone("DE", Post=490, Courier=1_500)
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=4_500), 2)])
    return basket


async def test_the_checkout_in_each_of_its_states(phone: Visitor, shop_address: str, axe: str) -> None:
    await issue_gift_card("PRESENT 2026", amount=500, currency="EUR", now=NOON)
    basket = await a_basket()
    await phone.opens(the_checkout_of(basket, shop_address))
    await expect(phone.page.locator("#place-order")).to_be_visible()
    assert await broken_rules(phone, axe) == {}

    await phone.page.locator("#place-order").click()
    await expect(phone.page.locator("#email-problem")).to_have_text("Please fill this in.")
    await phone.keeps_a_picture("checkout-missing-phone")
    assert await broken_rules(phone, axe) == {}

    await fills_in(phone)
    await expect(phone.page.get_by_role("radio", name="Post")).to_be_checked()
    await phone.page.locator("#summary summary").click()
    await phone.page.locator("#code").fill("PRESENT 2026")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("button", name="Remove Gift card")).to_be_visible()
    await phone.keeps_a_picture("checkout-filled-phone")
    assert await broken_rules(phone, axe) == {}


async def test_a_checkout_whose_cart_is_gone(phone: Visitor, shop_address: str, axe: str) -> None:
    await phone.opens(f"{shop_address}/checkout/00000000000000000000000000000000")
    await expect(phone.sees("This cart is not here any more")).to_be_visible()

    assert await broken_rules(phone, axe) == {}


async def test_the_order_with_its_parcels_and_returns(phone: Visitor, shop_address: str, axe: str) -> None:
    order = await a_sent_order()
    row = await OrderLine.get(order_id=order.id)
    request = await request_return(order.id, [Wanted(row.id, 1)], now=now(), sent_after=NOON)
    await decide_return(request, ReturnState.DECLINED, now=now(), reason="It was worn.")
    await phone.opens(link_to(order, shop_address))
    await expect(phone.sees("It was worn.")).to_be_visible()
    await expect(phone.sees("Live: this page keeps itself up to date")).to_be_visible()
    assert await broken_rules(phone, axe) == {}

    await phone.page.get_by_role("button", name="Send something back").click()
    await phone.page.get_by_role("button", name="Ask the shop").click()
    assert await broken_rules(phone, axe) == {}


async def test_canceling_an_order(phone: Visitor, shop_address: str, axe: str) -> None:
    await phone.opens(link_to(await an_order_of_two(), shop_address))
    await phone.page.get_by_role("button", name="Cancel the order").click()

    assert await broken_rules(phone, axe) == {}


async def test_a_link_that_is_over(phone: Visitor, shop_address: str, axe: str) -> None:
    order = await an_order_of_two()
    await phone.opens(f"{shop_address}/orders/{order.id}#made-up")
    await expect(phone.sees("This link does not open an order")).to_be_visible()

    assert await broken_rules(phone, axe) == {}


async def test_the_whole_checkout_by_keyboard_alone(visitor: Visitor, shop_address: str) -> None:
    """From the first field to the placed order with nothing but keys."""
    basket = await a_basket()
    await visitor.opens(the_checkout_of(basket, shop_address))
    await expect(visitor.page.locator("#place-order")).to_be_visible()
    for name, text in TYPED.items():
        await tabs_to(visitor, name)
        await visitor.page.keyboard.type(text)
        if name == "countryCode":
            await expect(visitor.page.locator("#countryCode")).to_have_value("DE")
            await expect(visitor.page.locator("#zip")).to_be_visible()
    await visitor.page.keyboard.press("Tab")
    await expect(visitor.page.get_by_role("radio", name="Post")).to_be_checked()
    await tabs_to(visitor, "place-order")
    await visitor.page.keyboard.press("Enter")

    await expect(visitor.sees("Thank you!")).to_be_visible()
    assert await Order.all().count() == 1


async def tabs_to(visitor: Visitor, name: str) -> None:
    """Press Tab until the keyboard is on an element; a page where it never comes there fails."""
    for _ in range(40):
        if await visitor.page.evaluate("document.activeElement.id") == name:
            return
        await visitor.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")
