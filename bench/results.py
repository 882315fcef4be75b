"""The results of a benchmark in words."""

import datetime as dt
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

from bench.contest import CLIENTS, Heard
from bench.figures import GOALS, GROWTH, OURS, By, Measured, growth, over, ratio
from bench.picture import picture
from bench.workloads import ABOUT

FOLDER = Path(__file__).resolve().parent
PACKAGES = ("strawberry-graphql", "graphql-core", "tortoise-orm", "asyncpg", "starlette", "uvicorn", "orjson")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Under which something was measured."""

    database: str
    products: int
    rounds: int
    seconds: float
    contestants: Mapping[str, str]
    """Their names, and what they are."""


def written(measured: Measured, under: Circumstances) -> str:
    """RESULTS.md as it is kept."""
    return f"""# What the last benchmark came to

{_machine()}.
{_versions()}, {under.database}.
{under.products:,} products of four variants; {under.rounds} interleaved rounds of {under.seconds:g} s; medians.
{CLIENTS} keep-alive clients, servers and PostgreSQL share the machine. Processor time is that of the answering process
alone: of all figures here it depends least on what else the machine does. Before the first round, all who answer the
same question were seen to answer it alike.

Run it again with `./shopwright bench`; `--quick` takes less than three minutes.

## Ratios

{_table(["workload", "Shopwright over", "by", "ratio", "at least", "aim", "reached"], _goals(measured))}

Growth is how many times as long the listing takes with a hundred times the products, at most. All others:

{_table(["workload", "Shopwright over", *(f"by {by}" for by in By)], _others(measured))}

## Figures

{_table(HEADS, _figures(measured))}

{_list({load: ABOUT[load] for load, _ in measured})}

Answered by:

{_list({name: words for name, words in under.contestants.items() if any(name == other for _, other in measured)})}
"""


def keep(measured: Measured, text: str) -> None:
    """Write both files."""
    (FOLDER / "RESULTS.md").write_text(text)
    (FOLDER / "results.svg").write_text(picture(measured))


def below(measured: Measured) -> list[str]:
    """What is not reached, each in a line."""
    return [f"{row[0]} over {row[1]}: {row[3]}, wanted {row[4]}" for row in _goals(measured) if row[-1] == "no"]


def _machine() -> str:
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    memory = psutil.virtual_memory().total / 1024**3
    processor = f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB"
    return f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {platform.system()} on {processor}; load at the end {load}"


def _versions() -> str:
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)])


def _goals(measured: Measured) -> Iterator[list[str]]:
    for goal in GOALS:
        if (came := ratio(measured, goal)) is not None:
            reached = "yes" if came >= goal.at_least else "no"
            yield [goal.load, goal.over, goal.by, f"{came:.2f}", f"{goal.at_least:g}", f"{goal.aim:g}", reached]
    if (longer := growth(measured)) is not None:
        reached = "yes" if longer <= GROWTH.at_most else "no"
        limits = [f"at most {GROWTH.at_most:g}", f"{GROWTH.aim:g}"]
        yield [GROWTH.grown, GROWTH.load, "time", f"{longer:.2f}", *limits, reached]


def _others(measured: Measured) -> Iterator[list[str]]:
    """Everybody beside us, both ways."""
    for (load, name), theirs in measured.items():
        if name != OURS and (ours := measured.get((load, OURS))):
            ways = [by for by in By if theirs[0].cpu or by is By.REQUESTS]
            told = {by: f"{over(ours, theirs, by):.2f}" for by in ways}
            yield [load, name, *(told.get(by, "") for by in By)]


def _figures(measured: Measured) -> Iterator[list[str]]:
    for (load, name), heard in measured.items():
        yield [load, name, *(_middle(heard, what, digits) for what, digits in FIGURES.items())]


HEADS = ("workload", "answered by", "requests/s", "p50 ms", "p99 ms", "processor ms/request", "PostgreSQL ms/request")
FIGURES = {"per_second": 1, "p50_ms": 1, "p99_ms": 1, "cpu_ms": 3, "database_ms": 3}


def _middle(heard: Sequence[Heard], what: str, digits: int) -> str:
    """The median over the rounds; empty where nobody's processor was counted."""
    value = median(getattr(each, what) for each in heard)
    return f"{value:.{digits}f}" if value or what != "cpu_ms" else ""


def _table(heads: Sequence[str], rows: Iterator[list[str]]) -> str:
    lines = [heads, ["--:" if place > 1 else "---" for place in range(len(heads))], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _list(words: Mapping[str, str]) -> str:
    return "\n".join(f"- **{name}**: {text}" for name, text in words.items())
