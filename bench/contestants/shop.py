"""Shopwright: as it is, and with every operation run by graphql-core."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

from bench import workloads
from bench.contest import Contestant, Ground, Stand
from bench.live import Following
from bench.load import Reading
from bench.orders.submitting import Submitting
from bench.servers import Server, shopwright

EXECUTED = {"SHOPWRIGHT_ANSWER_CACHE": "off"}


@asynccontextmanager
async def _compiled(ground: Ground) -> AsyncIterator[Stand]:
    with ExitStack() as servers:
        executing = servers.enter_context(shopwright(ground.database, ground.folder, **EXECUTED))
        keeping = servers.enter_context(shopwright(ground.database, ground.folder))
        grown = servers.enter_context(shopwright(ground.hundredfold, ground.folder, **EXECUTED))
        yield {
            **_entries(executing, ground),
            "cached": reading(keeping, workloads.listing(workloads.SMALL)),
            "growth": reading(grown, workloads.listing(workloads.SMALL)),
        }


@asynccontextmanager
async def _reference(ground: Ground) -> AsyncIterator[Stand]:
    given = {**EXECUTED, "SHOPWRIGHT_ENGINE": "reference"}
    with shopwright(ground.database, ground.folder, **given) as server:
        yield _entries(server, ground)


def _entries(server: Server, ground: Ground) -> Stand:
    reads = {name: reading(server, body) for name, body in workloads.reads(ground.goods.cart).items()}
    return {**reads, "checkout": Submitting(server.port, (server.process,), ground), "live": Following(server, ground)}


def reading(server: Server, body: dict[str, Any], *, path: str = "/graphql") -> Reading:
    """Asking a server one thing."""
    return Reading(server.port, path, body, (server.process,))


COMPILED = Contestant("shopwright", "Shopwright as it is served", _compiled)
REFERENCE = Contestant(
    "reference",
    "Shopwright with `SHOPWRIGHT_ENGINE=reference`: graphql-core, with the same resolvers, row loaders and caches",
    _reference,
)
