"""From the checkout page to a placed order: once, whatever happens in between, and each refusal told in words."""

import pytest
from playwright.async_api import Route, expect

from commerce.gift_card_codes import issue_gift_card
from models.orders import Order
from tests.browser.checking_out import fills_in, the_checkout_of
from tests.browser.visitor import Visitor
from tests.buying import Basket, line
from tests.goods import a_variant, a_zone
from tests.shop import NOON

pytestmark = [pytest.mark.usefixtures("shop_address"), pytest.mark.postgres]


@pytest.fixture
async def basket(shop_address: str) -> Basket:
    """Two jumpers of 45 euros, ready to be paid but for the shopper's own words."""
    await a_zone("DE", Post=490)
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=4_500), 2)])
    return basket


async def ready_to_pay(visitor: Visitor, basket: Basket, shop_address: str) -> None:
    await visitor.opens(the_checkout_of(basket, shop_address))
    await fills_in(visitor)
    await expect(visitor.page.get_by_role("radio", name="Post")).to_be_checked()


async def test_a_shopper_places_an_order_and_follows_it(visitor: Visitor, basket: Basket, shop_address: str) -> None:
    await ready_to_pay(visitor, basket, shop_address)
    await visitor.page.get_by_role("radio", name="Bank transfer").check()
    await visitor.page.locator("#place-order").click()

    await expect(visitor.sees("Thank you!")).to_be_visible()
    await expect(visitor.sees("Waiting for payment")).to_be_visible()
    await expect(visitor.sees("Live: this page keeps itself up to date")).to_be_visible()
    await expect(visitor.page.locator("#address")).to_contain_text("Unter den Linden 1")
    await visitor.keeps_a_picture("placed")
    order = await Order.get()
    assert (order.total, order.email) == (9_490, "ada@example.com")
    assert visitor.complaints == []


async def test_an_answer_that_is_lost_does_not_make_a_second_order(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await ready_to_pay(visitor, basket, shop_address)

    async def lose_the_answer(route: Route) -> None:
        if "cartSubmitForCompletion" in (route.request.post_data or ""):
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await visitor.page.route("**/graphql", lose_the_answer)
    await visitor.page.locator("#place-order").click()
    await expect(visitor.sees("The shop could not be reached")).to_be_visible()
    await visitor.page.unroute("**/graphql")
    await visitor.page.reload()

    await expect(visitor.sees("Thank you!")).to_be_visible()
    assert await Order.all().count() == 1


async def test_a_declined_card_is_told_and_another_way_to_pay_works(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await ready_to_pay(visitor, basket, shop_address)
    await visitor.page.get_by_role("radio", name="Test card that is declined").check()
    await visitor.page.locator("#place-order").click()
    await expect(visitor.sees("The card was declined.")).to_be_visible()
    assert await Order.all().count() == 0

    await visitor.page.get_by_role("radio", name="Test card that pays").check()
    await visitor.page.locator("#place-order").click()
    await expect(visitor.page.locator(".steps .done", has_text="Paid")).to_be_visible()
    assert await Order.all().count() == 1


async def test_an_opened_checkout_of_a_placed_order_leads_to_the_order(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await ready_to_pay(visitor, basket, shop_address)
    await visitor.page.locator("#place-order").click()
    await expect(visitor.sees("Thank you!")).to_be_visible()

    await visitor.opens(the_checkout_of(basket, shop_address))

    await expect(visitor.sees("Thank you!")).to_be_visible()


async def test_goods_that_were_sold_meanwhile_are_told_before_anything_is_paid(
    visitor: Visitor, shop_address: str
) -> None:
    await a_zone("DE", Post=490)
    variant = await a_variant(price=4_500, available=1)
    slow, quick = Basket(), Basket()
    await slow.create(lines=[line(variant)])
    await quick.create(lines=[line(variant)])
    await ready_to_pay(visitor, slow, shop_address)
    other = await visitor.page.context.new_page()
    await ready_to_pay(Visitor(other), quick, shop_address)
    await other.locator("#place-order").click()
    await expect(other.get_by_text("Thank you!")).to_be_visible()

    await visitor.page.locator("#place-order").click()

    await expect(visitor.page.locator("#problems")).not_to_be_empty()
    await visitor.keeps_a_picture("sold-out")
    assert await Order.all().count() == 1


async def test_a_gift_card_that_covers_everything_leaves_nothing_to_choose(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await issue_gift_card("PRESENT 2026", amount=20_000, currency="EUR", now=NOON)
    await ready_to_pay(visitor, basket, shop_address)
    await visitor.page.locator("#code").fill("PRESENT 2026")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.sees("Nothing is left to pay.")).to_be_visible()
    await visitor.keeps_a_picture("gift-card")
    await visitor.page.locator("#place-order").click()

    await expect(visitor.page.locator(".steps .done", has_text="Paid")).to_be_visible()


async def test_goods_that_do_not_travel_need_no_address(visitor: Visitor, shop_address: str) -> None:
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=4_500, requires_shipping=False))])
    await visitor.opens(the_checkout_of(basket, shop_address))
    await visitor.page.locator("#email").fill("ada@example.com")
    await expect(visitor.sees("Street and number")).not_to_be_visible()
    await visitor.page.locator("#place-order").click()

    await expect(visitor.sees("Thank you!")).to_be_visible()
