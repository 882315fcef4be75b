"""Discounts and gift cards on carts and in orders: who may use them, what they take off, and how often."""

import datetime as dt
from typing import Any

import pytest

from commerce.gift_cards import issue
from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod, DiscountTarget, DiscountUse
from models.gift_cards import GiftCard, GiftCardEntry
from models.orders import Order
from models.payments import Payment
from tests.buying import Basket, by_card, line
from tests.goods import a_variant, a_zone
from tests.shop import NOON, a_shop

pytestmark = pytest.mark.usefixtures("database")

QUARTER = 250_000


async def a_discount(*codes: str, **more: Any) -> Discount:
    """A quarter off the order unless told otherwise, by these codes or else by itself."""
    method = DiscountMethod.CODE if codes else DiscountMethod.AUTOMATIC
    values = {"kind": DiscountKind.PERCENTAGE, "value": QUARTER, "title": "A quarter off", "method": method}
    discount = await Discount.create(created_at=NOON, updated_at=NOON, **{**values, **more})
    for code in codes:
        await DiscountCode.create(discount=discount, code=code, code_key=code.casefold())
    return discount


async def a_cart(*lines: dict[str, Any], **given: Any) -> tuple[Basket, Any]:
    basket = Basket()
    return basket, await basket.create(lines=list(lines), **given)


async def enter(basket: Basket, *codes: str) -> Any:
    return await basket.do("cartDiscountCodesUpdate", "$codes: [String!]!", "discountCodes: $codes", codes=list(codes))


async def test_a_code_takes_its_share_off_whatever_its_case() -> None:
    await a_discount("SPRING")
    basket, _ = await a_cart(line(await a_variant(price=1_000)))

    cart = await enter(basket, "spring ")

    assert cart["discountCodes"] == [{"code": "spring", "applicable": True}]
    assert cart["cost"]["subtotalAmount"]["amount"] == "10.0"
    assert cart["cost"]["totalAmount"]["amount"] == "7.5"
    assert cart["discountAllocations"][0]["discountedAmount"] == {"amount": "2.5"}
    assert basket.warnings == []


async def test_entering_codes_replaces_the_list_and_keeps_those_that_do_not_apply() -> None:
    await a_discount("SPRING")
    basket, _ = await a_cart(line(await a_variant()))
    await enter(basket, "SPRING")

    cart = await enter(basket, "NOTHING")
    assert cart["discountCodes"] == [{"code": "NOTHING", "applicable": False}]
    assert [warning["code"] for warning in basket.warnings] == ["DISCOUNT_NOT_FOUND"]

    assert (await enter(basket))["discountCodes"] == []


async def test_a_discount_on_lines_shows_on_its_lines() -> None:
    wool, silk = await a_variant(price=1_000), await a_variant(price=2_000)
    entitled = [wool.product_id]  # type: ignore[attr-defined]
    await a_discount("WOOL", target=DiscountTarget.LINES, product_ids=entitled)
    basket, _ = await a_cart(line(wool, 2), line(silk))

    cart = await enter(basket, "WOOL")

    first, second = cart["lines"]["nodes"]
    assert first["cost"]["totalAmount"]["amount"] == "15.0"
    assert first["discountAllocations"] == [{"discountedAmount": {"amount": "5.0"}, "code": "WOOL"}]
    assert second["discountAllocations"] == []
    assert cart["cost"]["subtotalAmount"]["amount"] == "35.0"


async def test_an_automatic_discount_comes_by_itself_with_its_title() -> None:
    await a_discount(min_subtotal=2_000)
    variant = await a_variant(price=1_000)
    basket, cart = await a_cart(line(variant))
    assert cart["discountAllocations"] == []

    cart = await basket.add(line(variant))

    assert cart["discountAllocations"][0]["title"] == "A quarter off"
    assert cart["cost"]["totalAmount"]["amount"] == "15.0"


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"active": False}, "DISCOUNT_CURRENTLY_INACTIVE"),
        ({"starts_at": NOON + dt.timedelta(seconds=1)}, "DISCOUNT_CURRENTLY_INACTIVE"),
        ({"ends_at": NOON}, "DISCOUNT_CURRENTLY_INACTIVE"),
        ({"usage_limit": 3, "uses": 3}, "DISCOUNT_USAGE_LIMIT_REACHED"),
        ({"customer_ids": [7]}, "DISCOUNT_ELIGIBLE_CUSTOMER_MISSING"),
        ({"min_subtotal": 1_001}, "DISCOUNT_PURCHASE_NOT_IN_RANGE"),
        ({"min_quantity": 2}, "DISCOUNT_QUANTITY_NOT_IN_RANGE"),
        ({"product_ids": [404]}, "DISCOUNT_NO_ENTITLED_LINE_ITEMS"),
    ],
)
async def test_a_code_that_does_not_apply_says_why(limits: dict[str, Any], told: str) -> None:
    await a_discount("CODE", **limits)
    basket, _ = await a_cart(line(await a_variant(price=1_000)))

    cart = await enter(basket, "CODE")

    assert cart["discountCodes"] == [{"code": "CODE", "applicable": False}]
    assert [warning["code"] for warning in basket.warnings] == [told]
    assert cart["cost"]["totalAmount"]["amount"] == "10.0"


async def test_an_order_remembers_its_discounts_and_counts_their_uses() -> None:
    await a_zone("DE", Post=500)
    discount = await a_discount("SPRING", usage_limit=1)
    basket, _ = await a_cart(line(await a_variant(price=1_000)), buyerIdentity={"email": "ada@example.com"})
    await basket.send_to()
    await enter(basket, "SPRING")
    await basket.pay()

    await basket.submit()

    order = await Order.get()
    assert (order.total, order.discounts) == (1_250, 250)
    assert order.discount_applications[0]["code"] == "SPRING"
    assert (await Discount.get(id=discount.id)).uses == 1
    assert await DiscountUse.all().values_list("state", "order_id") == [("USED", order.id)]


async def test_one_buyer_uses_a_discount_as_often_as_one_may() -> None:
    await a_zone()
    await a_discount("ONCE", customer_limit=1)
    for email, told in (("ada@example.com", []), ("ADA@example.com", ["DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED"])):
        basket, _ = await a_cart(line(await a_variant()), buyerIdentity={"email": email})
        await enter(basket, "ONCE")
        assert [warning["code"] for warning in basket.warnings] == told
        await basket.send_to()
        await basket.pay()
        await basket.submit()

    assert [order.discounts for order in await Order.all().order_by("id")] == [250, 0]


async def test_free_shipping_is_taken_off_the_delivery() -> None:
    await a_zone("DE", Post=490)
    await a_discount("FREE", kind=DiscountKind.FREE_SHIPPING)
    basket, _ = await a_cart(line(await a_variant(price=1_000)))
    await basket.send_to()

    cart = await enter(basket, "FREE")

    assert cart["discountAllocations"][0]["targetType"] == "SHIPPING_LINE"
    assert cart["cost"]["totalAmount"]["amount"] == "10.0"


async def lay(basket: Basket, *codes: str) -> Any:
    types, arguments = "$codes: [String!]!", "giftCardCodes: $codes"
    return await basket.do("cartGiftCardCodesAdd", types, arguments, codes=list(codes))


async def test_gift_cards_are_charged_first_in_their_order() -> None:
    basket, _ = await a_cart(line(await a_variant(price=1_000)))
    small, large = await issue(300, "EUR", now=NOON), await issue(9_000, "EUR", now=NOON)

    cart = await lay(basket, small.lower(), f"{large[:4]}-{large[4:]}")

    assert [card["amountUsed"]["amount"] for card in cart["appliedGiftCards"]] == ["3.0", "7.0"]
    assert [card["lastCharacters"] for card in cart["appliedGiftCards"]] == [small[-4:], large[-4:]]
    assert cart["cost"]["totalAmount"]["amount"] == "10.0"
    assert cart["cost"]["checkoutChargeAmount"]["amount"] == "0.0"


async def test_cards_that_are_unknown_used_up_or_of_another_currency_are_warned_of() -> None:
    basket, _ = await a_cart(line(await a_variant()))
    over = await issue(500, "EUR", now=NOON, expires_at=NOON)
    foreign = await issue(500, "USD", now=NOON)

    cart = await lay(basket, "UNKNOWNCODE", over, foreign)

    assert cart["appliedGiftCards"] == []
    assert [warning["code"] for warning in basket.warnings] == ["PAYMENTS_GIFT_CARDS_UNAVAILABLE"] * 3


async def test_a_card_can_be_taken_off_again_and_only_off_its_own_cart() -> None:
    basket, _ = await a_cart(line(await a_variant()))
    cart = await lay(basket, await issue(500, "EUR", now=NOON))
    applied = cart["appliedGiftCards"][0]["id"]
    other, _ = await a_cart(line(await a_variant()))
    types, arguments = "$ids: [ID!]!", "appliedGiftCardIds: $ids"

    await other.do("cartGiftCardCodesRemove", types, arguments, ids=[applied])
    assert len(other.errors) == 1
    cart = await basket.do("cartGiftCardCodesRemove", types, arguments, ids=[applied])

    assert cart["appliedGiftCards"] == []


async def test_an_order_paid_by_gift_card_and_transfer_is_partly_paid_and_the_balance_gone() -> None:
    await a_zone("DE", Post=500)
    basket, _ = await a_cart(line(await a_variant(price=1_000)), buyerIdentity={"email": "ada@example.com"})
    await lay(basket, await issue(600, "EUR", now=NOON))
    await basket.send_to()
    await basket.pay()

    await basket.submit()

    assert (await Order.get()).financial_status == "PARTIALLY_PAID"
    payments = await Payment.all().order_by("id").values_list("gateway", "amount", "captured")
    assert payments == [("manual", 900, 0), ("gift_card", 600, 600)]
    card = await GiftCard.get()
    assert card.balance == sum(entry.amount for entry in await GiftCardEntry.filter(gift_card_id=card.id)) == 0


async def test_a_declined_payment_gives_everything_back() -> None:
    await a_shop(test_payments=True)
    await a_zone("DE", Post=500)
    discount = await a_discount("SPRING", usage_limit=5)
    variant = await a_variant(price=1_000, available=1)
    basket, _ = await a_cart(line(variant), buyerIdentity={"email": "ada@example.com"})
    await enter(basket, "SPRING")
    await lay(basket, await issue(600, "EUR", now=NOON))
    await basket.send_to()
    await basket.pay(**by_card("test:decline"))

    submitted = await basket.submit()

    attempt = await basket.attempt(submitted["attemptId"])
    assert [error["code"] for error in attempt["errors"]] == ["PAYMENT_CARD_DECLINED"]
    assert (await Discount.get(id=discount.id)).uses == 0
    assert (await GiftCard.get()).balance == 600
    await basket.pay(**by_card("test:approve"))
    assert (await basket.submit("second try"))["__typename"] == "SubmitSuccess"
    assert (await Order.get()).financial_status == "PAID"
