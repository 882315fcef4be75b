"""Resolvers of what is loaded in batches: they say what they are given, and are called once it is there."""

import functools
import inspect
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, cast, get_type_hints, overload

from loaders.arrivals import values_of
from loaders.reading import Loader
from resolvers.context import Context

Row = TypeVar("Row")
One = TypeVar("One")
Two = TypeVar("Two")
Answer = TypeVar("Answer")
Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Needed:
    """What one loader has under an attribute of each row. Equal needs of a level are met once."""

    loader: type[Loader[Any, Any]]
    by: str

    def begin(self, context: Context, rows: Sequence[Any]) -> Awaitable[Sequence[Any]]:
        """Ask for all rows now; to be awaited: the value for each, an exception for what failed."""
        loader, by = context.loaders(self.loader), self.by
        return values_of(loader.begin_all([getattr(row, by) for row in rows]))


@overload
def given(
    loader: type[Loader[Any, One]], /, *, by: str
) -> Callable[
    [Callable[Concatenate[Context, Row, One, Rest], Answer]],
    Callable[Concatenate[Context, Row, Rest], Coroutine[Any, Any, Answer]],
]: ...


@overload
def given(
    loader: type[Loader[Any, One]], second: type[Loader[Any, Two]], /, *, by: str
) -> Callable[
    [Callable[Concatenate[Context, Row, One, Two, Rest], Answer]],
    Callable[Concatenate[Context, Row, Rest], Coroutine[Any, Any, Answer]],
]: ...


def given(*loaders: type[Loader[Any, Any]], by: str) -> Any:
    """Make a resolver of a function that takes, after context and row, what each loader has under `row.by`.

    It is awaited like any other. The engine reads `__needs__` and `__once_met__` instead: it asks for all rows of a
    level at once and then calls the function for each, so that no row costs a task.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        async def resolve(context: Context, row: Any, /, **arguments: Any) -> Any:
            key = getattr(row, by)
            found = [context.loaders(loader).load(key) for loader in loaders]
            return function(context, row, *[await each for each in found], **arguments)

        shown = list(inspect.signature(function).parameters.values())
        del shown[2 : 2 + len(loaders)], resolve.__wrapped__
        ours = cast("Any", resolve)
        ours.__signature__ = inspect.Signature(shown)
        hints = get_type_hints(function, include_extras=True)
        ours.__annotations__ = {each.name: hints[each.name] for each in shown} | {"return": hints["return"]}
        ours.__needs__ = tuple(Needed(loader, by) for loader in loaders)
        ours.__once_met__ = function
        return resolve

    return declare
