"""A real server of an ASGI app on a free port, for tests in which the transport matters."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

from operations.connections import Requests, Sockets


class InProcess(uvicorn.Server):
    """A server that leaves the process's signals to the tests."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, *, sockets: type[Sockets] = Sockets) -> AsyncIterator[str]:
    """Serve the app while the block runs; gives its address, without a scheme, at which clients may already knock."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        log_level="warning",
        http=Requests,
        ws=sockets,
        ws_ping_interval=None,
        ws_per_message_deflate=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    server = InProcess(config)
    running = asyncio.ensure_future(server.serve(sockets=[listening]))
    try:
        yield "{}:{}".format(*listening.getsockname())
    finally:
        server.should_exit = True
        await running
        listening.close()
