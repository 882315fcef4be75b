"""The explorer in a browser: pressing play answers, and nobody but the shop is asked for anything."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.async_api import expect

from commerce.staff import create_token
from database.transactions import transaction
from models.orders import FinancialStatus, Order
from outbox.record import record
from tests.browser.visitor import Visitor
from tests.catalogue import goods
from tests.goods import a_promised_order, a_variant, a_zone
from tests.shop import NOON

pytestmark = pytest.mark.once

BUNDLE = Path(__file__).parents[2] / "pages" / "static" / "built" / "built.json"


@pytest.fixture(autouse=True)
def bundle() -> None:
    assert BUNDLE.exists(), "the explorer is not built: run `npm ci && npm run build`"


async def press_play(visitor: Visitor) -> None:
    await visitor.page.locator(".graphiql-execute-button").click()


async def test_a_newcomer_presses_play_and_sees_what_the_shop_sells(visitor: Visitor, shop_address: str) -> None:
    await goods("jumper")
    await visitor.opens(shop_address)
    await expect(visitor.page.get_by_role("tab", name="FollowOrder")).to_be_visible()
    await press_play(visitor)

    await expect(visitor.page.locator(".graphiql-response")).to_contain_text('"Jumper"')
    await visitor.keeps_a_picture("explorer")
    assert visitor.hosts() == {shop_address.removeprefix("http://")}
    assert visitor.complaints == []


async def test_what_one_answer_gives_the_next_tab_takes(visitor: Visitor, shop_address: str) -> None:
    await goods("jumper")
    await visitor.opens(shop_address)
    await press_play(visitor)
    await expect(visitor.page.locator(".graphiql-response")).to_contain_text('"Jumper"')
    await visitor.page.get_by_role("tab", name="Product", exact=True).click()

    await expect(visitor.page.locator(".graphiql-editor-tool").first).to_contain_text('"handle": "jumper"')


async def test_a_tab_that_needs_earlier_ones_runs_them_first(visitor: Visitor, shop_address: str) -> None:
    await goods("jumper")
    await visitor.opens(shop_address)
    await visitor.page.get_by_role("tab", name="Product", exact=True).click()
    await press_play(visitor)

    await expect(visitor.page.locator(".journey-steps")).to_have_text("Ran first: Listing.")
    await expect(visitor.page.locator(".graphiql-response")).to_contain_text("selectedOrFirstAvailableVariant")


async def test_the_schema_is_there_to_read(visitor: Visitor, shop_address: str) -> None:
    await visitor.opens(shop_address)
    await visitor.page.get_by_label("Show Documentation Explorer").click()

    await expect(visitor.page.locator(".graphiql-plugin")).to_contain_text("QueryRoot")


async def test_staff_are_told_to_show_a_token_first(visitor: Visitor, shop_address: str) -> None:
    await visitor.opens(f"{shop_address}/admin")
    await press_play(visitor)

    await expect(visitor.page.locator(".graphiql-response")).to_contain_text("Put a staff token into the Headers pane")
    assert not [url for url in visitor.asked if url.endswith("/admin/graphql")]


async def test_pressing_play_on_the_last_tab_walks_the_whole_checkout_and_follows_the_order(
    visitor: Visitor, shop_address: str
) -> None:
    await goods("jumper")
    await a_zone("US", Post=490)
    await visitor.opens(shop_address)
    await visitor.page.get_by_role("tab", name="FollowOrder").click()
    await press_play(visitor)

    await expect(visitor.page.locator(".graphiql-response")).to_contain_text('"snapshot"')
    await expect(visitor.page.locator(".journey-steps")).to_contain_text("PlaceOrder, Outcome")
    order = await Order.get()
    await visitor.keeps_a_picture("explorer-following")
    async with transaction():
        await Order.filter(id=order.id).update(financial_status=FinancialStatus.PAID)
        await record("order.paid", aggregate="order", key=order.id, now=NOON)
    await expect(visitor.page.locator(".graphiql-response")).to_contain_text('"order.paid"')


async def test_a_staff_token_is_typed_once_and_sent_from_every_tab(visitor: Visitor, shop_address: str) -> None:
    await a_promised_order(await a_variant())
    token = await create_token("me", scopes=["write_orders"], now=dt.datetime.now(dt.UTC))
    await visitor.opens(f"{shop_address}/admin")
    await visitor.page.locator(".graphiql-editor-tool .view-line", has_text="Access-Token").click()
    await visitor.page.keyboard.press("End")
    await visitor.page.keyboard.press("ArrowLeft")
    await visitor.page.keyboard.type(token.secret)
    await press_play(visitor)
    await expect(visitor.page.locator(".graphiql-response")).to_contain_text("fulfillmentOrders")

    await visitor.page.get_by_role("tab", name="MarkAsPaid").click()
    await press_play(visitor)

    await expect(visitor.page.locator(".graphiql-response")).to_contain_text('"PAID"')
