"""Events that many streams hear: the selections of equal documents are run once and the answer goes to all of them."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    VariableNode,
)
from graphql.language import Node

from engine.documents import Document
from engine.operations import OperationFacts

T = TypeVar("T")
MOST = 1_000


@runtime_checkable
class SharedEvent(Protocol):
    """An event with the name of what it tells. Two events of one name have the same answer to the same document: the
    name therefore holds whatever the answer depends on, the viewer's rights too."""

    @property
    def shared_as(self) -> Hashable:
        """The name."""

    @property
    def event(self) -> Any:
        """What the selections are run on."""


class SharedAnswers:
    """Answers by document, variables and event. Who asks while one is under way waits for it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, asyncio.Task[Any]] = OrderedDict()

    async def of(self, key: Hashable, run: Callable[[], Awaitable[T]]) -> T:
        """The answer under this key. It is run in a task of its own, so that it outlives the stream that asked."""
        task = self._kept.get(key)
        if task is None:
            task = self._kept[key] = asyncio.ensure_future(_awaited(run))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return cast("T", task.result() if task.done() else await asyncio.shield(task))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


def asked_by(facts: OperationFacts, document: Document) -> Hashable:
    """What makes two streams' answers to one event the same. Arguments of the subscription itself have chosen the
    event and have no part in it."""
    place = ("inner variables", facts.name)
    if place not in document.plans:
        document.plans[place] = inner_variables(document.syntax, document.operations[facts.name])
    inner = cast("frozenset[str]", document.plans[place])
    given = {name: value for name, value in facts.variables.items() if name in inner}
    asked = [given, facts.directives, facts.extensions]
    return document.id, facts.name, orjson.dumps(asked, default=repr)


def inner_variables(document: DocumentNode, operation: OperationDefinitionNode) -> frozenset[str]:
    """The variables an operation uses anywhere but in the arguments of its root fields."""
    fragments = {part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)}
    root = {id(field) for field in _root_fields(operation, fragments)}
    pending: list[Node] = [*(operation.directives or ()), operation.selection_set]
    pending += [fragment.selection_set for fragment in fragments.values()]
    names: set[str] = set()
    while pending:
        node = pending.pop()
        if isinstance(node, VariableNode):
            names.add(node.name.value)
        pending += _children(node, but="arguments" if id(node) in root else "")
    return frozenset(names)


def _root_fields(part: Any, fragments: dict[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for selection in part.selection_set.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, FragmentSpreadNode):
            yield from _root_fields(fragments[selection.name.value], fragments)
        else:
            yield from _root_fields(selection, fragments)


def _children(node: Node, *, but: str) -> Iterator[Node]:
    for key in node.keys:
        child = getattr(node, key, None)
        if key != but and isinstance(child, Node):
            yield child
        elif key != but and isinstance(child, tuple | list):
            yield from child


async def _awaited(run: Callable[[], Awaitable[T]]) -> T:
    return await run()
