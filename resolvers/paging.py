"""Pages of a list by keyset: a cursor names the row it stands on, so nothing is skipped or repeated as rows come."""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import orjson
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from loaders.reading import rows_of
from resolvers.mistakes import BadArgument, BadCursor

Row = TypeVar("Row", bound=NamedTuple)
Item = TypeVar("Item")

MOST = 250
USUAL = 20
LARGEST_KEY = 2**31 - 1
LONGEST_TEXT = 255


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is wanted. Without `first` and `last`, the first twenty."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
    reverse: bool = False

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None:
            raise BadArgument("Ask for `first` or `last`, not both.")
        for name, size in (("first", self.first), ("last", self.last)):
            if size is not None and not 0 <= size <= MOST:
                raise BadArgument(f"`{name}` must be between 0 and {MOST}.", argument=name)

    @property
    def size(self) -> int:
        """How many rows the page may hold."""
        if self.first is not None:
            return self.first
        return USUAL if self.last is None else self.last

    @property
    def backwards(self) -> bool:
        """Whether the page is counted from its end."""
        return self.last is not None


@dataclass(frozen=True, slots=True)
class Edge(Generic[Item]):
    """A row of a page with its cursor."""

    node: Item
    cursor: str


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list. Cursors are made only when asked for."""

    nodes: Sequence[Item]
    has_next: bool
    has_previous: bool
    cursor_of: Callable[[Item], str]
    extra: Any = None

    @property
    def edges(self) -> list[Edge[Item]]:
        """The rows with their cursors."""
        return [Edge(node, self.cursor_of(node)) for node in self.nodes]

    @property
    def page_info(self) -> PageInfo:
        """Whether there is more on either side, and the outermost cursors."""
        start = self.cursor_of(self.nodes[0]) if self.nodes else None
        end = self.cursor_of(self.nodes[-1]) if self.nodes else None
        return PageInfo(self.has_next, self.has_previous, start, end)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of a list: by one column of a kind, ties broken by id. A cursor belongs to the order it was made in."""

    name: str
    column: str = "id"
    kind: type[int] | type[str] | type[dt.datetime] = int
    descending: bool = False

    def cursor(self, row: Any) -> str:
        """The cursor that stands on a row."""
        value = getattr(row, self.column)
        return seal([self.name, value.isoformat() if isinstance(value, dt.datetime) else value, row.id])

    def _sorts(self, value: object) -> bool:
        """Whether the database could compare a value with this column: a cursor is a client's text, not a promise."""
        if self.kind is int:
            return type(value) is int and abs(value) < 2**63
        return isinstance(value, str) and "\x00" not in value and len(value) <= LONGEST_TEXT

    def place(self, cursor: str) -> tuple[Any, int]:
        """The sort value and id a cursor stands on; raises BadCursor for one of another order."""
        match unseal(cursor):
            case [self.name, value, int() as key] if 0 < key <= LARGEST_KEY and self._sorts(value):
                return value, key
        raise BadCursor("The cursor does not belong to this list in this order. Start again without it.")


async def page_of(query: QuerySet[Any], row: type[Row], sort: Sort, window: Window) -> Page[Row]:
    """One page of a query, in one statement, by the index of the sort's column and id."""
    down = sort.descending != window.reverse
    if window.after:
        query = query.filter(_beyond(query, sort, window.after, below=down))
    if window.before:
        query = query.filter(_beyond(query, sort, window.before, below=not down))
    sign = "-" if down != window.backwards else ""
    ordering = (f"{sign}{sort.column}",) if sort.column == "id" else (f"{sign}{sort.column}", f"{sign}id")
    rows = await rows_of(query.order_by(*ordering).limit(window.size + 1), row)
    return trimmed(rows, window, sort.cursor)


def page_of_rows(rows: Sequence[Item], window: Window, *, key: Callable[[Item], int | str]) -> Page[Item]:
    """One page of a list already read, by the key of its rows."""
    part = list(reversed(rows)) if window.reverse else list(rows)
    if window.after or window.before:
        keys = [key(row) for row in part]
        start = _index(keys, window.after) + 1 if window.after else 0
        end = _index(keys, window.before) if window.before else len(part)
        part = part[start:end]
    part = part[::-1][: window.size + 1] if window.backwards else part[: window.size + 1]
    return trimmed(part, window, lambda row: seal(["row", key(row)]))


def seal(place: list[Any]) -> str:
    """Write a cursor."""
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def unseal(cursor: str) -> Any:
    """Read a cursor; raises BadCursor for a text that is none."""
    try:
        return orjson.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError) as broken:
        raise BadCursor("The cursor is not one that this API hands out.") from broken


def _beyond(query: QuerySet[Any], sort: Sort, cursor: str, *, below: bool) -> Q:
    value, key = sort.place(cursor)
    words = getattr(query.model._meta.fields_map.get(sort.column), "enum_type", None)
    if words is not None and value not in list(words):
        raise BadCursor("The cursor does not belong to this list in this order. Start again without it.")
    way = "lt" if below else "gt"
    if sort.column == "id":
        return _where(f"id__{way}", key)
    if sort.kind is dt.datetime:
        value = moment_of(value)
    tied = _where(f"{sort.column}__{way}", value) | _where(f"id__{way}", key)
    return _where(f"{sort.column}__{way}e", value) & tied


def _where(condition: str, value: Any) -> Q:
    return Q(**{condition: value})


def moment_of(text: Any) -> dt.datetime:
    """A moment in a cursor; raises BadCursor for anything else."""
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (TypeError, ValueError, OverflowError) as broken:
        raise BadCursor("The cursor is not one that this API hands out.") from broken


def trimmed(rows: list[Item], window: Window, cursor_of: Callable[[Item], str]) -> Page[Item]:
    """A page out of rows read in its direction, one more than it may hold where there is more."""
    more = len(rows) > window.size
    part = rows[: window.size]
    if window.backwards:
        return Page(part[::-1], window.before is not None, more, cursor_of)
    return Page(part, more, window.after is not None, cursor_of)


def _index(keys: list[int | str], cursor: str) -> int:
    match unseal(cursor):
        case ["row", key] if key in keys:
            return keys.index(key)
    raise BadCursor("The cursor does not belong to this list.")
