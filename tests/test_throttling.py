"""Guessing codes: every code in every field is a try, failures alone count, and nobody else has to wait."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from commerce.entering_codes import FROM_A_PLACE, OF_A_CART, enter_gift_cards
from commerce.gift_card_codes import issue_gift_card
from commerce.throttling import Limit, TooManyTries, count_tries, forget_tries, keys_of, place_of, succeeded
from models.carts import Cart, CartGiftCard
from models.throttling import FailedTries
from resolvers.context import Viewer
from tests.buying import SCHEMA, Basket
from tests.shop import NOON, Counter
from tests.test_cart_discounts import a_discount

DISCOUNT = 'cartDiscountCodesUpdate(cartId: $cart, discountCodes: ["GUESS{n}"])'
CARD = 'cartGiftCardCodesAdd(cartId: $cart, giftCardCodes: ["GUESS {n}"])'
CREATE = 'cartCreate(input: {{discountCodes: ["GUESS{n}"]}})'
ANSWER = "{ cart { id } userErrors { code field message retryAfter } warnings { code } }"
IN_A_QUARTER = "2026-04-01T12:15:00Z"


def counter(place: str = "192.0.2.1", *, at: dt.datetime = NOON) -> Counter:
    return Counter(SCHEMA, viewer=Viewer(address=place), clock=lambda: at)


async def a_basket(place: str = "192.0.2.1") -> Basket:
    basket = Basket(counter(place))
    await basket.create()
    return basket


async def guess(basket: Basket, field: str, times: int) -> list[Any]:
    """Many guesses in one document; the errors of each, in turn."""
    document = " ".join(f"a{n}: {field.format(n=n)} {ANSWER}" for n in range(times))
    used = "($cart: ID!)" if "$cart" in field else ""
    asked = await basket.counter.ask(f"mutation{used} {{ {document} }}", **({"cart": basket.id} if used else {}))
    assert asked.codes == []
    return [answer["userErrors"] for answer in asked.data.values()]


@pytest.mark.usefixtures("database")
class TestGuessing:
    """What one process sees."""

    @pytest.mark.parametrize("field", [DISCOUNT, CARD])
    async def test_each_alias_is_a_try_and_the_refusal_says_when_to_try_again(self, field: str) -> None:
        basket = await a_basket()
        answers = await guess(basket, field, 50)

        assert answers[: OF_A_CART.most] == [[]] * OF_A_CART.most
        assert {error["code"] for errors in answers[OF_A_CART.most :] for error in errors} == {"THROTTLED"}
        assert all(answers[OF_A_CART.most :])
        assert answers[-1][0]["retryAfter"] == IN_A_QUARTER
        assert "12:15 UTC" in answers[-1][0]["message"]

    async def test_many_codes_in_one_list_are_as_many_tries(self) -> None:
        basket = await a_basket()
        await basket.do(
            "cartDiscountCodesUpdate",
            "$codes: [String!]!",
            "discountCodes: $codes",
            codes=[f"GUESS{n}" for n in range(50)],
        )

        assert [error["code"] for error in basket.errors] == ["THROTTLED"]
        assert (await Cart.get()).discount_codes == []

    async def test_new_carts_are_no_way_around(self) -> None:
        answers = await guess(await a_basket(), CREATE, FROM_A_PLACE.most + 2)

        assert [bool(errors) for errors in answers] == [False] * FROM_A_PLACE.most + [True] * 2
        assert answers[-1][0]["field"] == ["input", "discountCodes"]

    async def test_right_codes_and_codes_that_are_there_already_never_count(self) -> None:
        await a_discount("WOOL")
        await issue_gift_card("PRESENT", amount=100, currency="EUR", now=NOON)
        basket = await a_basket()
        for codes in (["WOOL", "OLD"], ["OLD", "wool "], ["WOOL"], []) * 20:
            await basket.do("cartDiscountCodesUpdate", "$codes: [String!]!", "discountCodes: $codes", codes=codes)
            if basket.errors:
                break
        assert sum(row.failed for row in await FailedTries.filter(kind="codes.cart")) == OF_A_CART.most
        other = await a_basket()
        for _ in range(OF_A_CART.most * 2):
            await enter_gift_cards(other.id.rpartition("/")[2], ["PRESENT"], place="192.0.2.9", now=NOON, instead=True)
        assert await CartGiftCard.all().count() == 1

    async def test_nobody_else_waits_and_neither_does_who_guessed_for_ever(self) -> None:
        await issue_gift_card("PRESENT", amount=100, currency="EUR", now=NOON)
        basket, other = await a_basket(), await a_basket()
        await guess(basket, CARD, OF_A_CART.most)
        lay = ("cartGiftCardCodesAdd", "$codes: [String!]!", "giftCardCodes: $codes")

        await basket.do(*lay, codes=["PRESENT"])
        assert [error["code"] for error in basket.errors] == ["THROTTLED"]
        assert (await other.do(*lay, codes=["PRESENT"]))["appliedGiftCards"]
        basket.counter = counter(at=NOON + dt.timedelta(minutes=15))
        assert (await basket.do(*lay, codes=["PRESENT"]))["appliedGiftCards"]

    async def test_what_is_kept_is_forgotten_and_names_nobody(self) -> None:
        basket = await a_basket()
        await guess(basket, CARD, 3)
        kept = await FailedTries.all().values_list("kind", "key_digest", "failed")
        assert sorted((kind, failed) for kind, _, failed in kept) == [("codes.cart", 3), ("codes.place", 3)]
        assert "192.0.2.1" not in str(kept)
        assert basket.id.rpartition("/")[2] not in str(kept)

        assert await forget_tries(now=NOON + dt.timedelta(minutes=14)) == 0
        assert await forget_tries(now=NOON + dt.timedelta(minutes=15)) == 2

    async def test_a_cart_that_is_none_counts_nothing(self) -> None:
        basket = await a_basket()
        basket.id = "gid://shopwright/Cart/" + "0" * 32
        answers = await guess(basket, CARD, 12)

        assert {errors[0]["code"] for errors in answers} == {"INVALID"}
        assert await FailedTries.all().count() == 0


async def test_of_many_guesses_at_once_no_more_are_looked_at_than_of_many_in_turn(
    committed: BaseDBAsyncClient,
) -> None:
    """The right code hides among wrong ones that all arrive at the same moment."""
    limit = Limit("test", 5)
    keys = keys_of((limit, "one"), (limit, "two"))
    looked: list[int] = []

    async def one(number: int) -> None:
        if await count_tries(keys, now=NOON):
            looked.append(number)

    answers = await asyncio.gather(*(one(number) for number in range(25)), return_exceptions=True)

    assert len(looked) == 5
    assert sum(isinstance(answer, TooManyTries) for answer in answers) == 20
    await succeeded(keys, 2)
    assert [row.failed for row in await FailedTries.all()] == [3, 3]
    assert await count_tries(keys, 9, now=NOON) == 2


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("a socket", "a socket"),
        ("", ""),
    ],
)
def test_a_place_is_an_address_or_the_network_of_one_customer(address: str, place: str) -> None:
    assert place_of(address) == place
