"""Runs operations by plans where they are covered, else by graphql-core; known before anything runs."""

from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)
from graphql.execution import Executor as CoreExecutor

from engine.documents import Document
from engine.executor import CoreExecution, Execution, ReferenceExecutor
from engine.limits import Limits
from engine.operations import Way
from engine.plans.answering import Answers
from engine.plans.plan import Plan, planned
from engine.plans.source import TooLong

CONDITIONS = ("skip", "include")
NOT_COVERED = ("defer", "stream", "experimental_disableErrorPropagation")
INTROSPECTION = ("__schema", "__type")
MOST_PLANS = 16  # of one operation, for different values of its conditions
BYTES_PER_CHARACTER = 12  # what a character of a plan's Python keeps in memory, measured


@dataclass(slots=True)
class Planned:
    """What is known of one operation of a document."""

    conditions: tuple[str, ...]
    covered: bool
    plans: dict[tuple[bool, ...], Plan] = field(default_factory=dict)


class PlanExecutor:
    """Compiles each operation when it is first asked for, once for each set of its conditions."""

    def __init__(self, schema: strawberry.Schema, limits: Limits, *, hide_suggestions: bool = False) -> None:
        self._reference = ReferenceExecutor(schema, limits, hide_suggestions=hide_suggestions)
        self._answers = Answers(schema)

    def prepare(self, document: Document, operation: OperationDefinitionNode, variables: dict[str, Any]) -> Execution:
        """The execution; a refusal if the variables do not fit."""
        reference = self._reference.prepare(document, operation, variables)
        plan = self.plan(document, reference.core)
        return reference if plan is None else PlannedExecution(reference, plan)

    def plan(self, document: Document, core: CoreExecutor[Any]) -> Plan | None:
        """The plan of an operation with these variables; None if no plan covers it."""
        name = core.operation.name.value if core.operation.name else None
        known = document.plans.get(name)
        if not isinstance(known, Planned):
            known = document.plans[name] = examined(document.syntax)
        given = core.variable_values.coerced
        values = tuple(value for name in known.conditions if isinstance(value := given.get(name), bool))
        if not known.covered or len(values) < len(known.conditions):
            return None
        plan = known.plans.get(values)
        if plan is None and len(known.plans) < MOST_PLANS:
            try:
                plan = known.plans[values] = planned(core, self._answers)
            except TooLong:
                known.covered = False
                return None
            document.grown(BYTES_PER_CHARACTER * len(plan.text))
        return plan


class PlannedExecution:
    """An operation that runs by its plan. The source of a subscription's events is opened by graphql-core."""

    way: Way = "plan"

    def __init__(self, reference: CoreExecution, plan: Plan) -> None:
        self._reference = reference
        self._plan = plan
        self.variables: Mapping[str, Any] = reference.variables
        self.directives = reference.directives

    @property
    def text(self) -> str:
        """The Python it runs."""
        return self._plan.text

    async def answer(self, context: Any) -> ExecutionResult:
        """Run a query or a mutation."""
        core = self._reference.core
        core.context_value = context
        return await self._plan.answer(core, context)

    async def open(self, context: Any) -> AsyncGenerator[Any, None]:
        """Open a subscription's source of events; a refusal if it has none."""
        return await self._reference.open(context)

    async def answer_event(self, event: Any, context: Any) -> ExecutionResult:
        """Run the subscription's selections for one event."""
        core = self._reference.core.build_per_event_executor(event)
        core.context_value = context
        return await self._plan.answer(core, context, event)


def examined(document: DocumentNode) -> Planned:
    """Which variables decide what a document's operations select, and whether plans cover all that it uses."""
    conditions: dict[str, None] = {}
    covered = True
    for node in nodes(document):
        if isinstance(node, FieldNode) and node.name.value in INTROSPECTION:
            covered = False
        if isinstance(node, FragmentDefinitionNode) and node.variable_definitions:
            covered = False
        for directive in node.directives or ():
            if directive.name.value in NOT_COVERED:
                covered = False
            if directive.name.value in CONDITIONS:
                for argument in directive.arguments or ():
                    if isinstance(argument.value, VariableNode):
                        conditions[argument.value.name.value] = None
    return Planned(tuple(conditions), covered)


def nodes(document: DocumentNode) -> Iterator[OperationDefinitionNode | FragmentDefinitionNode | SelectionNode]:
    """Every operation, fragment and selection."""
    pending: list[SelectionSetNode] = []
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            yield definition
            pending.append(definition.selection_set)
    while pending:
        for selection in pending.pop().selections:
            yield selection
            below = getattr(selection, "selection_set", None)
            if below is not None:
                pending.append(below)
