"""A crowd wants the last units, through HTTP and two workers: an order for each unit, and a clear word for the rest."""

import asyncio
from pathlib import Path

import pytest

from tests.crowd import crowd_at, left, shoppers, stock_of, submit
from tests.running import running_shop

OUT_OF_STOCK = {"MERCHANDISE_OUT_OF_STOCK", "MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE"}


@pytest.mark.postgres
async def test_200_shoppers_want_the_last_10(another_database: str, tmp_path: Path) -> None:
    stock_of(another_database, tmp_path, units=10)
    with running_shop(another_database, tmp_path, "--workers", "2", "--no-demo") as shop:
        async with crowd_at(shop) as client:
            crowd = await shoppers(client, 200)

            outcomes = await asyncio.gather(*(submit(client, shopper) for shopper in crowd))

            placed = [outcome["orderId"] for outcome in outcomes if outcome["__typename"] == "CartCompletionSuccess"]
            refused = [outcome["errors"] for outcome in outcomes if outcome["__typename"] != "CartCompletionSuccess"]
            assert len(set(placed)) == len(placed) == 10
            assert len(refused) == 190
            assert {error["code"] for errors in refused for error in errors} <= OUT_OF_STOCK, refused[0]
            assert await left(client) == 0
