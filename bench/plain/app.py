"""The application: its questions, and Strawberry's own ASGI application with loaders made for each request."""

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from strawberry.asgi import GraphQL

from bench.json_in_postgres.app import well
from bench.plain.broadcast import listening
from bench.plain.carts import Cart
from bench.plain.loaders import Loaders
from bench.plain.orders import Subscription
from bench.plain.products import Product
from database.connection import connected
from models import carts, catalog, shop


@strawberry.type
class PageInfo:
    """Where the page stands."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Products:
    """A page."""

    nodes: list[Product]
    page_info: PageInfo


@strawberry.type
class Shop:
    """The shop."""

    name: str


@strawberry.type
class Query:
    """What may be asked."""

    @strawberry.field
    async def products(self, first: int) -> Products:
        rows: Any = await catalog.Product.filter(status="ACTIVE").order_by("id").limit(first + 1)
        end = _cursor(rows[:first][-1].id) if rows else None
        return Products(nodes=rows[:first], page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=end))

    @strawberry.field
    async def product(self, handle: str) -> Product | None:
        found: Any = await catalog.Product.get_or_none(handle=handle, status="ACTIVE")
        return found  # type: ignore[no-any-return]

    @strawberry.field
    async def cart(self, id: strawberry.ID) -> Cart | None:
        found: Any = await carts.Cart.get_or_none(id=id.rpartition("/")[2], state="OPEN")
        return found  # type: ignore[no-any-return]

    @strawberry.field
    async def shop(self) -> Shop:
        found: Any = await shop.Shop.get(id=1)
        return found  # type: ignore[no-any-return]


def _cursor(key: int) -> str:
    return base64.urlsafe_b64encode(f'["id",{key},{key}]'.encode()).decode().rstrip("=")


class Plain(GraphQL[dict[str, Any], None]):
    """Strawberry's own ASGI application, with loaders made for each request."""

    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        return {"request": request, "response": response, "loaders": Loaders()}


@asynccontextmanager
async def _opened(_app: Starlette) -> AsyncIterator[None]:
    database = os.environ["SHOPWRIGHT_DATABASE_URL"]
    async with connected(database, pool_max=10), listening(database):
        yield


schema = strawberry.Schema(Query, subscription=Subscription)
graphql = Plain(schema)
app = Starlette(
    routes=[Route("/graphql", graphql), WebSocketRoute("/graphql", graphql), Route("/health/ready", well)],
    lifespan=_opened,
)
