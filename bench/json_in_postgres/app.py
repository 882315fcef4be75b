"""The least of a server: hands a listing on as PostgreSQL writes it. Served by `bench.same_server`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.contest import PUBLIC
from bench.json_in_postgres.listing import LISTING
from operations.front import Front
from server import ANY_ORIGIN

POOL = 10
MIDDLEWARE = [Middleware(Front), ANY_ORIGIN]


async def _listing(request: Request) -> Response:
    first = orjson.loads(await request.body())["variables"]["first"]
    return Response(await request.app.state.pool.fetchval(LISTING, first, PUBLIC), media_type="application/json")


async def well(_request: Request) -> Response:
    """Ready to be asked."""
    return Response(status_code=200)


@asynccontextmanager
async def _opened(app: Starlette) -> AsyncIterator[None]:
    address = os.environ["SHOPWRIGHT_DATABASE_URL"]
    pool: Any = asyncpg.create_pool(address, min_size=1, max_size=POOL, reset=_kept_as_it_is)
    async with pool as app.state.pool:
        yield


async def _kept_as_it_is(_connection: object) -> None:
    """As in the shop's own pool: nothing is set on a connection, so nothing has to be reset."""


app = Starlette(
    routes=[Route("/graphql", _listing, methods=["POST"]), Route("/health/ready", well)],
    middleware=MIDDLEWARE,
    lifespan=_opened,
)
