"""Serve an application by the server that the shop is served by: `python -m bench.same_server APP --port PORT`."""

import gc

import typer
import uvicorn

from commands.serving import server_config
from settings import settings


def serve(app: str, port: int = 8000) -> None:
    """Run it, with the shop's own options of uvicorn."""
    config = server_config(settings(), app=app)
    config.host, config.port = "127.0.0.1", port
    gc.freeze()
    uvicorn.Server(config).run()


if __name__ == "__main__":
    typer.run(serve)
