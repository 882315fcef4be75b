"""Playing drills: on a database of their own, with their progress shown and each finished round kept."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress

from drills.ground.databases import fresh_database
from drills.ground.rounds import Drill, Ground, Record

MOST_SHOWN = 20


def play(drill: Drill, server: str, kept: Path, *, rounds: int, fresh: bool, console: Console) -> bool:
    """Play what is left of a drill and say in a line what came of it; whether every promise was kept."""
    record = Record.at(kept / f"{drill.name}.jsonl", fresh=fresh)
    if record.rounds:
        console.print(f"{drill.name} goes on after round {len(record.rounds)}; --fresh starts over.")
    with (
        TemporaryDirectory(prefix="shop-drill-") as folder,
        fresh_database(server, Path(folder)) as database,
        _shown(drill.name, rounds, record, console) as finished,
    ):
        asyncio.run(_rounds(drill, Ground(database, Path(folder)), record, rounds=rounds, finished=finished))
    verdict = f"{len(record.broken)} BROKEN" if record.broken else "every promise kept"
    console.print(f"{drill.name}: rounds {len(record.rounds)} · {_listed(record.figures)} · {verdict}", soft_wrap=True)
    for words in record.broken[:MOST_SHOWN]:
        console.print(f"  BROKEN  {words}", soft_wrap=True, markup=False)
    record.close()
    return not record.broken


async def _rounds(drill: Drill, ground: Ground, record: Record, *, rounds: int, finished: Callable[[], None]) -> None:
    async with aclosing(drill.play(ground, range(len(record.rounds) + 1, rounds + 1))) as played:
        async for each in played:
            record.add(each)
            finished()


@contextmanager
def _shown(name: str, rounds: int, record: Record, console: Console) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, a line for each round elsewhere."""
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        bar = progress.add_task(name, total=rounds, completed=len(record.rounds))

        def finished() -> None:
            progress.update(bar, completed=len(record.rounds))
            if not console.is_terminal:
                figures = _listed(record.rounds[-1].figures)
                console.print(f"{name} {len(record.rounds)}/{rounds}: {figures}", soft_wrap=True)

        yield finished


def _listed(figures: Mapping[str, int]) -> str:
    return " · ".join(f"{what} {count:,}" for what, count in figures.items())
