"""Documents generated from a schema with hostile values in them, some of them broken on purpose."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from drills.siege.hostile import hostile, plain

DEEPEST = 6
NEVER = {"staffLogout"}
"""What would take the drill's own key away."""
UNREADABLE = ("\x00", "\ud800")
"""What is refused before anything is asked; now and then is enough."""

Breaking = Callable[[str, random.Random], str]
BREAKING: list[Breaking] = [
    lambda text, dice: text[: dice.randrange(1, len(text))],
    lambda text, dice: text.replace("{ ", "{ unknown ", dice.randrange(1, 4)),
    lambda text, dice: text.replace("(", '(unknown: "x" ', 1),
    lambda text, dice: text + " " + text,
    lambda text, dice: text.replace("}", "} @include", 1),
    lambda text, dice: text.replace("$", "$un", 1),
    lambda text, dice: text.replace(": ", ": [", 1),
    lambda text, dice: "".join(dice.sample(text, len(text))),
    lambda text, dice: text.replace(" ", "\N{NO-BREAK SPACE}", 3),
]


class Fuzzer:
    """Endless documents of one schema, the same for the same dice."""

    def __init__(self, schema: GraphQLSchema, dice: random.Random) -> None:
        self._schema = schema
        self._dice = dice
        self._declared: list[str] = []
        self._variables: dict[str, Any] = {}

    def requests(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Documents with their variables, one after the other."""
        while True:
            self._declared, self._variables = [], {}
            kind, root = self._dice.choice(self._roots())
            fields = [name for name in root.fields if name not in NEVER]
            chosen = self._dice.sample(fields, min(len(fields), 1 if kind != "query" else self._dice.randint(1, 3)))
            inside = " ".join(self._field(name, root.fields[name], 0) for name in chosen)
            declared = f"({', '.join(self._declared)})" if self._declared else ""
            text = f"{kind}{declared} {{ {inside} }}"
            if self._dice.random() < 0.25:
                text = self._dice.choice(BREAKING)(text, self._dice)
            yield text, self._variables

    def _roots(self) -> list[tuple[str, GraphQLObjectType]]:
        roots = [("query", self._schema.query_type)] * 3 + [("mutation", self._schema.mutation_type)] * 2
        return [(kind, root) for kind, root in roots if root is not None]

    def _field(self, name: str, field: GraphQLField, depth: int) -> str:
        given = [
            f"{argument}: {self._value(argument, each.type)}"
            for argument, each in field.args.items()
            if isinstance(each.type, GraphQLNonNull) or self._dice.random() < 0.3
        ]
        alias = f"a{self._dice.randrange(10**6)}: " if self._dice.random() < 0.3 else ""
        arguments = f"({', '.join(given)})" if given else ""
        return f"{alias}{name}{arguments} {self._below(get_named_type(field.type), depth + 1)}"

    def _below(self, kind: Any, depth: int) -> str:
        if is_leaf_type(kind):
            return ""
        parts = ["__typename"]
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and depth < DEEPEST:
            chosen = self._dice.sample(list(kind.fields), min(len(kind.fields), self._dice.randint(1, 4)))
            parts += [self._field(name, kind.fields[name], depth) for name in chosen]
        if is_abstract_type(kind) and depth < DEEPEST:
            possible = self._dice.choice(list(self._schema.get_possible_types(kind)))
            parts.append(f"... on {possible.name} {self._below(possible, depth + 1)}")
        return f"{{ {' '.join(parts)} }}"

    def _value(self, name: str, kind: Any) -> str:
        """A variable that is declared and given."""
        variable = f"v{len(self._variables)}"
        self._variables[variable] = self._hostile(name, kind, 0)
        self._declared.append(f"${variable}: {kind}")
        return f"${variable}"

    def _hostile(self, name: str, kind: Any, depth: int) -> Any:
        """A value of the type, most of the time."""
        if self._dice.random() < 0.05:
            return self._dice.choice([None, [], {}, "x", -1, [[[]]], {"a": {"b": None}}])
        match kind:
            case GraphQLNonNull(of_type=inner):
                return self._hostile(name, inner, depth)
            case GraphQLList(of_type=inner):
                return [self._hostile(name, inner, depth + 1) for _ in range(self._dice.choice([0, 1, 2, 30]))]
            case GraphQLInputObjectType(fields=fields) if depth < DEEPEST:
                wanted = [key for key in fields if self._dice.random() < 0.4]
                return {**plain(kind), **{key: self._hostile(key, fields[key].type, depth + 1) for key in wanted}}
        value = self._dice.choice(hostile(name, kind)) if self._dice.random() < 0.6 else plain(kind)
        return plain(kind) if value in UNREADABLE and self._dice.random() < 0.9 else value
