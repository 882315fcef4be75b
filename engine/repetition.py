"""How many pairs of fields validation would have to compare, counted before it starts.

The rule that fields of one response name must agree compares them pair by pair, also across fragments: a few kilobytes
of `{a{b} a{b} …}` keep it busy for seconds. Here the selection sets are merged once, as execution would merge them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from engine.errors import QUERY_TOO_COMPLEX, refusal
from engine.limits import Limits

CHARACTERS_PER_COMPARISON = 40  # of arguments; longer ones take longer to compare


class Repetition:
    """Counts what merging a document's selection sets would compare; refuses the document past the limit."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self._fragments: Mapping[str, FragmentDefinitionNode] = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._definitions = document.definitions
        self._limit = limits.comparisons
        self._compared = 0
        self._merged = 0
        self._most_merged = 4 * limits.fields

    def check(self) -> None:
        """Raise a refusal if validating the document would take too long."""
        for node in self._definitions:
            if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
                self._merge([node.selection_set])

    def _merge(self, together: Sequence[SelectionSetNode]) -> None:
        for fields in self._fields_by_name(together).values():
            if len(fields) > 1:
                self._count(len(fields) * (len(fields) - 1) // 2 * max(map(_weight, fields)))
            below = [field.selection_set for field in fields if field.selection_set]
            if below:
                self._merge(below)

    def _fields_by_name(self, together: Sequence[SelectionSetNode]) -> Mapping[str, list[FieldNode]]:
        fields: defaultdict[str, list[FieldNode]] = defaultdict(list)
        spread: set[str] = set()
        pending = list(together)
        while pending:
            selections = pending.pop().selections
            self._merged += len(selections)
            for node in selections:
                match node:
                    case FieldNode():
                        fields[(node.alias or node.name).value].append(node)
                    case InlineFragmentNode():
                        pending.append(node.selection_set)
                    case FragmentSpreadNode() if node.name.value not in spread:
                        spread.add(node.name.value)
                        if (fragment := self._fragments.get(node.name.value)) is not None:
                            pending.append(fragment.selection_set)
        self._count(len(spread) * (len(spread) - 1) // 2)
        return fields

    def _count(self, comparisons: int) -> None:
        self._compared += comparisons
        if self._compared > self._limit or self._merged > self._most_merged:
            raise refusal("The document repeats the same fields too often.", QUERY_TOO_COMPLEX)


def _weight(field: FieldNode) -> int:
    if not field.arguments:
        return 1
    first, last = field.arguments[0].loc, field.arguments[-1].loc
    return 1 + (last.end - first.start) // CHARACTERS_PER_COMPARISON if first and last else 1
