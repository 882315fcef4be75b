"""`lock`: the exact packages, with hashes and without naming any place they come from."""

import subprocess
import sys
from pathlib import Path

import typer

from commands import ROOT

OPTIONS = ["--quiet", "--universal", "--generate-hashes", "--python-version", "3.11", "--no-emit-index-url"]
QUIET = ["--no-annotate", "--custom-compile-command", "./shopwright lock"]


def lock(
    upgrade: bool = typer.Option(False, "--upgrade", help="Take the newest versions that pyproject.toml allows."),
) -> None:
    """Write requirements.lock, requirements-stripe.lock and requirements-dev.lock again from pyproject.toml."""
    newest = ["--upgrade"] if upgrade else []
    _compile("requirements.lock", *newest)
    _compile("requirements-stripe.lock", "--extra", "stripe", "--constraints", "requirements.lock", *newest)
    _compile("requirements-dev.lock", "--group", "dev", "--constraints", "requirements.lock", *newest)


def _compile(target: str, *more: str) -> None:
    uv = str(Path(sys.executable).with_name("uv"))
    command = [uv, "pip", "compile", "pyproject.toml", *OPTIONS, *QUIET, *more, "--output-file", target]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own words, and the tool from the lock
    typer.echo(f"Wrote {target}.")
