"""What an operation selects on each object type, collected by graphql-core itself so that their order is its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution import Executor as CoreExecutor
from graphql.execution.collect_fields import FieldDetails, collect_fields, collect_subfields

from engine.plans.answering import Answers, Attribute, Event, Function, Met
from engine.plans.running import Use

Details = Sequence[FieldDetails]
TYPENAME = "__typename"


class Selection:
    """The fields of one operation, with one set of `@skip` and `@include` values."""

    def __init__(self, core: CoreExecutor[Any], answers: Answers) -> None:
        self._core = core
        self._answers = answers
        self._uses: dict[tuple[str, tuple[int, ...]], Mapping[str, tuple[Use | None, Details]]] = {}
        self._waits: dict[tuple[str, tuple[int, ...]], bool] = {}

    def of_root(self, root: GraphQLObjectType) -> Mapping[str, tuple[Use | None, Details]]:
        """The operation's own fields by response name; `__typename` has no use."""
        core = self._core
        collected = collect_fields(
            core.schema, core.fragments, core.variable_values, root, core.operation, core.hide_suggestions
        )
        return self._used(root, collected.grouped_field_set)

    def below(self, kind: GraphQLObjectType, details: Details) -> Mapping[str, tuple[Use | None, Details]]:
        """The fields selected below a field, on objects of one type."""
        key = (kind.name, tuple(id(detail.node) for detail in details))
        known = self._uses.get(key)
        if known is None:
            core = self._core
            collected = collect_subfields(
                core.schema,
                core.fragments,
                core.variable_values,
                core.operation,
                kind,
                list(details),
                core.hide_suggestions,
            )
            known = self._uses[key] = self._used(kind, collected.grouped_field_set)
        return known

    def possible(self, kind: GraphQLOutputType) -> Sequence[GraphQLObjectType]:
        """The object types a composite type can turn out to be."""
        named: Any = get_named_type(kind)
        return self._core.schema.get_possible_types(named) if is_abstract_type(named) else (named,)

    def waits(self, kind: GraphQLOutputType, details: Details) -> bool:
        """Whether anything below a field has to be awaited."""
        named: Any = get_named_type(kind)
        if is_leaf_type(named):
            return False
        key = (named.name, tuple(id(detail.node) for detail in details))
        known = self._waits.get(key)
        if known is None:
            known = self._waits[key] = any(
                use is not None and self.waits_for(use, deeper)
                for possible in self.possible(named)
                for use, deeper in self.below(possible, details).values()
            )
        return known

    def waits_for(self, use: Use, details: Details) -> bool:
        """Whether the field, or anything below it, has to be awaited."""
        return self.is_awaited(use) or self.waits(use.type, details)

    def is_awaited(self, use: Use) -> bool:
        """Whether the field's own value may have to be awaited."""
        way = self._answers.of(use.field)
        return not isinstance(way, Attribute | Event) and not (isinstance(way, Function) and not way.waits)

    def is_met(self, use: Use, details: Details) -> bool:
        """Whether the field needs nothing but what can be had for all rows of its level before."""
        return isinstance(self._answers.of(use.field), Met) and not self.waits(use.type, details)

    def _used(
        self, kind: GraphQLObjectType, grouped: Mapping[str, Details]
    ) -> Mapping[str, tuple[Use | None, Details]]:
        return {key: (self._use(kind, key, details), details) for key, details in grouped.items()}

    def _use(self, kind: GraphQLObjectType, key: str, details: Details) -> Use | None:
        name = details[0].node.name.value
        if name == TYPENAME:
            return None
        return Use(key, [detail.node for detail in details], kind, kind.fields[name])
