"""The rounds of a benchmark: every workload on every server in turn, so that noise falls on all alike."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson

from bench.goods import fill
from bench.load import Heard, answer, asked
from bench.servers import Server, servers
from bench.workloads import FILL, Q1, Q2, Q3, Workload, a_cart
from commerce.shop import ensure_shop_defaults
from database.connection import connected
from database.migrating import migrate

Measured = dict[tuple[str, str], list[Heard]]
CART_LINES = 5


@dataclass(frozen=True, slots=True)
class Entrant:
    """A server's way to answer."""

    name: str
    server: str
    path: str
    workloads: tuple[str, ...]


ENTRANTS = (
    Entrant("plans", "plans", "/graphql", ("Q1", "Q2", "Q3", "cart")),
    Entrant("reference", "reference", "/graphql", ("Q1", "Q2", "Q3", "cart")),
    Entrant("plain", "plain", "/graphql", ("Q2", "Q3")),
    Entrant("json_agg", "plain", "/postgres", ("Q2", "Q3")),
    Entrant("constant", "plain", "/ready", ("Q2", "Q3")),
)


async def prepared(database: str, products: int) -> None:
    """A migrated database with a shop and a generated catalogue."""
    await migrate(database, report=str)
    async with connected(database, pool_max=4):
        now = dt.datetime.now(dt.UTC)
        await ensure_shop_defaults(now=now)
        await fill(products, now=now)


async def measured(
    database: str, folder: Path, *, rounds: int, seconds: float, told: Callable[[str], object]
) -> Measured:
    """What each entrant did with each workload in every round."""
    found: Measured = defaultdict(list)
    with servers(database, folder) as running:
        workloads = {load.name: load for load in (Q1, Q2, Q3, await _cart(running["plans"]))}
        await _checked(running, workloads)
        for number in range(rounds):
            for load in workloads.values():
                for entrant in ENTRANTS:
                    if load.name in entrant.workloads:
                        heard = await _heard(running, entrant, load, seconds)
                        found[load.name, entrant.name].append(heard)
                        told(
                            f"round {number + 1}  {load.name:5} {entrant.name:10} {heard.per_second:8.1f}/s "
                            f"{heard.cpu_ms:8.2f} ms of processor"
                        )
    return found


async def _heard(running: dict[str, Server], entrant: Entrant, load: Workload, seconds: float) -> Heard:
    server = running[entrant.server]
    body: dict[str, object] = {"query": load.query, "variables": load.variables}
    if entrant.path == "/ready":
        await _keep(running, body)
    return await asked(server.port, entrant.path, body, process=server.process, seconds=seconds)


async def _keep(running: dict[str, Server], body: dict[str, object]) -> None:
    kept = orjson.loads(await answer(running["plans"].port, "/graphql", body))
    await answer(running["plain"].port, "/keep", kept)


async def _checked(running: dict[str, Server], workloads: dict[str, Workload]) -> None:
    """Plans and graphql-core must answer the same before it means anything how fast."""
    for load in workloads.values():
        body: dict[str, object] = {"query": load.query, "variables": load.variables}
        ours, reference = [await answer(running[name].port, "/graphql", body) for name in ("plans", "reference")]
        if _without_hosts(ours, running) != _without_hosts(reference, running):
            raise RuntimeError(f"{load.name}: the plan's answer differs from graphql-core's")


def _without_hosts(text: bytes, running: dict[str, Server]) -> bytes:
    for server in running.values():
        text = text.replace(f"127.0.0.1:{server.port}".encode(), b"host")
    return text


async def _cart(server: Server) -> Workload:
    """A cart filled over the API, and the workload that reads it."""
    lines = [
        {"merchandiseId": f"gid://shopwright/ProductVariant/{n * 4 + 1}", "quantity": 2} for n in range(CART_LINES)
    ]
    told = orjson.loads(await answer(server.port, "/graphql", {"query": FILL, "variables": {"lines": lines}}))
    return a_cart(told["data"]["cartCreate"]["cart"]["id"])
