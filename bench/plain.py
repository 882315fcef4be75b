"""The same listing by Strawberry as its documentation shows it: models as sources, aiodataloader, no caches.

Beside it, two answers that nobody can beat: bytes that are ready, and JSON built inside PostgreSQL.
Run with: uvicorn bench.plain:app, the database in SHOPWRIGHT_DATABASE_URL.
"""

import os
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import strawberry
from aiodataloader import DataLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from strawberry.asgi import GraphQL
from tortoise.connection import get_connection

from bench.in_postgres import LISTING
from database.connection import connected
from models.catalog import Product, ProductImage, ProductOption, ProductOptionValue, ProductTag, ProductVariant
from models.money import Money

READY: dict[str, bytes] = {}


class Children(DataLoader[int, list[Any]]):
    """The rows of one model below many parents."""

    def __init__(self, model: Any, parent: str, *order: str) -> None:
        super().__init__()
        self._model, self._parent, self._order = model, parent, order

    async def batch_load_fn(self, keys: list[int]) -> list[list[Any]]:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for row in await self._model.filter(**{f"{self._parent}__in": keys}).order_by(*self._order):
            found[getattr(row, self._parent)].append(row)
        return [found[key] for key in keys]


class Loaders:
    """The loaders of one request."""

    def __init__(self) -> None:
        self.tags = Children(ProductTag, "product_id", "tag")
        self.images = Children(ProductImage, "product_id", "position")
        self.options = Children(ProductOption, "product_id", "position")
        self.values = Children(ProductOptionValue, "option_id", "position")
        self.variants = Children(ProductVariant, "product_id", "position")


@strawberry.type
class MoneyV2:
    """Money."""

    amount: str
    currency_code: str

    @classmethod
    def of(cls, minor: int) -> "MoneyV2":
        return cls(amount=Money(minor, "USD").amount, currency_code="USD")


@strawberry.type
class Image:
    """A picture."""

    url: str
    alt_text: str | None
    width: int | None
    height: int | None

    @classmethod
    def of(cls, rows: Sequence[Any]) -> "Image | None":
        row = rows[0] if rows else None
        return row and cls(url=row.url, alt_text=row.alt_text, width=row.width, height=row.height)


@strawberry.type
class Range:
    """Two prices."""

    min_variant_price: MoneyV2
    max_variant_price: MoneyV2


@strawberry.type
class SelectedOption:
    """An option's value."""

    name: str
    value: str


@strawberry.type
class OptionValueType:
    """A value."""

    id: strawberry.ID
    name: str


@strawberry.type
class OptionType:
    """An option."""

    id: strawberry.ID
    name: str

    @strawberry.field
    async def option_values(self, info: strawberry.Info) -> list[OptionValueType]:
        return await info.context["loaders"].values.load(self.id)  # type: ignore[no-any-return]


@strawberry.type(name="ProductVariant")
class VariantType:
    """A variant."""

    id: strawberry.ID
    title: str
    sku: str | None

    @strawberry.field
    def available_for_sale(self) -> bool:
        return True

    @strawberry.field
    async def selected_options(self, info: strawberry.Info) -> list[SelectedOption]:
        row: Any = self
        options = await info.context["loaders"].options.load(row.product_id)
        values = (row.option1, row.option2, row.option3)
        return [SelectedOption(name=o.name, value=v) for o, v in zip(options, values, strict=False)]

    @strawberry.field
    def price(self) -> MoneyV2:
        row: Any = self
        return MoneyV2.of(row.price)

    @strawberry.field
    def compare_at_price(self) -> MoneyV2 | None:
        row: Any = self
        return None if row.compare_at_price is None else MoneyV2.of(row.compare_at_price)

    @strawberry.field
    async def image(self, info: strawberry.Info) -> Image | None:
        row: Any = self
        return Image.of(await info.context["loaders"].images.load(row.product_id))


@strawberry.type
class Variants:
    """Variants."""

    nodes: list[VariantType]


@strawberry.type(name="Product")
class ProductType:
    """A product."""

    id: strawberry.ID
    handle: str
    title: str
    description: str
    vendor: str
    product_type: str

    @strawberry.field
    def available_for_sale(self) -> bool:
        return True

    @strawberry.field
    async def tags(self, info: strawberry.Info) -> list[str]:
        return [row.tag for row in await info.context["loaders"].tags.load(self.id)]

    @strawberry.field
    async def featured_image(self, info: strawberry.Info) -> Image | None:
        return Image.of(await info.context["loaders"].images.load(self.id))

    @strawberry.field
    def price_range(self) -> Range:
        row: Any = self
        return Range(min_variant_price=MoneyV2.of(row.min_price), max_variant_price=MoneyV2.of(row.max_price))

    @strawberry.field
    async def compare_at_price_range(self, info: strawberry.Info) -> Range:
        rows = await info.context["loaders"].variants.load(self.id)
        prices = [row.compare_at_price for row in rows if row.compare_at_price] or [0]
        return Range(min_variant_price=MoneyV2.of(min(prices)), max_variant_price=MoneyV2.of(max(prices)))

    @strawberry.field
    async def options(self, info: strawberry.Info) -> list[OptionType]:
        return await info.context["loaders"].options.load(self.id)  # type: ignore[no-any-return]

    @strawberry.field
    async def variants(self, info: strawberry.Info, first: int) -> Variants:
        return Variants(nodes=(await info.context["loaders"].variants.load(self.id))[:first])


@strawberry.type
class PageInfo:
    """Where the page stands."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Products:
    """A page."""

    nodes: list[ProductType]
    page_info: PageInfo


@strawberry.type
class Query:
    """The listing."""

    @strawberry.field
    async def products(self, first: int) -> Products:
        rows: Any = await Product.filter(status="ACTIVE").order_by("id").limit(first + 1)
        end = str(rows[first - 1].id) if len(rows) >= first else None
        return Products(nodes=rows[:first], page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=end))


class Plain(GraphQL[dict[str, Any], None]):
    """Strawberry's own ASGI application, with loaders made for each request."""

    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        return {"request": request, "response": response, "loaders": Loaders()}


async def keep(request: Request) -> Response:
    """Remember bytes to answer with."""
    READY["answer"] = await request.body()
    return Response(status_code=204)


async def ready(_request: Request) -> Response:
    """Answer with them."""
    return Response(READY["answer"], media_type="application/json")


async def in_postgres(request: Request) -> Response:
    """The listing as PostgreSQL writes it."""
    first = (await request.json())["variables"]["first"]
    _, records = await get_connection("default").execute_query(LISTING, [first])
    return Response(records[0][0], media_type="application/json")


@asynccontextmanager
async def opened(_app: Starlette) -> AsyncIterator[None]:
    """The database, while the application runs."""
    async with connected(os.environ["SHOPWRIGHT_DATABASE_URL"], pool_max=10):
        yield


app = Starlette(
    routes=[
        Route("/graphql", Plain(strawberry.Schema(Query))),
        Route("/keep", keep, methods=["POST"]),
        Route("/ready", ready, methods=["POST"]),
        Route("/postgres", in_postgres, methods=["POST"]),
    ],
    lifespan=opened,
)
