"""Whether staff may: each field of the staff schema names the scope it needs."""

import functools
import inspect
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

from commerce.staff import still_in_force
from resolvers.context import Context
from resolvers.mistakes import NotAllowed, NotSignedIn


def needing(scope: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The same resolver, which first makes sure that the viewer has the scope."""
    guarded: Any
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def guarded(context: Context, row: object, **given: Any) -> Any:
            require(context, scope)
            async with aclosing(function(context, row, **given)) as events:
                async for event in events:
                    yield event
    elif inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def guarded(context: Context, row: object, **given: Any) -> Any:
            require(context, scope)
            return await function(context, row, **given)
    else:

        @functools.wraps(function)
        def guarded(context: Context, row: object, **given: Any) -> Any:
            require(context, scope)
            return function(context, row, **given)

    return guarded  # type: ignore[no-any-return]


def require(context: Context, scope: str) -> None:
    """Raise unless the viewer has the scope."""
    if context.viewer.staff is None:
        raise NotSignedIn("This is for staff: send an access token.")
    if scope not in context.viewer.scopes:
        raise NotAllowed(f"This needs the scope {scope}.", scope=scope)


async def require_still(context: Context, scope: str) -> None:
    """Raise unless the viewer's token is in force to this moment; for streams, before each event."""
    require(context, scope)
    token_id = context.viewer.token_id
    if token_id is not None and not await still_in_force(token_id, now=context.now):
        raise NotSignedIn("The access token is not in force any more.")
