"""Signing in with a full cart: what was in the earlier one comes along, all of it, whoever else is adding meanwhile."""

from collections import Counter as Tally
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from commerce import cart_lines
from commerce.customer_tokens import give_token
from commerce.gift_card_codes import issue_gift_card
from drills.ground.contents import contents_of
from models.carts import Cart, CartLine, CartState
from models.customers import Customer, TokenKind
from tests.both_ways import at_once
from tests.buying import Basket, line, quantities
from tests.goods import a_variant, a_zone
from tests.shop import NOON
from tests.test_cart_discounts import a_discount


async def a_customer() -> str:
    customer = await Customer.create(email="ada@example.com", created_at=NOON, updated_at=NOON)
    return (await give_token(customer.id, TokenKind.ACCESS, now=NOON))[0]


async def a_basket(token: str | None = None, **given: Any) -> Basket:
    basket = Basket()
    await basket.create(**given, **({"buyerIdentity": {"customerAccessToken": token}} if token else {}))
    assert basket.errors == []
    return basket


async def merge(basket: Basket, token: str) -> Any:
    return await basket.do("cartMerge", "$token: String!", "customerAccessToken: $token", token=token)


@pytest.mark.usefixtures("database")
class TestMerging:
    """One shopper, one device after the other."""

    async def test_what_was_in_the_earlier_cart_joins_what_is_in_this_one(self) -> None:
        both, old, new = await a_variant(), await a_variant(), await a_variant()
        token = await a_customer()
        earlier = await a_basket(token, lines=[line(both, 2), line(old, 1)], note="Ring twice")
        guest = await a_basket(lines=[line(new, 3), line(both, 1)])
        cart = await merge(guest, token)

        assert cart["id"] == guest.id
        assert quantities(cart) == [3, 3, 1]
        assert cart["note"] == "Ring twice"
        assert cart["buyerIdentity"]["customer"]["id"]
        assert await earlier.read() is None
        assert quantities(await merge(guest, token)) == [3, 3, 1]

    async def test_additions_go_to_their_own_lines_and_equal_ones_become_one(self) -> None:
        gift, wrap = await a_variant(), await a_variant()
        token = await a_customer()
        baskets = [await a_basket(token, lines=[line(gift)]), await a_basket(lines=[line(gift)])]
        for basket in baskets:
            parent = (await basket.read())["lines"]["nodes"][0]["id"]
            await basket.add(line(wrap, 1, parent={"lineId": parent}))
        cart = await merge(baskets[1], token)

        assert quantities(cart) == [2, 2]
        assert await CartLine.filter(cart_id=cart["id"].rpartition("/")[2], parent_id__isnull=False).count() == 1

    async def test_more_than_the_stock_is_lowered_with_a_warning_and_what_sold_out_stays_to_be_seen(self) -> None:
        few, gone = await a_variant(available=3), await a_variant(available=1)
        token = await a_customer()
        await a_basket(token, lines=[line(few, 2), line(gone, 1)])
        guest = await a_basket(lines=[line(few, 2)])
        await a_zone()
        await Basket().buy(line(gone, 1))
        cart = await merge(guest, token)

        assert quantities(cart) == [3, 1]
        assert [warning["code"] for warning in guest.warnings] == ["MERCHANDISE_NOT_ENOUGH_STOCK"]

    async def test_codes_and_gift_cards_come_along(self) -> None:
        await a_discount("WOOL")
        await a_discount("SUMMER")
        for code in ("ONE", "TWO"):
            await issue_gift_card(code, amount=100, currency="EUR", now=NOON)
        token = await a_customer()
        goods = await a_variant()
        await a_basket(token, lines=[line(goods)], discountCodes=["summer", "WOOL"], giftCardCodes=["ONE", "TWO"])
        guest = await a_basket(lines=[line(goods)], discountCodes=["SUMMER"], giftCardCodes=["TWO"])
        cart = await merge(guest, token)

        assert [each["code"] for each in cart["discountCodes"]] == ["SUMMER", "WOOL"]
        assert len(cart["appliedGiftCards"]) == 2

    async def test_a_token_that_is_none_and_a_cart_that_would_be_too_large_change_nothing(
        self, database: BaseDBAsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        token = await a_customer()
        earlier = await a_basket(token, lines=[line(await a_variant()) for _ in range(2)])
        guest = await a_basket(lines=[line(await a_variant())])
        monkeypatch.setattr(cart_lines, "MOST_IN_A_CART", 2)
        before = await contents_of(database)

        await merge(guest, "nobody's")
        assert guest.errors[0]["field"] == ["customerAccessToken"]
        await merge(guest, token)
        assert guest.errors[0]["code"] == "CART_TOO_LARGE"
        assert await contents_of(database) == before
        assert await earlier.read() is not None

    async def test_naming_a_customer_merges_nothing_by_itself(self) -> None:
        goods = await a_variant()
        token = await a_customer()
        earlier, guest = await a_basket(token, lines=[line(goods)]), await a_basket(lines=[line(goods)])
        types, arguments = "$buyer: CartBuyerIdentityInput!", "buyerIdentity: $buyer"
        cart = await guest.do("cartBuyerIdentityUpdate", types, arguments, buyer={"customerAccessToken": token})

        assert (quantities(cart), quantities(await earlier.read())) == ([1], [1])

    async def test_a_merged_cart_cannot_be_paid(self) -> None:
        await a_zone()
        token = await a_customer()
        earlier, guest = [await a_basket(each, lines=[line(await a_variant())]) for each in (token, None)]
        await merge(guest, token)
        asked = await earlier.counter.ask(
            """mutation($cart: ID!) { cartSubmitForCompletion(cartId: $cart, attemptToken: "one") {
                result { __typename } userErrors { field } } }""",
            cart=earlier.id,
        )

        assert asked.data["cartSubmitForCompletion"] == {"result": None, "userErrors": [{"field": ["cartId"]}]}


@pytest.mark.usefixtures("committed")
async def test_fifty_adds_while_three_devices_sign_in_lose_no_unit() -> None:
    goods = await a_variant(available=None)
    token = await a_customer()
    baskets = [await a_basket(token, lines=[line(goods)]), *[await a_basket(lines=[line(goods)]) for _ in range(3)]]

    async def add(number: int) -> int:
        """One unit, for one of seven lines; 0 where the cart was merged already, which the shopper is told."""
        basket = Basket(id=baskets[number % 4].id)
        await basket.add(line(goods, attributes=[{"key": "n", "value": str(number % 7)}]))
        return 0 if basket.errors else 1

    async def sign_in(basket: Basket) -> int:
        await merge(Basket(id=basket.id), token)
        return 0

    work = [add(number) for number in range(50)]
    work[10:10] = [sign_in(basket) for basket in baskets[1:]]
    added = sum(await at_once(*work))
    for basket in baskets[1:]:
        await merge(basket, token)

    states = Tally(cart.state for cart in await Cart.all())
    open_cart = await Cart.get(state=CartState.OPEN)
    kept = [kept.quantity for kept in await CartLine.filter(cart_id=open_cart.id)]
    assert states == {CartState.OPEN: 1, CartState.MERGED: 3}
    assert sum(kept) == 4 + added
    assert 0 < added <= 50
