"""The servers of a benchmark: ours with plans, ours without, and the plain one, on one database."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs."""

    port: int
    process: int


@contextmanager
def servers(database: str, folder: Path) -> Iterator[dict[str, Server]]:
    """All of them, as long as the block runs; one process each."""
    ours = [sys.executable, "cli.py", "serve", "--no-demo", "--no-worker", "--port"]
    plain = [sys.executable, "-m", "uvicorn", "bench.plain:app", "--no-access-log", "--log-level", "error", "--port"]
    with ExitStack() as running:
        yield {
            "plans": running.enter_context(_server(ours, database, folder, "plans")),
            "reference": running.enter_context(_server(ours, database, folder, "reference")),
            "plain": running.enter_context(_server(plain, database, folder, "plain")),
        }


@contextmanager
def _server(command: list[str], database: str, folder: Path, name: str) -> Iterator[Server]:
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SHOPWRIGHT_")}
    environment |= {
        "SHOPWRIGHT_DATABASE_URL": database,
        "SHOPWRIGHT_DATA": str(folder / name),
        "SHOPWRIGHT_LOG_LEVEL": "error",
        "SHOPWRIGHT_ENGINE": name if name == "reference" else "plans",
    }
    process = subprocess.Popen([*command, str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own servers
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("a server of the benchmark did not start")
