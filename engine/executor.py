"""How a validated operation is run: by graphql-core, over Strawberry's schema. Another executor can take its place."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any, Protocol, cast

import strawberry
from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    create_source_event_stream,
    get_directive_values,
)
from graphql.execution import Executor as CoreExecutor
from strawberry.execution import optimized_is_awaitable

from engine.documents import Document
from engine.errors import BAD_USER_INPUT, Refused, coded
from engine.introspecting import KnownAnswers, is_about_the_schema
from engine.limits import Limits
from engine.operations import Way


class Execution(Protocol):
    """An operation with its variables coerced, ready to run once. `way` says by what: "plan" or "reference"."""

    way: Way
    variables: Mapping[str, Any]
    directives: Mapping[str, Mapping[str, Any]]

    async def answer(self, context: Any) -> ExecutionResult:
        """Run a query or a mutation."""

    async def open(self, context: Any) -> AsyncGenerator[Any, None]:
        """Open a subscription's source of events; a refusal if it has none."""

    async def answer_event(self, event: Any, context: Any) -> ExecutionResult:
        """Run the subscription's selections for one event."""


class Executor(Protocol):
    """Turns a document's operation and its variables into an execution."""

    def prepare(self, document: Document, operation: OperationDefinitionNode, variables: dict[str, Any]) -> Execution:
        """The execution; a refusal if the variables do not fit."""


class ReferenceExecutor:
    """graphql-core as it comes, with Strawberry's resolver information."""

    def __init__(self, schema: strawberry.Schema, limits: Limits, *, hide_suggestions: bool = False) -> None:
        self._schema = schema._schema
        self._core = _strict(schema.execution_context_class)
        self._most_errors = limits.errors
        self._hide_suggestions = hide_suggestions
        self._known = KnownAnswers()

    def prepare(
        self, document: Document, operation: OperationDefinitionNode, variables: dict[str, Any]
    ) -> "CoreExecution":
        """The execution; a refusal if the variables do not fit."""
        core = self._core.build(
            self._schema,
            document.syntax,
            raw_variable_values=variables,
            operation_name=operation.name.value if operation.name else None,
            max_coercion_errors=self._most_errors,
            is_awaitable=cast("Any", optimized_is_awaitable),
            hide_suggestions=self._hide_suggestions,
        )
        if isinstance(core, list):
            raise Refused(coded(core, BAD_USER_INPUT))
        return SchemaAnswer(core, document.id, self._known) if is_about_the_schema(operation) else CoreExecution(core)


class CoreExecution:
    """An operation that graphql-core runs."""

    way: Way = "reference"

    def __init__(self, core: CoreExecutor[Any]) -> None:
        self.core = core
        self.variables: Mapping[str, Any] = core.variable_values.coerced
        self.directives = _directives_of(core)

    def __del__(self) -> None:
        """graphql-core's executor knows itself in a circle: taken apart, it goes at once with all it was given."""
        cast("Any", self.core).async_helpers = None

    async def answer(self, context: Any) -> ExecutionResult:
        """Run a query or a mutation."""
        self.core.context_value = context
        return await _finished(self.core.execute_operation())

    async def open(self, context: Any) -> AsyncGenerator[Any, None]:
        """Open a subscription's source of events; a refusal if it has none."""
        self.core.context_value = context
        source: Any = create_source_event_stream(self.core)
        if optimized_is_awaitable(source):
            source = await source
        if isinstance(source, ExecutionResult):
            raise Refused(source.errors or ())
        return cast("AsyncGenerator[Any, None]", source)

    async def answer_event(self, event: Any, context: Any) -> ExecutionResult:
        """Run the subscription's selections for one event."""
        core = self.core.build_per_event_executor(event)
        core.context_value = context
        return await _finished(core.execute_operation(serially=False))


class SchemaAnswer(CoreExecution):
    """An operation about the schema alone, run by graphql-core unless its answer is known."""

    def __init__(self, core: CoreExecutor[Any], document_id: str, known: KnownAnswers) -> None:
        super().__init__(core)
        self._key = (document_id, core.operation.name.value if core.operation.name else None)
        self._known = known

    async def answer(self, context: Any) -> ExecutionResult:
        """The answer, worked out if it has not been lately."""
        answer = self._known.get(self._key)
        if answer is None:
            answer = await super().answer(context)
            self._known.keep(self._key, answer)
        return answer


async def _finished(result: Any) -> ExecutionResult:
    finished: ExecutionResult = await result if optimized_is_awaitable(result) else result
    return finished


def _directives_of(core: CoreExecutor[Any]) -> Mapping[str, Mapping[str, Any]]:
    """The directives on the operation itself with their arguments coerced; a refusal if one does not fit."""
    try:
        return {
            node.name.value: get_directive_values(definition, core.operation, core.variable_values) or {}
            for node in core.operation.directives or ()
            if (definition := core.schema.get_directive(node.name.value)) is not None
        }
    except GraphQLError as error:
        raise Refused(coded([error], BAD_USER_INPUT)) from None


def _strict(core: type[CoreExecutor[Any]]) -> type[CoreExecutor[Any]]:
    """The same executor, in which a value that does not fit its own type is a bug of ours, not the client's mistake."""

    def complete_leaf_value(return_type: Any, result: Any) -> Any:
        try:
            return core.complete_leaf_value(return_type, result)
        except GraphQLError as error:
            raise TypeError(error.message) from error

    return type(core.__name__, (core,), {"complete_leaf_value": staticmethod(complete_leaf_value)})
