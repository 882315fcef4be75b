"""Every document a test asks is run by a plan; a query is run by graphql-core too, and must get the same answer."""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

import strawberry
from graphql import ExecutionResult, OperationType

from engine import DocumentStore, Limits, Refused
from engine.executor import ReferenceExecutor
from engine.plans.executor import PlanExecutor
from engine.requests import GraphQLRequest
from tests.engine.plans.comparing import differences, told

ONCE: ContextVar[bool] = ContextVar("ONCE", default=False)
"""Set where a test counts what an answer takes, so that it is answered once."""


@dataclass(frozen=True)
class Ways:
    """The two ways to run the documents of one schema."""

    documents: DocumentStore
    plans: PlanExecutor
    reference: ReferenceExecutor


@cache
def ways_of(schema: strawberry.Schema) -> Ways:
    """Made once for each schema of the tests."""
    limits = Limits(errors=50)
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
    answer = await ours.answer(await context())
    if operation.operation is OperationType.QUERY and not ONCE.get():
        reference = await theirs.answer(await context())
        possible = {told(error) for result in (answer, reference) for error in result.errors or ()}
        assert (difference := differences(answer, reference, possible)) is None, difference
    return answer
