"""What all contestants stand on: a migrated database with a generated catalog and a cart, and a hundredfold copy."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.contest import Ground
from bench.goods import fill
from bench.hundredfold import multiply
from bench.workloads import LINES
from commerce.carts import NewCart, NewLine, create_cart
from commerce.shop import ensure_shop_defaults
from database.connection import connected
from database.migrating import migrate
from drills.ground.databases import fresh_database
from models.shop import Shop


@contextmanager
def prepared(server: str, folder: Path, *, products: int, told: Callable[[str], object]) -> Iterator[Ground]:
    """Both databases on a PostgreSQL server, dropped with the block."""
    with fresh_database(server, folder) as database:
        told(f"Generating {products:,} products …")
        cart = asyncio.run(furnished(database, products))
        with fresh_database(server, folder, like=database) as hundredfold:
            told(f"Making {products * 100:,} of them, to see how a listing grows …")
            asyncio.run(multiply(hundredfold, times=100))
            yield Ground(server, database, hundredfold, products=products, cart=cart, folder=folder)


async def furnished(database: str, products: int) -> str:
    """A shop with so many products, and the key of a cart in it."""
    await migrate(database, report=str)
    async with connected(database, pool_max=4):
        now = dt.datetime.now(dt.UTC)
        await ensure_shop_defaults(now=now)
        await Shop.filter(id=1).update(test_payments=True)
        await fill(products, now=now)
        lines = [NewLine(variant, quantity) for variant, quantity in LINES]
        key, _ = await create_cart(NewCart("EUR", lines=lines), now=now)
        return key
