"""The servers of a benchmark, one process each, on ports of their own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.contest import PUBLIC
from drills.audience.orders import SIGNED
from drills.ground.postgres import free_port
from drills.ground.running import running

UVICORN = ("-m", "uvicorn", "--no-access-log", "--log-level", "error")
QUIET = {**SIGNED, "SHOPWRIGHT_PUBLIC_URL": PUBLIC, "SHOPWRIGHT_LOG_LEVEL": "warning"}


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs; `address` is where it can be reached."""

    port: int
    process: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def shopwright(database: str, folder: Path, **environment: str) -> Iterator[Server]:
    """The shop's own server, without background work."""
    with _serving(database, folder, "cli.py", "serve", "--no-demo", "--no-worker", **environment) as server:
        yield server


@contextmanager
def application(name: str, database: str, folder: Path) -> Iterator[Server]:
    """An ASGI application, as uvicorn serves it by itself; it has to answer at /health/ready."""
    with _serving(database, folder, *UVICORN, name) as server:
        yield server


@contextmanager
def same_server(name: str, database: str, folder: Path) -> Iterator[Server]:
    """An ASGI application, served exactly as the shop's is; it has to answer at /health/ready."""
    with _serving(database, folder, "-m", "bench.same_server", name) as server:
        yield server


@contextmanager
def _serving(database: str, folder: Path, *program: str, **environment: str) -> Iterator[Server]:
    port = free_port()
    given = {**QUIET, "SHOPWRIGHT_DATABASE_URL": database, **environment}
    command = [sys.executable, *program, "--port", str(port)]
    with running(command, folder, address=f"http://127.0.0.1:{port}", **given) as shop:
        yield Server(port, shop.process.pid)
