"""The order status page: opened by its link, it shows the order and every change without being loaded again."""

import datetime as dt

from playwright.async_api import expect
from tortoise.backends.base.client import BaseDBAsyncClient

from database.transactions import transaction
from models.orders import FinancialStatus, Order
from outbox.record import record
from tests.browser.serving import a_served_shop
from tests.browser.visitor import Visitor
from tests.shop import NOON, SIGNER, an_order


def link_to(order: Order, address: str) -> str:
    return f"{address}/orders/{order.id}#{SIGNER.order_link(order.token, now=dt.datetime.now(dt.UTC))}"


async def paid(order: Order) -> None:
    async with transaction():
        await Order.filter(id=order.id).update(financial_status=FinancialStatus.PAID)
        await record("order.paid", aggregate="order", key=order.id, now=NOON)


async def test_a_buyer_watches_the_order_being_paid(visitor: Visitor, shop_address: str) -> None:
    order = await an_order(number=1001)

    await visitor.opens(link_to(order, shop_address))
    await expect(visitor.sees("Thank you! Order #1001")).to_be_visible()
    await expect(visitor.sees("Waiting for payment")).to_be_visible()
    await expect(visitor.sees("Live: this page keeps itself up to date")).to_be_visible()
    await paid(order)

    await expect(visitor.sees("Your payment arrived")).to_be_visible()
    await expect(visitor.page.locator(".steps .done", has_text="Paid")).to_be_visible()
    await visitor.keeps_a_picture("order-desktop")
    assert visitor.hosts() == {shop_address.removeprefix("http://")}
    assert visitor.complaints == []


async def test_the_page_fits_a_phone(phone: Visitor, shop_address: str) -> None:
    await phone.opens(link_to(await an_order(), shop_address))
    await expect(phone.sees("Wool jumper")).to_be_visible()

    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await phone.keeps_a_picture("order-phone")


async def test_the_token_of_the_link_reaches_no_address(visitor: Visitor, shop_address: str) -> None:
    link = link_to(await an_order(), shop_address)
    await visitor.opens(link)
    await expect(visitor.sees("Wool jumper")).to_be_visible()

    token = link.split("#")[1]
    assert not [url for url in visitor.asked if token in url.split("#")[0]]


async def test_a_link_that_somebody_made_up_opens_nothing(visitor: Visitor, shop_address: str) -> None:
    order = await an_order()
    await visitor.opens(f"{shop_address}/orders/{order.id}#made-up")

    await expect(visitor.sees("This link does not open an order")).to_be_visible()
    assert await visitor.page.get_by_text("Wool jumper").count() == 0


async def test_what_happened_while_the_shop_was_down_is_told_once_afterwards(
    visitor: Visitor, committed: BaseDBAsyncClient, database_url: str, free_port: int
) -> None:
    order = await an_order()
    async with a_served_shop(free_port, database_url) as address:
        await visitor.opens(link_to(order, address))
        await expect(visitor.sees("Live: this page keeps itself up to date")).to_be_visible()
    await expect(visitor.sees("Reconnecting …")).to_be_visible()

    await paid(order)
    async with a_served_shop(free_port, database_url):
        await expect(visitor.sees("Live: this page keeps itself up to date")).to_be_visible()

        await expect(visitor.sees("Your payment arrived")).to_have_count(1)
        await expect(visitor.page.locator(".steps .done", has_text="Paid")).to_be_visible()
