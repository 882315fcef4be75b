"""The listings as JSON that PostgreSQL builds itself: the least that any server could do for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench import workloads
from bench.contest import Contestant, Ground, Stand
from bench.contestants.shop import reading
from bench.servers import same_server


@asynccontextmanager
async def _opened(ground: Ground) -> AsyncIterator[Stand]:
    with same_server("bench.json_in_postgres.app:app", ground.database, ground.folder) as server:
        yield {name: reading(server, workloads.reads(ground.goods.cart)[name]) for name in ("Q2", "Q3")}


JSON_AGG = Contestant("json_agg", "the whole answer built as JSON inside PostgreSQL by one statement", _opened)
