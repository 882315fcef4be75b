"""Scalars and enums: a test that passes what is already right, and a function for everything else."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLError, GraphQLLeafType, Undefined, is_enum_type
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


def completer(leaf: GraphQLLeafType, required_by: str | None) -> Callable[[Any], Any]:
    """Makes the answer of a value as graphql-core would; a value that does not fit is a bug (a TypeError)."""
    coerce = remembered(leaf) if is_enum_type(leaf) else leaf.coerce_output_value

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


def remembered(leaf: GraphQLLeafType) -> Callable[[Any], Any]:
    """An enum's coercion that looks for the name of each text or member only once."""
    names: dict[tuple[type, Any], str] = {}
    members = getattr(leaf, "wrapped_cls", str)

    def coerce(value: Any) -> Any:
        kind = value.__class__
        if kind is not str and kind is not members:
            return leaf.coerce_output_value(value)
        name = names.get((kind, value))
        if name is None:
            name = names[kind, value] = leaf.coerce_output_value(value)
        return name

    return coerce
