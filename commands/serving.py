"""`serve`: the shop, from nothing to its addresses."""

import asyncio
import gc
import os
import resource
import socket
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from commands import Refusal

if TYPE_CHECKING:
    import uvicorn

    from settings import Settings

GRACE_SECONDS = 8
HUNG_SECONDS = 30
"""A worker silent for so long is killed. A crowd on a busy machine keeps one from answering for a few."""
LARGEST_FRAME = 256 * 1024


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer; more than one needs PostgreSQL.", min=1)] = 1,
    database: Annotated[str, typer.Option(metavar="URL", help="In place of SHOPWRIGHT_DATABASE_URL.")] = "",
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Leave an empty database empty.")] = False,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Leave background work to `worker`.")] = False,
    ssl_keyfile: Annotated[Path | None, typer.Option(help="Private key, to serve HTTPS.")] = None,
    ssl_certfile: Annotated[Path | None, typer.Option(help="Certificate, to serve HTTPS.")] = None,
) -> None:
    """Serve the shop: prepares the database, loads the demo shop into an empty one, prints the addresses."""
    _open_many_files()
    gc.disable()  # nothing made while starting is garbage; the server turns it on again
    listener = _listener(host, port)
    scheme = "https" if ssl_certfile else "http"
    here = f"{scheme}://{_shown(host)}:{listener.getsockname()[1]}"
    settings = _settings(database=database, no_demo=no_demo, no_worker=no_worker, public_url=here)
    _refuse_workers_on_sqlite(settings, workers)
    _prepare(settings)
    _tell_addresses(settings)
    config = server_config(settings, workers=workers, ssl_keyfile=ssl_keyfile, ssl_certfile=ssl_certfile)
    _run(config, listener)


def _open_many_files() -> None:
    """Every live stream is an open file; take as many as the system lets this process have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with suppress(ValueError, OSError):  # a system that promises more than it gives
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _listener(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done; whoever asks meanwhile waits for the answer."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Refusal(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port.") from None
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - only compared, to show an address that a browser can open
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _settings(*, database: str, no_demo: bool, no_worker: bool, public_url: str) -> "Settings":
    """The settings with the options laid over them, in the environment too: that is how the workers get them."""
    from settings import settings

    given = {"DATABASE_URL": database, "DEMO": "no" if no_demo else "", "WORKER": "no" if no_worker else ""}
    for name, value in given.items():
        if value:
            os.environ[f"SHOPWRIGHT_{name}"] = value
    if not os.environ.get("SHOPWRIGHT_PUBLIC_URL"):
        os.environ["SHOPWRIGHT_PUBLIC_URL"] = public_url
    return settings()


def _refuse_workers_on_sqlite(settings: "Settings", workers: int) -> None:
    from database.connection import address_of

    if workers > 1 and address_of(settings.database).is_sqlite:
        raise Refusal(f"{workers} workers cannot share a SQLite file: use --database postgres://… or --workers 1.")


def _prepare(settings: "Settings") -> None:
    from preparing import alone_on_sqlite, prepare

    asyncio.run(prepare(settings, report=typer.echo))
    with alone_on_sqlite(settings):
        """Nobody else serves this file; the server itself holds on to it."""


def _tell_addresses(settings: "Settings") -> None:
    here = settings.public_url
    addresses = {"API": f"{here}/graphql", "Staff API": f"{here}/admin/graphql"}
    if settings.explorer:
        addresses |= {"Explorer": f"{here}/", "Staff explorer": f"{here}/admin"}
    for name, address in addresses.items():
        typer.echo(f"  {name:<15} {address}")
    typer.echo("Stop with Ctrl-C.")


def server_config(
    settings: "Settings",
    *,
    app: str = "server:app",
    workers: int = 1,
    ssl_keyfile: Path | None = None,
    ssl_certfile: Path | None = None,
) -> "uvicorn.Config":
    """How the shop is served."""
    import uvicorn

    return uvicorn.Config(
        app,
        workers=workers,
        ssl_keyfile=ssl_keyfile,
        ssl_certfile=ssl_certfile,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_worker_healthcheck=HUNG_SECONDS,
        http="operations.connections:Requests",
        ws="operations.connections:Sockets",
        ws_ping_interval=None,  # the engine asks for signs of life itself
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_FRAME,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
    )


def _run(config: "uvicorn.Config", listener: socket.socket) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    if config.workers > 1:
        with TemporaryDirectory(prefix="shopwright-figures-") as figures:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures  # the workers add theirs up in these files
            Multiprocess(config, sockets=[listener]).run()
        return
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    if not server.started:
        raise typer.Exit(1)
