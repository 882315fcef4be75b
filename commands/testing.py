"""`test`: the whole suite on SQLite and, beside it, the whole suite on a real PostgreSQL."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from commands import ROOT

NOTHING_COLLECTED = 5
SERVER = "SHOPWRIGHT_TEST_DATABASE_URL"
GLANCE_SECONDS = 0.2


def test(context: typer.Context) -> None:
    """Run the suite on SQLite and on PostgreSQL, side by side. Arguments are passed to pytest."""
    signal.signal(signal.SIGTERM, _leave)
    with (
        tempfile.NamedTemporaryFile() as later,
        _running(os.environ.get(SERVER) or _own_server(), context.args, Path(later.name)) as on_postgres,
        tempfile.NamedTemporaryFile() as now,
        _running("", context.args, Path(now.name)) as on_sqlite,
    ):
        summaries = {
            "SQLite": _told("SQLite", on_sqlite, Path(now.name)),
            "PostgreSQL": _told("PostgreSQL", on_postgres, Path(later.name)),
        }
        codes = [on_sqlite.returncode, on_postgres.returncode]
    for name, summary in summaries.items():
        typer.echo(f"{name}: {summary}")
    typer.echo(_together(*summaries.values()))
    raise typer.Exit(max(code for code in codes if code != NOTHING_COLLECTED) if set(codes) != {5} else 5)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Being told to end is an ordinary way to end: what was started is stopped."""
    raise SystemExit(128 + signal.SIGTERM)


@contextmanager
def _running(server: str, arguments: list[str], output: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Pytest in a process of its own (one dialect per process), which ends with this one."""
    command = [sys.executable, "-u", "-m", "pytest", *arguments]
    with (
        output.open("wb") as told,
        subprocess.Popen(  # noqa: S603 - pytest, with the arguments the developer typed
            command, cwd=ROOT, env=os.environ | {SERVER: server}, stdout=told, stderr=subprocess.STDOUT
        ) as suite,
    ):
        try:
            yield suite
        finally:
            if suite.poll() is None:
                suite.terminate()


def _told(name: str, suite: subprocess.Popen[bytes], output: Path) -> str:
    """Show what the run says while it says it; its last line."""
    typer.echo(f"── {name} ──")
    end = b""
    with output.open("rb") as saying:
        while True:
            over = suite.poll() is not None
            while some := saying.read(65_536):
                sys.stdout.buffer.write(some)
                sys.stdout.buffer.flush()
                end = (end + some)[-4_096:]
            if over:
                return end.decode(errors="replace").strip().rpartition("\n")[2]
            time.sleep(GLANCE_SECONDS)  # a file that grows can only be looked at


def _own_server() -> str:
    from drills.ground.postgres import start_postgres

    return start_postgres().url


def _together(*summaries: str) -> str:
    passed = sum(int(count) for line in summaries for count in re.findall(r"(\d+) passed", line))
    failed = sum(int(count) for line in summaries for count in re.findall(r"(\d+) (?:failed|error)", line))
    return f"{passed} passed, {failed} failed"
