"""Vendure's Shop API: the same goods on the same PostgreSQL server, in production mode, one process as ours is one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from bench.contest import PUBLIC, Contestant, Entry, Ground, Heard, Stand
from bench.load import Reading
from bench.vendure import documents
from bench.vendure.answers import Differs, checked
from bench.vendure.filling import filled
from bench.vendure.goods import goods
from bench.vendure.installing import HERE, PRODUCTION, installed, node, version
from bench.workloads import BIG, LINES, PAGE_OF, SMALL
from drills.ground.postgres import free_port
from drills.ground.running import RunningShop, running

PATH = "/shop-api"
TOKEN = "vendure-auth-token"  # noqa: S105 - the name of a header
WARMED, WARM_SECONDS = ("Q1", "Q2", "cart"), 1.0
ABOUT = """Vendure {version} from npm in production mode: one process and as many connections to PostgreSQL as ours,
  sessions and parsed documents kept in memory, no jobs, logs or telemetry ([how](vendure/README.md))"""


def vendure(told: Callable[[str], object]) -> Contestant:
    """Vendure, installed before anything is measured."""
    installed(told)
    return Contestant("vendure", ABOUT.format(version=version()), partial(_opened, told=told))


@asynccontextmanager
async def _opened(ground: Ground, *, told: Callable[[str], object]) -> AsyncIterator[Stand]:
    filling = filled(ground.server, ground.folder, products=ground.products, told=told)
    async with _in_a_thread(filling) as database:
        with _serving(database, ground.folder) as (server, port):
            stand = _stand(server, port, await _shopper(server.address))
            await _see_that_all_is_told(stand)
            for name in WARMED:
                await stand[name].heard(WARM_SECONDS)  # its compiler learns what is asked often
            yield stand


@asynccontextmanager
async def _in_a_thread(block: AbstractContextManager[str]) -> AsyncIterator[str]:
    """A block that waits in its own way, begun and ended beside the loop."""
    found = await asyncio.to_thread(block.__enter__)
    try:
        yield found
    finally:
        await asyncio.to_thread(block.__exit__, None, None, None)


@contextmanager
def _serving(database: str, folder: Path) -> Iterator[tuple[RunningShop, int]]:
    port = free_port()
    command = [node(), str(HERE / "serve.js"), str(port), database, PUBLIC]
    address = f"http://127.0.0.1:{port}"
    with running(command, folder, address=address, ready="/health", **PRODUCTION) as server:
        yield server, port


@dataclass(frozen=True, slots=True)
class Asked(Entry):
    """An entry that answers in words of its own: what it tells is compared by `answers`, not as it stands."""

    reading: Reading

    async def heard(self, seconds: float) -> Heard:
        """As for everybody."""
        return await self.reading.heard(seconds)

    async def told(self) -> Any:
        """The data of one answer."""
        answer: Any = await self.reading.answer()
        return answer["data"]


def _stand(server: RunningShop, port: int, shopper: dict[str, str]) -> dict[str, "Asked"]:
    asked = {
        "Q1": (documents.page(PAGE_OF), {}),
        "Q2": (documents.listing(SMALL), {}),
        "Q3": (documents.listing(BIG), {}),
        "cart": (documents.cart(), shopper),
    }
    return {
        name: Asked(Reading(port, PATH, body, (server.process.pid,), headers))
        for name, (body, headers) in asked.items()
    }


async def _shopper(address: str) -> dict[str, str]:
    """Someone with the same cart as ours; the headers to be known by."""
    headers: dict[str, str] = {}
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for variant, quantity in LINES:
            answer = await client.post(PATH, json=documents.adding(variant, quantity), headers=headers)
            assert answer.json()["data"]["addItemToOrder"]["__typename"] == "Order", answer.text
            if token := answer.headers.get(TOKEN):
                headers = {"Authorization": f"Bearer {token}"}
    return headers


async def _see_that_all_is_told(stand: Mapping[str, Asked]) -> None:
    """Only whole answers are measured: the goods of both listings and the page, and all lines of the cart."""
    given = goods(BIG)
    checked((await stand["Q2"].told())["products"]["items"], given[:SMALL], pictures=PUBLIC)
    checked((await stand["Q3"].told())["products"]["items"], given, pictures=PUBLIC)
    page = (await stand["Q1"].told())["product"]
    checked([page], [each for each in given if each["slug"] == PAGE_OF], pictures=PUBLIC)
    lines = (await stand["cart"].told())["activeOrder"]["lines"]
    if (found := [(int(line["productVariant"]["id"]), line["quantity"]) for line in lines]) != list(LINES):
        raise Differs(f"Vendure's cart holds {found}")
