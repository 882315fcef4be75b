"""A constant answer by the same server with the same middleware: nobody can be faster."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench import workloads
from bench.contest import Contestant, Ground, Stand
from bench.contestants.shop import reading
from bench.servers import same_server


@asynccontextmanager
async def _opened(ground: Ground) -> AsyncIterator[Stand]:
    with same_server("bench.json_in_postgres.ready:app", ground.database, ground.folder) as server:
        yield {"cached": reading(server, workloads.listing(workloads.SMALL))}


CONSTANT = Contestant("constant", "bytes that are ready, by the same server with the same middleware", _opened)
