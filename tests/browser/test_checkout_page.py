"""The checkout page: it opens the cart of its address, asks for what the country needs, and tells what is wrong."""

from typing import Any

import pytest
from playwright.async_api import expect

from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod
from tests.browser.checking_out import fills_in, the_checkout_of
from tests.browser.visitor import Visitor
from tests.buying import Basket, line
from tests.goods import a_variant, a_zone
from tests.shop import NOON

pytestmark = pytest.mark.once


@pytest.fixture
async def basket(shop_address: str) -> Basket:
    """Two jumpers of 45 euros, in a shop that sends by post for 4.90 and by courier for 15."""
    await a_zone("DE", "US", Post=490, Courier=1_500)
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=4_500), 2)])
    return basket


async def a_tenth_off(code: str, **terms: Any) -> None:
    discount = await Discount.create(
        title="A tenth off",
        kind=DiscountKind.PERCENTAGE,
        method=DiscountMethod.CODE,
        value=100_000,
        created_at=NOON,
        updated_at=NOON,
        **terms,
    )
    await DiscountCode.create(discount=discount, code=code, code_key=code.casefold())


async def test_a_shopper_sees_what_is_bought_and_where_it_can_go(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await visitor.opens(the_checkout_of(basket, shop_address))
    await expect(visitor.sees("Wool jumper")).to_be_visible()
    await fills_in(visitor)

    await expect(visitor.page.get_by_role("radio", name="Post")).to_be_checked()
    await expect(visitor.page.locator("#totals .sum").last).to_have_text("€94.90")
    await visitor.page.get_by_role("radio", name="Courier").check()
    await expect(visitor.page.locator("#totals .sum").last).to_have_text("€105.00")
    await visitor.keeps_a_picture("checkout-desktop")
    cart = await basket.read()
    assert cart["buyerIdentity"]["email"] == "ada@example.com"
    assert cart["deliveryGroups"]["nodes"][0]["selectedDeliveryOption"]["title"] == "Courier"
    assert visitor.hosts() == {shop_address.removeprefix("http://")}
    assert visitor.complaints == []


async def test_the_page_fits_a_phone(phone: Visitor, basket: Basket, shop_address: str) -> None:
    await phone.opens(the_checkout_of(basket, shop_address))
    await expect(phone.page.locator("#place-order")).to_be_visible()

    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await phone.keeps_a_picture("checkout-phone")


async def test_what_was_filled_in_is_there_when_the_page_is_opened_again(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await visitor.opens(the_checkout_of(basket, shop_address))
    await fills_in(visitor)
    await expect(visitor.page.get_by_role("radio", name="Post")).to_be_checked()
    await visitor.page.reload()

    await expect(visitor.page.locator("#email")).to_have_value("ada@example.com")
    await expect(visitor.page.locator("#zip")).to_have_value("10117")
    await expect(visitor.page.get_by_role("radio", name="Post")).to_be_checked()


async def test_a_wrong_postal_code_is_told_beside_its_field(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await visitor.opens(the_checkout_of(basket, shop_address))
    await fills_in(visitor, zip="ABC")

    await expect(visitor.page.locator("#zip-problem")).to_contain_text("no postal code")
    await expect(visitor.page.locator("#zip")).to_have_attribute("aria-invalid", "true")
    assert (await basket.read())["delivery"]["addresses"] == []


async def test_an_order_is_not_placed_while_something_is_missing(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await visitor.opens(the_checkout_of(basket, shop_address))
    await visitor.page.locator("#place-order").click()

    await expect(visitor.page.locator("#email-problem")).to_have_text("Please fill this in.")
    await expect(visitor.page.locator("#email")).to_be_focused()


async def test_a_discount_code_makes_it_cheaper_and_can_be_taken_off(
    visitor: Visitor, basket: Basket, shop_address: str
) -> None:
    await a_tenth_off("SPRING")
    await visitor.opens(the_checkout_of(basket, shop_address))
    await visitor.page.locator("#code").fill("spring")
    await visitor.page.keyboard.press("Enter")

    await expect(visitor.page.locator("#totals .sum").last).to_have_text("€81.00")
    await visitor.page.get_by_role("button", name="Remove spring").click()
    await expect(visitor.page.locator("#totals .sum").last).to_have_text("€90.00")


async def test_a_code_that_is_none_is_told_and_not_kept(visitor: Visitor, basket: Basket, shop_address: str) -> None:
    await visitor.opens(the_checkout_of(basket, shop_address))
    await visitor.page.locator("#code").fill("NOTHING")
    await visitor.page.keyboard.press("Enter")

    await expect(visitor.page.locator("#code-problem")).to_have_text("This code does not apply to your cart.")
    assert (await basket.read())["discountCodes"] == []


async def test_a_code_that_asks_for_a_larger_cart_says_so(visitor: Visitor, basket: Basket, shop_address: str) -> None:
    await a_tenth_off("BIG", min_subtotal=100_000)
    await visitor.opens(the_checkout_of(basket, shop_address))
    await visitor.page.locator("#code").fill("BIG")
    await visitor.page.keyboard.press("Enter")

    await expect(visitor.page.locator("#code-problem")).not_to_be_empty()
    await expect(visitor.page.locator("#code-problem")).not_to_contain_text("no such")
    await expect(visitor.page.locator("#remarks")).not_to_be_visible()


async def test_a_cart_that_is_not_there_is_told_so(visitor: Visitor, shop_address: str) -> None:
    await visitor.opens(f"{shop_address}/checkout/00000000000000000000000000000000")

    await expect(visitor.sees("This cart is not here any more")).to_be_visible()
