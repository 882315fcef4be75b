"""Drills keep what they have played, go on where they were stopped, say what broke, and leave nothing behind."""

import asyncio
import io
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

import asyncpg
import pytest
from rich.console import Console

from drills.ground.playing import play
from drills.ground.rounds import Drill, Ground, Round, about, names
from tests.running import ROOT, clean_environment, refused, wait_until


def a_drill(*, stops_at: int = 99, breaks_at: int = 99) -> tuple[Drill, list[int]]:
    """A drill that plays nothing but notes its rounds."""
    seen: list[int] = []

    async def rounds_of(_ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
        for number in rounds:
            if number == stops_at:
                raise KeyboardInterrupt
            seen.append(number)
            yield Round({"orders": 10}, ["nothing is sold twice"] if number == breaks_at else [])

    return Drill("toy", "Nothing.", 3, rounds_of), seen


def played(drill: Drill, server: str, folder: Path, *, fresh: bool = False) -> tuple[bool, str]:
    told = io.StringIO()
    kept = play(drill, server, folder, rounds=3, fresh=fresh, console=Console(file=told, width=200))
    return kept, told.getvalue().strip().rpartition("\n")[2]


@pytest.mark.postgres
def test_a_stopped_drill_goes_on_where_it_was_and_a_finished_one_begins_anew(
    another_database: str, tmp_path: Path
) -> None:
    stopped, seen = a_drill(stops_at=3)
    with pytest.raises(KeyboardInterrupt):
        played(stopped, another_database, tmp_path)
    assert seen == [1, 2]

    for expected in ([3], [1, 2, 3]):
        drill, seen = a_drill()
        assert played(drill, another_database, tmp_path) == (True, "toy: rounds 3 · orders 30 · every promise kept")
        assert seen == expected


@pytest.mark.postgres
def test_fresh_forgets_what_was_played(another_database: str, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        played(a_drill(stops_at=2)[0], another_database, tmp_path)

    drill, seen = a_drill()
    played(drill, another_database, tmp_path, fresh=True)

    assert seen == [1, 2, 3]


@pytest.mark.postgres
def test_a_broken_promise_is_told_with_its_round(another_database: str, tmp_path: Path) -> None:
    kept, told = played(a_drill(breaks_at=2)[0], another_database, tmp_path)

    assert (kept, told.strip()) == (False, "BROKEN  round 2: nothing is sold twice")


@pytest.mark.once
def test_every_drill_says_what_it_tries() -> None:
    assert all(len(about(name)) > 20 for name in names())


@pytest.mark.once
def test_unknown_drills_and_other_databases_are_refused(tmp_path: Path) -> None:
    assert "There is no drill 'flood'." in refused("drill", "flood", folder=tmp_path)
    assert "PostgreSQL" in refused("drill", "rush", "--database", "sqlite://shop.db", folder=tmp_path)


@pytest.mark.postgres
def test_a_drill_told_to_stop_leaves_no_server_and_no_database(another_database: str, tmp_path: Path) -> None:
    before = asyncio.run(databases(another_database))
    command = [sys.executable, "cli.py", "drill", "rush", "--database", another_database]
    environment = clean_environment(tmp_path, TMPDIR=str(tmp_path))
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as drill:
        wait_until(lambda: list(tmp_path.glob("shop-drill-*/serve-*.log")), seconds=60)
        started = list(tmp_path.glob("shop-drill-*/serve-*.log"))
        drill.send_signal(signal.SIGTERM)

    assert started
    assert drill.returncode != 0
    assert asyncio.run(databases(another_database)) == before
    assert not list(tmp_path.glob("shop-drill-*"))


async def databases(server: str) -> set[str]:
    connection = await asyncpg.connect(server)
    try:
        return {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
    finally:
        await connection.close()
