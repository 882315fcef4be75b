"""Fields that ask first whether they may be asked: a check of the operation's context before anything else of them."""

import inspect
from collections.abc import Callable
from typing import Any

from graphql import GraphQLField, default_field_resolver

GUARD = "guard"
Guard = Callable[[Any], None]
"""Looks at the context of an operation, and raises if it may not ask the field."""


def guard_field(field: GraphQLField, guard: Guard) -> None:
    """Let a field ask the guard first, on every way it can be run. A field has one guard."""
    field.extensions = {**field.extensions, GUARD: guard}
    if field.subscribe is not None:
        field.subscribe = _guarded(field.subscribe, guard)
    else:
        field.resolve = _guarded(field.resolve or default_field_resolver, guard)


def guard_of(field: GraphQLField) -> Guard | None:
    """The guard of a field, None where everybody may ask."""
    found: Guard | None = field.extensions.get(GUARD)
    return found


def _guarded(resolve: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(resolve):

        async def guarded_later(root: Any, info: Any, **given: Any) -> Any:
            guard(info.context)
            return await resolve(root, info, **given)

        return guarded_later

    def guarded(root: Any, info: Any, **given: Any) -> Any:
        guard(info.context)
        return resolve(root, info, **given)

    return guarded
