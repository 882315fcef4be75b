"""An audience in several processes, led from one place."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import orjson

from drills.ground.running import ROOT

LONGEST_ANSWER = 1 << 26
Followed = Sequence[tuple[str, str]]
"""For each follower the order's id and the token that opens it."""


class Reachable(Protocol):
    """A server with an address."""

    @property
    def address(self) -> str:
        """Where it is, as in http://127.0.0.1:8000."""


@dataclass(slots=True)
class Account:
    """What the followers tell: who was told too little, what was wrong, how often they came back and why."""

    late: int = 0
    wrong: int = 0
    events: int = 0
    resumed: int = 0
    words: list[str] = field(default_factory=list)
    ends: dict[str, int] = field(default_factory=dict)
    heard_at: list[float] = field(default_factory=list)

    def add(self, told: dict[str, Any]) -> None:
        """Put one hall's account to the others'."""
        for name in ("late", "wrong", "events", "resumed"):
            setattr(self, name, getattr(self, name) + told[name])
        self.words += told["words"]
        self.heard_at = sorted(self.heard_at + told["heard_at"])
        for code, count in told["ends"].items():
            self.ends[code] = self.ends.get(code, 0) + count


class Audience:
    """Followers in processes."""

    def __init__(self, halls: list[asyncio.subprocess.Process], followed: list[Followed]) -> None:
        self._halls = halls
        self._followed = followed

    async def open(self, *, seconds: float = 120) -> int:
        """Let everybody connect; how many were told where their order stands."""
        return sum([told["open"] for told in await self._all({"do": "open", "seconds": seconds})])

    async def cut(self, *, a_second: float) -> None:
        """Lose so many connections a second, everywhere together."""
        await self._all({"do": "cut", "a_second": a_second / len(self._halls)})

    async def until(self, places: dict[str, int], *, seconds: float) -> Account:
        """The accounts once everybody has been told everything, or the time is over."""
        account = Account()
        orders = [
            {"do": "until", "places": [places[order] for order, _ in followed], "seconds": seconds}
            for followed in self._followed
        ]
        for told in await asyncio.gather(*map(_ordered, self._halls, orders)):
            account.add(told)
        return account

    async def leave(self) -> None:
        """Let everybody go."""
        await self._all({"do": "leave"})

    async def _all(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        return await asyncio.gather(*(_ordered(hall, order) for hall in self._halls))


@asynccontextmanager
async def audience(followed: Followed, *shops: Reachable, halls: int = 2) -> AsyncIterator[Audience]:
    """Followers at these shops, the first of them first; gone with the block."""
    addresses = [(urlsplit(shop.address).hostname, urlsplit(shop.address).port) for shop in shops]
    parts = [followed[place::halls] for place in range(halls)]
    processes = []
    try:
        for seed, part in enumerate(parts):
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "drills.audience.program"),
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=LONGEST_ANSWER,
            )
            processes.append(process)
            assert process.stdin is not None
            wanted = {"addresses": addresses, "orders": part, "seed": seed * len(followed)}
            process.stdin.write(orjson.dumps(wanted) + b"\n")
        yield Audience(processes, list(parts))
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _ordered(hall: asyncio.subprocess.Process, order: dict[str, Any]) -> dict[str, Any]:
    assert hall.stdin is not None
    assert hall.stdout is not None
    hall.stdin.write(orjson.dumps(order) + b"\n")
    answer = await hall.stdout.readline()
    if not answer:
        raise RuntimeError("a process of followers ended before it answered; its reason is above")
    return dict(orjson.loads(answer))
