"""Front door: what is open while the shop serves, which address leads where, and a Context for every operation."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

import worker
from commerce.access import Signer
from database.connection import connected
from database.watching import watching
from engine import Engine, closing_on_signals, http_endpoint, sse_endpoint, websocket_endpoint
from keys import signing_keys
from media import routes as media
from operations.figures import Figures, statement_ran
from operations.front import Front
from operations.health import health_routes
from operations.logs import configure_logs
from outbox.opening import feed_of
from pages.assets import asset_routes
from pages.explorer import explorer_routes
from preparing import alone_on_sqlite, prepare
from resolvers.context import Services
from schema.storefront.schema import storefront
from settings import Settings, settings


def __getattr__(name: str) -> Any:
    """`uvicorn server:app` works: the application is made when it is first asked for."""
    if name == "app":
        return create_app(settings())
    raise AttributeError(name)
