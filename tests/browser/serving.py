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
from payments.choosing import Gateways, gateways
from resolvers.context import Services
from schema.admin.schema import admin
from schema.storefront.schema import storefront
from tests.shop import SIGNER, a_shop


@asynccontextmanager
async def a_served_shop(port: int, database_url: str, *, providers: Gateways | None = None) -> AsyncIterator[str]:
    """The pages and both APIs over the test's own database, while the block runs; gives the address."""
    await a_shop(test_payments=True)
    address = f"http://127.0.0.1:{port}"
    engines = Engine(storefront(), introspection=True), Engine(admin(), introspection=True)
    async with feed_of(database_url) as feed:
        config = uvicorn.Config(
            _app(*engines, feed, address, providers or gateways()), port=port, lifespan="off", log_level="warning"
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server._serve())
        try:
            await _answering(port)
            yield address
        finally:
            for engine in engines:
                engine.close_soon()
            server.should_exit = True
            await serving


def _app(shoppers: Engine, staff: Engine, feed: Feed, address: str, providers: Gateways) -> Starlette:
    contexts = Contexts(Services(feed=feed, signer=SIGNER, gateways=providers), public_url=address)
    api = [
        Route("/graphql", http_endpoint(shoppers, contexts.for_shopper)),
        Route("/admin/graphql", http_endpoint(staff, contexts.for_staff)),
    ]
    return Starlette(routes=[*api, *hosted_routes(), *explorer_routes(), *asset_routes()])


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
