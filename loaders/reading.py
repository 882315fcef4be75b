"""How rows are read: Tortoise writes the SQL, the driver's records become typed, frozen rows, in batches."""

import asyncio
import datetime as dt
import sys
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import orjson
from aiodataloader import DataLoader
from ciso8601 import parse_datetime
from tortoise.queryset import QuerySet

from loaders.arrivals import Arrival, Batch, Load, values_of
from loaders.prepared import records_among

Row = TypeVar("Row", bound=NamedTuple)
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

COUNTED: ContextVar[Callable[[int], None] | None] = ContextVar("counted", default=None)
"""Told how many rows each read brought, for whoever limits what one operation may read; raises to refuse more."""


@dataclass(frozen=True, slots=True)
class Column:
    """Says, inside `Annotated`, which column or relation path a row's field is read from when the names differ."""

    path: str


async def rows_of(query: QuerySet[Any], row: type[Row]) -> list[Row]:
    """Run a query and return its records as rows, in the query's order. Selects only the columns the row names."""
    columns, decoders = _shape(row)
    selection = query.values_list(*columns)
    selection._choose_db_if_not_chosen()
    selection._make_query()
    connection = selection._db
    answer = await connection.execute_query(*selection.query.get_parameterized_sql())
    records = cast("Sequence[Sequence[Any]]", answer[1])
    conversions = decoders if connection.capabilities.dialect == "sqlite" else _only_json(row)
    return _read(row, records, conversions)


def columns_of(row: Any) -> tuple[str, ...]:
    """The columns a row is read from, for statements written by hand."""
    return _shape(row)[0]


def rows_from(records: Sequence[Sequence[Any]], row: type[Row], *, dialect: str) -> list[Row]:
    """Rows out of a driver's records whose columns are those of `columns_of(row)`, in that order."""
    return _read(row, records, _shape(row)[1] if dialect == "sqlite" else _only_json(row))


async def row_of(query: QuerySet[Any], row: type[Row]) -> Row | None:
    """The first row of a query, or None."""
    found = await rows_of(query.limit(1), row)
    return found[0] if found else None


class Loader(DataLoader[Key, Value]):
    """A batch of reads. What it hands out survives the cancellation of one of its readers.

    It keeps aiodataloader's promises, each key once and all keys of a turn together, but by arrivals where that has
    futures, and by one task a batch where that has two.
    """

    max_batch_size = 1000
    moment: dt.datetime | None = None
    """What its queries depend on besides the keys, where that is the time of asking and nothing else."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._cache: dict[Key, Arrival[Value]] = {}  # type: ignore[assignment]  # arrivals stand for futures
        self._asked: list[Arrival[Value]] = []
        self._batch = Batch(self.loop)

    def load(self, key: Key) -> Load[Value]:  # type: ignore[override]  # awaited like the future it stands for
        """The value for one key. The executor cancels siblings on errors; a reader's end is not the batch's."""
        return Load(self.begin(key))

    def begin(self, key: Key) -> Arrival[Value]:
        """Ask for the value of one key with the next batch, for whoever waits for many of them by `values_of`."""
        known = self._cache.get(key)
        return self._begun(key) if known is None else known

    def begin_all(self, keys: Iterable[Key]) -> list[Arrival[Value]]:
        """The same for many keys."""
        known, begun = self._cache.get, self._begun
        return [known(key) or begun(key) for key in keys]

    def _begun(self, key: Key) -> Arrival[Value]:
        if not self._asked:
            self._batch = Batch(self.loop)
            self.loop.call_soon(self.loop.call_soon, self._dispatch)  # once those have asked who are about to
        arrival = self._cache[key] = Arrival(self._batch, key)
        self._asked.append(arrival)
        return arrival

    def _dispatch(self) -> None:
        asked, self._asked = self._asked, []
        for start in range(0, len(asked), self.max_batch_size):
            part = asked[start : start + self.max_batch_size]
            part[0].batch.tasks.append(self.loop.create_task(self._answer(part)))

    async def _answer(self, asked: list[Arrival[Value]]) -> None:
        """Have a batch answered. What fails as a whole may be asked for again."""
        outcomes: list[Any]
        try:
            outcomes = await self.batch_load_fn([arrival.key for arrival in asked])
            if len(outcomes) != len(asked):
                raise TypeError(f"{type(self).__name__} answered {len(outcomes)} of {len(asked)} keys")
        except Exception as error:  # noqa: BLE001 - becomes the error of whoever asked
            outcomes = [error] * len(asked)
            for arrival in asked:
                self._cache.pop(arrival.key, None)
        for arrival, outcome in zip(asked, outcomes, strict=True):
            arrival.settle(outcome)
        asked[0].batch.settle()

    async def load_many(self, keys: Iterable[Key]) -> list[Value]:  # type: ignore[override]  # awaited like the future
        """The values for several keys."""
        values = await values_of(self.begin_all(keys))
        for value in values:
            if isinstance(value, Exception):
                raise value
        return values


class ByKey(Loader[Key, Row | None]):
    """Rows by a unique column: None where there is no such row."""

    row: ClassVar[type[Any]]
    key: ClassVar[str] = "id"

    @abstractmethod
    def query(self) -> QuerySet[Any]:
        """Which rows may be found at all."""

    async def batch_load_fn(self, keys: list[Key]) -> list[Row | None]:
        """One query for all keys. A text longer than its column is nobody's key."""
        stored = self._storable(keys) if isinstance(keys[0], str) else keys
        rows = await _rows_among(self, self.key, stored) if stored else []
        found: dict[Any, Any] = {getattr(row, self.key): row for row in rows}
        return [found.get(key) for key in keys]

    def _storable(self, keys: list[Any]) -> list[Any]:
        kind = type(self)
        if kind not in _LONGEST:
            _LONGEST[kind] = getattr(self.query().model._meta.fields_map[self.key], "max_length", None) or sys.maxsize
        return [key for key in keys if len(key) <= _LONGEST[kind]]


_LONGEST: dict[type, int] = {}
"""How long a text may be that a loader of this class could find something by."""


async def _rows_among(loader: "ByKey[Any, Any] | ByParent[Any, Any]", column: str, keys: list[Any]) -> list[Any]:
    """The loader's rows whose column is one of the keys. Made of no more than a moment, it always asks the same."""
    kind = type(loader)
    if loader.moment is None and kind.__init__ is not Loader.__init__:
        return await rows_of(loader.query().filter(**{f"{column}__in": keys}), loader.row)
    records, dialect = await records_among(kind, loader.query, column, keys, columns_of(loader.row), loader.moment)
    return rows_from(records, loader.row, dialect=dialect)


class ByParent(Loader[Key, list[Row]]):
    """Child rows grouped under their parent's key, in the query's order: one query however many parents."""

    row: ClassVar[type[Any]]
    parent: ClassVar[str]
    path: ClassVar[str | None] = None
    """The relation path to the parent's key, where it differs from the row's own name for it."""

    @abstractmethod
    def query(self) -> QuerySet[Any]:
        """Which children there are, in a stated order."""

    async def batch_load_fn(self, keys: list[Key]) -> list[list[Row]]:
        """One query for all parents."""
        children: defaultdict[Any, list[Row]] = defaultdict(list)
        place = self.row._fields.index(self.parent)
        for row in await _rows_among(self, self.path or self.parent, keys):
            children[row[place]].append(row)
        return [children[key] for key in keys]


LoaderType = TypeVar("LoaderType", bound=DataLoader[Any, Any])


class Loaders:
    """The loaders of one operation, made when first asked for: `loaders(VariantsOfProduct).load(product.id)`."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Any] = {}

    def __call__(self, loader: Callable[..., LoaderType], *arguments: Hashable) -> LoaderType:
        """The one loader of this class and these arguments; equal arguments share their batches."""
        made = self._made.get((loader, *arguments))
        if made is None:
            made = self._made[(loader, *arguments)] = loader(*arguments)
        return cast("LoaderType", made)


Conversions = tuple[tuple[int, Callable[[Any], Any]], ...]


def _read(row: type[Row], records: Sequence[Sequence[Any]], conversions: Conversions) -> list[Row]:
    counted = COUNTED.get()
    if counted is not None:
        counted(len(records))
    return [_row(row, record, conversions) for record in records] if conversions else _plain(row, records)


def _plain(row: type[Row], records: Iterable[Sequence[Any]]) -> list[Row]:
    return [tuple.__new__(row, record) for record in records]


def _row(row: type[Row], record: Sequence[Any], conversions: Conversions) -> Row:
    values = list(record)
    for index, convert in conversions:
        if values[index] is not None:
            values[index] = convert(values[index])
    return tuple.__new__(row, values)


@cache
def _shape(row: Any) -> tuple[tuple[str, ...], Conversions]:
    hints = get_type_hints(row, include_extras=True)
    columns = tuple(_path(name, hints[name]) for name in row._fields)
    conversions = tuple(
        (index, convert) for index, name in enumerate(row._fields) if (convert := _conversion(hints[name]))
    )
    return columns, conversions


@cache
def _only_json(row: Any) -> Conversions:
    return tuple(conversion for conversion in _shape(row)[1] if conversion[1] is orjson.loads)


def _path(name: str, hint: Any) -> str:
    return next((part.path for part in getattr(hint, "__metadata__", ()) if isinstance(part, Column)), name)


def _conversion(hint: Any) -> Callable[[Any], Any] | None:
    """What SQLite's storage needs to become the annotated type; JSON arrives as text on both databases."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if hint is bool:
        return bool
    if hint is dt.datetime:
        return _utc
    if get_origin(hint) in (list, dict, tuple):
        return cast("Callable[[Any], Any]", orjson.loads)
    return None


def _utc(text: str) -> dt.datetime:
    moment = parse_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
