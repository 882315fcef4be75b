"""A whole benchmark, from an empty PostgreSQL to what it came to."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import uvloop

from bench.contest import Contestant
from bench.figures import Measured
from bench.grounds import prepared
from bench.results import Circumstances, written
from bench.rounds import measured
from drills.ground.postgres import start_postgres


def held(
    contestants: Sequence[Contestant],
    *,
    products: int,
    rounds: int,
    seconds: float,
    loads: Sequence[str] | None,
    told: Callable[[str], object],
) -> tuple[Measured, str]:
    """What was measured, and the same in words. Nothing is left behind."""
    with (
        tempfile.TemporaryDirectory() as folder,
        prepared(start_postgres().url, Path(folder), products=products, told=told) as ground,
    ):
        found = uvloop.run(measured(contestants, ground, loads=loads, rounds=rounds, seconds=seconds, told=told))
    names = {each.name: each.about for each in contestants}
    return found, written(found, Circumstances("PostgreSQL 18", products, rounds, seconds, names))
