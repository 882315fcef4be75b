"""Collections as shoppers see them."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import strawberry

from loaders.rows import catalog as rows
from resolvers import collections, pictures, products
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import HTML
from schema.storefront.filters import FILTERS
from schema.storefront.images import Image
from schema.storefront.metafields import HasMetafields
from schema.storefront.online import OnlineStorePublishable, Trackable
from schema.storefront.products import ProductConnection, sorting
from schema.storefront.seo import SEO, seo
from schema.storefront.sort_keys import CollectionSortKeys, ProductCollectionSortKeys

if TYPE_CHECKING:
    CollectionConnection = Any


@strawberry.type(description="A group of products.")
@describes(rows.Collection)
class Collection(HasMetafields, OnlineStorePublishable, Trackable, Node):
    """A group of products."""

    id: strawberry.ID = id_of("Collection")
    handle: str = described("The readable part of its address.")
    title: str = described("Its name.")
    description: str = resolved_by(
        collections.description,
        "What it holds, as plain text on one line.",
        truncate_at="At most so many characters, the dots that show a cut included.",
    )
    description_html: HTML = described("What it holds, as HTML.")
    image: Image | None = resolved_by(pictures.image_of, "Its picture.")
    products: ProductConnection = resolved_by(
        products.products_of_collection,
        "The products in it that shoppers may see.",
        sort_key=sorting(ProductCollectionSortKeys, "COLLECTION_DEFAULT"),
        filters=FILTERS,
    )
    seo: SEO = seo()
    updated_at: dt.datetime = described("When it was last changed.")


if not TYPE_CHECKING:
    CollectionConnection = connection(Collection, "a collection")


@strawberry.type
class CollectionQuery:
    """Questions about collections."""

    collection: Collection | None = resolved_by(
        collections.collection,
        "One collection, by its handle or its id; null if shoppers may not see it.",
        handle="The collection's handle.",
        id=id_argument(number_key("Collection"), "The collection's global id.", optional=True),
        lasting=True,
    )
    collection_by_handle: Collection | None = resolved_by(
        collections.collection_by_handle,
        "One collection by its handle.",
        deprecated="Use `collection`.",
        handle="The collection's handle.",
        lasting=True,
    )
    collections: CollectionConnection = resolved_by(
        collections.collections,
        "The collections shoppers may see.",
        sort_key=sorting(CollectionSortKeys, "ID"),
        query="Only collections that match: words, and fields like `title:` or `updated_at:`.",
        lasting=True,
    )
