"""The scenes of a siege, each in a shop of its own: what is refused, at what cost, and who notices."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from drills.ground.rounds import Ground, Round
from drills.ground.running import RunningShop, command, running_shop
from drills.siege.addresses import addresses
from drills.siege.bystanders import compared, percentile
from drills.siege.documents import documents
from drills.siege.frames import by_socket, by_stream, frames
from drills.siege.fuzzing import Fuzzer
from drills.siege.meter import Meter
from drills.siege.shots import JSON, MOST_TOLD, Hit, Shot, asked, codes_in, fired, least, quiet
from drills.siege.slow import LONG, SLOW, slow
from drills.siege.values import values
from drills.siege.words import STAFF, STOREFRONT
from models.scopes import Scope
from schema.admin.schema import admin
from schema.storefront.schema import storefront

MOST_RATIO = 2.0
KEPT_MIB = 32
"""That the documents of one schema may take at most."""
WARM = '{"query": "{ shop { name } }"}'


@dataclass(frozen=True, slots=True)
class Siege:
    """A shop under attack."""

    ground: Ground
    shop: RunningShop
    meter: Meter
    client: httpx.AsyncClient

    def told(self, scene: str, hits: Sequence[Hit], **figures: int) -> Round:
        """The hits of a scene as its round."""
        worst = max(hits, key=lambda hit: hit.milliseconds)
        broken = [hit.wrong for hit in hits if hit.wrong] + self.complaints()
        counted = {"attacks": len(hits), f"worst {scene} ms": round(worst.milliseconds), **figures}
        return Round(counted, [f"{scene}: {words}" for words in broken])

    def complaints(self) -> list[str]:
        """What the server logged that no client may bring it to."""
        lines = [json.loads(line) for line in self.shop.log.splitlines() if line.startswith("{")]
        bad = [each for each in lines if each["level"] in ("error", "critical") or "exception" in each]
        return [f"logged: {str(each)[:600]}" for each in bad[:5]]


@asynccontextmanager
async def besieged(ground: Ground, **environment: str) -> AsyncIterator[Siege]:
    """One worker with the demo shop, which has answered a first request of each kind."""
    settings = {"SHOPWRIGHT_LOG_FORMAT": "json", "SHOPWRIGHT_LOG_LEVEL": "warning", **environment}
    with running_shop(ground.database, ground.folder, "--no-worker", **settings) as shop:
        async with httpx.AsyncClient(base_url=shop.address, timeout=60) as client:
            for path in ("/graphql", "/admin/graphql") * 20:
                await client.post(path, content=WARM, headers=JSON)
            yield Siege(ground, shop, Meter(shop.process.pid), client)


async def documents_and_values(ground: Ground, *, times: int, every: int = 1) -> Round:
    """Everything that is a request by POST, each a few times."""
    async with besieged(ground) as siege:
        shots = [*posted(), *values()][::every]
        hits = [await fired(siege.client, siege.meter, shot, times=times) for shot in shots]
        codes = {shot.code for shot in shots}
        return siege.told("document", hits, codes=len(codes))


def posted() -> list[Shot]:
    """Each document, in the words of both schemas."""
    return [
        asked(f"{words.prefix}/graphql {name}", query, code, path=f"{words.prefix}/graphql")
        for words in (STOREFRONT, STAFF)
        for name, (query, code) in documents(words).items()
    ]


async def other_doors(ground: Ground, *, times: int, each: int, every: int = 1, late: bool = True) -> Round:
    """Addresses, headers, hashes, frames, sockets, event streams, and clients who take their time."""
    async with besieged(ground) as siege:
        shots = [*addresses(), *by_stream(STOREFRONT), *by_stream(STAFF)][::every]
        hits = [await fired(siege.client, siege.meter, shot, times=times) for shot in shots]
        for words in (STOREFRONT, STAFF):
            address, path = siege.shop.address, f"{words.prefix}/graphql"
            hits += await by_socket(address, words, siege.meter, times=times, every=every)
            hits += await frames(address, path, siege.meter, times=times)
        hits += await slow(siege.shop.address, siege.meter, each=each, kinds=SLOW + LONG if late else LONG)
        return siege.told("transport", hits)


async def flood(ground: Ground, *, number: int) -> Round:
    """So many good documents, each registered by its hash, none like another: the second half takes no more memory."""
    async with besieged(ground, SHOPWRIGHT_ANSWER_CACHE="off") as siege:
        first = await _registered(siege.client, range(number // 2))
        await quiet(siege.meter)
        before = siege.meter.memory()
        statuses = first + await _registered(siege.client, range(number // 2, number))
        grown = (siege.meter.memory() - before) >> 20
        checks = {
            f"every document answered, not {dict(statuses)}": set(statuses) == {200},
            f"the second half to take no more memory, not {grown} MiB": grown < KEPT_MIB,
        }
        broken = [f"flood: expected {words}" for words, held in checks.items() if not held] + siege.complaints()
        return Round({"documents registered": number, "worst flood MiB": grown}, broken)


async def _registered(client: httpx.AsyncClient, numbers: Iterable[int]) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for number in numbers:
        query = f"query Q{number} {{ products(first: {1 + number % 3}) {{ nodes {{ a{number}: id title handle }} }} }}"
        persisted = {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}
        body = {"query": query, "extensions": {"persistedQuery": persisted}}
        statuses[(await client.post("/graphql", json=body)).status_code] += 1
    return statuses


async def bystanders(ground: Ground, *, requests: int, turns: int) -> Round:
    """Customers beside customers, and beside attackers."""
    async with besieged(ground, SHOPWRIGHT_ANSWER_CACHE="off") as siege:
        shots = [*posted(), *values()]
        plain, beside = await compared(siege.client, siege.meter, shots, requests=requests, turns=turns)
        slowest = [percentile(each) for each in (plain.work, beside.work, plain.clock, beside.clock)]
        ratio = slowest[1] / slowest[0]
        told = ", ".join(f"{1000 * each:.0f}" for each in slowest)
        broken = [] if ratio <= MOST_RATIO else [f"bystanders: p99 {100 * ratio:.0f} % of what it was ({told} ms)"]
        figures = {
            "worst p99 %": round(100 * ratio),
            "worst p99 % by the clock": round(100 * slowest[3] / slowest[2]),
        }
        return Round(figures, broken + siege.complaints())


async def fuzzed(ground: Ground, number: int, *, size: int) -> Round:
    """Generated requests at both schemas."""
    async with besieged(ground) as siege:
        return await generated(siege, number, size=size)


async def generated(siege: Siege, number: int, *, size: int) -> Round:
    """So many generated requests, half of them staff's with a key that opens everything."""
    key = _key(siege.ground)
    hits: list[Hit] = []
    refused = 0
    for path, schema in (("/graphql", storefront()), ("/admin/graphql", admin())):
        requests = Fuzzer(schema._schema, random.Random(f"{number} {path}")).requests()
        for place in range(size // 2):
            headers = {**JSON, "x-forwarded-for": f"10.{place % 250}.0.{number}", "x-shopify-access-token": key}
            throw = Throw(siege, path, headers, *next(requests))
            hits.append(await throw.thrown())
            refused += throw.refused
    return siege.told("generated", hits, generated=len(hits), refused=refused)


@dataclass(slots=True)
class Throw:
    """One generated request."""

    siege: Siege
    path: str
    headers: dict[str, str]
    text: str
    variables: dict[str, Any]
    refused: bool = False

    async def thrown(self) -> Hit:
        """What it cost if it was refused before anything ran; what runs takes what it takes."""
        name = self.text[:MOST_TOLD]
        wrong = await self._once(-1)
        if wrong or not self.refused:
            return Hit(name, 0, wrong)
        return await least(name, self.siege.meter, self._once, times=1)

    async def _once(self, number: int) -> str:
        body = json.dumps({"query": f"{self.text}\n#{number}", "variables": self.variables}).encode()
        answer = await self.siege.client.post(self.path, content=body, headers=self.headers)
        try:
            payload = answer.json()
        except ValueError:
            payload = {}
        self.refused = "data" not in payload
        codes = list(codes_in(payload.get("errors", [])))
        if answer.status_code >= 500 or "INTERNAL_ERROR" in codes or not payload:
            return f"{answer.status_code} {answer.text[:400]} for {self.text[:MOST_TOLD]} {str(self.variables)[:400]}"
        return ""


def _key(ground: Ground) -> str:
    """A key for the whole staff API."""
    scopes = [f"--scope={scope}" for scope in Scope]
    environment = {"SHOPWRIGHT_DATABASE_URL": ground.database}
    done = command("token", "create", "--name=siege", *scopes, folder=ground.folder, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
