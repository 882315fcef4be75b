"""When two answers are the same: equal data in equal order, and errors that differ only where the order of waiting may.

Data never depends on which of several errors came first; the list of errors does, where one of them took its siblings
with it. So errors are compared by what they made null: for each such place both answers tell an error, and every error
told is one that the operation has when nothing is taken away (graphql-core's own switch turns propagation off).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError

Told = tuple[str, tuple[Any, ...], tuple[tuple[int, int], ...], str]


def told(error: GraphQLError) -> Told:
    """An error as a client sees it."""
    lines = tuple((place.line, place.column) for place in error.locations or ())
    return error.message, tuple(error.path or ()), lines, repr(error.extensions)


def lost_at(data: Any, path: Sequence[Any]) -> tuple[Any, ...]:
    """The outermost null on the way to an error."""
    for depth, key in enumerate(path):
        if data is None:
            return tuple(path[:depth])
        assert key in data if isinstance(data, dict) else key < len(data), f"{path} leads nowhere"
        data = data[key]
    return tuple(path)


def differences(ours: ExecutionResult, theirs: ExecutionResult, possible: set[Told] | None = None) -> str | None:
    """What differs between two answers, or None."""
    if orjson.dumps(ours.data) != orjson.dumps(theirs.data):
        return f"data\n{orjson.dumps(ours.data)!r}\n{orjson.dumps(theirs.data)!r}"
    mine, others = Counter(map(told, ours.errors or ())), Counter(map(told, theirs.errors or ()))
    if mine == others:
        return None
    if possible is None:
        return f"errors\n{mine}\n{others}"
    places = {lost_at(ours.data, error[1]) for error in mine}
    if places != {lost_at(theirs.data, error[1]) for error in others}:
        return f"places of errors\n{mine}\n{others}"
    made_up = set(mine) - possible - set(others)
    kept = {error for error in others if lost_at(theirs.data, error[1]) == error[1]}
    return f"errors nobody made {made_up}" if made_up else f"missing {kept - set(mine)}" if kept - set(mine) else None
