"""Products as staff see them."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import catalog as rows
from models.catalog import ProductStatus
from resolvers import products, staff_catalog
from resolvers import variants as choosing
from schema.admin.inputs import optional, told_as
from schema.admin.media import MediaConnection
from schema.admin.metafields import Metafield, MetafieldConnection, metafield_of, metafields_of
from schema.admin.options import ProductOption
from schema.admin.publications import (
    ResourcePublicationConnection,
    published_on_publication,
    resource_publications,
)
from schema.admin.variants import ProductVariantConnection
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import enumeration, told
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import HTML
from schema.storefront.images import Image, ImageConnection
from schema.storefront.products import Count, ProductPriceRange, sorting
from schema.storefront.seo import SEO, seo

if TYPE_CHECKING:
    CollectionConnection = Any
    ProductSortKeys = str
else:
    CollectionConnection = Annotated["CollectionConnection", strawberry.lazy("schema.admin.collections")]
    ProductSortKeys = enumeration(
        "ProductSortKeys",
        "What products can be sorted by.",
        {
            "ID": "The order they were made in.",
            "TITLE": "Their titles.",
            "VENDOR": "Their vendors.",
            "PRODUCT_TYPE": "Their types.",
            "CREATED_AT": "When they were made.",
            "UPDATED_AT": "When they last changed.",
            "PRICE": "The lowest price of their variants. Shopwright's own.",
            "RELEVANCE": "How well they match the search; without one, the order they were made in.",
        },
    )
PRODUCT, COLLECTION = number_key("Product"), number_key("Collection")
told(
    ProductStatus,
    "ProductStatus",
    "Whether a product is offered.",
    {
        "ACTIVE": "It is offered wherever and whenever it is published.",
        "DRAFT": "It is being worked on; shoppers do not see it.",
        "ARCHIVED": "It is offered no more, and kept.",
    },
)


@strawberry.type(description="Something the shop sells, in one variant or many.")
@describes(rows.Product, needs="read_products")
class Product(Node):
    """Something the shop sells."""

    id: strawberry.ID = id_of("Product")
    handle: str = described("The readable part of its address.")
    title: str = described("Its name.")
    description: str = resolved_by(
        products.description,
        "What it is, as plain text on one line.",
        truncate_at="At most so many characters, the dots that show a cut included.",
    )
    description_html: HTML = described("What it is, as HTML.")
    vendor: str = described("Who makes or brands it.")
    product_type: str = described("What kind of thing it is, in the shop's words.")
    tags: list[str] = resolved_by(products.tags, "The words the shop groups it by, in alphabetical order.")
    status: ProductStatus = resolved_by(staff_catalog.status_of, "Whether it is offered.")
    is_gift_card: bool = described("Whether it is a gift card.")
    seo: SEO = seo()
    options: list[ProductOption] = resolved_by(
        products.options, "What it is chosen by, in order.", first="At most so many of them."
    )
    has_only_default_variant: bool = resolved_by(
        staff_catalog.has_no_choice, "Whether it has but the one variant a product starts with."
    )
    variants: ProductVariantConnection = resolved_by(
        choosing.variants,
        "Its variants.",
        sort_key=sorting(staff_catalog.VariantSort, "POSITION", "What to sort them by."),
    )
    variants_count: Count | None = resolved_by(products.variants_count, "How many variants it has.")
    price_range: ProductPriceRange = resolved_by(
        products.price_range, "The range of its variants' prices.", renamed="priceRangeV2"
    )
    compare_at_price_range: ProductPriceRange = resolved_by(
        products.compare_at_price_range, "The range of its variants' compare-at prices; zero where none has one."
    )
    total_inventory: int = resolved_by(staff_catalog.total_inventory, "The units left over all counted variants.")
    tracks_inventory: bool = resolved_by(staff_catalog.tracks_inventory, "Whether the stock of any variant is counted.")
    featured_image: Image | None = resolved_by(products.featured_image, "Its first picture.")
    images: ImageConnection = resolved_by(staff_catalog.images, "Its pictures.")
    media: MediaConnection = resolved_by(staff_catalog.images, "Its pictures as media.")
    collections: CollectionConnection = resolved_by(
        staff_catalog.collections_of_product, "The collections it is in, shown or not."
    )
    in_collection: bool = resolved_by(
        staff_catalog.in_collection,
        "Whether it is in a collection.",
        id=id_argument(COLLECTION, "The collection."),
    )
    metafield: Metafield | None = metafield_of()
    metafields: MetafieldConnection = metafields_of()
    resource_publications: ResourcePublicationConnection = resource_publications()
    published_on_publication: bool = published_on_publication()
    published_at: dt.datetime | None = described("When it was published, or will be.")
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it last changed.")


ProductConnection = connection(Product, "a product")


@strawberry.input(description="Names a product by its id or by its handle.")
class ProductIdentifierInput:
    """Names a product."""

    id: strawberry.ID | None = optional("Its id.", decode=PRODUCT)
    handle: str | None = optional("Its handle.")


@strawberry.type
class ProductQuery:
    """Questions about products."""

    product: Product | None = resolved_by(
        staff_catalog.product, "One product.", needs="read_products", id=id_argument(PRODUCT, "The product's id.")
    )
    product_by_handle: Product | None = resolved_by(
        staff_catalog.product_by_handle,
        "One product by its handle.",
        needs="read_products",
        deprecated="Use `productByIdentifier`.",
        handle="The product's handle.",
    )
    product_by_identifier: Product | None = resolved_by(
        staff_catalog.product_by_identifier,
        "One product by its id or its handle.",
        needs="read_products",
        identifier=told_as(ProductIdentifierInput, "The one or the other."),
    )
    products: ProductConnection = resolved_by(
        staff_catalog.products,
        "The shop's products, offered or not, found by a search and sorted.",
        needs="read_products",
        sort_key=sorting(ProductSortKeys, "ID", "What to sort by."),
        query="What to search for: words, and fields like `status:draft tag:wool -vendor:acme inventory_total:<5`.",
    )
