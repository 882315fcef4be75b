"""Free key-value pairs that shoppers attach to carts, lines and orders."""

from typing import NamedTuple, Protocol

from resolvers.context import Context


class Attribute(NamedTuple):
    """A key and its value."""

    key: str
    value: str | None


class Attributed(Protocol):
    """Anything that keeps such pairs."""

    @property
    def attributes(self) -> list[dict[str, str]]:
        """The pairs as they are kept."""


def attributes_of(context: Context, row: Attributed) -> list[Attribute]:
    """All pairs, in their order."""
    return [Attribute(pair["key"], pair.get("value")) for pair in row.attributes]


def attribute_of(context: Context, row: Attributed, *, key: str) -> Attribute | None:
    """The pair with this key."""
    return next((pair for pair in attributes_of(context, row) if pair.key == key), None)
