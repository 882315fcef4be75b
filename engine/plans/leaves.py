"""Scalars and enums: a test that passes what is already right, and a function for everything else."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLEnumType, GraphQLError, GraphQLLeafType, Undefined
from graphql.pyutils import inspect

RIGHT = {
    "String": "{0}.__class__ is str",
    "ID": "{0}.__class__ is str",
    "Boolean": "{0}.__class__ is bool",
    "Int": "{0}.__class__ is int and -2147483649 < {0} < 2147483648",
    "Float": "{0}.__class__ is float and {0} - {0} == 0.0",
}


def test_of(leaf: GraphQLLeafType) -> str | None:
    """An expression that is true of a value `{0}` which is its own answer; None if there is no such."""
    if leaf.coerce_output_value is str:
        return RIGHT["String"]
    return RIGHT.get(leaf.name)


def completer(leaf: GraphQLLeafType, required_by: str | None, coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Makes the answer of a value as graphql-core would; a value that does not fit is a bug (a TypeError)."""

    def complete(value: Any) -> Any:
        if value is None or value is Undefined:
            return absent(required_by)
        if isinstance(value, Exception):
            raise value
        try:
            coerced = coerce(value)
        except GraphQLError as error:
            raise TypeError(error.message) from error
        if coerced is None or coerced is Undefined:
            raise TypeError(
                f"Expected `{inspect(leaf)}.coerce_output_value({inspect(value)})` to return non-nullable value,"
                f" returned: {inspect(coerced)}"
            )
        return coerced

    return complete


def absent(required_by: str | None) -> None:
    """Null, or an error where a field that must have a value has none."""
    if required_by is not None:
        raise TypeError(f"Cannot return null for non-nullable field {required_by}.")


class Names:
    """An enum's coercion that looks for the name of each text or member only once."""

    def __init__(self, leaf: GraphQLEnumType) -> None:
        self._leaf = leaf
        self._texts = {str, getattr(leaf, "wrapped_cls", str)}
        self.known: dict[str, str] = {}

    def __call__(self, value: Any) -> Any:
        """The name of a value."""
        if value.__class__ not in self._texts or not isinstance(value, str):
            return self._leaf.coerce_output_value(value)
        if value not in self.known:
            self.known[str(value)] = self._leaf.coerce_output_value(value)
        return self.known[value]
