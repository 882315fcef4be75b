"""Making sure that no change by staff goes without a record, whoever wrote the mutation."""

import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from commerce.audit import WRITTEN


class Unrecorded(RuntimeError):
    """A mutation of the staff changed something and wrote no record of it: carry its act out by `changed`."""


def witnessed(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The same mutation, which fails, wherever it is tried first, if it is not refused and leaves no record."""

    @wraps(function)
    async def watched(context: Any, root: Any, **given: Any) -> Any:
        written: list[str] = []
        token = WRITTEN.set(written)
        try:
            outcome = await function(context, root, **given)
        finally:
            WRITTEN.reset(token)
        if not outcome.user_errors and not written and not getattr(outcome, "nothing_done", False):
            raise Unrecorded(f"{function.__qualname__} left no audit record")
        return outcome

    watched.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
    watched.is_witnessed = True  # type: ignore[attr-defined]
    return watched
