"""The shop as its users run it: the real command, in a process of its own, over real sockets."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90
STOP_SECONDS = 20
LAST_WORDS = 4_000


@dataclass
class RunningShop:
    """A server that answers at `address`; what it has said so far is in `log`."""

    process: subprocess.Popen[bytes]
    log_file: Path
    address: str = ""
    ready: str = "/health/ready"
    stopped_after: float = field(default=0.0)

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def ask(self, document: str, **variables: Any) -> Any:
        """The answer to an operation of the storefront."""
        return httpx.post(self.url("/graphql"), json={"query": document, "variables": variables}, timeout=30).json()

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer at an address of the shop."""
        return httpx.get(self.url(path), timeout=30, **options)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop as an operator does; its exit code."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(STOP_SECONDS)
        self.stopped_after = time.monotonic() - began
        return code

    def kill(self) -> None:
        """Kill it with everything it has started, if it still runs."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def running_shop(database: str, folder: Path, *options: str, **environment: str) -> Iterator[RunningShop]:
    """Start `serve` on a free port and wait until it is ready; stop it if the block has not."""
    serve = [sys.executable, "cli.py", "serve", "--port", "0", "--database", database, *options]
    with running(serve, folder, **environment) as shop:
        yield shop


@contextmanager
def running(
    command: Sequence[str], folder: Path, *, address: str = "", ready: str = "/health/ready", **environment: str
) -> Iterator[RunningShop]:
    """Start a program that serves the shop, at an address it tells or at this one; kill all of it in the end.

    It runs when `ready` answers with success.
    """
    log_file = folder / f"serve-{time.monotonic_ns()}.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=clean_environment(folder, **environment),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for whoever started it, who still has to clean up
        )
    shop = RunningShop(process, log_file, address, ready)
    try:
        _wait_until_ready(shop)
        yield shop
    except Exception as error:
        error.add_note(f"What the shop said last:\n{shop.log[-LAST_WORDS:]}")
        raise
    finally:
        shop.kill()


def command(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the shop to its end."""
    return subprocess.run(
        [sys.executable, "cli.py", *arguments],
        cwd=ROOT,
        env=clean_environment(folder, **environment),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


def clean_environment(folder: Path, **environment: str) -> dict[str, str]:
    """The environment without settings of the developer's own, keeping the shop's things in a folder of the test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHOPWRIGHT_")}
    return {**kept, "SHOPWRIGHT_DATA": str(folder / "var"), **environment}


def _wait_until_ready(shop: RunningShop) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if shop.process.poll() is not None:
            break
        if not shop.address and (told := re.search(r"(https?://\S+)/graphql$", shop.log, re.MULTILINE)):
            shop.address = told[1]
        if shop.address and _ready(shop):
            return
        time.sleep(0.05)  # another program's start can only be asked about
    raise AssertionError(f"The shop did not start:\n{shop.log}")


def _ready(shop: RunningShop) -> bool:
    try:
        return httpx.get(shop.url(shop.ready), timeout=5, verify=False).status_code == 200  # noqa: S501 - our own
    except httpx.TransportError:
        return False
