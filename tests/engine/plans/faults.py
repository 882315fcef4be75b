"""A schema whose fields fail on purpose, the same way whoever runs them: resolvers raise, rows are not what they say.

What fails is decided by chance over the field, its row and its arguments, never by the order in which things are asked.
"""

import inspect
import random
import re
from collections import defaultdict
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLField

from engine.plans.answering import DEFINITION
from tests.replacing import is_bound, replace

ADDRESS = re.compile(r"0x[0-9a-f]+")


class Injected(Exception):
    """A failure with a code, as clients are told it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.extensions = {"code": "INJECTED", "about": message}


@dataclass(frozen=True)
class Faults:
    """How often things fail: one field in so many, and which ones by the seed."""

    seed: int
    odds: int

    def dice(self, *about: object) -> random.Random:
        """Chance that comes out the same for the same thing."""
        return random.Random(repr((self.seed, *about)))

    def value(self, right: Any, *about: object) -> Any:
        """A field's value: mostly right; else null, of a wrong kind, an exception or raising one."""
        dice = self.dice(*about)
        if dice.randrange(self.odds):
            return self.dressed(right)
        match dice.randrange(6):
            case 0 | 1:
                return None
            case 2:
                return {}
            case 3:
                return Injected(f"{about[0]} is an exception")
            case 4:
                raise Injected(f"{about[0]} is broken")
            case _:
                raise GraphQLError(f"{about[0]} failed", extensions={"code": "TOLD"})

    def dressed(self, value: Any) -> Any:
        """The same value; half of all rows become rows whose attributes fail too, and so do some items of lists."""
        if isinstance(value, list):
            return [self._item(each, number) for number, each in enumerate(value)]
        kind: Any = type(value)
        if kind not in _attributes or self.dice("dressed", told_by(value)).randrange(2):
            return value
        return dressed_as(_broken(kind), value)

    def _item(self, item: Any, number: int) -> Any:
        if not self.dice("item", number, told_by(item)).randrange(self.odds * 2):
            return (None, {}, Injected(f"item {number} is an exception"))[number % 3]
        return self.dressed(item)


FAULTS: ContextVar[Faults | None] = ContextVar("FAULTS", default=None)
_attributes: defaultdict[type, set[str]] = defaultdict(set)
"""The attributes of each kind of row that fields of a schema are read from."""


@contextmanager
def failing(faults: Faults) -> Iterator[None]:
    """While the block runs, things fail."""
    token = FAULTS.set(faults)
    try:
        yield
    finally:
        FAULTS.reset(token)


def that_can_fail(schema: strawberry.Schema) -> strawberry.Schema:
    """The schema, its resolvers replaced by ones that fail while `failing`; those it shares with others stay."""
    for kind in schema._schema.type_map.values():
        rows = getattr(getattr(kind.extensions.get(DEFINITION), "origin", None), "__rows__", ())
        for name, field in getattr(kind, "fields", {}).items():
            definition = field.extensions.get(DEFINITION) if isinstance(field, GraphQLField) else None
            if definition is None or definition.is_subscription:
                continue
            if definition.base_resolver is None:
                for row in rows:
                    _attributes[row].add(definition.python_name)
            elif is_bound(field):
                replace(schema, field, partial(_failing, f"{kind.name}.{name}"))
    return schema


def _failing(place: str, function: Any) -> Any:
    """The function, whose answer is what the faults make of it."""
    if not inspect.iscoroutinefunction(function):

        def answered(context: Any, row: Any, *met: Any, **given: Any) -> Any:
            row = undressed(row)
            return _made(function(context, row, *met, **given), place, row, given)

        return answered

    async def awaited(context: Any, row: Any, **given: Any) -> Any:
        row = undressed(row)
        return _made(await function(context, row, **given), place, row, given)

    if hasattr(function, "__needs__"):
        needing: Any = awaited
        needing.__needs__ = tuple(Undressing(need) for need in function.__needs__)
        needing.__once_met__ = _failing(place, function.__once_met__)
    return awaited


@dataclass(frozen=True)
class Undressing:
    """A need of rows as they were before."""

    need: Any

    def begin(self, context: Any, rows: Sequence[Any]) -> Awaitable[Sequence[Any]]:
        """Ask for it now."""
        begun: Awaitable[Sequence[Any]] = self.need.begin(context, [undressed(row) for row in rows])
        return begun


def _made(value: Any, place: str, row: Any, given: dict[str, Any]) -> Any:
    faults = FAULTS.get()
    return value if faults is None else faults.value(value, place, told_by(row), sorted(given))


def told_by(row: Any) -> str:
    """What a row says of itself, without addresses in memory: the same in both runs."""
    return ADDRESS.sub("", repr(undressed(row)))


def undressed(row: Any) -> Any:
    """The row itself, as the shop's own functions take it."""
    return object.__getattribute__(row, "__dict__")["row"] if hasattr(type(row), "__dressed__") else row


def dressed_as(kind: type, row: Any) -> Any:
    """A row as one of another class."""
    made: Any = tuple.__new__(kind, row) if isinstance(row, tuple) else object.__new__(kind)
    object.__getattribute__(made, "__dict__")["row"] = row
    return made


@cache
def _broken(row: Any) -> Any:
    """A kind of row whose attributes fail while they are read for an answer."""
    shown = _attributes[row]

    def attribute(self: Any, name: str) -> Any:
        kept = undressed(self)
        value = getattr(kept, name)
        faults = FAULTS.get()
        return faults.value(value, f"{row.__name__}.{name}", told_by(kept)) if faults and name in shown else value

    return type(row.__name__, (row,), {"__getattribute__": attribute, "__dressed__": True})
