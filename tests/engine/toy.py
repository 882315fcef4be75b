"""A toy schema: a shelf of books with everything the engine has to carry, and hooks for a test to watch it by."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import Route, WebSocketRoute
from strawberry.directive import DirectiveLocation

from engine import Engine, OperationFacts, http_endpoint, sse_endpoint, websocket_endpoint


class Forbidden(Exception):
    """An error of the application, told to the client because it carries a code."""

    extensions = {"code": "FORBIDDEN"}


@dataclass
class Happenings:
    """What a test waits for, and what it tells the schema to do."""

    began: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    canceled: asyncio.Event = field(default_factory=asyncio.Event)
    written: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class ToyContext:
    """One per operation, renewed for each event."""

    operation: OperationFacts
    connection_params: dict[str, Any] | None
    happenings: Happenings
    generation: int = 0

    def renew(self) -> "ToyContext":
        return ToyContext(self.operation, self.connection_params, self.happenings, self.generation + 1)


Info = strawberry.Info[ToyContext, None]


@strawberry.enum
class Country(Enum):
    """Where the reader is."""

    NO = "no"
    SE = "se"


@strawberry.directive(locations=[DirectiveLocation.QUERY, DirectiveLocation.MUTATION, DirectiveLocation.SUBSCRIPTION])
def in_context(country: Country | None = None, note: str = "none") -> None:
    """Where and for whom the operation runs."""


@strawberry.interface
class Node:
    """Something with an id."""

    id: strawberry.ID


@strawberry.type
class Book(Node):
    """Something to read."""

    title: str

    @strawberry.field
    async def sequel(self) -> "Book | None":
        return Book(id=strawberry.ID(f"{self.id}+"), title=f"{self.title} again")

    @strawberry.field
    async def books(self, first: int | None = None, last: int | None = None) -> "BookConnection":
        return BookConnection.of(first or last or 2)


@strawberry.type
class BookEdge:
    """A book's place in a list."""

    node: Book
    cursor: str


@strawberry.type
class BookConnection:
    """Books, by the page."""

    nodes: list[Book]
    edges: list[BookEdge]

    @classmethod
    def of(cls, count: int) -> "BookConnection":
        books = [Book(id=strawberry.ID(str(n)), title=f"Book {n}") for n in range(count)]
        return cls(nodes=books, edges=[BookEdge(node=book, cursor=str(book.id)) for book in books])


@strawberry.input
class Filter:
    """Which books."""

    title: str
    years: list[int] | None = None


@strawberry.type
class Query:
    """What may be read."""

    @strawberry.field
    async def hello(self, name: str = "world") -> str:
        return f"Hello, {name}!"

    @strawberry.field
    def country(self, info: Info) -> str:
        told = info.context.operation.directives.get("inContext", {})
        return f"{told.get('country')} {told.get('note')}"

    @strawberry.field
    async def books(self, first: int | None = None, last: int | None = None) -> BookConnection:
        return BookConnection.of(first or last or 2)

    @strawberry.field
    async def book(self, filter: Filter | None = None, published: dt.datetime | None = None) -> Book | None:
        return Book(id=strawberry.ID("1"), title=filter.title if filter else "Book")

    @strawberry.field
    async def bug(self) -> str | None:
        secret = "postgres://shop:hunter2@db"
        raise RuntimeError(secret)

    @strawberry.field
    def misfit(self) -> int | None:
        return "hunter2"  # type: ignore[return-value]

    @strawberry.field
    async def refused(self) -> str | None:
        raise Forbidden("Not for you.")

    @strawberry.field
    async def read(self, info: Info, rows: int) -> int | None:
        info.context.operation.budget.spend(rows)
        return rows

    @strawberry.field
    async def wait(self, info: Info) -> str:
        happenings = info.context.happenings
        happenings.began.set()
        try:
            await happenings.go_on.wait()
        except asyncio.CancelledError:
            happenings.canceled.set()
            raise
        return "waited"


@strawberry.type
class Mutation:
    """What may be changed."""

    @strawberry.mutation
    async def write(self, info: Info, slowly: bool = False) -> str:
        info.context.happenings.began.set()
        if slowly:
            await info.context.happenings.go_on.wait()
        info.context.happenings.written.set()
        return "written"


@strawberry.type
class Generation:
    """Which context an event was answered with."""

    number: int

    @strawberry.field
    def context(self, info: Info) -> int:
        return info.context.generation

    @strawberry.field
    def params(self, info: Info) -> str:
        return str((info.context.connection_params or {}).get("who"))


@strawberry.type
class Subscription:
    """What may be followed."""

    @strawberry.subscription
    async def count(self, to: int) -> AsyncGenerator[int, None]:
        for number in range(1, to + 1):
            yield number

    @strawberry.subscription
    async def generations(self, to: int) -> AsyncGenerator[Generation, None]:
        for number in range(1, to + 1):
            yield Generation(number=number)

    @strawberry.subscription
    async def until_forbidden(self) -> AsyncGenerator[int, None]:
        yield 1
        raise Forbidden("Your access has expired.")

    @strawberry.subscription
    async def until_broken(self) -> AsyncGenerator[int, None]:
        yield 1
        raise RuntimeError("hunter2")

    @strawberry.subscription
    async def for_ever(self, info: Info) -> AsyncGenerator[int, None]:
        happenings = info.context.happenings
        happenings.began.set()
        try:
            yield 1
            await happenings.go_on.wait()
        finally:
            happenings.canceled.set()

    @strawberry.subscription
    async def flood(self, bytes_each: int) -> AsyncGenerator[str, None]:
        while True:
            yield "x" * bytes_each


schema = strawberry.Schema(Query, Mutation, Subscription, directives=[in_context])


def app_of(engine: Engine, happenings: Happenings | None = None) -> Starlette:
    """A server of the toy schema, with every transport."""
    seen = happenings or Happenings()

    async def context_for(
        connection: HTTPConnection, operation: OperationFacts, params: dict[str, Any] | None
    ) -> ToyContext:
        if connection.headers.get("authorization") == "wrong":
            raise Unauthenticated("Who are you?")
        if connection.headers.get("x-break"):
            raise RuntimeError("hunter2")
        return ToyContext(operation, params, seen)

    http = http_endpoint(engine, context_for)
    return Starlette(
        routes=[
            Route("/graphql", http),
            Route("/stream", sse_endpoint(engine, context_for)),
            WebSocketRoute("/graphql", websocket_endpoint(engine, context_for)),
        ]
    )


class Unauthenticated(Exception):
    """The application does not know who asks."""

    extensions = {"code": "UNAUTHENTICATED"}
