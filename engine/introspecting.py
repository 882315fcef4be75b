"""Answers about the schema alone: always the same, dear to work out, so worked out once."""

from collections import OrderedDict

from graphql import ExecutionResult, FieldNode, OperationDefinitionNode, OperationType

ABOUT_THE_SCHEMA = ("__schema", "__type", "__typename")
MOST_KEPT = 8  # answers; each may be megabytes


def is_about_the_schema(operation: OperationDefinitionNode) -> bool:
    """Whether the operation asks for nothing but the schema, the same whoever asks and whenever."""
    return (
        operation.operation is OperationType.QUERY
        and not operation.variable_definitions
        and all(
            isinstance(node, FieldNode) and node.name.value in ABOUT_THE_SCHEMA
            for node in operation.selection_set.selections
        )
    )


Key = tuple[str, str | None]
"""A document's id and the name of the operation in it."""


class KnownAnswers:
    """The last few answers about a schema."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, ExecutionResult] = OrderedDict()

    def get(self, key: Key) -> ExecutionResult | None:
        """The answer, if it has been worked out lately."""
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
        return known

    def keep(self, key: Key, answer: ExecutionResult) -> None:
        """Remember an answer, forgetting the one not asked for the longest."""
        self._kept[key] = answer
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
