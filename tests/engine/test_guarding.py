"""A guarded field asks its guard before anything else, whichever way it runs, and gives nothing away without it."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult

from engine import DocumentStore, Limits, Refused
from engine.executor import Executor, ReferenceExecutor
from engine.guarding import guard_field
from engine.plans.executor import PlanExecutor
from engine.requests import GraphQLRequest
from schema.binding import Argument, described, resolved_by, streamed_by

pytestmark = pytest.mark.once
KINDS = ["attribute", "plain", "later", "own", "ownLater"]


@dataclass
class Asked:
    """Whoever asks, and what was run for them."""

    trusted: bool
    run: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drawer:
    attribute: str = "gold"


class Untrusted(Exception):
    """The guard's refusal."""


def plain(context: Asked, row: object, *, number: int) -> str:
    context.run.append("plain")
    return f"plain {number}"


async def later(context: Asked, row: object) -> str:
    context.run.append("later")
    return "later"


async def ticks(context: Asked, row: object) -> AsyncGenerator[int, None]:
    context.run.append("ticks")
    yield 1


def drawers(context: Asked, row: object) -> list[Drawer]:
    return [Drawer(), Drawer()]


def number(text: str) -> int:
    return int(text)


@strawberry.type(name="Drawer")
class DrawerType:
    attribute: str | None = described("An attribute.")
    plain: str | None = resolved_by(plain, "A function.", number=Argument(str, "A number.", number))
    later: str | None = resolved_by(later, "A function that waits.")

    @strawberry.field
    def own(self, info: strawberry.Info) -> str | None:
        info.context.run.append("own")
        return "own"

    @strawberry.field
    async def own_later(self, info: strawberry.Info) -> str | None:
        info.context.run.append("own later")
        return "own later"


@strawberry.type
class Query:
    drawers: list[DrawerType] = resolved_by(drawers, "Two of them.")


@strawberry.type
class Subscription:
    ticks: AsyncGenerator[int, None] = streamed_by(ticks, "One tick.")


def guard(context: Asked) -> None:
    if not context.trusted:
        raise Untrusted


def guarded() -> strawberry.Schema:
    schema = strawberry.Schema(Query, subscription=Subscription)
    core: Any = schema._schema
    for name in KINDS:
        guard_field(core.type_map["Drawer"].fields[name], guard)
    guard_field(core.subscription_type.fields["ticks"], guard)
    return schema


SCHEMA = guarded()
DOCUMENTS = DocumentStore(SCHEMA._schema, Limits(errors=50))
WAYS = [PlanExecutor(SCHEMA, Limits(errors=50)), ReferenceExecutor(SCHEMA, Limits(errors=50))]


async def ask(way: Executor, text: str, context: Asked) -> ExecutionResult:
    document = DOCUMENTS.find(GraphQLRequest(query=text))
    return await way.prepare(document, document.operation(None), {}).answer(context)


@pytest.mark.parametrize("way", WAYS, ids=["plan", "reference"])
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("argument", ["1", "no number"])
async def test_what_is_guarded_is_null_with_an_error_for_each_row_and_nothing_of_it_runs(
    way: Executor, name: str, argument: str
) -> None:
    context = Asked(trusted=False)
    given = f'(number: "{argument}")' if name == "plain" else ""

    answer = await ask(way, f"{{ drawers {{ {name}{given} }} }}", context)

    assert answer.data == {"drawers": [{name: None}, {name: None}]}
    assert [type(error.original_error) for error in answer.errors or ()] == [Untrusted, Untrusted]
    assert [error.path for error in answer.errors or ()] == [["drawers", 0, name], ["drawers", 1, name]]
    assert context.run == []


@pytest.mark.parametrize("way", WAYS, ids=["plan", "reference"])
async def test_who_passes_the_guard_is_answered(way: Executor) -> None:
    answer = await ask(way, '{ drawers { attribute plain(number: "7") later own ownLater } }', Asked(trusted=True))

    told = {"attribute": "gold", "plain": "plain 7", "later": "later", "own": "own", "ownLater": "own later"}
    assert answer.errors is None
    assert answer.data == {"drawers": [told, told]}


@pytest.mark.parametrize("way", WAYS, ids=["plan", "reference"])
async def test_a_stream_behind_a_guard_is_not_opened(way: Executor) -> None:
    context = Asked(trusted=False)
    document = DOCUMENTS.find(GraphQLRequest(query="subscription { ticks }"))

    with pytest.raises(Refused) as refused:
        await way.prepare(document, document.operation(None), {}).open(context)

    assert [type(error.original_error) for error in refused.value.errors] == [Untrusted]
    assert context.run == []
