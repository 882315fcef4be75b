"""The server is killed while orders are being placed: what was acknowledged stands, and nothing is half-written."""

import asyncio
from pathlib import Path

import httpx
import pytest

from database.connection import address_of, opened
from drills.crash import House, one_round
from drills.ground import shelf
from drills.ground.bank import Books
from drills.ground.crowd import Shopper, crowd_at, left, shoppers, stock_of, submit, submitted
from drills.ground.reckoning import reckoned
from drills.ground.rounds import Ground
from tests.running import RunningShop, running_shop

SHOPPERS = 24
AFTER_A_CALL = 3


async def acknowledged_before_the_kill(
    shop: RunningShop, client: httpx.AsyncClient, crowd: list[Shopper]
) -> list[str | None]:
    """Submit everything at once and kill the server at the third answer; the attempts that were acknowledged."""
    answers = 0

    async def try_once(shopper: Shopper) -> str | None:
        nonlocal answers
        try:
            result = await submitted(client, shopper)
        except httpx.TransportError:
            return None
        answers += 1
        if answers == 3:
            shop.process.kill()
        attempt: str = result["attemptId"]
        return attempt

    return list(await asyncio.gather(*(try_once(shopper) for shopper in crowd)))


async def test_a_killed_server_loses_no_order_and_doubles_none(another_database: str, tmp_path: Path) -> None:
    stock_of(another_database, tmp_path, units=SHOPPERS + 1)
    with running_shop(another_database, tmp_path, "--no-demo") as shop:
        async with crowd_at(shop) as client:
            crowd = await shoppers(client, SHOPPERS)
            before = await acknowledged_before_the_kill(shop, client, crowd)

    with running_shop(another_database, tmp_path, "--no-demo") as shop:
        async with crowd_at(shop) as client:
            after = [await submit(client, shopper) for shopper in crowd]
            remaining = await left(client)

    kept = [(then, now["attemptId"]) for then, now in zip(before, after, strict=True) if then is not None]
    assert 3 <= len(kept) < SHOPPERS
    assert [now for _, now in kept] == [then for then, _ in kept]
    assert {outcome["__typename"] for outcome in after} == {"CartCompletionSuccess"}
    assert len({outcome["orderId"] for outcome in after}) == SHOPPERS
    assert remaining == 1


@pytest.mark.postgres
async def test_a_server_killed_once_the_provider_was_asked_is_swept_up_after(
    shop_database: str, tmp_path: Path
) -> None:
    books = Books(tmp_path / "books.db")
    async with opened(address_of(shop_database)):
        await shelf.furnish()
        async with House(Ground(shop_database, tmp_path)) as house:
            played = await one_round(house, books, AFTER_A_CALL, most={"after a call": 1})

    assert played.broken == []
    assert (tmp_path / f"died-{AFTER_A_CALL}").read_text() == "after a call"
    books.close()


@pytest.mark.postgres
async def test_the_reckoning_finds_money_without_an_order(shop_database: str, tmp_path: Path) -> None:
    books = Books(tmp_path / "books.db")
    async with opened(address_of(shop_database)):
        books.enter("promise", "lost", "lost", 2_500)
        books.enter("capture", "lost", "lost", 2_500)

        assert [words for words in await reckoned(books) if "under lost" in words]
    books.close()
