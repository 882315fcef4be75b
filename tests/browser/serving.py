"""A shop served over a real socket from within the test, so that the test can change its database and stop it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from contexts import Contexts
from engine import Engine, http_endpoint
from outbox.feed import Feed
from outbox.opening import feed_of
from pages.assets import asset_routes
from pages.explorer import explorer_routes
from pages.hosted import hosted_routes
from resolvers.context import Services
from schema.storefront.schema import storefront
from tests.shop import SIGNER, a_shop


@asynccontextmanager
async def a_served_shop(port: int, database_url: str) -> AsyncIterator[str]:
    """The pages and the storefront API over the test's own database, while the block runs; gives the address."""
    await a_shop(test_payments=True)
    address = f"http://127.0.0.1:{port}"
    engine = Engine(storefront(), introspection=True)
    async with feed_of(database_url) as feed:
        config = uvicorn.Config(_app(engine, feed, address), port=port, lifespan="off", log_level="warning")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server._serve())
        try:
            await _answering(port)
            yield address
        finally:
            engine.close_soon()
            server.should_exit = True
            await serving


def _app(engine: Engine, feed: Feed, address: str) -> Starlette:
    contexts = Contexts(Services(feed=feed, signer=SIGNER), public_url=address)
    api = Route("/graphql", http_endpoint(engine, contexts.for_shopper))
    return Starlette(routes=[api, *hosted_routes(), *explorer_routes(), *asset_routes()])


async def _answering(port: int) -> None:
    """Knock until somebody opens."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0)
        else:
            writer.close()
            return
