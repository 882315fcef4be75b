"""The shop of the tests: a few rows to begin with, and a way to ask its schemas."""

import datetime as dt
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import strawberry
from graphql import ExecutionResult

from commerce.access import Signer
from database.transactions import transaction
from engine import Engine, Refused
from engine.requests import GraphQLRequest
from loaders.reading import row_of
from loaders.rows import shop as rows
from media.bringing import Bringer
from models.orders import Order, OrderLine
from models.shop import Shop
from outbox.announcing import IN_PROCESS
from outbox.feed import Feed
from outbox.record import record
from payments.choosing import Gateways, gateways
from resolvers.context import Context, Services, Viewer
from tests.both_ways import answered

NOON = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
SIGNER = Signer(["a key for the tests, long enough"])


async def a_shop(**differences: Any) -> rows.Shop:
    """The one shop, made if this test has not made it yet."""
    defaults: dict[str, Any] = {
        "name": "The Wool Shop",
        "currency": "EUR",
        "country": "NO",
        "manual_payment_methods": ["bank transfer"],
        "updated_at": NOON,
    }
    await Shop.get_or_create(id=1, defaults={**defaults, **differences})
    shop = await row_of(Shop.filter(id=1), rows.Shop)
    assert shop is not None
    return shop


async def an_order(*, number: int | None = None, email: str = "ada@example.com", **differences: Any) -> Order:
    """A placed order of two jumpers, unpaid, unsent, with the fact of its placing."""
    number = number or secrets.randbelow(1_000_000) + 1_000
    values: dict[str, Any] = {
        "currency": "EUR",
        "subtotal": 9_000,
        "shipping": 500,
        "tax_included": True,
        "total": 9_500,
        "placed_at": NOON,
        "updated_at": NOON,
    }
    async with transaction():
        order = await Order.create(
            token=secrets.token_hex(16),
            name=f"#{number}",
            number=number,
            email=email,
            **{**values, **differences},
        )
        await OrderLine.create(
            order=order,
            position=1,
            title="Wool jumper",
            variant_title="M",
            unit_price=4_500,
            quantity=2,
            total=9_000,
        )
        await record("order.placed", aggregate="order", key=order.id, now=NOON)
    return order


@dataclass(frozen=True)
class Asked:
    """An answer: its data, and the codes of its errors."""

    data: Any
    codes: list[str]

    @classmethod
    def of(cls, result: ExecutionResult) -> "Asked":
        codes = [(error.extensions or {}).get("code", f"BUG: {error!r}") for error in result.errors or ()]
        return cls(result.data, codes)

    @classmethod
    def of_payload(cls, payload: dict[str, Any]) -> "Asked":
        return cls(payload.get("data"), [error["extensions"]["code"] for error in payload.get("errors", ())])


@dataclass(frozen=True)
class Counter:
    """One schema of the shop, asked by one viewer."""

    schema: strawberry.Schema
    viewer: Viewer = field(default_factory=Viewer)
    feed: Feed = IN_PROCESS
    clock: Callable[[], dt.datetime] = lambda: NOON
    gateways: Gateways = field(default_factory=gateways)
    pictures: Bringer = field(default_factory=lambda: Bringer({}))

    async def context(self) -> Context:
        services = Services(feed=self.feed, signer=SIGNER, gateways=self.gateways, pictures=self.pictures)
        return Context(
            shop=await a_shop(),
            public_url="https://shop.example",
            now=self.clock(),
            services=services,
            viewer=self.viewer,
            clock=self.clock,
        )

    async def ask(self, document: str, **variables: Any) -> Asked:
        """Run a query or a mutation."""
        return Asked.of(await answered(self.schema, document, variables, self.context))

    @asynccontextmanager
    async def follow(self, document: str, **variables: Any) -> AsyncIterator[AsyncIterator[Asked]]:
        """Run a subscription while the block runs."""
        engine = engine_of(self.schema)
        try:
            operation = engine.operation(GraphQLRequest(query=document, variables=variables), "websocket")
        except Refused as refused:
            yield _only(Asked.of_payload(engine.failed(refused).payload))
            return
        async with aclosing(engine.events(operation, self.context)) as answers:
            yield (Asked.of_payload(answer.payload) async for answer in answers)


@cache
def engine_of(schema: strawberry.Schema) -> Engine:
    """The engine that streams a schema's events, as the front door has one."""
    return Engine(schema)


async def _only(asked: Asked) -> AsyncIterator[Asked]:
    yield asked
