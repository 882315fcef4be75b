"""What to put where a schema takes a value: what nobody should send, and the least that it takes."""

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

LONG = "x" * 100_000
TEXTS = ["", "\x00", "\ud800", LONG, "'; DROP TABLE product; --", "%_\\", "\u202e", "{}", "1e400", "-0"]
IDS = [
    "gid://shopwright/Order/1",
    "gid://shopwright/Cart/abc",
    "gid://shopwright/Product/99999999999999999999",
    "gid://shopwright/ProductVariant/-1",
    "gid://shopwright/Customer/1?key=x",
    "gid://evil/CartLine/1",
    *TEXTS[:5],
]
NUMBERS = [0, -1, 251, 2**31 - 1, -(2**31)]
CURSORS = ["bm9wZQ", "W10", "WyJpZCIsMSwxXQ", "W1tbW1tb", *TEXTS[:4]]


def hostile(name: str, kind: Any) -> list[Any]:
    """What to send to an argument, or to a value of an input."""
    named: Any = get_named_type(kind)
    if isinstance(named, GraphQLEnumType):
        return list(named.values)[:1]
    if name in {"after", "before"}:
        return CURSORS
    usual: dict[str, list[Any]] = {"ID": IDS, "Int": NUMBERS, "Float": [-1.5, 1e300], "Boolean": [True, False]}
    return usual.get(named.name, TEXTS)


def plain(kind: Any) -> Any:
    """The least that a type takes."""
    if isinstance(kind, GraphQLNonNull):
        return plain(kind.of_type)
    if isinstance(kind, GraphQLList):
        return [plain(kind.of_type)]
    if isinstance(kind, GraphQLInputObjectType):
        return {name: plain(each.type) for name, each in kind.fields.items() if isinstance(each.type, GraphQLNonNull)}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    return {"ID": "gid://shopwright/Cart/1", "Int": 1, "Float": 1.0, "Boolean": True, "Decimal": "1.0"}.get(
        kind.name, "x"
    )
