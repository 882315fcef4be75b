"""Collections as staff see them and change them."""

import datetime as dt

import strawberry

from commerce.collection_rules import Column, Relation
from loaders.rows import catalog as rows
from models.catalog import CollectionOrder
from resolvers import collections, pictures, staff_collections
from schema.admin.metafields import Metafield, MetafieldConnection, metafield_of, metafields_of
from schema.admin.products import COLLECTION, ProductConnection
from schema.admin.publications import ResourcePublicationConnection, published_on_publication, resource_publications
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of
from schema.requirements import AS_FOUND
from schema.scalars import HTML
from schema.storefront.images import Image
from schema.storefront.products import Count, sorting
from schema.storefront.seo import SEO, seo
from schema.storefront.sort_keys import CollectionSortKeys, ProductCollectionSortKeys

told(
    CollectionOrder,
    "CollectionSortOrder",
    "How a collection sorts its products.",
    {
        "MANUAL": "By hand.",
        "BEST_SELLING": "Most sold first.",
        "ALPHA_ASC": "By title, from A.",
        "ALPHA_DESC": "By title, from Z.",
        "PRICE_ASC": "Cheapest first.",
        "PRICE_DESC": "Dearest first.",
        "CREATED": "Oldest first.",
        "CREATED_DESC": "Newest first.",
    },
)
told(
    Column,
    "CollectionRuleColumn",
    "What of a product a rule looks at.",
    {
        "TITLE": "Its title.",
        "TYPE": "Its type.",
        "VENDOR": "Its vendor.",
        "TAG": "Any of its tags.",
        "VARIANT_TITLE": "The title of any of its variants.",
        "VARIANT_PRICE": "The price of any of its variants.",
        "VARIANT_COMPARE_AT_PRICE": "The price before of any of its variants.",
        "VARIANT_WEIGHT": "The weight of any of its variants, in grams.",
    },
)
told(
    Relation,
    "CollectionRuleRelation",
    "How what is there must stand to a rule's condition.",
    {
        "EQUALS": "It is the same, whatever its case.",
        "NOT_EQUALS": "It is not the same.",
        "STARTS_WITH": "It begins with it.",
        "ENDS_WITH": "It ends with it.",
        "CONTAINS": "It holds it somewhere.",
        "NOT_CONTAINS": "It does not hold it.",
        "GREATER_THAN": "It is more.",
        "LESS_THAN": "It is less.",
    },
)


@strawberry.type(description="One rule of a collection.")
@describes(staff_collections.Rule, needs=AS_FOUND)
class CollectionRule:
    """One rule of a collection."""

    column: Column = described("What of a product it looks at.")
    relation: Relation = described("How that must stand to the condition.")
    condition: str = described("What it is compared with: words, a price like 19.90, or grams.")


@strawberry.type(description="The rules by which a collection takes products in.")
@describes(staff_collections.RuleSet, needs=AS_FOUND)
class CollectionRuleSet:
    """The rules by which a collection takes products in."""

    applied_disjunctively: bool = described("Whether any one of them is enough; else a product fits all of them.")
    rules: list[CollectionRule] = described("The rules.")


@strawberry.type(description="A group of products, chosen by hand or by rules.")
@describes(rows.Collection, needs="read_products")
class Collection(Node):
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
    rule_set: CollectionRuleSet | None = resolved_by(
        staff_collections.rule_set, "The rules by which it takes products in; null where they are chosen by hand."
    )
    sort_order: CollectionOrder = resolved_by(staff_collections.order_of, "How it sorts its products.")
    products: ProductConnection = resolved_by(
        staff_collections.products,
        "The products in it, offered or not.",
        sort_key=sorting(ProductCollectionSortKeys, "COLLECTION_DEFAULT", "What to sort them by."),
    )
    products_count: Count | None = resolved_by(staff_collections.products_count, "How many products are in it.")
    seo: SEO = seo()
    metafield: Metafield | None = metafield_of()
    metafields: MetafieldConnection = metafields_of()
    resource_publications: ResourcePublicationConnection = resource_publications()
    published_on_publication: bool = published_on_publication()
    updated_at: dt.datetime = described("When it last changed.")


CollectionConnection = connection(Collection, "a collection")


@strawberry.type
class CollectionQuery:
    """Questions about collections."""

    collection: Collection | None = resolved_by(
        staff_collections.collection,
        "One collection.",
        needs="read_products",
        id=id_argument(COLLECTION, "The collection's id."),
    )
    collection_by_handle: Collection | None = resolved_by(
        staff_collections.collection_by_handle,
        "One collection by its handle.",
        needs="read_products",
        handle="The collection's handle.",
    )
    collections: CollectionConnection = resolved_by(
        staff_collections.collections,
        "The shop's collections, offered or not, found by a search and sorted.",
        needs="read_products",
        sort_key=sorting(CollectionSortKeys, "ID", "What to sort by."),
        query="What to search for: words, and fields like `collection_type:smart` or `product_id:7`.",
    )
