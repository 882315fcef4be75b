"""The arguments of a plan's fields: coerced and decoded once per operation, however many rows ask with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLField, VariableNode, get_argument_values
from graphql.execution import Executor as CoreExecutor
from graphql.language import Node

from engine.plans.answering import Answers, Function, Met


class Broken(Mapping[str, Any]):
    """Arguments that could not be decoded: whoever calls with them fails with what went wrong."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getitem__(self, name: str) -> Any:
        raise self._error

    def __iter__(self) -> Iterator[str]:
        raise self._error

    def __len__(self) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class Slot:
    """The arguments of one field of the plan."""

    field: GraphQLField
    node: FieldNode
    way: Function | Met | None

    def values(self, answers: Answers, core: CoreExecutor[Any]) -> Mapping[str, Any]:
        """What to call with."""
        try:
            given = get_argument_values(self.field, self.node, core.variable_values, None, core.hide_suggestions)
            if self.way is None:
                return given
            return self.way.decode(answers.arguments(self.field, given))
        except Exception as error:  # noqa: BLE001 - told as the error of each field that would have been called with it
            return Broken(error)


class Slots:
    """The arguments of all fields of a plan. Those without variables are kept from the first run on."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._slots: list[Slot] = []
        self._numbers: dict[tuple[int, int], int] = {}
        self._kept: list[Mapping[str, Any] | None] = []

    def add(self, field: GraphQLField, node: FieldNode, way: Function | Met | None) -> int:
        """The number of a field's arguments at one place of the document."""
        number = self._numbers.setdefault((id(field), id(node)), len(self._slots))
        if number == len(self._slots):
            self._slots.append(Slot(field, node, way))
            self._kept.append(None)
        return number

    def values(self, core: CoreExecutor[Any]) -> list[Mapping[str, Any]]:
        """The arguments for one operation, by number."""
        return [kept if kept is not None else self._coerced(number, core) for number, kept in enumerate(self._kept)]

    def _coerced(self, number: int, core: CoreExecutor[Any]) -> Mapping[str, Any]:
        slot = self._slots[number]
        values = slot.values(self._answers, core)
        if not has_variables(slot.node) and is_unchangeable(values):
            self._kept[number] = values
        return values


def has_variables(node: FieldNode) -> bool:
    """Whether any argument mentions a variable, however deep."""
    pending: list[Node] = [argument.value for argument in node.arguments or ()]
    while pending:
        value = pending.pop()
        if isinstance(value, VariableNode):
            return True
        pending += getattr(value, "values", ()) or ()
        pending += [field.value for field in getattr(value, "fields", ()) or ()]
    return False


def is_unchangeable(values: Mapping[str, Any]) -> bool:
    """Whether the values can be shared by operations: lists, dictionaries and input objects cannot be hashed."""
    if isinstance(values, Broken):
        return False
    try:
        hash(tuple(values.values()))
    except TypeError:
        return False
    return True
