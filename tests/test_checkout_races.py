"""Many shoppers at once: nothing is sold twice, nothing is ordered twice, and who loses is told why."""

from collections import Counter
from typing import Any

import pytest

from models.discounts import Discount
from models.orders import Order
from models.payments import Payment
from models.stock import StockLevel, StockMovement
from tests.both_ways import at_once
from tests.buying import Basket, by_card, line
from tests.goods import a_variant, a_zone, available
from tests.shop import a_shop
from tests.test_cart_discounts import a_cart, a_discount, enter

pytestmark = pytest.mark.usefixtures("committed")


async def a_ready_basket(*lines: dict[str, Any], **way: Any) -> Basket:
    basket = Basket()
    await basket.create(lines=list(lines), buyerIdentity={"email": "ada@example.com"})
    await basket.send_to()
    await basket.pay(**way)
    return basket


def outcomes(results: list[Any]) -> Counter[str]:
    return Counter(
        result["errors"][0]["code"] if result["__typename"] == "SubmitFailed" else result["__typename"]
        for result in results
    )


@pytest.mark.parametrize("way", [{}, by_card("test:approve")], ids=["by transfer", "by card"])
async def test_the_last_units_are_sold_once_each(way: dict[str, Any]) -> None:
    await a_shop(test_payments=True)
    await a_zone()
    variant = await a_variant(available=3)
    baskets = [await a_ready_basket(line(variant), **way) for _ in range(12)]

    results = await at_once(*(basket.submit() for basket in baskets))

    told = outcomes(results)
    assert told["SubmitSuccess"] == 3
    assert told["MERCHANDISE_OUT_OF_STOCK"] + told["MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE"] == 9
    assert await Order.all().count() == 3
    assert await available(variant) == 0
    await stock_adds_up()


async def test_one_token_sent_many_times_at_once_is_one_order_and_one_payment() -> None:
    await a_shop(test_payments=True)
    await a_zone()
    basket = await a_ready_basket(line(await a_variant()), **by_card("test:approve"))

    results = await at_once(*(basket.submit("same") for _ in range(12)))

    assert {result["attemptId"] for result in results} == {results[0]["attemptId"]}
    assert outcomes(results) == {"SubmitSuccess": 1, "SubmitAlreadyAccepted": 11}
    assert await Order.all().count() == 1
    assert [payment.captured for payment in await Payment.all()] == [1_490]


async def test_two_tokens_for_one_cart_are_one_order() -> None:
    await a_zone()
    basket = await a_ready_basket(line(await a_variant()))

    await at_once(*(basket.submit(f"try {n}") for n in range(8)))

    assert await Order.all().count() == 1


async def test_parallel_additions_to_one_cart_all_count() -> None:
    variant = await a_variant(available=None)
    basket = Basket()
    await basket.create()

    await at_once(*(Basket(id=basket.id).add(line(variant)) for _ in range(20)))

    assert (await basket.read())["totalQuantity"] == 20


async def test_the_last_use_of_a_code_goes_to_one_of_many() -> None:
    await a_zone()
    discount = await a_discount("LAST", usage_limit=2)
    baskets = []
    for _ in range(6):
        basket, _ = await a_cart(line(await a_variant(available=None)), buyerIdentity={"email": "ada@example.com"})
        await enter(basket, "LAST")
        await basket.send_to()
        await basket.pay()
        baskets.append(basket)

    await at_once(*(basket.submit() for basket in baskets))

    assert (await Discount.get(id=discount.id)).uses == 2
    assert await Order.filter(discounts__gt=0).count() == 2
    assert await Order.all().count() == 2


async def stock_adds_up() -> None:
    """Every level equals the sum of its movements."""
    for level in await StockLevel.all():
        moved = await StockMovement.filter(level_id=level.id).values_list("on_hand", "reserved", "committed")
        assert [sum(part) for part in zip(*moved, strict=True)] == [level.on_hand, level.reserved, level.committed]
