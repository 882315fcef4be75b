"""Metafields: typed values the shop attaches to its things."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import metafields as rows
from resolvers import metafields
from schema.binding import Argument, described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_of

LAZY = "schema.storefront"
if TYPE_CHECKING:
    MetafieldReference = MetafieldParentResource = MetafieldReferenceConnection = Any
else:
    Article = Annotated["Article", strawberry.lazy(f"{LAZY}.blogs")]
    Blog = Annotated["Blog", strawberry.lazy(f"{LAZY}.blogs")]
    Cart = Annotated["Cart", strawberry.lazy(f"{LAZY}.carts")]
    Collection = Annotated["Collection", strawberry.lazy(f"{LAZY}.collections")]
    MediaImage = Annotated["MediaImage", strawberry.lazy(f"{LAZY}.images")]
    Page = Annotated["Page", strawberry.lazy(f"{LAZY}.pages")]
    Product = Annotated["Product", strawberry.lazy(f"{LAZY}.products")]
    ProductVariant = Annotated["ProductVariant", strawberry.lazy(f"{LAZY}.variants")]
    Shop = Annotated["Shop", strawberry.lazy(f"{LAZY}.shop")]
    MetafieldReference = Annotated[
        Article | Collection | MediaImage | Page | Product | ProductVariant,
        strawberry.union("MetafieldReference", description="Something a metafield can point at."),
    ]
    MetafieldParentResource = Annotated[
        Article | Blog | Cart | Collection | Page | Product | ProductVariant | Shop,
        strawberry.union("MetafieldParentResource", description="Something that has metafields."),
    ]
    MetafieldReferenceConnection = connection(MetafieldReference, "something pointed at", name="MetafieldReference")


@strawberry.type(description="A typed value the shop has attached to one of its things.")
@describes(rows.Metafield)
class Metafield(Node):
    """A typed value attached to something."""

    id: strawberry.ID = id_of("Metafield")
    namespace: str = described("The group its key belongs to.")
    key: str = described("Its name within the namespace.")
    type: str = described("How `value` is to be read, like single_line_text_field or number_integer.")
    value: str = described("The value, written as text.")
    description: str | None = described("What it is for.")
    reference: MetafieldReference | None = resolved_by(
        metafields.reference, "The thing it points at, where its type is a reference and shoppers may see the thing."
    )
    references: MetafieldReferenceConnection | None = resolved_by(
        metafields.references, "The things it points at, where its type is a list of references."
    )
    parent_resource: MetafieldParentResource = resolved_by(metafields.parent_resource, "What it is attached to.")
    created_at: dt.datetime = described("When it was attached.")
    updated_at: dt.datetime = described("When it was last changed.")


@strawberry.input(description="Names a metafield of something.")
class HasMetafieldsIdentifier:
    """Names a metafield."""

    namespace: str | None = strawberry.field(default=None, description="Its namespace; `custom` unless given.")
    key: str = strawberry.field(description="Its key.")


def _named(identifiers: list[HasMetafieldsIdentifier]) -> list[tuple[str | None, str]]:
    return [(each.namespace, each.key) for each in identifiers]


@strawberry.interface(description="Something the shop can attach metafields to.")
class HasMetafields:
    """Something with metafields."""

    metafield: Metafield | None = resolved_by(
        metafields.metafield, "One metafield.", namespace="Its namespace; `custom` unless given.", key="Its key."
    )
    metafields: list[Metafield | None] = resolved_by(
        metafields.metafields,
        "Several metafields, in the order asked for; null for those that are not there.",
        identifiers=Argument(list[HasMetafieldsIdentifier], "At most 250 of them.", _named),
    )
