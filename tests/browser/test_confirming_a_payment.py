"""Payments that are confirmed elsewhere: out to the bank's or the provider's page and back, and paid once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect
from tortoise.backends.base.client import BaseDBAsyncClient

from drills.ground.stripe_stand_in import StandIn, open_stand_in, stripe_of
from models.checkout import CheckoutAttempt
from models.orders import Order
from models.payments import Payment
from models.stock import StockLevel
from payments.choosing import gateways
from tests.browser.checking_out import fills_in, the_checkout_of
from tests.browser.serving import a_served_shop
from tests.browser.visitor import Visitor
from tests.buying import Basket, line
from tests.goods import a_variant, a_zone

pytestmark = pytest.mark.postgres


@dataclass
class Place:
    """A shop that takes payments by the stand-in of Stripe, and the stand-in."""

    address: str
    stand_in: StandIn


@pytest.fixture
async def place(committed: BaseDBAsyncClient, database_url: str, free_port: int) -> AsyncIterator[Place]:
    async with (
        open_stand_in() as stand_in,
        stripe_of(stand_in) as stripe,
        a_served_shop(free_port, database_url, providers=gateways(stripe)) as address,
    ):
        yield Place(address, stand_in)


async def test_what_a_banks_page_adds_to_the_address_does_not_stay_there(visitor: Visitor, place: Place) -> None:
    await a_zone("DE", Post=490)
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=4_500))])
    checkout = the_checkout_of(basket, place.address)
    await visitor.opens(f"{checkout}?payment_intent=pi_1&payment_intent_client_secret=s&redirect_status=succeeded")

    await expect(visitor.sees("Wool jumper")).to_be_visible()
    assert visitor.page.url == checkout


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desktop", "phone"])
async def shopper(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    width, height = request.param
    async with Visitor.arriving(browser, width=width, height=height) as visitor:
        yield visitor


async def chosen(visitor: Visitor, place: Place, way: str) -> Basket:
    """A cart for 94.90, filled in, with a way to pay chosen and the order placed."""
    await a_zone("DE", Post=490)
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=4_500, available=2), 2)])
    await visitor.opens(the_checkout_of(basket, place.address))
    await fills_in(visitor)
    await expect(visitor.page.get_by_role("radio", name="Post")).to_be_checked()
    await visitor.page.get_by_role("radio", name=way).check()
    await visitor.keeps_a_picture(f"choosing {way} {await visitor.page.evaluate('innerWidth')}")
    await visitor.page.locator("#place-order").click()
    return basket


async def test_a_payment_is_confirmed_on_the_test_banks_page_and_becomes_the_order(
    phone: Visitor, place: Place
) -> None:
    await chosen(phone, place, "Test card that asks to confirm")
    await expect(phone.sees("Do you confirm this payment?")).to_be_visible()
    await expect(phone.sees("€94.90")).to_be_visible()
    await phone.keeps_a_picture("the test bank, phone")
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await phone.page.get_by_role("button", name="Confirm").click()

    await expect(phone.sees("Thank you!")).to_be_visible()
    assert (await Order.get()).financial_status == "PAID"
    assert phone.complaints == []


async def test_a_payment_declined_at_the_bank_is_told_and_another_way_works(visitor: Visitor, place: Place) -> None:
    await chosen(visitor, place, "Test card that asks to confirm")
    await expect(visitor.sees("Do you confirm this payment?")).to_be_visible()
    await visitor.keeps_a_picture("the test bank, desktop")
    await visitor.page.get_by_role("button", name="Decline").click()
    await expect(visitor.sees("The payment was not confirmed.")).to_be_visible()
    assert (await StockLevel.get()).available == 2

    await visitor.page.get_by_role("radio", name="Test card that pays").check()
    await visitor.page.locator("#place-order").click()
    await expect(visitor.sees("Thank you!")).to_be_visible()
    assert await Order.all().count() == 1


async def test_who_comes_back_undecided_can_go_on_or_pay_another_way(visitor: Visitor, place: Place) -> None:
    basket = await chosen(visitor, place, "Test card that asks to confirm")
    await expect(visitor.sees("Do you confirm this payment?")).to_be_visible()
    bank = visitor.page.url
    await visitor.opens(the_checkout_of(basket, place.address))

    await expect(visitor.page.get_by_role("link", name="Go on with the payment")).to_have_attribute("href", bank)
    await visitor.keeps_a_picture("undecided")
    await visitor.page.get_by_role("button", name="Change the cart or pay another way").click()
    await visitor.page.get_by_role("radio", name="Bank transfer").check()
    await visitor.page.locator("#place-order").click()

    await expect(visitor.sees("Thank you!")).to_be_visible()
    assert [attempt.state for attempt in await CheckoutAttempt.all().order_by("created_at")] == ["FAILED", "SUCCEEDED"]
    assert (await StockLevel.get()).available == 0
    await visitor.opens(bank)
    await visitor.page.get_by_role("button", name="Confirm").click()
    assert await Order.all().count() == 1


async def test_the_page_of_stripe_is_paid_on_and_leads_back_to_the_order(shopper: Visitor, place: Place) -> None:
    await chosen(shopper, place, "Card or another way online")
    await expect(shopper.sees("Stand-in checkout")).to_be_visible()
    await shopper.page.get_by_role("button", name="Pay").click()

    await expect(shopper.sees("Thank you!")).to_be_visible()
    payment = await Payment.get()
    assert (payment.gateway, payment.captured) == ("stripe", 9_490)
    assert shopper.complaints == []


async def test_who_leaves_the_page_of_stripe_is_asked_again_and_can_still_pay(visitor: Visitor, place: Place) -> None:
    await chosen(visitor, place, "Card or another way online")
    await visitor.page.get_by_role("button", name="Back").click()
    await visitor.page.get_by_role("link", name="Go on with the payment").click()
    await visitor.page.get_by_role("button", name="Pay").click()

    await expect(visitor.sees("Thank you!")).to_be_visible()
    assert len(place.stand_in.books.intents) == 1
