"""How a field is answered: by an attribute of the row, by a plain function, or only by the resolver Strawberry made."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import strawberry
from graphql import GraphQLField, default_field_resolver
from strawberry.types.field import StrawberryField

from engine.plans.inputs import Convert, Inputs

DEFINITION = "strawberry-definition"


@dataclass(frozen=True, slots=True)
class Attribute:
    """The row's attribute of that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Function:
    """`call(context, row, **decode(arguments))`: a resolver says so by `__bound_to__` and `__decode__`."""

    call: Callable[..., Any]
    decode: Callable[[dict[str, Any]], dict[str, Any]]
    waits: bool


class Need(Protocol):
    """Something a function is called with besides its row, had for many rows at once. Equal needs are met once."""

    def begin(self, context: Any, rows: Sequence[Any]) -> Awaitable[Sequence[Any]]:
        """Ask for it now; to be awaited: what it is for each row, an exception for what failed.

        Raises at once for rows it cannot read a key from, and nothing later.
        """


@dataclass(frozen=True, slots=True)
class Met:
    """`call(context, row, *met, **decode(arguments))`, called once its needs are met for all rows of a level.

    A resolver says so by `__needs__` and `__once_met__` on what it is bound to.
    """

    call: Callable[..., Any]
    needs: tuple[Need, ...]
    decode: Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Resolver:
    """Whatever the schema's own resolver does: permissions, extensions, resolver information."""

    call: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a subscription, as it came."""


Answering = Attribute | Function | Met | Resolver | Event


class Answers:
    """How each field of one schema is answered, found out once."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._known: dict[int, Answering] = {}  # by identity: fields live as long as their schema
        converter = schema.schema_converter
        self._inputs = Inputs(converter)
        self._converting: dict[int, Convert] = {}
        self._plain = schema.config.default_resolver is getattr and not converter._exception_handler_specs

    def of(self, field: GraphQLField) -> Answering:
        """How this field is answered."""
        known = self._known.get(id(field))
        if known is None:
            known = self._known[id(field)] = self._found(field)
        return known

    def arguments(self, field: GraphQLField, given: Mapping[str, Any]) -> dict[str, Any]:
        """Coerced arguments as the Python function takes them."""
        convert = self._converting.get(id(field))
        if convert is None:
            convert = self._converting[id(field)] = self._inputs.of(field.extensions[DEFINITION].arguments)
        converted: dict[str, Any] = convert(given)
        return converted

    def _found(self, field: GraphQLField) -> Answering:
        definition: StrawberryField | None = field.extensions.get(DEFINITION)
        if definition is None or field.resolve is None:
            return Resolver(field.resolve or default_field_resolver)
        if definition.is_subscription:
            return Event()
        if not self._plain or definition.extensions:
            return Resolver(field.resolve)
        if definition.base_resolver is None:
            return Attribute(definition.python_name)
        resolver: Any = definition.base_resolver.wrapped_func
        call = getattr(resolver, "__bound_to__", None)
        if call is None or inspect.isasyncgenfunction(call):
            return Resolver(field.resolve)
        if (needs := getattr(call, "__needs__", None)) is not None:
            return Met(call.__once_met__, needs, resolver.__decode__)
        return Function(call, resolver.__decode__, inspect.iscoroutinefunction(call))
