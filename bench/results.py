"""The results of a benchmark in words and as a picture."""

import datetime as dt
import os
import platform
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.load import Heard
from bench.rounds import Measured
from bench.workloads import Q1, Q2, Q3

FOLDER = Path(__file__).resolve().parent
ABOUT = {
    "plans": "Shopwright",
    "reference": "Shopwright with `SHOPWRIGHT_ENGINE=reference` (graphql-core; same resolvers, loaders and caches)",
    "plain": "Strawberry as its documentation shows it (models, aiodataloader, no caches)",
    "json_agg": "the listing built as JSON inside PostgreSQL",
    "constant": "bytes that are ready",
}
WANTED = {
    ("Q1", "reference"): 2.5, ("Q2", "reference"): 6.0, ("Q3", "reference"): 8.0,
    ("Q2", "plain"): 8.0, ("Q3", "plain"): 12.0, ("Q2", "json_agg"): 0.5, ("Q3", "json_agg"): 0.5,
}  # fmt: skip
LOADS = {load.name: load.about for load in (Q1, Q2, Q3)} | {"cart": "a cart of five lines"}
COLOURS = {"plans": "#1f7a4d", "reference": "#8a8f98", "plain": "#c2c6cc", "json_agg": "#d9a441", "constant": "#6d8fc9"}


def table(measured: Measured) -> str:
    """Medians over the rounds."""
    rows = [
        "| workload | answered by | requests/s | p50 ms | p99 ms | processor ms/request |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for (load, entrant), heard in measured.items():
        rows.append(
            f"| {load} | {entrant} | {_mid(heard, 'per_second'):.1f} | {_mid(heard, 'p50_ms'):.1f}"
            f" | {_mid(heard, 'p99_ms'):.1f} | {_mid(heard, 'cpu_ms'):.2f} |"
        )
    return "\n".join(rows)


def ratios(measured: Measured) -> str:
    """How many times over each other way plans come out, round by round, and what was wanted."""
    rows = ["| workload | plans over | by | ratio | wanted |", "|---|---|---|--:|--:|"]
    for (load, entrant), heard in measured.items():
        if entrant in {"plans", "constant"}:
            continue
        by = "requests/s" if entrant == "json_agg" else "processor"
        pairs = zip(measured[load, "plans"], heard, strict=True)
        ratio = median(
            ours.per_second / theirs.per_second if entrant == "json_agg" else theirs.cpu_ms / ours.cpu_ms
            for ours, theirs in pairs
        )
        wanted = WANTED.get((load, entrant))
        rows.append(f"| {load} | {entrant} | {by} | {ratio:.2f} | {wanted or ''} |")
    return "\n".join(rows)


def written(measured: Measured, *, products: int, rounds: int, seconds: float, database: str) -> str:
    """RESULTS.md as it is kept."""
    about = "\n".join(f"- **{name}**: {text}" for name, text in ABOUT.items())
    loads = "\n".join(f"- **{name}**: {text}" for name, text in LOADS.items())
    packages = ", ".join(f"{name} {version(name)}" for name in ("strawberry-graphql", "graphql-core", "tortoise-orm"))
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return f"""# What the last benchmark came to

{dt.datetime.now(dt.UTC):%Y-%m-%d}, {platform.system()} on {os.cpu_count()} processors (load at the end: {load}),
Python {platform.python_version()}, {packages}, {database}, {products} products of four variants.
{rounds} interleaved rounds of {seconds:g} s with eight keep-alive clients on the same machine; medians. Processor time
is that of the serving process alone: of all figures here it depends least on what else the machine does.

Run it again with `./shopwright bench`; `--quick` takes less than three minutes.

## Ratios

{ratios(measured)}

## Figures

{table(measured)}

{loads}

Answered by:

{about}
"""


def picture(measured: Measured) -> str:
    """Processor time per request as bars, one group for each workload."""
    groups = list(dict.fromkeys(load for load, _ in measured))
    bars: list[str] = []
    top = 30
    for load in groups:
        entrants = [entrant for other, entrant in measured if other == load and entrant != "constant"]
        longest = max(_mid(measured[load, entrant], "cpu_ms") for entrant in entrants)
        bars.append(f'<text x="10" y="{top}" font-weight="bold">{load}: {LOADS[load]}</text>')
        for entrant in entrants:
            top += 22
            value = _mid(measured[load, entrant], "cpu_ms")
            width = 420 * value / longest
            bars.append(f'<text x="100" y="{top + 13}" text-anchor="end">{entrant}</text>')
            bars.append(f'<rect x="108" y="{top}" width="{width:.1f}" height="17" rx="2" fill="{COLOURS[entrant]}"/>')
            bars.append(f'<text x="{114 + width:.1f}" y="{top + 13}">{value:.2f} ms</text>')
        top += 42
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {top}" font-family="sans-serif" font-size="12">'
        f'<title>Processor time per request</title><rect width="640" height="{top}" fill="#fff"/>'
        + "".join(bars)
        + "</svg>\n"
    )


def keep(measured: Measured, text: str) -> None:
    """Write both files."""
    (FOLDER / "RESULTS.md").write_text(text)
    (FOLDER / "results.svg").write_text(picture(measured))


def _mid(heard: list[Heard], what: str) -> float:
    return float(median(getattr(each, what) for each in heard))
