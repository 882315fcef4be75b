"""Customers who go on shopping beside an attack: how long the slowest of a hundred waits, and how long without it."""

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field

import httpx

from bench.workloads import CARD, LISTING, PAGE
from drills.siege.meter import Meter
from drills.siege.shots import Shot

SHOPPING = 6
"""Customers at once, each of whom asks again as soon as there is an answer: the server is never idle."""
BETWEEN = 4
"""Requests of a customer after which there is one of an attacker, or one more of a customer in its place."""

Ask = Callable[[], Coroutine[None, None, None]]


class Customers:
    """What customers ask all day: product pages, and listings of a few and of many products."""

    def __init__(self, client: httpx.AsyncClient, handles: Sequence[str], dice: random.Random) -> None:
        self._client = client
        self._handles = handles
        self._dice = dice

    async def ask(self) -> None:
        """One request, answered in full."""
        chance = self._dice.random()
        if chance < 0.7:
            asked = {"query": PAGE + CARD, "variables": {"handle": self._dice.choice(self._handles)}}
        else:
            asked = {"query": LISTING + CARD, "variables": {"first": 24 if chance < 0.9 else 100}}
        answer = await self._client.post("/graphql", json=asked)
        assert answer.status_code == 200, answer.text[:300]
        assert "errors" not in answer.json(), answer.text[:300]


@dataclass(frozen=True, slots=True)
class Waits:
    """How long customers waited: by the clock, and by what the server worked meanwhile. In seconds.

    The second is what a queue is made of, and what a machine that is busy with other things does not change.
    """

    clock: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)


async def compared(
    shop: httpx.AsyncClient, meter: Meter, shots: Sequence[Shot], *, requests: int, turns: int
) -> tuple[Waits, Waits]:
    """Customers' waits beside as many customers more, and beside attackers; turns alternate."""
    customers = Customers(shop, await handles_at(shop), random.Random(1))
    ring = itertools.cycle(shots)
    numbers = itertools.count(1_000)
    async with httpx.AsyncClient(base_url=shop.base_url, timeout=60) as hostile:

        async def attack() -> None:
            shot = next(ring)
            content = shot.content(next(numbers))
            answer = await hostile.request(shot.method, shot.path, content=content, headers=dict(shot.headers))
            assert answer.status_code < 500, (shot.name, answer.text[:300])

        plain, beside = Waits(), Waits()
        await _shopping(customers.ask, customers.ask, meter, Waits(), requests // 4)
        for _ in range(turns):
            await _shopping(customers.ask, customers.ask, meter, plain, requests)
            await _shopping(customers.ask, attack, meter, beside, requests)
    return plain, beside


async def handles_at(shop: httpx.AsyncClient) -> list[str]:
    """What the shop sells."""
    answer = await shop.post("/graphql", json={"query": "{ products(first: 100) { nodes { handle } } }"})
    return [each["handle"] for each in answer.json()["data"]["products"]["nodes"]]


def percentile(waits: Sequence[float]) -> float:
    """The wait that one in a hundred is longer than."""
    return sorted(waits)[len(waits) * 99 // 100]


async def _shopping(ask: Ask, other: Ask, meter: Meter, waits: Waits, requests: int) -> None:
    """So many requests of customers, and others between them."""

    async def shop() -> None:
        for number in range(requests // SHOPPING):
            if number % BETWEEN == 0:
                await other()
            began, before = time.perf_counter(), meter.seconds()
            await ask()
            waits.clock.append(time.perf_counter() - began)
            waits.work.append(meter.seconds() - before)

    async with asyncio.TaskGroup() as group:
        for _ in range(SHOPPING):
            group.create_task(shop())
