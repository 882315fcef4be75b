"""Every document a test asks is run by a plan and by graphql-core, and must get the same answer.

A query is run twice, on PostgreSQL only while its document is new: the run on SQLite asks it again and again. What a
mutation does is done once: graphql-core is then given what the acts came to, and answers the selections below them from
a shop read afresh. That takes as long as reading it, so each document has it once.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, TypeVar

import strawberry
from graphql import ExecutionResult, OperationDefinitionNode, OperationType

from engine import DocumentStore, Limits, Refused
from engine.executor import ReferenceExecutor
from engine.plans.executor import PlanExecutor
from engine.requests import GraphQLRequest
from tests.engine.plans.comparing import differences, told
from tests.replacing import replace

T = TypeVar("T")

ON_POSTGRES = bool(os.environ.get("SHOPWRIGHT_TEST_DATABASE_URL"))
Acted = dict[str, Any]
"""What the fields of one mutation came to: by response name, a value or the exception it was."""

ACTING: ContextVar[Acted | None] = ContextVar("ACTING", default=None)
ACTED: ContextVar[Acted | None] = ContextVar("ACTED", default=None)
ONCE: ContextVar[bool] = ContextVar("ONCE", default=False)
"""Set where a test counts what an answer takes, so that it is answered once."""


@dataclass(frozen=True)
class Ways:
    """The two ways to run the documents of one schema."""

    documents: DocumentStore
    plans: PlanExecutor
    reference: ReferenceExecutor
    compared: set[str] = field(default_factory=set)

    def is_due(self, text: str, operation: OperationDefinitionNode) -> bool:
        """Whether to compare both ways. Several acts cannot be: each is read in between."""
        if operation.operation is OperationType.QUERY:
            due = not (ON_POSTGRES and text in self.compared)
        else:
            due = text not in self.compared and len(operation.selection_set.selections) == 1
        self.compared.add(text)
        return due


@cache
def ways_of(schema: strawberry.Schema) -> Ways:
    """Made once for each schema of the tests."""
    limits = Limits(errors=50)
    if schema._schema.mutation_type is not None:
        for name, field in schema._schema.mutation_type.fields.items():
            replace(schema, field, partial(_remembering, name))
    return Ways(DocumentStore(schema._schema, limits), PlanExecutor(schema, limits), ReferenceExecutor(schema, limits))


async def answered(
    schema: strawberry.Schema, text: str, variables: Mapping[str, Any], context: Callable[[], Awaitable[Any]]
) -> ExecutionResult:
    """The answer to a query or a mutation."""
    ways = ways_of(schema)
    try:
        document = ways.documents.find(GraphQLRequest(query=text))
        operation = document.operation(None)
        ours = ways.plans.prepare(document, operation, dict(variables))
        theirs = ways.reference.prepare(document, operation, dict(variables))
    except Refused as refused:
        return ExecutionResult(None, list(refused.errors))
    acted: Acted = {}
    answer = await within(ACTING, acted, ours.answer, await context())
    if ONCE.get() or not ways.is_due(text, operation):
        return answer
    same(answer, await within(ACTED, acted, theirs.answer, await context()))
    return answer


async def at_once(*acts: Awaitable[T]) -> list[T]:
    """Do them at the same time. Each is answered once: before a second answer, others may change what it tells."""
    token = ONCE.set(True)
    try:
        return await asyncio.gather(*acts)
    finally:
        ONCE.reset(token)


def same(answer: ExecutionResult, reference: ExecutionResult) -> None:
    """Fail the test for a difference between the two answers."""
    possible = {told(error) for result in (answer, reference) for error in result.errors or ()}
    assert (difference := differences(answer, reference, possible)) is None, difference


async def within(
    variable: ContextVar[Acted | None], acted: Acted, run: Callable[[Any], Awaitable[ExecutionResult]], context: Any
) -> ExecutionResult:
    """Run it while what acts come to is told to, or taken from, `acted`."""
    token = variable.set(acted)
    try:
        return await run(context)
    finally:
        variable.reset(token)


def _remembering(name: str, act: Any) -> Any:
    """A mutation that does what it does once, where the same is answered twice."""

    async def remembering(context: Any, root: Any, **given: Any) -> Any:
        if (acted := ACTED.get()) is not None:
            return told_again(acted[name])
        outcome: Any = None
        try:
            outcome = await act(context, root, **given)
        except Exception as error:
            outcome = error
            raise
        finally:
            if (acting := ACTING.get()) is not None:
                acting[name] = outcome
        return outcome

    remembering.__dict__.update(vars(act))  # what is said of the act is said of this too
    return remembering


def told_again(outcome: Any) -> Any:
    """What an act came to, once more."""
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
