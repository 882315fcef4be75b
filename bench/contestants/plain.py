"""Strawberry as its documentation shows it, over the same tables: models, aiodataloader, no caches."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench import workloads
from bench.contest import Contestant, Ground, Stand
from bench.contestants.shop import reading
from bench.live import Following
from bench.servers import application


@asynccontextmanager
async def _opened(ground: Ground) -> AsyncIterator[Stand]:
    with application("bench.plain.app:app", ground.database, ground.folder) as server:
        reads = {name: reading(server, body) for name, body in workloads.reads(ground.goods.cart).items()}
        yield {**reads, "live": Following(server, ground)}


PLAIN = Contestant("plain", "Strawberry as its documentation shows it: models, aiodataloader, no caches", _opened)
