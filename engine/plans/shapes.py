"""Lists and nulls around the objects of a level: taken apart so that all are answered together, then rebuilt."""

from collections.abc import Sequence
from typing import Any, Protocol

from graphql import GraphQLOutputType, Undefined, is_list_type, is_non_null_type

from engine.plans.checks import listed
from engine.plans.leaves import absent
from engine.plans.running import Located, Place, Run, Site, located


class Shape(Protocol):
    """What stands around the objects of a field."""

    def opened(self, value: Any, place: Place, run: Run, below: list[Any], places: list[Place]) -> Any:
        """Lay the objects of a value into `below`; what is needed to rebuild it. Raises Located."""

    def closed(self, opened: Any, place: Place, run: Run, answers: Sequence[Any]) -> Any:
        """The value again, with answers for objects. Raises Located."""


def shape_of(kind: GraphQLOutputType, site: Site) -> Shape:
    """The shape of a field of this type; `site` is the field, seen from the place of each value."""
    if is_non_null_type(kind):
        return Required(_bare(kind.of_type, site), site)
    return Optional(_bare(kind, site), site)


def _bare(kind: Any, site: Site) -> Shape:
    return Items(shape_of(kind.of_type, site), site) if is_list_type(kind) else One()


class One:
    """An object."""

    def opened(self, value: Any, place: Place, run: Run, below: list[Any], places: list[Place]) -> int:
        """Its number."""
        if isinstance(value, Exception):
            raise value
        below.append(value)
        places.append(place)
        return len(below) - 1

    def closed(self, opened: int, place: Place, run: Run, answers: Sequence[Any]) -> Any:
        """Its answer."""
        answer = answers[opened]
        if isinstance(answer, Located):
            raise answer
        return answer


class Items:
    """A list."""

    def __init__(self, item: Shape, site: Site) -> None:
        self._item = item
        self._name = site.use.name
        self._are_objects = isinstance(getattr(item, "inner", item), One)

    def opened(self, value: Any, place: Place, run: Run, below: list[Any], places: list[Place]) -> Sequence[Any]:
        """Each of its items; their numbers, where all of them are there to be laid down at once."""
        if self._are_objects and value.__class__ is list and not any(map(_is_missing, value)):
            first = len(below)
            below += value
            places += [(place, (), index) for index in range(len(value))]
            return range(first, len(below))
        open_item = self._item.opened
        return [
            open_item(item, (place, (), index), run, below, places)
            for index, item in enumerate(listed(value, self._name, required=False))
        ]

    def closed(self, opened: Sequence[Any], place: Place, run: Run, answers: Sequence[Any]) -> list[Any]:
        """The list of their answers."""
        if isinstance(opened, range):
            part = list(answers[opened.start : opened.stop])
            if Located not in map(type, part):
                return part
        close_item = self._item.closed
        return [close_item(item, (place, (), index), run, answers) for index, item in enumerate(opened)]


def _is_missing(item: Any) -> bool:
    return item is None or item is Undefined or isinstance(item, Exception)


class Required:
    """What must not be null."""

    def __init__(self, inner: Shape, site: Site) -> None:
        self.inner = inner
        self._site = site

    def opened(self, value: Any, place: Place, run: Run, below: list[Any], places: list[Place]) -> Any:
        """What is in it."""
        try:
            if value is None or value is Undefined:
                absent(self._site.use.name)
            return self.inner.opened(value, place, run, below, places)
        except Exception as error:  # noqa: BLE001 - goes on with its path
            raise located(error, self._site, place) from None

    def closed(self, opened: Any, place: Place, run: Run, answers: Sequence[Any]) -> Any:
        """What is in it."""
        return self.inner.closed(opened, place, run, answers)


class Optional:
    """What becomes null when it fails."""

    def __init__(self, inner: Shape, site: Site) -> None:
        self.inner = inner
        self._site = site

    def opened(self, value: Any, place: Place, run: Run, below: list[Any], places: list[Place]) -> Any:
        """What is in it, or None."""
        if value is None or value is Undefined:
            return None
        laid = len(below)
        try:
            return self.inner.opened(value, place, run, below, places)
        except Exception as error:  # noqa: BLE001 - recorded as the error of this value
            del below[laid:], places[laid:]
            run.record(located(error, self._site, place).error, place)
            return None

    def closed(self, opened: Any, place: Place, run: Run, answers: Sequence[Any]) -> Any:
        """What is in it, or None."""
        if opened is None:
            return None
        try:
            return self.inner.closed(opened, place, run, answers)
        except Located as failure:
            run.record(failure.error, place)
            return None
