"""Inputs of the staff's mutations: what was given, decoded, under the names that commerce knows it by."""

import dataclasses
from collections.abc import Callable
from enum import Enum
from typing import Any

import strawberry

from schema.binding import Argument


def required(description: str, *, decode: Callable[[Any], Any] | None = None) -> Any:
    """A field that has to be given."""
    return strawberry.field(description=description, metadata={"decode": decode})


def optional(description: str, *, decode: Callable[[Any], Any] | None = None) -> Any:
    """A field that may be left out, which is not the same as null: null empties what is kept."""
    return strawberry.field(description=description, default=strawberry.UNSET, metadata={"decode": decode})


def given(value: Any) -> Any:
    """What was given of an input: its fields by their Python names, those left out missing, ids decoded."""
    if isinstance(value, list):
        return [given(each) for each in value]
    if isinstance(value, Enum):
        return value
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    told = {}
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        if part is strawberry.UNSET:
            continue
        decode = field.metadata.get("decode")
        told[field.name] = decoded(part, decode) if decode else given(part)
    return told


def decoded(value: Any, decode: Callable[[Any], Any]) -> Any:
    """A value, or each of a list of them, decoded; null stays null."""
    if isinstance(value, list):
        return [decoded(each, decode) for each in value]
    return None if value is None else decode(value)


def told_as(
    kind: Any, description: str, *, default: Any = Argument.__dataclass_fields__["default"].default
) -> Argument:
    """An argument that takes an input, and hands what was given of it to the resolver."""
    return Argument(kind, description, given, default)
