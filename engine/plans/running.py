"""One run of a plan: what it was given, the errors it met, and where in the answer they are."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLField, GraphQLObjectType, GraphQLOutputType, located_error
from graphql.execution import Executor as CoreExecutor
from graphql.pyutils import Path

Place = tuple[Any, ...] | None
"""Where a value stands in the answer: None for the root, else `(place, keys)` or `(place, keys, index)`."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One field of one type as an operation selects it: the nodes that ask for it under one response name."""

    key: str
    nodes: Sequence[FieldNode]
    parent: GraphQLObjectType
    field: GraphQLField

    @property
    def name(self) -> str:
        """The field's full name, as errors tell it."""
        return f"{self.parent.name}.{self.nodes[0].name.value}"

    @property
    def type(self) -> GraphQLOutputType:
        """What the field answers."""
        return self.field.type

    @property
    def same(self) -> Hashable:
        """Equal for uses that are the same everywhere: a fragment's fields are, wherever it is spread."""
        return self.parent.name, self.key, *map(id, self.nodes)


@dataclass(frozen=True, slots=True)
class Site:
    """What a line of a plan is about: a field, and its keys below the place the function was called for."""

    use: Use
    keys: Keys


@dataclass(frozen=True, slots=True)
class Here:
    """The field that the rows of a level are the values of: how they are checked, and where its errors are."""

    site: Site
    check: Callable[[Any, Place, "Run"], None]


class Located(Exception):
    """A field's error on its way up to the nearest place that may be null."""

    def __init__(self, error: GraphQLError) -> None:
        super().__init__(error.message)
        self.error = error


class Run:
    """What the functions of a plan share while they answer one operation."""

    __slots__ = ("_nulled", "arguments", "context", "core", "errors")

    def __init__(self, core: CoreExecutor[Any], context: Any, arguments: Sequence[Mapping[str, Any]]) -> None:
        self.core = core
        self.context = context
        self.arguments = arguments
        self.errors: list[GraphQLError] = []
        self._nulled: set[tuple[str | int, ...]] = set()

    def record(self, error: GraphQLError, place: Place, keys: Keys = ()) -> None:
        """Keep an error that made a place null, unless that place is already gone with something above it."""
        position = tuple(path_of(place, keys))
        if any(position[:length] in self._nulled for length in range(len(position) + 1)):
            return
        self._nulled.add(position)
        self.errors.append(error)

    def info(self, site: Site, place: Place) -> Any:
        """Resolver information, for what is not answered by a plain function."""
        path: Path | None = None
        keys = path_of(place, site.keys)
        for index, key in enumerate(keys):
            path = Path(path, key, site.use.parent.name if index == len(keys) - 1 else None)
        assert path is not None  # noqa: S101 - a field has a key
        return self.core.build_resolve_info(site.use.field, list(site.use.nodes), site.use.parent, path)


def path_of(place: Place, keys: Keys = ()) -> list[str | int]:
    """The keys and indexes that lead to a place, and on."""
    parts: list[Sequence[str | int]] = [keys]
    while place is not None:
        parts.append(place[1:2][0] if len(place) == 2 else (*place[1], place[2]))
        place = place[0]
    return [key for part in reversed(parts) for key in part]


def located(error: Exception, site: Site, place: Place) -> Located:
    """The error with its path and its lines in the document."""
    if isinstance(error, Located):
        return error
    return Located(located_error(error, site.use.nodes, path_of(place, site.keys)))


def usable(value: Any) -> Any:
    """What a need came to; raises the error that stands for it."""
    if isinstance(value, Exception):
        raise value
    return value


class Catcher:
    """Tells by the line that failed which field it was about."""

    def __init__(self, sites: Mapping[int, Site]) -> None:
        self._sites = sites

    def located(self, error: Exception, place: Place, here: Here | None = None) -> Located:
        """The error as it goes on upwards; of a line that is about no field of its own, it is that of `here`."""
        if isinstance(error, Located):
            return error
        assert error.__traceback__ is not None  # noqa: S101 - it was just caught
        site = self._sites.get(error.__traceback__.tb_lineno)
        if site is None:
            assert here is not None  # noqa: S101 - the root's own value is not looked at
            site = here.site
        return located(error, site, place)

    def lost(self, error: Exception, place: Place, run: Run, keys: Keys) -> None:
        """Record the error, and answer the null that takes the value's place."""
        run.record(self.located(error, place).error, place, keys)
