"""Refused checkouts, and the steps of one that lose a race for the last unit, use or cent."""

import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from commerce import checkout, gift_cards, promises, stock
from commerce.gift_card_codes import issue_gift_card
from commerce.merchandise import merchandise_of
from database.transactions import unit_of_work
from models.carts import Cart
from models.checkout import CheckoutAttempt
from models.stock import StockLevel
from payments.choosing import gateways
from tests.buying import Basket, by_card, line
from tests.goods import a_variant, a_zone
from tests.refusals import Arranged, case
from tests.shop import NOON, a_shop
from tests.test_cart_discounts import a_discount

NOBODY_S = "0" * 32
ATTEMPT = "1" * 32
GUEST = {"customer_id": None, "email": "ada@example.com"}


async def ready(available: int | None = 5, **way: Any) -> Basket:
    """A cart of two that could be submitted."""
    await a_shop(test_payments=True)
    await a_zone()
    basket = Basket()
    await basket.create(lines=[line(await a_variant(available=available), 2)], buyerIdentity={"email": "a@b.example"})
    await basket.send_to()
    await basket.pay(**way)
    return basket


def key_of(basket: Basket) -> str:
    return basket.id.rpartition("/")[2]


async def submitting(cart_id: str, token: str = "one") -> Arranged:
    shop = await a_shop(test_payments=True)
    return partial(checkout.submit, cart_id, token, shop, gateways(), now=NOON, return_url="https://shop.example")


def together(*acts: Callable[[], Awaitable[object]]) -> Arranged:
    """Acts that are steps of one transaction."""

    async def one_after_the_other() -> None:
        for act in acts:
            await act()

    return unit_of_work(one_after_the_other)


@case
async def an_attempt_without_a_token() -> Arranged:
    return await submitting(key_of(await ready()), "")


@case
async def a_cart_that_is_none() -> Arranged:
    return await submitting(NOBODY_S)


@case
async def asking_what_is_missing_in_a_cart_that_is_none() -> Arranged:
    return partial(checkout.whats_missing, NOBODY_S, await a_shop(), gateways(), now=NOON)


@case
async def a_completed_cart_that_nobody_completed() -> Arranged:
    basket = await ready()
    await Cart.filter(id=key_of(basket)).update(state="COMPLETED")
    return await submitting(key_of(basket))


@case
async def a_token_that_was_used_for_the_cart_as_it_was() -> Arranged:
    basket = await ready(**by_card("test:decline"))
    await basket.submit("one")
    await basket.pay()
    return await submitting(key_of(basket))


@case
async def a_cart_that_is_being_paid_for() -> Arranged:
    basket = await ready(**by_card("test:slow"))
    await basket.submit("one")
    assert await CheckoutAttempt.filter(cart_id=key_of(basket)).exists()
    return partial(basket.do, "cartNoteUpdate", "$note: String!", "note: $note", note="wait")


@case
async def goods_that_were_sold_meanwhile() -> Arranged:
    basket = await ready()
    await StockLevel.filter(variant__cart_line_rows__cart_id=key_of(basket)).update(on_hand=1, available=1)
    return await submitting(key_of(basket))


@case
async def goods_that_are_sold_in_the_same_moment() -> Arranged:
    many, few = await a_variant(available=5), await a_variant(available=2)
    seen = (await merchandise_of([many.id, few.id])).shelves
    await StockLevel.filter(variant_id=few.id).update(on_hand=1, available=1)
    return together(partial(stock.reserve, {many.id: 2, few.id: 2}, seen, now=NOON))


@case
async def goods_that_lie_in_several_places_but_are_too_few() -> Arranged:
    few = await a_variant(available=2)
    return together(partial(stock.commit, {few.id: 3}, (await merchandise_of([few.id])).shelves))


@case
async def a_discount_that_was_used_up_in_the_same_moment() -> Arranged:
    free, over = await a_discount(secrets.token_hex(4)), await a_discount(secrets.token_hex(4), usage_limit=0)
    draft = {**GUEST, "uses": [[free.id, "FREE"], [over.id, "OVER"]]}
    return together(partial(promises.promise_discounts, draft, ATTEMPT, now=NOON))


@case
async def a_discount_this_buyer_has_used_up() -> Arranged:
    once = await a_discount(secrets.token_hex(4), customer_limit=1)
    draft = {**GUEST, "uses": [[once.id, "ONCE"]]}
    await together(partial(promises.promise_discounts, draft, secrets.token_hex(16), now=NOON))()
    return together(partial(promises.promise_discounts, draft, ATTEMPT, now=NOON))


@case
async def a_gift_card_that_was_spent_in_the_same_moment() -> Arranged:
    cards = [await issue_gift_card(secrets.token_hex(8), amount=100, currency="EUR", now=NOON) for _ in range(2)]
    used = [(cards[0].id, 100), (cards[1].id, 101)]
    return together(partial(gift_cards.hold, used, attempt_id=ATTEMPT, now=NOON))
