"""Typed values attached to things, as staff see them."""

import datetime as dt
from typing import Any

import strawberry

from loaders.rows import metafields as rows
from resolvers import metafields, staff_catalog
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_of


def _owner_type(context: Any, row: rows.Metafield) -> str:
    return "".join(
        f"_{letter}" if letter.isupper() and at else letter for at, letter in enumerate(row.owner_type)
    ).upper()


@strawberry.type(description="A typed value attached to one of the shop's things.")
@describes(rows.Metafield, needs="read_products")
class Metafield(Node):
    """A typed value attached to something."""

    id: strawberry.ID = id_of("Metafield")
    namespace: str = described("The group its key belongs to.")
    key: str = described("Its name within the namespace.")
    type: str = described("How `value` is to be read, like single_line_text_field or number_integer.")
    value: str = described("The value, written as text.")
    owner_type: str = resolved_by(_owner_type, "What kind of thing it is attached to, like PRODUCT.")
    created_at: dt.datetime = described("When it was attached.")
    updated_at: dt.datetime = described("When it was last changed.")


MetafieldConnection = connection(Metafield, "a metafield")


def metafield_of() -> Any:
    """The `metafield` field of a type whose things have them."""
    return resolved_by(
        metafields.metafield, "One metafield.", namespace="Its namespace; `custom` unless given.", key="Its key."
    )


def metafields_of() -> Any:
    """The `metafields` field of a type whose things have them."""
    return resolved_by(
        staff_catalog.metafields,
        "The metafields, oldest first.",
        namespace="Only those of this namespace.",
        keys="Only these, each written `namespace.key`.",
    )
