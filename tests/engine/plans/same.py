"""Asks a schema both ways, each in a world that is the same every time, and compares all that comes of it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import strawberry
from graphql import ExecutionResult, OperationDefinitionNode, OperationType, parse

from engine.documents import Document, DocumentStore
from engine.errors import Refused
from engine.executor import Execution, ReferenceExecutor
from engine.limits import Limits
from engine.plans.executor import PlanExecutor
from engine.requests import GraphQLRequest
from engine.sharing import SharedEvent
from resolvers.mistakes import Mistake
from tests.engine.plans.comparing import differences, told
from tests.engine.plans.operations import ROOM_FOR_DIRECTIVE, Asked

MADE_UP_BADLY = {"GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX", "QUERY_TOO_DEEP", "BAD_USER_INPUT"}
LIMITS = Limits()

Run = Callable[[Any], Awaitable[Sequence[ExecutionResult]]]
"""Runs an operation in a context: its answers, one for each event of a subscription."""

World = Callable[[Run], Awaitable[tuple[Sequence[ExecutionResult], object]]]
"""Runs an operation in a context of its own; its answers, and what else came of it."""


@dataclass(frozen=True)
class Ways:
    """The two ways to run the operations of one schema."""

    schema: strawberry.Schema
    plans: PlanExecutor
    reference: ReferenceExecutor

    @classmethod
    def of(cls, schema: strawberry.Schema) -> "Ways":
        """Both ways of a schema, within the usual limits."""
        return cls(schema, PlanExecutor(schema, LIMITS), ReferenceExecutor(schema, LIMITS))

    async def same(self, asked: Asked, world: World, *, name: str | None = None) -> Sequence[ExecutionResult] | None:
        """Run an operation both ways and compare: a difference fails the test. None if it may not run at all."""
        try:
            document = DocumentStore(self.schema._schema, LIMITS).find(GraphQLRequest(query=asked.text))
            operation = document.operation(name)
            theirs = self.reference.prepare(document, operation, dict(asked.variables))
        except Refused as refused:
            if {(error.extensions or {})["code"] for error in refused.errors} <= MADE_UP_BADLY:
                return None
            raise
        ours = self.plans.prepare(document, operation, dict(asked.variables))
        assert ours.way == "plan"
        mine, came = await world(lambda context: answers(ours, operation, context))
        others, also_came = await world(lambda context: answers(theirs, operation, context))
        assert came == also_came
        assert len(mine) == len(others)
        if any(map(differences, mine, others)):
            possible = await self._possible_errors(document, operation, asked, world)
            found = [differences(own, other, possible) for own, other in zip(mine, others, strict=True)]
            assert not any(found), f"{found}\n{asked.text}\n{asked.variables}"
        return mine

    async def _possible_errors(
        self, document: Document, operation: OperationDefinitionNode, asked: Asked, world: World
    ) -> set[Any]:
        """Every error the operation has when no error takes others with it."""
        whole = replace(document, syntax=parse(without_propagation(asked.text)))
        execution = self.reference.prepare(whole, operation, dict(asked.variables))
        results, _ = await world(lambda context: answers(execution, operation, context))
        return {told(error) for result in results for error in result.errors or ()}


def without_propagation(text: str) -> str:
    """A generated document by graphql-core's own switch: an error takes nothing else with it."""
    return text.replace(ROOM_FOR_DIRECTIVE, "@experimental_disableErrorPropagation", 1)


async def answers(execution: Execution, operation: OperationDefinitionNode, context: Any) -> list[ExecutionResult]:
    """Every answer of an operation: one, or one for each event there is before its stream ends."""
    if operation.operation is not OperationType.SUBSCRIPTION:
        return [await execution.answer(context)]
    found: list[ExecutionResult] = []
    try:
        async with aclosing(await execution.open(context)) as events:
            async for event in events:
                shown = event.event if isinstance(event, SharedEvent) else event
                found.append(await execution.answer_event(shown, context))
    except (Mistake, Refused):  # how streams end, the same both ways: graphql-core opens them
        return found
    return found
