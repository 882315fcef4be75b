"""The engine: a schema, its limits, and the way every operation goes, whichever transport it came by."""

import asyncio
import inspect
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any, Protocol

import strawberry
from graphql import ExecutionResult, GraphQLError
from starlette.requests import HTTPConnection

from engine.documents import Document, DocumentStore
from engine.errors import CANCELED, COST_EXCEEDED, DEADLINE_EXCEEDED, STATUSES, Refused, refusal
from engine.executor import Execution, Executor, ReferenceExecutor
from engine.limits import Limits
from engine.masking import Masker, codes_of
from engine.observing import Observer, SilentObserver
from engine.operations import Kind, OperationFacts, RowBudget, Transport
from engine.plans.executor import PlanExecutor
from engine.requests import GraphQLRequest
from engine.sharing import SharedAnswers, SharedEvent, key_of

ContextFor = Callable[[HTTPConnection, OperationFacts, dict[str, Any] | None], Awaitable[Any]]
"""Makes the context of one operation from its connection, its facts, and a socket's `connection_init` payload."""

MakeContext = Callable[[], Awaitable[Any]]
"""The same with everything known: called once, when the operation begins."""


class Closable(Protocol):
    """A stream or socket that is open."""

    def close_soon(self) -> None:
        """End without keeping the caller waiting."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back. `status` is for GraphQL's own media type, or `always`; `data` is absent if nothing ran."""

    payload: dict[str, Any]
    status: int = 200
    always: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The `extensions.code` of each error in it."""
        return codes_of(self.payload.get("errors", ()))


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that has passed every check and waits for its context."""

    facts: OperationFacts
    execution: Execution
    document: Document


class Engine:
    """Runs operations of one schema. Make one per schema and process, and `close` it when the process ends."""

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        limits: Limits | None = None,
        observer: Observer | None = None,
        introspection: bool = True,
        trusted: Mapping[str, str] | None = None,
        plans: bool = True,
        logger: logging.Logger | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.observer: Observer = observer or SilentObserver()
        self.masker = Masker(logger or logging.getLogger("engine"))
        self.documents = DocumentStore(schema._schema, self.limits, introspection=introspection, trusted=trusted)
        executor = PlanExecutor if plans else ReferenceExecutor
        self._executor: Executor = executor(schema, self.limits, hide_suggestions=not introspection)
        self._shared = SharedAnswers()
        self._open: set[Closable] = set()
        self._all_closed = asyncio.Event()
        self.closing = False

    def operation(self, request: GraphQLRequest, transport: Transport) -> Operation:
        """The operation a request asks for, found, measured and with its variables coerced; or a refusal."""
        document = self.documents.find(request)
        node = document.operation(request.operation_name)
        execution = self._executor.prepare(document, node, request.variables)
        name = node.name.value if node.name else None
        cost = document.costs[name].given(execution.variables)
        if cost > self.limits.cost:
            message = (
                f"The answer could hold {cost} objects; at most {self.limits.cost} are allowed. Ask for smaller pages."
            )
            raise refusal(message, COST_EXCEEDED)
        kind: Kind = node.operation.value
        facts = OperationFacts(
            kind=kind,
            name=name,
            document_id=document.id,
            variables=execution.variables,
            directives=execution.directives,
            extensions=request.extensions,
            transport=transport,
            budget=RowBudget(self.limits.rows),
            cost=cost,
            way=execution.way,
        )
        return Operation(facts, execution, document)

    async def answer(self, operation: Operation, context: MakeContext) -> Answer:
        """Run a query or a mutation to its end or its deadline."""

        async def run() -> ExecutionResult:
            return await operation.execution.answer(await context())

        return await self._observed(operation, run())

    async def only_answer(self, operation: Operation, context: MakeContext) -> AsyncGenerator[Answer, None]:
        """The answer to a query or a mutation as a stream of one."""
        yield await self.answer(operation, context)

    async def events(self, operation: Operation, context: MakeContext) -> AsyncGenerator[Answer, None]:
        """Run a subscription: an answer for each event. One without data is the last: an error ended the stream."""
        self.observer.subscription_opened(operation.facts)
        codes: Sequence[str] = ()
        try:
            current = await context()
            async with aclosing(await operation.execution.open(current)) as source:
                async for event in source:
                    current = await _renewed(current)
                    operation.facts.budget.refill()
                    yield await self._answer_event(operation, event, current)
                    await asyncio.sleep(0)  # a source that always has the next event ready must not starve the others
        except Exception as bug:  # noqa: BLE001 - the source is the application's; what it raises is told or masked and logged
            last = self.failed(bug)
            codes = last.codes
            yield last
        finally:
            self.observer.subscription_closed(operation.facts, codes=codes)

    async def _answer_event(self, operation: Operation, event: Any, context: Any) -> Answer:
        """The answer to one event; one that is shared is run by the first stream that has it."""
        if not isinstance(event, SharedEvent):
            return await self._observed(operation, operation.execution.answer_event(event, context))

        def run() -> Awaitable[Answer]:
            return self._observed(operation, operation.execution.answer_event(event.event, context))

        return await self._shared.of(key_of(event, operation.facts, operation.document), run)

    async def _observed(self, operation: Operation, running: Awaitable[ExecutionResult]) -> Answer:
        self.observer.operation_started(operation.facts)
        started = time.perf_counter()
        codes: Sequence[str] = (CANCELED,)
        try:
            answer = await self._in_time(operation, running)
            codes = answer.codes
            return answer
        finally:
            self.observer.operation_finished(operation.facts, codes=codes, seconds=time.perf_counter() - started)

    async def _in_time(self, operation: Operation, running: Awaitable[ExecutionResult]) -> Answer:
        try:
            async with asyncio.timeout(self.limits.deadline) as deadline:
                return self._answered(operation, await running)
        except Exception as bug:  # noqa: BLE001 - a context that cannot be made, or a bug of ours: told or masked and logged
            if deadline.expired():
                message = f"The operation took longer than {self.limits.deadline:g} seconds."
                return self.failed(refusal(message, DEADLINE_EXCEEDED, status=504))
            return self.failed(bug)

    def _answered(self, operation: Operation, result: ExecutionResult) -> Answer:
        payload: dict[str, Any] = {"data": result.data}
        if result.errors:
            payload["errors"] = self.masker.shown(result.errors)
        if operation.facts.extensions.get("cost") is True:
            payload["extensions"] = {"cost": self._cost_told(operation.facts)}
        return Answer(payload)

    def _cost_told(self, facts: OperationFacts) -> dict[str, int]:
        return {"objects": facts.cost, "mostObjects": self.limits.cost, "rows": facts.budget.spent}

    def failed(self, bug: Exception) -> Answer:
        """The answer to what could not run: a refusal and a client's mistake are told, anything else is masked."""
        if isinstance(bug, Refused):
            return Answer({"errors": self.masker.shown(bug.errors)}, status=bug.status, always=bug.malformed)
        error = bug if isinstance(bug, GraphQLError) else GraphQLError(str(bug), original_error=bug)
        errors = self.masker.shown([error])
        status = STATUSES.get(errors[0]["extensions"]["code"], 400)
        return Answer({"errors": errors}, status=status, always=status != 400)

    def opened(self, stream: Closable) -> None:
        """Remember a stream or socket, so that `close` can end it; one that comes too late is ended at once."""
        self._open.add(stream)
        if self.closing:
            stream.close_soon()

    def closed(self, stream: Closable) -> None:
        """Forget a stream or socket that has ended."""
        self._open.discard(stream)
        if not self._open:
            self._all_closed.set()

    def close_soon(self) -> None:
        """Ask everything open to end, and open nothing more. May be called many times."""
        self.closing = True
        for stream in tuple(self._open):
            stream.close_soon()

    async def close(self) -> None:
        """End every stream and socket, and wait until they have ended, though not for ever."""
        self.close_soon()
        self._all_closed.clear()
        if self._open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_closed.wait(), self.limits.close_seconds)


async def _renewed(context: Any) -> Any:
    """A fresh context for one event, if the application's context knows how to renew itself."""
    renew = getattr(context, "renew", None)
    if renew is None:
        return context
    renewed = renew()
    if inspect.isawaitable(renewed):
        renewed = await renewed
    return context if renewed is None else renewed
