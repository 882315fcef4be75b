"""A process full of followers, told line by line what to do: `python -m drills.audience.program`."""

import asyncio
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import orjson
import uvloop

from drills.audience.follower import Follower

SPARE_FILES = 100
AT_ONCE = 100


class Hall:
    """The followers of this process."""

    def __init__(self, wanted: dict[str, Any]) -> None:
        addresses = [(host, int(port)) for host, port in wanted["addresses"]]
        self.followers = [
            Follower(order, addresses, seed=number) for number, order in enumerate(wanted["orders"], wanted["seed"])
        ]
        self._random = random.Random(wanted["seed"])
        self._cutting: asyncio.Task[None] | None = None

    async def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order; answers what is to be told of it."""
        act: Callable[[dict[str, Any]], Any] = getattr(self, f"do_{order['do']}")
        return dict(await act(order) or {})

    async def do_open(self, order: dict[str, Any]) -> dict[str, int]:
        """Open all, a hundred at a time, and wait until each has been told where its order stands."""
        for first in range(0, len(self.followers), AT_ONCE):
            some = self.followers[first : first + AT_ONCE]
            for follower in some:
                follower.follow()
            await _until(lambda some=some: all(each.cursor for each in some), order["seconds"])  # type: ignore[misc]
        return {"open": sum(each.cursor is not None for each in self.followers)}

    async def do_cut(self, order: dict[str, Any]) -> None:
        """Lose so many connections a second from here on, at random."""
        if self._cutting is not None:
            self._cutting.cancel()
        self._cutting = asyncio.ensure_future(self._cut(order["a_second"])) if order["a_second"] else None

    async def do_until(self, order: dict[str, Any]) -> dict[str, Any]:
        """Wait until everybody has been told everything up to a number of their order's history; then the accounts."""
        places = order["places"]

        def all_told() -> bool:
            return all((each.sequence or 0) >= place for each, place in zip(self.followers, places, strict=True))

        await _until(all_told, order["seconds"])
        late = sum((each.sequence or 0) < place for each, place in zip(self.followers, places, strict=True))
        wrong = [words for each in self.followers for words in each.wrong]
        ends = Counter(code for each in self.followers for code, _ in each.ends)
        return {
            "late": late,
            "wrong": len(wrong),
            "words": wrong[:3],
            "events": sum(each.events for each in self.followers),
            "resumed": sum(each.resumed for each in self.followers),
            "ends": {str(code): count for code, count in ends.items()},
            "heard_at": sorted(each.heard_at for each in self.followers),
        }

    async def do_leave(self, order: dict[str, Any]) -> None:
        """Everybody goes, without a word."""
        for each in self.followers:
            each.leave()
        await asyncio.sleep(0)

    async def _cut(self, a_second: float) -> None:
        while True:
            await asyncio.sleep(1 / a_second)
            self._random.choice(self.followers).cut()


async def _until(question: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not question() and time.monotonic() < ends:  # noqa: ASYNC110 - cheaper than an event in each follower
        await asyncio.sleep(0.01)


async def main() -> None:
    """The first line says who follows what; each further line is an order, answered by a line."""
    reader = asyncio.StreamReader(limit=1 << 26)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    hall = Hall(orjson.loads(await reader.readline()))
    _take_files(hall.followers)
    while line := await reader.readline():
        answer = await hall.obey(orjson.loads(line))
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
        sys.stdout.buffer.flush()


def _take_files(followers: Sequence[Follower]) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < len(followers) + SPARE_FILES:
        sys.exit(f"{len(followers)} followers need as many open files; this system allows {hard}. See `ulimit -Hn`.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    uvloop.run(main())
