"""An answer that is ready before anybody asks. Served by `bench.same_server`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.contest import PUBLIC
from bench.json_in_postgres.app import MIDDLEWARE, well
from bench.json_in_postgres.listing import LISTING
from bench.workloads import SMALL


async def _ready(request: Request) -> Response:
    """The request is read, as any server has to, and not looked at."""
    await request.body()
    return Response(request.app.state.answer, media_type="application/json")


@asynccontextmanager
async def _opened(app: Starlette) -> AsyncIterator[None]:
    connection = await asyncpg.connect(os.environ["SHOPWRIGHT_DATABASE_URL"])
    app.state.answer = orjson.dumps(orjson.loads(await connection.fetchval(LISTING, SMALL, PUBLIC)))
    await connection.close()
    yield


app = Starlette(
    routes=[Route("/graphql", _ready, methods=["POST"]), Route("/health/ready", well)],
    middleware=MIDDLEWARE,
    lifespan=_opened,
)
