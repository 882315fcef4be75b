"""Vendure from npm, as the lock beside this file names it, with the Node that it wants."""

import json
import platform
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from commands import Refusal
from drills.ground.npm import NpmFailed, install, is_installed

HERE = Path(__file__).parent
MACHINES = {"x86_64": "x64", "aarch64": "arm64"}
OLDEST = (22, 15)
"""What Vendure's own dependencies ask of Node."""
PRODUCTION = {"NODE_ENV": "production", "VENDURE_DISABLE_TELEMETRY": "true"}
"""The environment that Vendure runs in."""


def installed(told: Callable[[str], object], *, folder: Path = HERE) -> str:
    """The Node to run Vendure with, after installing both where that has not been done."""
    if not is_installed(folder):
        told("Installing Vendure from npm: 330 MB, this once …")
    try:
        install(folder)
    except NpmFailed as failed:
        raise Refusal(f"Vendure could not be installed, so nothing was measured. {failed}") from failed
    return node(folder)


def node(folder: Path = HERE) -> str:
    """The Node that came with Vendure where npm has one for this machine, or else the machine's own if new enough."""
    came = folder / "node_modules" / f"node-linux-{MACHINES.get(platform.machine(), 'unknown')}" / "bin" / "node"
    for program in (str(came), shutil.which("node")):
        if program and version_of(program) >= OLDEST:
            return program
    raise Refusal(f"Vendure needs Node {'.'.join(map(str, OLDEST))} or newer, and there is none.")


def version() -> str:
    """Which Vendure it is."""
    asked: str = json.loads((HERE / "package.json").read_text())["dependencies"]["@vendure/core"]
    return asked


def version_of(program: str) -> tuple[int, ...]:
    """The version that a Node calls itself; nothing, which is older than any, if it cannot run here."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(part) for part in said.strip().removeprefix("v").split("."))
