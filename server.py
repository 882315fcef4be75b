"""Front door: what is open while the shop serves, and which address leads where."""

import gc
from collections.abc import AsyncIterator, Hashable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Route, WebSocketRoute
from tortoise.connection import get_connection

from commerce.access import Signer
from contexts import Contexts
from database.connection import connected
from database.migrating import unapplied
from database.watching import watching
from engine import (
    ContextFor,
    Engine,
    KeepingRules,
    Limits,
    Places,
    RoomFor,
    closing_on_signals,
    http_endpoint,
    sse_endpoint,
    websocket_endpoint,
)
from keys import signing_keys
from media.bringing import Bringer
from media.endpoint import Media
from media.fetching import Fetcher
from media.shelf import Shelf
from media.storage import LocalFolder, Storage
from operations.figures import FeedFigures, Figures, statement_ran
from operations.front import Front
from operations.health import Check, health_routes
from operations.logs import configure_logs
from operations.memory import giving_back
from operations.orphans import ending_with_parent
from outbox.feed import Feed
from outbox.opening import feed_of
from pages.assets import asset_routes
from pages.explorer import explorer_routes
from pages.hosted import hosted_routes
from payments.choosing import Gateways
from preparing import alone_on_sqlite, prepare
from providers import open_providers
from resolvers.context import Context, Services, Viewer
from schema.admin.schema import admin
from schema.storefront.schema import storefront
from settings import ROOT, Settings, settings
from uploads import upload_routes
from webhooks import webhook_routes
from worker import working

FEWEST_TO_COLLECT = 100_000
STAFF_SECONDS = 60.0
ANY_ORIGIN = Middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "POST"],
    allow_headers=["*"],
    expose_headers=["X-Request-Id", "Retry-After", "ETag"],
    max_age=86_400,
)


class Door:
    """One serving process: its engines from the start, its database and feed while the lifespan runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.limits = Limits(
            streams=settings.streams,
            streams_per_address=settings.streams_per_address,
            streams_per_viewer=settings.streams_per_viewer,
            operations_per_socket=settings.streams_per_socket,
        )
        self.places = Places(self.limits)
        self.shoppers = self._engine(
            "storefront", storefront(), trusted=settings.trusted_documents, keeping=self._keeping()
        )
        self.staff = self._engine("admin", admin(), limits=replace(self.limits, deadline=STAFF_SECONDS))
        self._contexts: Contexts | None = None
        self._services: Services | None = None

    def _keeping(self) -> KeepingRules | None:
        room = self.settings.answer_cache
        return KeepingRules(self._edition, self._is_personal, bytes=room * 1024 * 1024) if room else None

    async def _edition(self) -> Hashable:
        assert self._contexts is not None  # noqa: S101 - no request is answered before the lifespan has begun
        return await self._contexts.editions.current()

    def _is_personal(self, headers: Headers) -> bool:
        return self._contexts is None or self._contexts.is_personal(headers)

    def _engine(
        self,
        name: str,
        schema: strawberry.Schema,
        *,
        trusted: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        keeping: KeepingRules | None = None,
    ) -> Engine:
        given = self.settings
        return Engine(
            schema,
            limits=limits or self.limits,
            places=self.places,
            observer=Figures(name),
            introspection=given.explorer,
            trusted=trusted,
            plans=given.engine == "plans",
            keeping=keeping,
        )

    @asynccontextmanager
    async def open(self, _app: Starlette) -> AsyncIterator[None]:
        """The lifespan: an up-to-date database, a feed, background work; closed in the opposite order."""
        given = self.settings
        await prepare(given)
        async with AsyncExitStack() as house:
            house.enter_context(alone_on_sqlite(given))
            house.enter_context(watching(statement_ran))
            await house.enter_async_context(
                connected(given.database, pool_min=given.database_pool_min, pool_max=given.database_pool_max)
            )
            feed = await house.enter_async_context(feed_of(given.database, observer=FeedFigures()))
            gateways = await house.enter_async_context(open_providers(given))
            self._services = Services(
                feed=feed,
                signer=Signer(signing_keys(given)),
                gateways=gateways,
                pictures=Bringer(_storages(given), Fetcher(private=given.fetch_private)),
            )
            self._contexts = Contexts(
                self._services, public_url=given.public_url, storefront_tokens=given.storefront_tokens
            )
            if given.worker:
                await house.enter_async_context(working(given))
            house.enter_context(ending_with_parent())
            await house.enter_async_context(
                giving_back(self.open_streams, partial(_forget, self.shoppers, self.staff, feed))
            )
            house.enter_context(closing_on_signals(self.shoppers, self.staff))
            house.push_async_callback(self.shoppers.close)
            house.push_async_callback(self.staff.close)
            _collect_from_here()
            yield

    async def for_shopper(self, connection: HTTPConnection, facts: Any, init: dict[str, Any] | None) -> Context:
        """The context of a storefront operation."""
        assert self._contexts is not None  # noqa: S101 - no request is answered before the lifespan has begun
        return await self._contexts.for_shopper(connection, facts, init)

    async def for_staff(self, connection: HTTPConnection, facts: Any, init: dict[str, Any] | None) -> Context:
        """The context of an operation of the staff schema."""
        assert self._contexts is not None  # noqa: S101 - no request is answered before the lifespan has begun
        return await self._contexts.for_staff(connection, facts, init)

    def providers(self) -> Gateways:
        """The payment providers, while the lifespan runs."""
        assert self._services is not None  # noqa: S101 - no request is answered before the lifespan has begun
        return self._services.gateways

    def open_streams(self) -> int:
        """How many streams and sockets are open."""
        return len(self.shoppers.openings) + len(self.staff.openings)

    async def room_for_staff(self, connection: HTTPConnection) -> int:
        """How long a request may be: staff who show a token in force change thousands of things in one."""
        return self.settings.staff_body_bytes if await self.staff_at(connection) else 0

    async def staff_at(self, connection: HTTPConnection) -> Viewer | None:
        """Who on the staff shows a token."""
        assert self._contexts is not None  # noqa: S101 - no request is answered before the lifespan has begun
        return await self._contexts.staff_at(connection)

    def services(self) -> Services:
        """What all operations share, while the lifespan runs."""
        assert self._services is not None  # noqa: S101 - no request is answered before the lifespan has begun
        return self._services

    def checks(self) -> dict[str, Check]:
        """What must be well before a load balancer sends anybody here."""

        async def database() -> str:
            await get_connection("default").execute_query("SELECT 1")
            return "ok"

        async def migrations() -> str:
            missing = await unapplied(get_connection("default"))
            return f"{len(missing)} not applied" if missing else "ok"

        async def feed() -> str:
            return "ok" if self._services is not None and self._services.feed.healthy else "not connected"

        async def door() -> str:
            return "closing" if self.shoppers.closing else "ok"

        return {"database": database, "migrations": migrations, "feed": feed, "door": door}


def create_app(settings: Settings) -> Starlette:
    """The application. It prepares its database when it starts, so any ASGI server can run it."""
    configure_logs(level=settings.log_level, style=settings.log_format)
    door = Door(settings)
    routes: list[BaseRoute] = [
        *_api(door.shoppers, door.for_shopper, "", "/api/{version}/graphql.json"),
        *_api(door.staff, door.for_staff, "/admin", "/admin/api/{version}/graphql.json", room_for=door.room_for_staff),
        *webhook_routes(door.providers, stripe_secrets=settings.stripe_webhook_secrets),
        *upload_routes(door.services, door.staff_at, public_url=settings.public_url),
        *health_routes(door.checks(), metrics_token=settings.metrics_token),
        Route("/media/{path:path}", _media(settings).serve),
        *asset_routes(),
        *hosted_routes(storefront_token=next(iter(settings.storefront_tokens), "")),
        *(explorer_routes() if settings.explorer else []),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Front), ANY_ORIGIN], lifespan=door.open)


def _forget(*parts: Engine | Feed) -> None:
    for part in parts:
        part.forget()


def _collect_from_here() -> None:
    """Let the garbage collector look only at what requests make, not at all that starting made, and less often.

    One big listing makes tens of thousands of rows and dictionaries and drops them at once; looking through them after
    every 700, as is usual, took up to half of its processor time. Several are answered beside one another, so it takes
    many more than one has before what is new is not simply under way.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(FEWEST_TO_COLLECT, 20, 100)
    gc.enable()


def _api(
    engine: Engine, context_for: ContextFor, prefix: str, versioned: str, *, room_for: RoomFor | None = None
) -> list[BaseRoute]:
    """The addresses of one schema: plain, with a version in the path, as a stream, and as a socket."""
    http, stream = http_endpoint(engine, context_for, room_for=room_for), sse_endpoint(engine, context_for)
    socket = websocket_endpoint(engine, context_for)
    return [
        Route(f"{prefix}/graphql", http),
        WebSocketRoute(f"{prefix}/graphql", socket),
        Route(versioned, http),
        WebSocketRoute(versioned, socket),
        Route(f"{prefix}/graphql/stream", stream),
    ]


def _media(settings: Settings) -> Media:
    return Media(_storages(settings), Shelf(settings.data / "pictures"))


def _storages(settings: Settings) -> dict[str, Storage]:
    """Where pictures lie, by the first part of their path: the demo shop's own, and those brought in."""
    return {"demo": LocalFolder(ROOT / "demo" / "media"), "shop": LocalFolder(settings.data / "media")}


def __getattr__(name: str) -> Any:
    """`uvicorn server:app` works: the application is made when it is first asked for."""
    if name == "app":
        return create_app(settings())
    raise AttributeError(name)
