"""What nobody finishes ends by itself: carts are forgotten, checkouts give back what they hold, each exactly once."""

import asyncio
import datetime as dt

import pytest

from commerce.canceling import cancel_order
from commerce.gift_cards import issue
from commerce.moving_money import TooMuch, carry_out, refund_order
from commerce.opening_carts import new_token
from commerce.settling import finish
from commerce.sweeping import end_expired_attempts, sweep, tidy_up
from models.carts import Cart, CartLine, CartState
from models.content import Metafield
from models.gift_cards import GiftCard
from models.orders import CancelReason, Order
from models.payments import Payment
from models.stock import StockLevel
from payments.choosing import gateways
from payments.gateway import Answer, Outcome
from tests.buying import by_card
from tests.paying import a_basket
from tests.shop import NOON
from tests.test_cart_discounts import a_discount, enter, lay
from tests.test_checkout_races import stock_adds_up

GATEWAYS = gateways()
MONTH = dt.timedelta(days=30)
AFTER = NOON + dt.timedelta(minutes=31)


async def a_cart(*, touched: dt.datetime, state: CartState = CartState.OPEN) -> str:
    made = await Cart.create(id=new_token(), currency="EUR", created_at=NOON, updated_at=touched, state=state)
    return made.id


@pytest.mark.usefixtures("database")
async def test_carts_nobody_came_back_to_are_forgotten_however_many_they_are() -> None:
    old = NOON - MONTH - dt.timedelta(seconds=1)
    kept = await a_cart(touched=NOON - MONTH)
    await Cart.bulk_create(
        [Cart(id=new_token(), currency="EUR", created_at=old, updated_at=old) for _ in range(250)], batch_size=50
    )
    merged = await a_cart(touched=old, state=CartState.MERGED)
    ordered = await a_cart(touched=old, state=CartState.COMPLETED)
    await Metafield.create(
        owner_type="Cart",
        owner_id=merged,
        namespace="custom",
        key="color",
        type="single_line_text_field",
        value="red",
        created_at=old,
        updated_at=old,
    )

    assert await tidy_up(now=NOON) == 251
    assert {cart.id for cart in await Cart.all()} == {kept, ordered}
    assert await Metafield.filter(owner_type="Cart").count() == 0


@pytest.mark.usefixtures("database")
async def test_a_shop_says_how_long_carts_are_kept() -> None:
    await a_cart(touched=NOON - dt.timedelta(days=3))

    assert await tidy_up(now=NOON, carts_kept=dt.timedelta(days=4)) == 0
    assert await tidy_up(now=NOON, carts_kept=dt.timedelta(days=2)) == 1


@pytest.mark.usefixtures("database")
async def test_a_cart_somebody_tried_to_pay_stays_beside_what_became_of_the_payment() -> None:
    basket = await a_basket("test:decline")
    await basket.submit()

    assert await tidy_up(now=NOON + MONTH * 2) == 0
    assert await CartLine.all().count() == 1


async def held_by_a_checkout(session: str) -> Payment:
    """A checkout under way that holds a unit, a use and some of a gift card."""
    await a_discount("SPRING", usage_limit=1, value=100_000)
    basket = await a_basket(session)
    await enter(basket, "SPRING")
    await lay(basket, await issue(400, "EUR", now=NOON))
    await basket.pay(**by_card(session))
    await basket.submit()
    level = await StockLevel.get()
    assert (level.reserved, level.available) == (1, 4)
    assert (await GiftCard.get()).balance == 0
    return await Payment.get(gateway="test")


async def everything_is_free_again() -> bool:
    level, card = await StockLevel.get(), await GiftCard.get()
    return (level.reserved, level.committed, level.available, card.balance) == (0, 0, 5, 400)


@pytest.mark.usefixtures("committed")
async def test_of_many_who_end_an_expired_checkout_one_gives_everything_back() -> None:
    await held_by_a_checkout("test:action")
    ended = await asyncio.gather(*(end_expired_attempts(now=AFTER) for _ in range(8)))

    assert sum(ended) == 1
    assert await everything_is_free_again()
    await stock_adds_up()


@pytest.mark.usefixtures("committed")
async def test_a_payment_confirmed_as_its_time_ends_is_an_order_or_goes_back_never_both() -> None:
    payment = await held_by_a_checkout("test:action")
    yes = Answer(Outcome.DONE, payment.reference, captured=True)
    await asyncio.gather(
        *(end_expired_attempts(now=AFTER) for _ in range(4)), *(finish(payment.id, yes, now=AFTER) for _ in range(4))
    )
    await sweep(GATEWAYS, now=AFTER + dt.timedelta(hours=1))

    payment = await Payment.get(id=payment.id)
    placed = await Order.all().count()
    assert (payment.captured, payment.refunded) == (payment.amount, 0 if placed else payment.amount)
    level = await StockLevel.get()
    assert (level.reserved, level.committed) == (0, placed)
    assert placed or await everything_is_free_again()
    await stock_adds_up()


@pytest.mark.usefixtures("committed")
async def test_canceling_and_refunding_at_once_gives_goods_and_money_back_once() -> None:
    await held_by_a_checkout("test:slow")
    await sweep(GATEWAYS, now=AFTER - dt.timedelta(minutes=30))
    order = await Order.get()

    async def refund(number: int) -> list[int]:
        try:
            return await refund_order(order.id, 500, request_key=f"key {number}", now=AFTER)
        except TooMuch:
            return []

    work = [cancel_order(order.id, CancelReason.STAFF, now=AFTER) for _ in range(4)]
    asked = await asyncio.gather(*work, *(refund(number) for number in range(4)))
    await asyncio.gather(*(carry_out(operations, GATEWAYS, now=AFTER) for operations in asked for _ in range(2)))

    for payment in await Payment.all():
        assert (payment.refunded, payment.pending_refund) == (payment.captured, 0)
    order = await Order.get()
    assert (order.lifecycle, order.financial_status) == ("CANCELED", "REFUNDED")
    assert await everything_is_free_again()
    await stock_adds_up()
