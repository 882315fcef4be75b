"""`lint`: everything that can be said about the code without running the shop."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import typer

from commands import ROOT

BESIDE = Path(sys.executable).parent


def lint() -> None:
    """Check style, types, import contracts, house rules, and that schemas and migrations have not drifted."""
    passed = [_checked(name, check) for name, check in CHECKS.items()]
    if not all(passed):
        raise typer.Exit(1)


def _checked(name: str, check: Callable[[], str]) -> bool:
    """Run one check and show what it found; nothing found is good."""
    began = time.monotonic()
    found = check()
    typer.echo(f"{'failed' if found else 'ok':>6}  {name} ({time.monotonic() - began:.1f} s)")
    if found:
        typer.echo(found)
    return not found


def _program(*command: str) -> Callable[[], str]:
    def check() -> str:
        arguments = [str(BESIDE / command[0]), *command[1:]]
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - from the lock
        return "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or "failed without a word"

    return check


def _schema_drift() -> str:
    drifted = [name for name in ("storefront", "admin") if _committed(name) != _served(name)]
    return "\n".join(f"schema/{name}.graphql is not what is served; write it again: {again(name)}" for name in drifted)


def _committed(name: str) -> str | None:
    file = ROOT / "schema" / f"{name}.graphql"
    return file.read_text() if file.exists() else None


def _served(name: str) -> str:
    from commands.schema import printed

    return printed(name)


def again(name: str) -> str:
    """The command that writes a schema's file."""
    return f"./shopwright schema {'--admin ' if name == 'admin' else ''}> schema/{name}.graphql"


def _migration_drift() -> str:
    from database.drift import drift

    missing = asyncio.run(drift())
    return (
        "\n".join(["migrations/ does not lead to models/ (./shopwright makemigrations NAME):", *missing])
        if missing
        else ""
    )


CHECKS: dict[str, Callable[[], str]] = {
    "style": _program("ruff", "check", "."),
    "format": _program("ruff", "format", "--check", "."),
    "types": _program("mypy", "."),
    "import contracts": _program("lint-imports", "--no-cache"),
    "shell scripts": _program("shellcheck", "shopwright", "install.sh", ".ci/run"),
    "Dockerfile": _program("hadolint", "Dockerfile"),
    "house rules": _program("pytest", "-q", "tests/test_house.py"),
    "schema drift": _schema_drift,
    "migration drift": _migration_drift,
}
