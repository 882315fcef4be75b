"""Kept answers with several workers: an answer is at most a second older than what anybody has committed."""

import asyncio
import threading
import time
from pathlib import Path

import httpx
import pytest

from database.transactions import transaction
from models.catalog import Product
from tests.aside import beside
from tests.catalogue import goods
from tests.running import running_shop
from tests.shop import a_shop

STEP = threading.Event()


@pytest.mark.postgres
async def test_another_process_shows_a_change_within_a_second_while_more_are_made(
    shop_database: str, tmp_path: Path
) -> None:
    question = '{ product(handle: "jumper") { title } }'
    renamed: list[tuple[float, int]] = [(0.0, 0)]
    async with beside(shop_database):
        await a_shop()
        await goods("jumper", quantity=1, sizes=("S",), colours=())

        async def rename() -> None:
            for number in range(1, 41):
                async with transaction():
                    await Product.filter(handle="jumper").update(title=str(number))
                renamed.append((time.monotonic(), number))
                await asyncio.to_thread(STEP.wait, 0.05)

        with running_shop(shop_database, tmp_path, "--no-demo", "--workers", "2") as shop:
            async with httpx.AsyncClient(base_url=shop.address, timeout=30) as client:
                await client.post("/graphql", json={"query": question})
                writing = asyncio.create_task(rename())
                asked = 0
                while not writing.done():
                    began = time.monotonic()
                    answer = await client.post("/graphql", json={"query": question}, headers={"connection": "close"})
                    title = answer.json()["data"]["product"]["title"]
                    seen = int(title) if title.isdigit() else 0
                    newest = max(number for moment, number in renamed if moment <= began - 1)  # a second old is allowed
                    assert seen >= newest
                    asked += 1
                await writing
    assert asked > 20
