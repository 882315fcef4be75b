"""Crowds that want the same: the last of something, the order of one token, a place in one cart."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from drills.ground import shelf
from drills.ground.crowd import FREE, Shopper, Wish, a_cart, ask, by_card, crowd, submit
from drills.ground.rounds import Round
from models.orders import Order
from models.payments import LedgerEntry, OperationKind

PLACED = "CartCompletionSuccess"
ADD = """mutation ($cart: ID!, $lines: [CartLineInput!]!) {
  cartLinesAdd(cartId: $cart, lines: $lines) { cart { totalQuantity } userErrors { code message } warnings { code } }
}"""
QUANTITY = "query ($cart: ID!) { cart(id: $cart) { totalQuantity } }"


@dataclass(slots=True)
class Contest:
    """Something of which a few are left, and a crowd that wants one each."""

    what: str
    wish: Wish
    refill: Callable[[], Awaitable[None]]
    left: Callable[[], Awaitable[int]]
    crowd: list[Shopper] = field(default_factory=list)


async def contests(prizes: int) -> list[Contest]:
    """The last units of a thing, the last uses of a code, and a gift card that covers so many orders."""
    scarce, plenty = await shelf.a_thing(prizes), await shelf.a_thing(None)
    code = f"LAST-{secrets.token_hex(4)}"
    discount = await shelf.a_code(code, uses=prizes)
    card = await shelf.a_card(prizes * shelf.PRICE)
    paid = by_card("test:approve")

    async def payable() -> int:
        return await shelf.balance_of(card) // shelf.PRICE

    return [
        Contest("units", Wish(scarce.id, paid), lambda: shelf.count(scarce, prizes), lambda: shelf.left_of(scarce)),
        Contest(
            "uses of a code",
            Wish(plenty.id, paid, codes=[code]),
            lambda: shelf.allow_uses(discount, prizes),
            lambda: shelf.uses_left(discount),
        ),
        Contest("a gift card", Wish(plenty.id, FREE, cards=[card]), lambda: shelf.fill_up(card), payable),
    ]


async def contested(client: httpx.AsyncClient, contest: Contest, number: int, *, size: int, prizes: int) -> Round:
    """Everybody submits at once: as many orders and captures as there were prizes, and a clear word for the rest."""
    await contest.refill()
    contest.crowd += await crowd(client, size - len(contest.crowd), contest.wish)
    before = await _orders(), await _captures()
    token = f"round {number}"
    outcomes = await asyncio.gather(*(submit(client, Shopper(each.cart, token)) for each in contest.crowd))
    placed = [outcome["orderId"] for outcome in outcomes if outcome["__typename"] == PLACED]
    unclear = [outcome for outcome in outcomes if outcome["__typename"] != PLACED and not outcome.get("errors")]
    lost = zip(contest.crowd, outcomes, strict=True)
    contest.crowd = [each for each, outcome in lost if outcome["__typename"] != PLACED]
    orders, captures = await _orders() - before[0], await _captures() - before[1]
    checks = {
        f"{prizes} orders, not {orders}": orders == prizes,
        f"an order each for {len(placed)} who were told so": len(set(placed)) == len(placed) == orders,
        f"a capture for each of {orders} orders, not {captures}": captures == orders,
        f"none left, not {await contest.left()}": await contest.left() == 0,
        f"a reason for everybody who got nothing: {unclear[:1]}": not unclear,
    }
    figures = {
        "submissions": len(outcomes),
        "orders": orders,
        "captures": captures,
        "oversold": max(0, orders - prizes),
        "unsold": max(0, prizes - orders),
    }
    return Round(figures, broken=_missed(contest.what, checks))


async def one_token(client: httpx.AsyncClient, wish: Wish, *, times: int) -> Round:
    """The same submission many times at once: one order and one capture, and everybody is told of that order."""
    cart = Shopper(await a_cart(client, wish), "same")
    before = await _orders(), await _captures()
    outcomes = await asyncio.gather(*(submit(client, cart) for _ in range(times)))
    told = Counter(outcome.get("orderId") for outcome in outcomes)
    orders, captures = await _orders() - before[0], await _captures() - before[1]
    checks = {
        f"one order, not {orders}": orders == 1,
        f"one capture, not {captures}": captures == 1,
        f"the same order for everybody: {told}": len(told) == 1 and None not in told,
    }
    figures = {"submissions": times, "orders": orders, "captures": captures}
    return Round(figures, broken=_missed("one token", checks))


async def changed_payload(client: httpx.AsyncClient, wish: Wish, *, times: int) -> Round:
    """The token of a payment that failed, for a cart that has changed since: a typed refusal, however often."""
    declined = Wish(wish.variant, by_card("test:decline"))
    cart = Shopper(await a_cart(client, declined), "same")
    first = await submit(client, cart)
    await _add(client, cart.cart, wish.variant)
    before = await _orders()
    outcomes = await asyncio.gather(*(submit(client, cart) for _ in range(times)))
    codes = Counter(error["code"] for outcome in outcomes for error in outcome.get("errors", [{"code": None}]))
    checks = {
        f"a declined payment first: {first}": first["__typename"] == "CartCompletionFailed",
        f"a conflict for each of {times}: {codes}": codes == {"ATTEMPT_TOKEN_CONFLICT": times},
        "no order": await _orders() == before,
    }
    return Round(
        {"submissions": times, "conflicts": codes["ATTEMPT_TOKEN_CONFLICT"]}, _missed("a changed cart", checks)
    )


async def additions(client: httpx.AsyncClient, wish: Wish, *, times: int) -> Round:
    """Many additions to one cart at once, of equal and of unequal lines: all of them count."""
    cart = await a_cart(client, wish)
    await asyncio.gather(*(_add(client, cart, wish.variant, mark=str(place % 2)) for place in range(times)))
    found = (await ask(client, QUANTITY, cart=cart))["cart"]["totalQuantity"]
    checks = {f"{times + 1} units in the cart, not {found}": found == times + 1}
    return Round({"additions": times, "lost": times + 1 - found}, _missed("additions", checks))


async def _add(client: httpx.AsyncClient, cart: str, variant: str, *, mark: str = "") -> None:
    marks = [{"key": "mark", "value": mark}] if mark == "1" else []
    added = await ask(client, ADD, cart=cart, lines=[{"merchandiseId": variant, "quantity": 1, "attributes": marks}])
    assert added["cartLinesAdd"]["userErrors"] == [], added


async def _orders() -> int:
    return await Order.all().count()


async def _captures() -> int:
    return await LedgerEntry.filter(kind=OperationKind.CAPTURE).count()


def _missed(what: str, checks: dict[str, bool]) -> list[str]:
    return [f"{what}: expected {words}" for words, held in checks.items() if not held]
