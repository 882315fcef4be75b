"""What all contestants stand on: a migrated database with a generated catalog and a cart, and a hundredfold copy."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from bench.contest import Goods, Ground
from bench.goods import fill
from bench.hundredfold import multiply
from bench.orders.carts import a_full_cart, an_order
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
        goods = asyncio.run(furnished(database, products))
        asyncio.run(known_to_the_planner(database))
        with fresh_database(server, folder, like=database) as hundredfold:
            told(f"Making {products * 100:,} of them, to see how a listing grows …")
            asyncio.run(multiply(hundredfold, times=100))
            yield Ground(server, database, hundredfold, folder=folder, products=products, goods=goods)


async def known_to_the_planner(database: str) -> None:
    """Let PostgreSQL know what there is, as in a shop that has been open for a while."""
    connection = await asyncpg.connect(database)
    try:
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def furnished(database: str, products: int) -> Goods:
    """A shop with so many products, carts and an order."""
    await migrate(database, report=str)
    async with connected(database, pool_max=4):
        now = dt.datetime.now(dt.UTC)
        await ensure_shop_defaults(now=now)
        await Shop.filter(id=1).update(test_payments=True)
        await fill(products, now=now)
        cart, _ = await create_cart(NewCart("EUR", lines=[NewLine(*line) for line in LINES]), now=now)
        return Goods(cart, await a_full_cart(now=now), await an_order(await a_full_cart(now=now), now=now))
