"""Makes up valid operations on any schema: aliases, fragments, conditions, variables, arguments of every kind."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_union_type,
)

Choice = TypeVar("Choice")
ROOM_FOR_DIRECTIVE = " " * len("@experimental_disableErrorPropagation")
WORDS = ("bad", "good", "", 'it\'s "quoted"', "ж")


class Dice(Protocol):
    """Chance: `random.Random`, or hypothesis in its place."""

    def randrange(self, stop: int, /) -> int: ...

    def choice(self, among: Any) -> Any: ...


@dataclass(frozen=True)
class Asked:
    """An operation and what it is asked with."""

    text: str
    variables: Mapping[str, Any]


@dataclass
class Maker:
    """Writes one document."""

    schema: GraphQLSchema
    dice: Dice
    known: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """What to give to an argument or a value of an input: by `field.argument`, by its own name, or by its scalar."""
    deepest: int = 5
    widest: int = 6
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[tuple[Any, str, str]] = field(default_factory=list)
    left: int = 60
    counted: int = 0

    def operation(self, kind: str = "query") -> Asked:
        """A document of one operation with all its fragments used."""
        root: Any = {"query": self.schema.query_type, "mutation": self.schema.mutation_type}.get(
            kind, self.schema.subscription_type
        )
        selections = self.one_field(root) if kind == "subscription" else self.selections(root, 0)
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        fragments = "".join(f" fragment {name} on {kind} {body}" for kind, name, body in self.fragments)
        return Asked(f"{kind} Asked{declared}{ROOM_FOR_DIRECTIVE} {selections}{fragments}", self.variables)

    def one_field(self, root: Any) -> str:
        """The only selection a subscription may have."""
        name = self.dice.choice(sorted(root.fields))
        field = root.fields[name]
        return f"{{ {name}{self.arguments(field, name)} {self.selections(get_named_type(field.type), 1)} }}"

    def selections(self, kind: Any, depth: int) -> str:
        """A selection set on a composite type."""
        parts = [self.selection(kind, depth) for _ in range(1 + self.dice.randrange(self.widest))]
        return "{ " + " ".join(parts) + " }"

    def selection(self, kind: Any, depth: int) -> str:
        """A field, or a fragment inline, new or known."""
        roll = self.dice.randrange(12 if not is_union_type(kind) else 4)
        if roll < 2 and 0 < depth <= self.deepest:
            return self.inline(kind, depth)
        if roll == 2 and depth and depth < self.deepest:
            return self.spread(kind, depth)
        if roll == 3 or is_union_type(kind):
            return f"{self.alias('__typename')}__typename{self.condition()}"
        return self.field(kind, depth)

    def inline(self, kind: Any, depth: int) -> str:
        """An inline fragment on the type itself or another it may be."""
        if not self.dice.randrange(4) and not is_union_type(kind):
            return f"... {self.condition()} {self.selections(kind, depth + 1)}"
        other = self.dice.choice(self.related(kind))
        return f"... on {other.name}{self.condition()} {self.selections(other, depth + 1)}"

    def spread(self, kind: Any, depth: int) -> str:
        """A named fragment, sometimes one that is there already."""
        related = self.related(kind)
        known = [name for other, name, _ in self.fragments if other in related]
        if known and self.dice.randrange(2):
            return f"...{self.dice.choice(known)}{self.condition()}"
        other = self.dice.choice(related)
        body = self.selections(other, depth + 1)
        name = f"F{len(self.fragments)}"
        self.fragments.append((other, name, body))
        return f"...{name}{self.condition()}"

    def related(self, kind: Any) -> list[Any]:
        """The types a fragment inside this type may be on."""
        possible = self.schema.get_possible_types(kind) if is_abstract_type(kind) else [kind]
        abstract = [
            other
            for other in self.schema.type_map.values()
            if is_abstract_type(other) and any(self.schema.is_sub_type(other, each) for each in possible)
        ]
        return [*possible, *abstract]

    def field(self, kind: Any, depth: int) -> str:
        """A field with arguments and selections of its own."""
        self.left -= 1
        names = [
            name
            for name, field in kind.fields.items()
            if is_leaf_type(get_named_type(field.type)) or (depth < self.deepest and self.left > 0)
        ]
        if not names:
            return "__typename"
        name = self.dice.choice(names)
        field: GraphQLField = kind.fields[name]
        arguments = self.arguments(field, name)
        named = get_named_type(field.type)
        below = "" if is_leaf_type(named) else f" {self.selections(named, depth + 1)}"
        return f"{self.alias(name, always=bool(arguments))}{name}{arguments}{self.condition()}{below}"

    def alias(self, name: str, *, always: bool = False) -> str:
        """Another response name; always a new one where equal names could not be merged."""
        if always or not self.dice.randrange(4):
            return f"{name.strip('_')}{self.count()}: "
        return ""

    def count(self) -> int:
        """A number that is new in this document."""
        self.counted += 1
        return self.counted

    def condition(self) -> str:
        """Sometimes a directive, with a value or a variable."""
        roll = self.dice.randrange(10)
        if roll > 1:
            return ""
        value = "$" + self.variable("Boolean!", self.dice.choice([True, False])) if roll else "true"
        return f" @{self.dice.choice(['skip', 'include'])}(if: {value})"

    def variable(self, kind: str, value: Any) -> str:
        """A variable of that type."""
        name = f"v{len(self.declared)}"
        self.declared.append(f"${name}: {kind}")
        if value is not Undefined:
            self.variables[name] = value
        return name

    def arguments(self, field: GraphQLField, asked: str) -> str:
        """Values for the required arguments and some of the others."""
        parts = []
        for name, argument in field.args.items():
            if not is_non_null_type(argument.type) and self.dice.randrange(2):
                continue
            place = f"{asked}.{name}"
            if not self.dice.randrange(3):
                parts.append(f"{name}: ${self.given(argument, place)}")
            else:
                parts.append(f"{name}: {self.literal(argument.type, place)}")
        return f"({', '.join(parts)})" if parts else ""

    def given(self, argument: GraphQLArgument, place: str) -> str:
        """A variable for an argument: with a value, null, or left out."""
        if not is_non_null_type(argument.type):
            roll = self.dice.randrange(4)
            if roll == 0:
                return self.variable(str(argument.type), Undefined)
            if roll == 1:
                return self.variable(str(argument.type), None)
        return self.variable(str(argument.type), self.value(argument.type, place))

    def value(self, kind: Any, place: str) -> Any:
        """A JSON value of an input type."""
        if is_non_null_type(kind):
            return self.value(kind.of_type, place)
        if is_list_type(kind):
            return [self.value(kind.of_type, place) for _ in range(self.dice.randrange(3))]
        if isinstance(kind, GraphQLEnumType):
            return self.dice.choice(sorted(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            return {name: self.value(field.type, f"{kind.name}.{name}") for name, field in self.chosen(kind).items()}
        for told in (place, place.rpartition(".")[2], kind.name):
            if told in self.known:
                return self.dice.choice(self.known[told])
        usual = {"Int": self.dice.randrange(4), "Boolean": bool(self.dice.randrange(2)), "Float": 1.5}
        return usual[kind.name] if kind.name in usual else self.dice.choice(WORDS)

    def literal(self, kind: Any, place: str) -> str:
        """A literal of an input type."""
        if not is_non_null_type(kind) and not self.dice.randrange(8):
            return "null"
        return written(self.value(kind, place), kind)

    def chosen(self, kind: GraphQLInputObjectType) -> Mapping[str, Any]:
        """The fields of an input object that are given."""
        return {
            name: field for name, field in kind.fields.items() if is_non_null_type(field.type) or self.dice.randrange(2)
        }


def written(value: Any, kind: Any) -> str:
    """A JSON value as a literal."""
    if is_non_null_type(kind):
        return written(value, kind.of_type)
    if value is None:
        return "null"
    if is_list_type(kind):
        return "[" + ", ".join(written(item, kind.of_type) for item in value) + "]"
    if isinstance(kind, GraphQLInputObjectType):
        return "{" + ", ".join(f"{name}: {written(item, kind.fields[name].type)}" for name, item in value.items()) + "}"
    if isinstance(kind, GraphQLEnumType):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
