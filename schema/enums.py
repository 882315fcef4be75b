"""Enums made from a table of values and what each means."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import strawberry


def enumeration(name: str, description: str, values: Mapping[str, str]) -> Any:
    """A GraphQL enum. Resolvers receive its members, which are texts equal to their names."""
    members: Any = StrEnum(name, {value: value for value in values})  # type: ignore[misc]
    return told(members, name, description, values)


def told(members: Any, name: str, description: str, values: Mapping[str, str]) -> Any:
    """Show an enum of ours as a GraphQL enum, saying what each value means."""
    coded: Any = strawberry.enum(members, name=name, description=description)
    for value in coded.__strawberry_definition__.values:
        value.description = values[value.name]
    return coded
