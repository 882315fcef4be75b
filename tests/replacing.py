"""Another function in the place of a field's own, in one schema alone: types that others share stay as they are."""

import copy
import inspect
from collections.abc import Callable
from typing import Any

import strawberry
from graphql import GraphQLField

from engine.guarding import guard_field, guard_of
from engine.plans.answering import DEFINITION


def is_bound(field: GraphQLField) -> bool:
    """Whether a function of the shop answers the field, as `schema.binding` binds them."""
    definition = field.extensions.get(DEFINITION)
    resolver = definition and definition.base_resolver
    return resolver is not None and hasattr(resolver.wrapped_func, "__bound_to__")


def replace(schema: strawberry.Schema, field: GraphQLField, wrap: Callable[[Any], Any]) -> None:
    """Let the field be answered, both ways, by what `wrap` makes of its function."""
    definition = copy.copy(field.extensions[DEFINITION])
    definition.base_resolver = copy.copy(definition.base_resolver)
    ours: Any = definition.base_resolver.wrapped_func
    definition.base_resolver.wrapped_func = _resolver(wrap(ours.__bound_to__), ours.__decode__)
    guard = guard_of(field)
    field.extensions = {**field.extensions, DEFINITION: definition}
    field.resolve = schema.schema_converter.from_resolver(definition)
    if guard is not None:
        guard_field(field, guard)


def _resolver(function: Callable[..., Any], decode: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    resolve: Any
    if inspect.iscoroutinefunction(function):

        async def resolve(root: Any, info: Any, **given: Any) -> Any:
            return await function(info.context, root, **decode(given))
    else:

        def resolve(root: Any, info: Any, **given: Any) -> Any:
            return function(info.context, root, **decode(given))

    resolve.__bound_to__, resolve.__decode__ = function, decode
    return resolve
