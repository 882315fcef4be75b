"""Who may ask what: each field of the staff schema gets the scopes that open it, and a guard where they change.

A type names its scope once (`@describes(Row, needs="read_orders")`), and every field of it needs that; a field may
name another. A field that leads to a type of another scope needs that type's. A value (`needs=AS_FOUND`) is open to
whoever may ask a field that leads to it. Guards stand only where the scope changes on the way: whoever reads a row has
shown already that they may. A field without a scope is a mistake that keeps the schema from being built.
"""

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import strawberry
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
)

from engine.guarding import Guard, guard_field
from models.scopes import Scope, with_reading
from resolvers.permissions import require_any
from schema.requirements import ANYONE, AS_FOUND, STAFF, Requires

DEFINITION = "strawberry-definition"
KNOWN = frozenset({*Scope, ANYONE, STAFF})
HOW = "write needs=… at a field of a root; @describes(…, needs=…) on any other type, AS_FOUND where it is a mere value."
Scopes = frozenset[str]


class Unscoped(Exception):
    """A part of the staff schema does not say who may ask it."""


def with_scopes(schema: strawberry.Schema) -> strawberry.Schema:
    """The same schema, every field of which tells and guards its scopes."""
    scopes = _Scopes(schema._schema)
    found = [
        (field, scopes.told(kind, name), scopes.guard(kind, field))
        for kind in scopes.kinds
        for name, field in kind.fields.items()
    ]
    for field, told, guard in found:
        _tell(field, told)
        if guard:
            guard_field(field, guard)
    return schema


class _Scopes:
    """The scopes of one schema: those declared, and those values are found under."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._roots = {root for root in (schema.query_type, schema.mutation_type, schema.subscription_type) if root}
        self.kinds: list[Any] = [kind for kind in schema.type_map.values() if _has_fields(kind)]
        self._types: dict[str, Scopes] = {}
        self._declared = {kind.name for kind in self.kinds if self._declare(kind)}
        while self._spread():
            pass

    def told(self, kind: Any, name: str) -> Scopes:
        """The scopes that open a field: its own, else those of the type it leads to, else those of its type."""
        scopes = self._of_field(kind, kind.fields[name])
        if not scopes:
            raise Unscoped(f"{kind.name}.{name} names no scope: {HOW}")
        if not scopes <= KNOWN:
            raise Unscoped(f"{kind.name}.{name} needs {sorted(scopes - KNOWN)}: no scope of models/scopes.py.")
        return scopes

    def _of_field(self, kind: Any, field: GraphQLField) -> Scopes:
        if own := _own(field):
            return own
        if kind in self._roots or not self._says(kind):
            return frozenset()
        target = get_named_type(field.type).name
        return self._types.get(target if target in self._declared else kind.name, frozenset())

    def _says(self, kind: Any) -> bool:
        return is_abstract_type(kind) or _needs(kind) is not None

    def guard(self, kind: Any, field: GraphQLField) -> Guard | None:
        """What has to be made sure of before a field is asked, beyond what led to its row."""
        if is_abstract_type(kind):
            return None
        here = frozenset() if kind in self._roots else self._types.get(kind.name, frozenset())
        own = _own(field)
        checks = [] if not own or _grants(here, own) else [own]
        targets = [self._types[name] for name in self._reached(field) if name in self._declared]
        checks += [scopes for scopes in targets if not _grants(own or here, scopes) and scopes not in checks]
        return _guard(checks) if checks else None

    def _declare(self, kind: Any) -> bool:
        needs = _needs(kind)
        if needs is None or needs == AS_FOUND:
            return False
        self._types[kind.name] = frozenset({needs})
        return True

    def _spread(self) -> bool:
        """Take scopes one step along the fields that lead to values; whether any went further."""
        before = dict(self._types)
        for kind in self.kinds:
            for field in kind.fields.values():
                for name in self._reached(field):
                    self._found(name, _own(field) or self._types.get(kind.name, frozenset()))
            for interface in kind.interfaces:
                self._found(interface.name, self._types.get(kind.name, frozenset()))
        return before != self._types

    def _found(self, name: str, scopes: Scopes) -> None:
        if name not in self._declared:
            self._types[name] = self._types.get(name, frozenset()) | scopes

    def _reached(self, field: GraphQLField) -> Iterator[str]:
        """The types that a field's value may be of."""
        target = get_named_type(field.type)
        reached = [target, *(self._schema.get_possible_types(target) if is_abstract_type(target) else ())]
        yield from (kind.name for kind in reached if _has_fields(kind))


def _has_fields(kind: Any) -> bool:
    return isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not kind.name.startswith("__")


def _needs(kind: Any) -> str | None:
    needs: str | None = getattr(kind.extensions[DEFINITION].origin, "__needs__", None)
    return needs


def _own(field: GraphQLField) -> Scopes:
    directives = field.extensions[DEFINITION].directives
    return frozenset(scope for each in directives if isinstance(each, Requires) for scope in each.scopes)


def _tell(field: GraphQLField, scopes: Scopes) -> None:
    """Print the scopes with the field of this schema; types it shares with the storefront's stay as they are."""
    definition = copy.copy(field.extensions[DEFINITION])
    others = [each for each in definition.directives if not isinstance(each, Requires)]
    definition.directives = [*others, Requires(scopes=sorted(scopes))]
    field.extensions = {**field.extensions, DEFINITION: definition}


def _grants(given: Scopes, wanted: Scopes) -> bool:
    """Whether whoever has any one of the given scopes has one of the wanted too."""
    return bool(given) and all(_opens(scope) & wanted for scope in given)


def _opens(scope: str) -> Scopes:
    return with_reading([scope]) | {ANYONE} | ({STAFF} if scope != ANYONE else frozenset())


def _guard(checks: Sequence[Scopes]) -> Guard:
    """Makes sure of one scope of each."""

    def guard(context: Any) -> None:
        for scopes in checks:
            require_any(context, scopes)

    return guard
