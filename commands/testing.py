"""`test`: the whole suite on SQLite, then the whole suite on a real PostgreSQL."""

import os
import re
import subprocess
import sys

import typer

from commands import ROOT

NOTHING_COLLECTED = 5
SERVER = "SHOPWRIGHT_TEST_DATABASE_URL"


def test(context: typer.Context) -> None:
    """Run the suite on SQLite, then on PostgreSQL. Arguments are passed to pytest."""
    on_sqlite = _run("SQLite", "", context.args)
    on_postgres = _run("PostgreSQL", os.environ.get(SERVER) or _own_server(), context.args)
    codes = [on_sqlite[0], on_postgres[0]]
    for name, (_, summary) in {"SQLite": on_sqlite, "PostgreSQL": on_postgres}.items():
        typer.echo(f"{name}: {summary}")
    typer.echo(_together(on_sqlite[1], on_postgres[1]))
    raise typer.Exit(max(code for code in codes if code != NOTHING_COLLECTED) if set(codes) != {5} else 5)


def _run(name: str, server: str, arguments: list[str]) -> tuple[int, str]:
    """Run pytest in a process of its own (one dialect per process), showing its progress; its code and last line."""
    typer.echo(f"── {name} ──")
    command = [sys.executable, "-u", "-m", "pytest", *arguments]
    end = b""
    with subprocess.Popen(  # noqa: S603 - pytest, with the arguments the developer typed
        command, cwd=ROOT, env=os.environ | {SERVER: server}, stdout=subprocess.PIPE
    ) as suite:
        assert suite.stdout is not None  # noqa: S101 - it was asked for
        while some := os.read(suite.stdout.fileno(), 65_536):
            sys.stdout.buffer.write(some)
            sys.stdout.buffer.flush()
            end = (end + some)[-4_096:]
    return suite.returncode, end.decode(errors="replace").strip().rpartition("\n")[2]


def _own_server() -> str:
    from tests.postgres import start_postgres

    return start_postgres().url


def _together(*summaries: str) -> str:
    passed = sum(int(count) for line in summaries for count in re.findall(r"(\d+) passed", line))
    failed = sum(int(count) for line in summaries for count in re.findall(r"(\d+) (?:failed|error)", line))
    return f"{passed} passed, {failed} failed"
