"""What an operation's variables hand to its fields, before they are coerced: how many values, and which page sizes.

One list told to many fields is converted for each of them.
"""

import sys
from collections.abc import Mapping
from typing import Any

from graphql import IntValueNode, ListValueNode, ObjectValueNode, OperationDefinitionNode

from engine.cost import Cost
from engine.errors import QUERY_TOO_COMPLEX, Refused, refusal

ANY_NUMBER = sys.maxsize
LARGEST_INT = 2**31 - 1


class TooManyValues(Refused):
    """The variables hand over more than may be; staff who bring thousands of things may."""


def check_handed(handed: Cost, node: OperationDefinitionNode, variables: Mapping[str, Any], *, most: int) -> None:
    """Refuse an operation whose fields are told more than `most` values by its variables, or their defaults."""
    given: dict[str, Any] = {
        each.variable.name.value: variables.get(each.variable.name.value, each.default_value)
        for each in node.variable_definitions or ()
    }
    if not any(isinstance(value, dict | list | ListValueNode | ObjectValueNode) for value in given.values()):
        return
    told = handed.given({name: _size(value, most) for name, value in given.items()})
    if told > most:
        message = f"The variables tell fields {told} values or more; at most {most} are allowed."
        raise TooManyValues(refusal(message, QUERY_TOO_COMPLEX).errors)


def pages_asked(node: OperationDefinitionNode, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """The numbers among the variables as they came, before anything is coerced: page sizes are."""
    asked: dict[str, Any] = {
        each.variable.name.value: int(each.default_value.value[:12])
        for each in node.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }
    for name, value in variables.items():
        if isinstance(value, int | float):
            asked[name] = int(value) if abs(value) <= LARGEST_INT and value == int(value) else None
    return asked


def _size(value: object, most: int) -> int:
    """How many values are in a value, itself among them; counting stops when there are more than anybody may have."""
    pending = [value]
    found = 1
    while pending and found <= most:  # not by recursion: hostile JSON may be nested as deeply as the stack
        inside = _inside(pending.pop())
        found += len(inside)
        pending += inside
    return found


def _inside(value: object) -> list[object]:
    match value:
        case dict() as members:
            return list(members.values())
        case list() as items:
            return items
        case ListValueNode(values=values):
            return list[object](values)
        case ObjectValueNode(fields=fields):
            return [field.value for field in fields]
    return []
