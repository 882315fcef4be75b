"""Python being written: functions of indented lines, each line knowing which field it is about."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType

from engine.plans.checks import AnyOf, rows_of
from engine.plans.running import Catcher, Site, usable

DEEPEST = 12  # Python refuses more than twenty blocks in one another
MOST_LINES = 3_000  # of one plan; the largest documents of storefronts take a third of it


class TooLong(Exception):
    """A plan would be longer than compiling it is worth: a few fields of an interface stand for all of its types'."""


@dataclass(frozen=True, slots=True)
class Here:
    """How a function says where the value it is at is in the answer, and what the context is."""

    place: str = "p"
    context: str = "run.context"


@dataclass(slots=True)
class Body:
    """The lines of one function."""

    lines: list[tuple[str, Site | None]] = field(default_factory=list)
    depth: int = 0

    def write(self, text: str, site: Site | None = None) -> None:
        """Add a line."""
        self.lines.append(("    " * self.depth + text, site))

    def named(self, raw: str, name: str, site: Site) -> str:
        """The name of a value: its own if the expression is one, else this one, which it is given."""
        if raw.isidentifier():
            return raw
        self.write(f"{name} = {raw}", site)
        return name

    @contextmanager
    def indented(self) -> Iterator[None]:
        """What is written meanwhile stands one step to the right."""
        self.depth += 1
        yield
        self.depth -= 1

    @property
    def is_deep(self) -> bool:
        """Whether what comes next should rather go into a function of its own."""
        return self.depth >= DEEPEST


class Module:
    """The functions of one plan and the things they name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0
        self._bodies: list[Body] = []
        self._choices: list[tuple[AnyOf, Mapping[str, str]]] = []
        self.things: dict[str, Any] = {}
        self.size = 0

    def fresh(self, prefix: str) -> str:
        """A name nobody has."""
        self._count += 1
        return f"{prefix}{self._count}"

    def thing(self, prefix: str, value: Any) -> str:
        """A name for something the functions use."""
        name = self.fresh(prefix)
        self.things[name] = value
        return name

    @contextmanager
    def function(self, header: str) -> Iterator[Body]:
        """Write one more function."""
        body = Body()
        body.write(header)
        with body.indented():
            yield body
        self._bodies.append(body)
        self.size += len(body.lines)
        if self.size > MOST_LINES:
            raise TooLong

    def choose(self, among: AnyOf, functions: Mapping[str, str]) -> None:
        """Say by which functions the values of an abstract type are completed, once there are functions."""
        self._choices.append((among, functions))

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(line for body in self._bodies for line, _ in body.lines)

    def made(self) -> dict[str, Any]:
        """The functions by name, ready to be called."""
        lines = [line for body in self._bodies for line in body.lines]
        catcher = Catcher({number: site for number, (_, site) in enumerate(lines, start=1) if site is not None})
        made = {**self.things, "lost": catcher.lost, "located": catcher.located, "usable": usable}
        exec(compile(self.text, f"<plan of {self._name}>", "exec"), made)  # noqa: S102 - written by us, from checked names
        for among, functions in self._choices:
            among.completers = {kind: made[function] for kind, function in functions.items()}
        return made


def suspicion(module: Module, kind: GraphQLObjectType, row: str) -> str:
    """The condition under which a value has to be looked at closely."""
    rows = rows_of(kind)
    if len(rows) == 1:
        return f"{row}.__class__ is not {module.thing('Row_', rows[0])}"
    if rows:
        return f"{row}.__class__ not in {module.thing('Rows_', frozenset(rows))}"
    return f"{row} is None or isinstance({row}, Exception)" if kind.is_type_of is None else "True"
