"""The server is killed at random points of checkout: around each commit and each call of a provider, in between."""

import asyncio
import random
import sys
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx

from database.connection import address_of, opened
from drills.ground import shelf
from drills.ground.bank import Books
from drills.ground.crowd import BY_TRANSFER, OUTCOME, Shopper, Wish, a_cart, ask, by_card, crowd_at, submitted
from drills.ground.doomed import FOLDER, POINTS, Doom
from drills.ground.postgres import free_port
from drills.ground.reckoning import missing_orders, reckoned, sold, sweep_all
from drills.ground.rounds import Ground, Round
from drills.ground.running import running

ROUNDS = 200
SESSIONS = ("approve", "approve", "approve", "later", "lost", "deaf", "decline", "action")
UNITS = 7
MOST = {"before a commit": 8, "after a commit": 8, "before a call": 3, "after a call": 3, "at a statement": 150}
LONGEST = 0.6
"""Seconds after which a server is killed at the latest that is killed at any time."""


@dataclass(slots=True)
class Told:
    """What a shopper was told before the crash."""

    shopper: Shopper
    attempt: str | None = None
    order: str | None = None


class House:
    """The shop with two workers at the bank's mercy, opened again after each death."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._open = AsyncExitStack()

    async def __aenter__(self) -> "House":
        await self.open_again()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def open_again(self) -> None:
        """A new server, and a client for it."""
        await self._open.aclose()
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", "drills.ground.doomed:app", "--workers", "2", "--port", str(port)]
        environment = {
            "SHOPWRIGHT_DATABASE_URL": self.ground.database,
            "SHOPWRIGHT_DEMO": "no",
            FOLDER: str(self.ground.folder),
        }
        self.shop = self._open.enter_context(
            running(command, self.ground.folder, address=f"http://127.0.0.1:{port}", **environment)
        )
        self.client = await self._open.enter_async_context(crowd_at(self.shop))


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """Shoppers submit, the server dies, another one starts, some come again, the sweeper works: does all add up?"""
    await shelf.open_shop(ground.database)
    books = Books(ground.folder / "books.db")
    async with opened(address_of(ground.database)):
        await shelf.furnish()
        async with House(ground) as house:
            for number in rounds:
                yield await one_round(house, books, number)


async def one_round(house: House, books: Books, number: int, *, most: Mapping[str, int] = MOST) -> Round:
    """One death and what came of it."""
    dice, folder = random.Random(number), house.ground.folder
    thing = await shelf.a_thing(UNITS)
    crowd = [Told(Shopper(cart, f"try {number}")) for cart in await _carts(house.client, thing, number)]
    point = _doom(house, number, dice, most)
    await asyncio.gather(*(_come(house.client, each) for each in crowd))
    house.shop.kill()
    Doom.lift(folder)
    await house.open_again()
    broken = await _all_come_again(house.client, [each for each in crowd if dice.random() < 0.5])
    broken += await sweep_all(books)
    units, left = await sold(thing), await shelf.left_of(thing)
    if units + left != UNITS:
        broken.append(f"{UNITS} units, not {units} sold and {left} left")
    orders = [each.order for each in crowd if each.order]
    broken += await missing_orders(orders) + await reckoned(books)
    died = folder / f"died-{number}"
    figures = {"orders": units, "acknowledged": len(orders), f"died {died.read_text() if died.exists() else point}": 1}
    return Round(figures, broken=[f"expected {words}" for words in broken])


async def _carts(client: httpx.AsyncClient, thing: shelf.Thing, number: int) -> list[str]:
    """A cart for each way to pay; two of them with a code, two with a gift card that pays a part."""
    code, card = f"CRASH-{number}", await shelf.a_card(3 * shelf.PRICE // 2)
    await shelf.a_code(code, uses=2)
    wishes = [Wish(thing.id, by_card(f"test:{session}")) for session in SESSIONS]
    wishes += [Wish(thing.id, BY_TRANSFER), Wish(thing.id, BY_TRANSFER, cards=[card])]
    wishes[0] = Wish(thing.id, wishes[0].way, codes=[code])
    wishes[4] = Wish(thing.id, wishes[4].way, codes=[code])
    wishes[5] = Wish(thing.id, wishes[5].way, cards=[card])
    return list(await asyncio.gather(*(a_cart(client, wish, place=place) for place, wish in enumerate(wishes))))


def _doom(house: House, number: int, dice: random.Random, most: Mapping[str, int]) -> str:
    """Say where the server dies, each point in its turn, or when. What nothing reaches ends with a kill at rest."""
    place = number % (len(POINTS) + 1)
    if place < len(POINTS):
        point = POINTS[place]
        Doom(number, point, dice.randint(1, most[point])).say(house.ground.folder)
        return "at rest"
    asyncio.get_running_loop().call_later(dice.uniform(0, LONGEST), house.shop.kill)
    return "at any time"


async def _come(client: httpx.AsyncClient, told: Told) -> None:
    """Submit and ask what came of it, until the server is gone."""
    try:
        result = await submitted(client, told.shopper)
        told.attempt = result.get("attemptId")
        if told.attempt:
            told.order = await _order_of(client, told.attempt)
    except httpx.TransportError:
        return


async def _all_come_again(client: httpx.AsyncClient, crowd: Sequence[Told]) -> list[str]:
    """Some of them submit again what they had submitted."""
    return [words for each in crowd for words in await _come_again(client, each)]


async def _come_again(client: httpx.AsyncClient, told: Told) -> list[str]:
    """The same submission again: the same attempt, and the same order if there was one."""
    before = Told(told.shopper, told.attempt, told.order)
    await _come(client, told)
    if before.attempt and told.attempt != before.attempt:
        return [f"attempt {before.attempt} again, not {told.attempt}"]
    if before.order and told.order != before.order:
        return [f"order {before.order} again, not {told.order}"]
    return []


async def _order_of(client: httpx.AsyncClient, attempt: str) -> str | None:
    outcome = (await ask(client, OUTCOME, attempt=attempt))["cartCompletionAttempt"]
    order: str | None = outcome.get("orderId")
    return order
