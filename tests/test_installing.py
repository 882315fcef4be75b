"""A clone in a new folder, for somebody who has only Python and a shell: one command, and the shop answers."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import httpx
import pytest

from drills.ground.postgres import free_port
from tests.running import ROOT, wait_until

pytestmark = pytest.mark.once

INSTALL_SECONDS = 180


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository, in a folder whose name has a space, and nothing else."""
    folder = tmp_path_factory.mktemp("a clone") / "the shop"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file() and not name.startswith(("tests/", "docs/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
            (folder / name).chmod((ROOT / name).stat().st_mode)
    return folder


def bare_environment(folder: Path) -> dict[str, str]:
    """An empty HOME and no settings; the registries a machine is set up for stay reachable."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHOPWRIGHT_", "VIRTUAL_ENV"))}
    return {**kept, "HOME": str(home)}


def test_two_first_starts_at_once_install_once_and_the_shop_answers(clone: Path) -> None:
    port = free_port()
    log = clone.parent / "log"
    with (
        log.open("wb") as told,
        started(clone, told, "--help") as helping,
        started(clone, told, "serve", "--port", str(port)) as serving,
    ):
        wait_until(lambda: answers(port) or serving.poll() is not None, seconds=INSTALL_SECONDS)
        answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json={"query": "{ shop { name } }"})
        assert answer.json()["data"]["shop"]["name"]
        assert helping.wait(60) == 0

    assert log.read_text().count("Making .venv") == 1
    assert (clone / "var" / "shop.db").exists()
    assert (clone / "pages" / "static" / "built" / "built.json").exists() == (shutil.which("npm") is not None)


def test_a_later_start_installs_nothing(clone: Path) -> None:
    environment = bare_environment(clone)
    done = subprocess.run([clone / "install.sh"], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout + done.stderr == ""


def test_an_old_python_is_told_from_a_new_one(clone: Path, tmp_path: Path) -> None:
    old = tmp_path / "old python"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    environment = {**bare_environment(clone), "PYTHON": str(old)}
    (clone / ".venv").rename(clone / "kept")
    done = subprocess.run([clone / "shopwright"], env=environment, capture_output=True, text=True, check=False)
    (clone / "kept").rename(clone / ".venv")

    assert done.returncode == 1
    assert "The shop needs Python 3.11 or newer" in done.stderr
    assert "old python is Python 3.9.2" in done.stderr


@contextmanager
def started(clone: Path, told: BinaryIO, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A command of the clone, running in a folder that is not the clone's own."""
    command: list[str | Path] = [clone / "shopwright", *arguments]
    with subprocess.Popen(command, cwd="/", env=bare_environment(clone), stdout=told, stderr=told) as process:
        try:
            yield process
        finally:
            process.kill()


def answers(port: int) -> bool:
    """Whether the shop is ready."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
