"""From a cart to an order, through the API alone."""

from typing import Any

import pytest

from models.carts import Cart
from models.catalog import Product, ProductVariant
from models.checkout import CheckoutAttempt
from models.orders import Allocation, Order, OrderLine
from models.outbox import OutboxEvent
from models.payments import Payment
from models.stock import StockLevel, StockMovement
from tests.buying import BERLIN, Basket, line
from tests.goods import a_tax, a_variant, a_zone, available

pytestmark = pytest.mark.usefixtures("database")

ORDER = """query($id: ID!, $token: String) { order(id: $id, token: $token) {
    name orderNumber email financialStatus fulfillmentStatus statusUrl
    subtotalPrice { amount } totalShippingPrice { amount } totalTax { amount } totalPrice { amount currencyCode }
    lineItems(first: 9) { nodes { title variantTitle quantity originalTotalPrice { amount } } }
} }"""


async def a_filled_basket(*lines: dict[str, Any]) -> Basket:
    """A cart with everything that completing it takes."""
    basket = Basket()
    await basket.create(lines=list(lines), buyerIdentity={"email": "ada@example.com"})
    await basket.send_to()
    await basket.pay()
    return basket


async def test_a_cart_becomes_an_order_with_its_goods_prices_and_delivery() -> None:
    await a_zone("DE", Post=490, Express=1_500)
    await a_tax("DE", 190_000)
    variant = await a_variant(price=2_000, available=5)

    done = await Basket().buy(line(variant, 2))

    assert done["__typename"] == "CartCompletionSuccess"
    asked = await Basket().counter.ask(ORDER, id=done["orderId"], token=done["orderToken"])
    order = asked.data["order"]
    assert order["name"] == f"#{order['orderNumber']}"
    assert order["totalPrice"] == {"amount": "44.9", "currencyCode": "EUR"}
    assert order["subtotalPrice"] == {"amount": "40.0"}
    assert order["totalShippingPrice"] == {"amount": "4.9"}
    assert order["totalTax"] == {"amount": "7.17"}
    assert (order["financialStatus"], order["fulfillmentStatus"]) == ("PENDING", "UNFULFILLED")
    assert order["lineItems"]["nodes"][0]["title"] == "Wool jumper"
    assert done["orderUrl"].split("#")[0] == f"https://shop.example/orders/{done['orderId'].rsplit('/', 1)[1]}"
    assert await available(variant) == 3


async def test_placing_writes_one_fact_one_movement_and_the_promised_units() -> None:
    await a_zone()
    variant = await a_variant(available=5)

    done = await Basket().buy(line(variant, 2))

    order_id = int(done["orderId"].rsplit("/", 1)[1])
    facts = await OutboxEvent.filter(aggregate="order", key=str(order_id)).values_list("kind", "sequence")
    assert facts == [("order.placed", 1)]
    level = await StockLevel.get(variant_id=variant.id)
    assert (level.on_hand, level.committed, level.reserved, level.available) == (5, 2, 0, 3)
    allocated = await Allocation.all().values_list("order_line__variant_id", "level_id", "quantity")
    assert allocated == [(variant.id, level.id, 2)]
    moved = await StockMovement.filter(order_id=order_id).values_list("reason", "committed")
    assert moved == [("sold", 2)]
    assert (await Product.get(id=variant.product_id)).units_sold == 2  # type: ignore[attr-defined]


async def test_an_order_cannot_be_opened_by_its_id_alone() -> None:
    await a_zone()
    done = await Basket().buy(line(await a_variant()))

    asked = await Basket().counter.ask(ORDER, id=done["orderId"])

    assert asked.data["order"] is None


async def test_after_completion_the_cart_is_gone_for_its_client() -> None:
    await a_zone()
    basket = await a_filled_basket(line(await a_variant()))
    await basket.submit()

    assert await basket.read() is None
    assert await basket.add(line(await a_variant())) is None
    assert basket.errors[0]["field"] == ["cartId"]


async def test_the_same_token_is_the_same_attempt_and_another_one_finds_the_same_order() -> None:
    await a_zone()
    basket = await a_filled_basket(line(await a_variant()))

    first = await basket.submit("one")
    again = await basket.submit("one")
    other = await basket.submit("two")

    assert first["__typename"] == "SubmitSuccess"
    assert again == {"__typename": "SubmitAlreadyAccepted", "attemptId": first["attemptId"]}
    assert other["attemptId"] == first["attemptId"]
    assert await Order.all().count() == 1


async def test_equal_tokens_of_two_carts_have_nothing_to_do_with_each_other() -> None:
    await a_zone()
    variant = await a_variant()
    one, other = await a_filled_basket(line(variant)), await a_filled_basket(line(variant))

    assert (await one.submit("t"))["__typename"] == "SubmitSuccess"
    assert (await other.submit("t"))["__typename"] == "SubmitSuccess"
    assert await Order.all().count() == 2


async def test_an_empty_cart_says_precisely_what_is_missing_step_by_step() -> None:
    await a_zone("DE")
    basket = Basket()
    await basket.create()

    async def missing() -> list[str]:
        return [error["code"] for error in (await basket.prepare())["errors"]]

    assert await missing() == ["ERROR"]
    await basket.add(line(await a_variant()))
    assert await missing() == ["BUYER_IDENTITY_EMAIL_REQUIRED", "DELIVERY_ADDRESS_REQUIRED", "PAYMENTS_METHOD_REQUIRED"]
    types, arguments = "$buyer: CartBuyerIdentityInput!", "buyerIdentity: $buyer"
    await basket.do("cartBuyerIdentityUpdate", types, arguments, buyer={"email": "ada@example.com"})
    await basket.send_to(zip="1", city=None)
    assert await missing() == [
        "DELIVERY_CITY_REQUIRED",
        "DELIVERY_INVALID_POSTAL_CODE_FOR_COUNTRY",
        "PAYMENTS_METHOD_REQUIRED",
    ]
    assert (await basket.submit())["__typename"] == "SubmitFailed"
    cart = await basket.read()
    wanted = [{"id": cart["delivery"]["addresses"][0]["id"], "address": {"deliveryAddress": BERLIN}}]
    types = "$addresses: [CartSelectableAddressUpdateInput!]!"
    await basket.do("cartDeliveryAddressesUpdate", types, "addresses: $addresses", addresses=wanted)
    await basket.pay()
    assert (await basket.prepare())["__typename"] == "CartStatusReady"
    assert (await basket.submit())["__typename"] == "SubmitSuccess"


async def test_where_the_shop_does_not_send_nothing_can_be_ordered() -> None:
    await a_zone("FR")
    basket = await a_filled_basket(line(await a_variant()))

    result = await basket.submit()

    assert [error["code"] for error in result["errors"]] == ["DELIVERY_NO_DELIVERY_AVAILABLE"]


async def test_goods_that_are_not_sent_need_no_address() -> None:
    variant = await a_variant(requires_shipping=False)
    basket = Basket()
    await basket.create(lines=[line(variant)], buyerIdentity={"email": "ada@example.com"})
    await basket.pay()

    assert (await basket.submit())["__typename"] == "SubmitSuccess"


async def test_what_was_sold_meanwhile_is_refused_and_leaves_nothing_behind() -> None:
    await a_zone()
    variant = await a_variant(available=1)
    slow, quick = await a_filled_basket(line(variant)), await a_filled_basket(line(variant))
    await quick.submit()

    result = await slow.submit()

    assert [error["code"] for error in result["errors"]] == ["MERCHANDISE_OUT_OF_STOCK"]
    assert result["checkoutUrl"].endswith(slow.id.rsplit("/", 1)[1])
    assert await left_behind() == {"orders": 1, "attempts": 1, "payments": 1, "facts": 1, "lines": 1, "movements": 2}


async def left_behind() -> dict[str, int]:
    return {
        "orders": await Order.all().count(),
        "attempts": await CheckoutAttempt.all().count(),
        "payments": await Payment.all().count(),
        "facts": await OutboxEvent.all().count(),
        "lines": await OrderLine.all().count(),
        "movements": await StockMovement.all().count(),
    }


async def test_an_amount_that_is_not_what_is_owed_is_refused() -> None:
    await a_zone()
    basket = await a_filled_basket(line(await a_variant(price=1_000)))
    await basket.pay("10.0")

    result = await basket.submit()

    assert [error["code"] for error in result["errors"]] == ["PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT"]


async def test_only_the_manual_payments_the_shop_lists_are_taken() -> None:
    await a_zone()
    basket = await a_filled_basket(line(await a_variant()))

    await basket.pay(manualPaymentMethod={"name": "promise"})

    assert basket.errors[0]["code"] == "PAYMENT_METHOD_NOT_SUPPORTED"
    assert (await Cart.get(id=basket.id.rsplit("/", 1)[1])).payment["name"] == "bank transfer"  # type: ignore[index]


async def test_a_free_payment_is_for_a_total_of_zero_alone() -> None:
    free: dict[str, Any] = {"freePaymentMethod": {"billingAddress": {"country": "DE"}}}
    await a_zone("DE", Gift=0)
    costly = await a_filled_basket(line(await a_variant(price=1)))
    await costly.pay(**free)
    assert (await costly.submit())["errors"][0]["code"] == "PAYMENTS_METHOD_UNAVAILABLE"

    done = await Basket().buy(line(await a_variant(price=0)), **free)

    asked = await Basket().counter.ask(ORDER, id=done["orderId"], token=done["orderToken"])
    assert asked.data["order"]["financialStatus"] == "PAID"


async def test_a_placed_order_stays_as_it_was_whatever_becomes_of_the_goods() -> None:
    await a_zone()
    variant = await a_variant(price=2_000)
    done = await Basket().buy(line(variant))
    before = (await Basket().counter.ask(ORDER, id=done["orderId"], token=done["orderToken"])).data

    await ProductVariant.filter(id=variant.id).update(price=9, title="XL")
    await Product.all().update(title="Something else")

    after = (await Basket().counter.ask(ORDER, id=done["orderId"], token=done["orderToken"])).data
    assert {**after["order"], "statusUrl": ""} == {**before["order"], "statusUrl": ""}


async def test_an_attempt_nobody_made_is_null() -> None:
    assert await Basket().attempt("0" * 32) is None


async def test_a_cart_nobody_made_cannot_be_submitted() -> None:
    basket = Basket(id="gid://shopwright/Cart/" + "0" * 32)

    assert await basket.submit() is None
