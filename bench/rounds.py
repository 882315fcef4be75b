"""The rounds of a benchmark: every workload at every contestant in turn, so that noise falls on all alike."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any

from bench.contest import Contestant, Ground, Heard, Stand
from bench.figures import Measured


class Differs(RuntimeError):
    """Two contestants that claim to answer the same do not."""


async def measured(
    contestants: Sequence[Contestant],
    ground: Ground,
    *,
    loads: Sequence[str] | None = None,
    rounds: int,
    seconds: float,
    told: Callable[[str], object],
) -> Measured:
    """Start all, see that they answer alike, and ask each in turn, every second round backwards.

    Of the workloads only `loads`, if given.
    """
    async with AsyncExitStack() as running:
        stands: dict[str, Stand] = {}
        for contestant in contestants:
            told(f"Starting {contestant.name} …")
            stand = await running.enter_async_context(contestant.opened(ground))
            stands[contestant.name] = {load: entry for load, entry in stand.items() if not loads or load in loads}
        await compare(stands)
        told("All that claim to answer alike do.")
        return await _rounds(stands, rounds, seconds, told)


async def compare(stands: Mapping[str, Stand]) -> None:
    """The first answers of a workload must be what everybody else answers, before it means anything how fast."""
    given: dict[str, tuple[str, Any]] = {}
    for name, stand in stands.items():
        for load, entry in stand.items():
            if (answer := getattr(entry, "answer", None)) is None:
                continue
            first, expected = given.setdefault(load, (name, await answer()))
            if first != name and (path := difference(expected, await answer())):
                raise Differs(f"{load}: {name} does not answer as {first} does, at {path}")


def difference(expected: Any, found: Any, path: str = "the answer") -> str:
    """Where two answers part; empty if nowhere. The order of keys does not matter."""
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        return next(filter(None, (difference(expected[key], found[key], f"{path}.{key}") for key in expected)), "")
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return next(filter(None, (difference(*pair, f"{path}[{place}]") for place, pair in pairs)), "")
    return "" if type(expected) is type(found) and expected == found else f"{path}: {expected!r}, {found!r}"


async def _rounds(stands: Mapping[str, Stand], rounds: int, seconds: float, told: Callable[[str], object]) -> Measured:
    found: defaultdict[tuple[str, str], list[Heard]] = defaultdict(list)
    loads = list(dict.fromkeys(load for stand in stands.values() for load in stand))
    for number in range(rounds):
        for load in loads:
            entrants = [(name, stand[load]) for name, stand in stands.items() if load in stand]
            for name, entry in reversed(entrants) if number % 2 else entrants:
                heard = await entry.heard(seconds)
                found[load, name].append(heard)
                told(f"round {number + 1} of {rounds}  {load:9} {name:11} {_line(heard)}")
    return {(load, name): found[load, name] for load in loads for name in stands if (load, name) in found}


def _line(heard: Heard) -> str:
    return f"{heard.per_second:8.1f}/s {heard.cpu_ms:8.3f} ms of processor {heard.p99_ms:8.1f} ms at most"
