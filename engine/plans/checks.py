"""What a value of an object, list or abstract type must be, told in graphql-core's words where it is not."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLError,
    GraphQLObjectType,
    Undefined,
    default_type_resolver,
)
from graphql.pyutils import inspect, is_iterable

from engine.plans.leaves import absent
from engine.plans.running import Place, Run, Site

Check = Callable[[Any, Place, Run], None]
Completer = Callable[[Any, Place, Run], Any]


def rows_of(kind: GraphQLObjectType) -> tuple[type, ...]:
    """The classes that are all `is_type_of` looks at, if it says so by `instance_of`."""
    return getattr(kind.is_type_of, "instance_of", ())


def object_check(kind: GraphQLObjectType, site: Site, required_by: str | None) -> Check:
    """Raises unless the value is one of the type."""
    belongs = kind.is_type_of

    def check(value: Any, place: Place, run: Run) -> None:
        if value is None or value is Undefined:
            absent(required_by)
        if isinstance(value, Exception):
            raise value
        if belongs is not None and not belongs(value, run.info(site, place)):
            message = f"Expected value of type '{kind}' but got: {inspect(value)}."
            raise GraphQLError(message, site.use.nodes)

    return check


def listed(value: Any, name: str, required: bool) -> Any:
    """A list's items, whatever holds them."""
    if value is None or value is Undefined:
        absent(name if required else None)
    if isinstance(value, Exception):
        raise value
    if not is_iterable(value):
        raise GraphQLError(f"Expected Iterable, but did not find one for field '{name}'.")
    return list(value)  # one that fails on the way fails here, as a whole


class Kinds:
    """Finds the object type of a value of an abstract type."""

    def __init__(self, kind: GraphQLAbstractType, site: Site) -> None:
        self._kind = kind
        self._site = site
        self._resolve = kind.resolve_type or default_type_resolver
        self._known: dict[type, str] = {}

    def of(self, value: Any, place: Place, run: Run) -> str:
        """The name of the object type."""
        known = self._known.get(value.__class__)
        if known is not None:
            return known
        if isinstance(value, Exception):
            raise value
        info = run.info(self._site, place)
        name = self._resolve(value, info, self._kind)
        details: Any = [_Detail(node) for node in self._site.use.nodes]
        found = run.core.ensure_valid_runtime_type(name, self._kind, details, info, value)
        if self._goes_by_class(value.__class__, run, found):
            self._known[value.__class__] = found.name
        return found.name

    def _goes_by_class(self, row: type, run: Run, found: GraphQLObjectType) -> bool:
        """Whether all values of a class are of the type found: where that, and each type before it, says so itself."""
        if self._resolve is not default_type_resolver or row not in rows_of(found) or issubclass(row, dict):
            return False
        possible = list(run.core.schema.get_possible_types(self._kind))
        return all(rows_of(each) for each in possible[: possible.index(found)])


class AnyOf:
    """Completes a value of an abstract type by the function for its object type."""

    def __init__(self, kind: GraphQLAbstractType, site: Site, required_by: str | None) -> None:
        self._kinds = Kinds(kind, site)
        self._required_by = required_by
        self.completers: Mapping[str, Completer] = {}

    def __call__(self, value: Any, place: Place, run: Run) -> Any:
        """The answer."""
        if value is None or value is Undefined:
            return absent(self._required_by)
        return self.completers[self._kinds.of(value, place, run)](value, place, run)


class _Detail:
    """A node as graphql-core's error messages want it."""

    def __init__(self, node: Any) -> None:
        self.node = node
