"""What tests say of the running shop: how a command refuses, and waiting for what another process does."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from drills.ground.running import ROOT, RunningShop, clean_environment, command, running_shop

__all__ = ["ROOT", "RunningShop", "clean_environment", "command", "eventually", "refused", "running_shop", "wait_until"]


def refused(*arguments: str, folder: Path, **environment: str) -> str:
    """What a command says when it refuses: one line, on standard error, with exit code 1."""
    done = command(*arguments, folder=folder, **environment)
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


async def eventually(question: Callable[[], object], *, seconds: float = 20) -> None:
    """Wait until something another process does has become true."""
    async with asyncio.timeout(seconds):
        while not question():  # noqa: ASYNC110 - another process gives no event to wait for
            await asyncio.sleep(0.05)


def wait_until(question: Callable[[], object], *, seconds: float) -> None:
    """The same for tests that are not asynchronous; returns even if it never came true."""
    deadline = time.monotonic() + seconds
    while not question() and time.monotonic() < deadline:
        time.sleep(0.1)
