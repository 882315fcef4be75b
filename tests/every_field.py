"""Every field of a schema that asks somebody: a way to it from a root, and a document that asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from inspect import iscoroutinefunction
from typing import Any, get_type_hints

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

SLOT = "%s"
PAGE = "first: 50"


@dataclass(frozen=True)
class Place:
    """A field of an object type."""

    owner: str
    name: str
    field: GraphQLField

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"


@dataclass(frozen=True)
class Ways:
    """How a schema's types are reached.

    `entrances` are where no list leads, with a slot for what to ask there; `arguments` are what a field wants to be
    asked with, by its name or by its place. A type nobody names an entrance to is reached through the lists and
    fields of those that are.
    """

    schema: GraphQLSchema
    entrances: Mapping[str, str]
    arguments: Mapping[str, str]

    def places(self) -> list[Place]:
        """Every field of the types a query can reach that is answered by a function, not read off its row."""
        assert self.schema.query_type is not None
        kinds = _reachable(self.schema, self.schema.query_type)
        return [
            Place(kind.name, name, field) for kind in kinds for name, field in kind.fields.items() if is_resolved(field)
        ]

    def to(self) -> dict[str, str]:
        """A document around a slot, for each object type that can be reached: through lists wherever they lead."""
        assert self.schema.query_type is not None
        ways: dict[str, str] = {}
        waiting = sorted((0, name, way) for name, way in self.entrances.items())
        heappush(waiting, (0, self.schema.query_type.name, SLOT))
        while waiting:
            trouble, owner, way = heappop(waiting)
            if owner not in ways:
                ways[owner] = way
                kind = self.schema.type_map[owner]
                assert isinstance(kind, GraphQLObjectType)
                for more, name, step in self._steps(kind):
                    heappush(waiting, (trouble + more, name, way.replace(SLOT, step)))
        return ways

    def given(self, place: Place) -> str | None:
        """The arguments to ask a place with; None where it wants one and nobody says which."""
        said = self.arguments.get(str(place), self.arguments.get(place.name))
        page = PAGE if "first" in place.field.args and PAGE not in (said or "") else ""
        wanted = [name for name, each in place.field.args.items() if isinstance(each.type, GraphQLNonNull)]
        if said is None and wanted not in ([], ["first"]):
            return None
        return ", ".join(filter(None, (said, page)))

    def asking(self, place: Place, selection: str | None = None) -> str:
        """The field with its arguments and a selection, as `it`."""
        given = self.given(place)
        assert given is not None, f"say in `arguments` what {place} is asked with"
        selection = leaves(get_named_type(place.field.type)) if selection is None else selection
        return f"it: {place.name}{f'({given})' if given else ''} {selection}"

    def _steps(self, owner: GraphQLObjectType) -> Iterator[tuple[int, str, str]]:
        """Types one field away, and what is against going that way."""
        for name, field in owner.fields.items():
            place = Place(owner.name, name, field)
            given, kind = self.given(place), get_named_type(field.type)
            if given is None or is_leaf_type(kind):
                continue
            head = f"{name}({given})" if given else name
            if isinstance(kind, GraphQLObjectType) and "nodes" in kind.fields:
                yield from self._inside(
                    get_named_type(kind.fields["nodes"].type), f"{head} {{ nodes {{ {SLOT} }} }}", 1
                )
            yield from self._inside(kind, f"{head} {{ {SLOT} }}", 1 if "[" in str(field.type) else 3)

    def _inside(self, kind: Any, way: str, trouble: int) -> Iterator[tuple[int, str, str]]:
        if is_abstract_type(kind):
            for each in self.schema.get_possible_types(kind):
                yield trouble + 10, each.name, way.replace(SLOT, f"... on {each.name} {{ {SLOT} }}")
        elif isinstance(kind, GraphQLObjectType):
            yield trouble, kind.name, way


def is_resolved(field: GraphQLField) -> bool:
    """Whether a function answers the field."""
    definition = field.extensions.get("strawberry-definition")
    return definition is not None and definition.base_resolver is not None


def waits(field: GraphQLField) -> bool:
    """Whether that function waits for something: one that does not cannot ask the database."""
    function = field.extensions["strawberry-definition"].base_resolver.wrapped_func.__bound_to__
    return iscoroutinefunction(function) or "Awaitable" in str(get_type_hints(function).get("return"))


def leaves(kind: GraphQLNamedType) -> str:
    """What of a type is read off its row: the least that shows it is there."""
    if is_leaf_type(kind):
        return ""
    if not isinstance(kind, GraphQLObjectType):
        return "{ __typename }"
    if "nodes" in kind.fields:
        inside = "" if is_leaf_type(get_named_type(kind.fields["nodes"].type)) else "{ __typename }"
        return f"{{ nodes {inside} pageInfo {{ hasNextPage }} }}"
    plain = [
        name
        for name, field in kind.fields.items()
        if is_leaf_type(get_named_type(field.type)) and not is_resolved(field)
    ]
    return f"{{ __typename {' '.join(plain[:3])} }}"


def _reachable(schema: GraphQLSchema, root: GraphQLObjectType) -> list[GraphQLObjectType]:
    seen = {root.name: root}
    waiting = [root]
    while waiting:
        for field in waiting.pop().fields.values():
            kind: Any = get_named_type(field.type)
            kinds = schema.get_possible_types(kind) if is_abstract_type(kind) else [kind]
            for each in kinds:
                if isinstance(each, GraphQLObjectType) and each.name not in seen:
                    seen[each.name] = each
                    waiting.append(each)
    return list(seen.values())
