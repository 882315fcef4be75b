"""Both schemas say what everything in them means: types, fields, arguments and values."""

from collections.abc import Iterator
from typing import Any

import pytest
import strawberry

from schema.admin.schema import admin
from schema.storefront.schema import storefront

BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}


def silent(schema: strawberry.Schema) -> Iterator[str]:
    """The coordinates that have no description."""
    types: dict[str, Any] = schema._schema.type_map
    for name, kind in types.items():
        if name.startswith("__") or name in BUILT_IN:
            continue
        parts = {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}
        told = {name: kind, **{f"{name}.{part}": each for part, each in parts.items()}}
        for part, each in parts.items():
            told |= {f"{name}.{part}({key}:)": given for key, given in getattr(each, "args", {}).items()}
        yield from (coordinate for coordinate, each in told.items() if not each.description)


@pytest.mark.parametrize("schema", [storefront, admin])
def test_nothing_in_a_schema_is_left_unsaid(schema: Any) -> None:
    assert list(silent(schema())) == []
