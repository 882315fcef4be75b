"""The engine: a schema, its limits, and the way every operation goes, whichever transport it came by."""

import asyncio
import inspect
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
import strawberry
from graphql import ExecutionResult, GraphQLError
from starlette.requests import HTTPConnection

from engine.documents import Document, DocumentStore
from engine.errors import CANCELED, COST_EXCEEDED, DEADLINE_EXCEEDED, STATUSES, UNAUTHENTICATED, Refused, refusal
from engine.executor import Execution, Executor, ReferenceExecutor
from engine.handing import check_handed, pages_asked
from engine.keeping import KeepingRules, KeptAnswers
from engine.limits import Limits
from engine.masking import Masker, codes_of
from engine.observing import Observer, SilentObserver
from engine.openings import Openings
from engine.operations import Kind, OperationFacts, RowBudget, Transport
from engine.places import Places
from engine.plans.executor import PlanExecutor
from engine.requests import GraphQLRequest
from engine.sharing import SharedAnswers, SharedEvent, asked_by

ContextFor = Callable[[HTTPConnection, OperationFacts, dict[str, Any] | None], Awaitable[Any]]
"""Makes the context of one operation from its connection, its facts, and a socket's `connection_init` payload."""

MakeContext = Callable[[], Awaitable[Any]]
"""The same with everything known: called once, when the operation begins."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back. `status` is for GraphQL's own media type, or `always`; `data` is absent if nothing ran."""

    payload: dict[str, Any]
    status: int = 200
    always: bool = False
    access_over: bool = False  # told by a stream whose viewer's own token is in force no more
    _encoded: list[bytes] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def encoded(self) -> bytes:
        """The payload as JSON, written once however many are sent it."""
        if not self._encoded:
            self._encoded.append(orjson.dumps(self.payload))
        return self._encoded[0]

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
        keeping: KeepingRules | None = None,
        logger: logging.Logger | None = None,
        places: Places | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.observer: Observer = observer or SilentObserver()
        self.masker = Masker(logger or logging.getLogger("engine"))
        self.documents = DocumentStore(schema._schema, self.limits, introspection=introspection, trusted=trusted)
        executor = PlanExecutor if plans else ReferenceExecutor
        self._executor: Executor = executor(schema, self.limits, hide_suggestions=not introspection)
        self.kept = KeptAnswers(keeping, schema._schema) if keeping is not None else None
        self._shared = SharedAnswers()
        self.openings = Openings(self.limits)
        self.places = places or Places(self.limits)

    def operation(self, request: GraphQLRequest, transport: Transport, *, most_values: int | None = None) -> Operation:
        """The operation a request asks for, found, measured and with its variables coerced; or a refusal.

        `most_values` may be given in place of the limit where more is believed of who asks.
        """
        document = self.documents.find(request)
        node = document.operation(request.operation_name)
        name = node.name.value if node.name else None
        check_handed(document.handed[name], node, request.variables, most=most_values or self.limits.values)
        if not document.plans:  # making a plan takes longer than finding out that it may not be used
            self._check_cost(document.costs[name].given(pages_asked(node, request.variables)))
        execution = self._executor.prepare(document, node, request.variables)
        cost = document.costs[name].given(execution.variables)
        self._check_cost(cost)
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

    def _check_cost(self, cost: int) -> None:
        if cost > self.limits.cost:
            message = (
                f"The answer could hold {cost} objects; at most {self.limits.cost} are allowed. Ask for smaller pages."
            )
            raise refusal(message, COST_EXCEEDED)

    async def answer(self, operation: Operation, context: MakeContext) -> Answer:
        """Run a query or a mutation to its end or its deadline."""

        async def run() -> ExecutionResult:
            return await operation.execution.answer(await context())

        return await self._observed(operation, run())

    async def only_answer(self, operation: Operation, context: MakeContext) -> AsyncGenerator[Answer, None]:
        """The answer to a query or a mutation as a stream of one."""
        yield await self.answer(operation, context)

    async def events(
        self, operation: Operation, context: MakeContext, *, address: str = ""
    ) -> AsyncGenerator[Answer, None]:
        """Run a subscription: an answer for each event. One without data is the last: an error ended the stream.

        The stream takes a place of its client's address, and of its viewer if the context tells who that is.
        """
        self.observer.subscription_opened(operation.facts)
        codes: Sequence[str] = ()
        opened = False
        try:
            with self.places.for_stream(address) as place:
                current = await context()
                place.claim(getattr(current, "identity", None))
                opened = True
                async with aclosing(self._answers(operation, current)) as answers:
                    async for answer in answers:
                        yield answer
        except Exception as bug:  # noqa: BLE001 - the source is the application's; what it raises is told or masked and logged
            last = self.failed(bug)
            codes = last.codes
            yield replace(last, access_over=opened and UNAUTHENTICATED in codes)
        finally:
            self.observer.subscription_closed(operation.facts, codes=codes)

    async def _answers(self, operation: Operation, context: Any) -> AsyncGenerator[Answer, None]:
        asked = asked_by(operation.facts, operation.document)
        async with aclosing(await operation.execution.open(context)) as source:
            async for event in source:
                context = await _renewed(context)
                operation.facts.budget.refill()
                yield await self._answer_event(operation, event, context, asked)
                self.observer.event_delivered(operation.facts)
                await asyncio.sleep(0)  # a source that always has the next event ready must not starve the others

    async def _answer_event(self, operation: Operation, event: Any, context: Any, asked: Hashable) -> Answer:
        """The answer to one event; one that is shared is run by the first stream that has it."""
        if not isinstance(event, SharedEvent):
            return await self._observed(operation, operation.execution.answer_event(event, context))

        def run() -> Awaitable[Answer]:
            return self._observed(operation, operation.execution.answer_event(event.event, context))

        return await self._shared.of((event.shared_as, asked), run)

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

    @property
    def closing(self) -> bool:
        """Whether it has been asked to end."""
        return self.openings.closing

    def forget(self) -> None:
        """Let go of the answers to events that are kept because many streams ask for them at once."""
        self._shared.clear()

    def close_soon(self) -> None:
        """Ask everything open to end, and open nothing more. May be called many times."""
        self.openings.close_soon()

    async def close(self) -> None:
        """End every stream and socket, and wait until they have ended, though not for ever."""
        await self.openings.close()


async def _renewed(context: Any) -> Any:
    """A fresh context for one event, if the application's context knows how to renew itself."""
    renew = getattr(context, "renew", None)
    if renew is None:
        return context
    renewed = renew()
    if inspect.isawaitable(renewed):
        renewed = await renewed
    return context if renewed is None else renewed
