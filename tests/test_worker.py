"""Background work is done by one process at a time, and by another one soon after that one is gone."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from database.connection import address_of
from database.leading import LOCK, lead
from tests.running import ROOT, clean_environment, command, refused
from worker import Duty, keep_doing


@pytest.mark.postgres
async def test_one_process_leads_and_the_next_takes_over_when_its_connection_breaks(another_database: str) -> None:
    address = address_of(another_database)
    leads: asyncio.Queue[str] = asyncio.Queue()

    async def as_leader(name: str) -> None:
        await leads.put(name)
        await asyncio.Event().wait()

    async def standing_by(name: str) -> None:
        await lead(address, lambda: as_leader(name), pause=0.05)

    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        tasks = {name: group.create_task(standing_by(name)) for name in ("first", "second")}
        leader = await leads.get()
        assert leads.empty()
        other = "second" if leader == "first" else "first"
        tasks[leader].cancel()
        assert await leads.get() == other
        await break_the_lock(another_database)
        assert await leads.get() == other
        tasks[other].cancel()


async def test_on_sqlite_the_one_process_leads_from_the_start() -> None:
    done: list[str] = []

    async def act() -> None:
        done.append("led")

    await lead(address_of("sqlite://nowhere.db"), act)

    assert done == ["led"]


async def test_a_duty_that_fails_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []
    again = asyncio.Event()

    async def fail_once(_now: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("the mail server is away")
        again.set()

    doing = asyncio.create_task(keep_doing(Duty("mail", 0.0, fail_once)))
    async with asyncio.timeout(5):
        await again.wait()
    doing.cancel()

    assert "the duty 'mail' failed and will be tried again" in caplog.text


@pytest.mark.postgres
def test_a_worker_of_its_own_starts_and_stops_when_told(shop_database: str, tmp_path: Path) -> None:
    environment = clean_environment(tmp_path, SHOPWRIGHT_DATABASE_URL=shop_database)
    with subprocess.Popen(
        [sys.executable, "cli.py", "worker"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stderr is not None
        assert any("does the background work" in line for line in worker.stderr)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0


def test_a_separate_worker_on_sqlite_is_refused(tmp_path: Path) -> None:
    line = refused("worker", folder=tmp_path)

    assert line == "shopwright: On SQLite `serve` does this work itself; a separate worker needs PostgreSQL."


def test_the_help_names_every_command(tmp_path: Path) -> None:
    told = command("--help", folder=tmp_path).stdout

    for name in ("serve", "worker", "migrate", "import", "export", "schema", "settings", "token", "test", "lint"):
        assert f" {name} " in told


async def break_the_lock(url: str) -> None:
    """End the connection that holds the leader's lock, as a restarting database would."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND (classid::bigint << 32) + objid::bigint = $1"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            LOCK,
        )
    finally:
        await connection.close()
