"""The tools in examples/ against a real server: goods come in once, what is paid is sent once."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commerce.paid_by_hand import mark_as_paid
from commerce.staff import create_token
from models.stock import Location
from tests.aside import beside
from tests.goods import a_promised_order, a_variant
from tests.running import ROOT, running_shop
from tests.shop import NOON, a_shop, an_order

SCOPES = ["write_products", "write_inventory", "write_orders"]


def run(example: str, *words: str, address: str, key: str) -> list[str]:
    """What an example says when it was run to its end."""
    environment = {**os.environ, "SHOP_ADDRESS": address, "SHOP_KEY": key}
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / example), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.once
async def test_goods_come_in_once_and_what_is_paid_is_sent_once(shop_database: str, tmp_path: Path) -> None:
    async with beside(shop_database):
        await a_shop()
        variant = await a_variant(available=5)
        paid = await a_promised_order(variant, number=7, subtotal=9_000, total=9_500)
        await mark_as_paid(paid.id, now=NOON)
        await an_order(number=8)
        await Location.get_or_create(name="Warehouse", defaults={"created_at": NOON})
        now = dt.datetime.now(dt.UTC)
        key = (await create_token("examples", scopes=SCOPES, now=now)).secret
    with running_shop(shop_database, tmp_path, "--no-demo") as shop:
        told = [run("importer.py", str(ROOT / "examples" / "goods.csv"), address=shop.address, key=key) for _ in "ab"]
        sent = [run("fulfillment_bot.py", address=shop.address, key=key) for _ in "ab"]
        seen = shop.ask('{ product(handle: "felt-slippers") { title availableForSale totalInventory tags } }')

    assert told[0] == told[1]
    assert [line.split()[0] for line in told[0]] == ["felt-slippers", "beeswax-candle"]
    assert seen["data"]["product"] == {
        "title": "Felt slippers",
        "availableForSale": True,
        "totalInventory": 12,
        "tags": ["felt", "warm"],
    }
    assert sent == [["#7 LM000000007"], []]
