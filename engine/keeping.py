"""Answers kept for whoever asks the same again, as long as what they tell of has not changed.

The application says which edition of its data is current. A kept answer belongs to one edition, that which was current
before its operation began: when the edition moves, it is never served again. Only queries are kept whose root fields
are all `lasting`, that ran without an error, and that no resolver took back by `Keeping.forgo`, because it told of
something that moves without an edition.
"""

import hashlib
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, GraphQLSchema, OperationDefinitionNode
from graphql.language import SelectionSetNode
from starlette.datastructures import Headers

from engine.documents import Document
from engine.shelf import Shelf

LASTING = "lasting"
DEFINITION = "strawberry-definition"
OVERHEAD_BYTES = 600
LARGEST_SHARE = 16


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The bytes of an answer, and the name they go by."""

    body: bytes
    etag: str
    edition: Hashable


@dataclass(frozen=True, slots=True)
class KeepingRules:
    """What the application knows: the current edition, and whether a request is anybody's or somebody's own."""

    edition: Callable[[], Awaitable[Hashable]]
    personal: Callable[[Headers], bool]
    bytes: int = 64 * 1024 * 1024
    max_age: int = 1


class KeptAnswers:
    """The answers of one engine, the least recently asked given up first."""

    def __init__(self, rules: KeepingRules, schema: GraphQLSchema) -> None:
        self.rules = rules
        self._schema = schema
        self._shelf = Shelf[KeptAnswer](rules.bytes)

    def get(self, key: str, edition: Hashable) -> KeptAnswer | None:
        """The answer kept under a key, if it belongs to the edition."""
        kept = self._shelf.get(key)
        return kept if kept is not None and kept.edition == edition else None

    def put(self, key: str, body: bytes, edition: Hashable) -> KeptAnswer:
        """Keep an answer; one that would take much of the room is not kept."""
        kept = KeptAnswer(body, name_of(body), edition)
        weight = len(body) + len(key) + OVERHEAD_BYTES
        if weight <= self.rules.bytes // LARGEST_SHARE:
            self._shelf.put(key, kept, weight=weight)
        return kept

    def lasts(self, document: Document, node: OperationDefinitionNode) -> bool:
        """Whether an operation asks for nothing but lasting root fields; found out once."""
        key = (LASTING, node.name.value if node.name else None)
        known = document.plans.get(key)
        if not isinstance(known, bool):
            known = document.plans[key] = self._found(document, node)
        return known

    def _found(self, document: Document, node: OperationDefinitionNode) -> bool:
        query = self._schema.query_type
        if node.operation.value != "query" or query is None:
            return False
        fragments = {
            each.name.value: each for each in document.syntax.definitions if isinstance(each, FragmentDefinitionNode)
        }
        names = set(_names(node.selection_set, fragments, set())) - {"__typename"}
        return all(name in query.fields and _is_lasting(query.fields[name].extensions) for name in names)


def name_of(body: bytes) -> str:
    """The entity tag of an answer."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _is_lasting(extensions: Mapping[str, object]) -> bool:
    definition = extensions.get(DEFINITION)
    return bool(getattr(definition, "metadata", {}).get(LASTING))


def _names(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]) -> list[str]:
    names: list[str] = []
    for each in selections.selections:
        if isinstance(each, FieldNode):
            names.append(each.name.value)
        elif isinstance(each, FragmentSpreadNode):
            if each.name.value not in seen:
                seen.add(each.name.value)
                names += _names(fragments[each.name.value].selection_set, fragments, seen)
        else:
            names += _names(each.selection_set, fragments, seen)  # type: ignore[attr-defined]  # an inline fragment
    return names
