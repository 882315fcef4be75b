"""What staff do to collections."""

import strawberry

from commerce.collection_rules import Column, Relation
from models.catalog import CollectionOrder
from resolvers import staff_collections
from schema.admin.collections import Collection
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import deletion, payload
from schema.admin.product_mutations import MetafieldInput, SEOInput
from schema.admin.products import COLLECTION, PRODUCT
from schema.binding import changed_by
from schema.ids import id_argument, ids_argument, number_key
from schema.scalars import URL, UnsignedInt64

MOVED = number_key("Product", "MediaImage", "ProductImage")


@strawberry.input(description="One rule of a collection.")
class CollectionRuleInput:
    """One rule of a collection."""

    column: Column = required("What of a product it looks at.")
    relation: Relation = required("How that must stand to the condition.")
    condition: str = required("What it is compared with: words, a price like 19.90, or grams.")


@strawberry.input(description="The rules by which a collection takes products in.")
class CollectionRuleSetInput:
    """The rules by which a collection takes products in."""

    applied_disjunctively: bool | None = optional("Whether any one of them is enough; else a product fits all.")
    rules: list[CollectionRuleInput] | None = optional("The rules, at most 60.")


@strawberry.input(description="The picture of a collection.")
class ImageInput:
    """The picture of a collection."""

    alt_text: str | None = optional("What it shows, for those who do not see it.")
    src: URL | None = optional("Where it is: an address to fetch it from, or that of an upload.")


@strawberry.input(description="A new collection, or what shall be otherwise about one.")
class CollectionInput:
    """A new collection, or what shall be otherwise about one."""

    id: strawberry.ID | None = optional("The collection, where it is there already.", decode=COLLECTION)
    title: str | None = optional("Its name.")
    handle: str | None = optional("The readable part of its address; made of the title unless given.")
    description_html: str | None = optional("What it holds, as HTML. It is kept as it is: only staff write it.")
    sort_order: CollectionOrder | None = optional("How it sorts its products; by hand unless given.")
    rule_set: CollectionRuleSetInput | None = optional(
        "The rules by which it takes products in. Whether a collection has rules is decided when it is made."
    )
    products: list[strawberry.ID] | None = optional(
        "The products of a new collection that is chosen by hand, in order.", decode=PRODUCT
    )
    image: ImageInput | None = optional("Its picture; null takes it away.")
    seo: SEOInput | None = optional("What search engines are told.")
    metafields: list[MetafieldInput] | None = optional("Metafields to set, at most 25.")


@strawberry.input(description="A collection that shall be no more.")
class CollectionDeleteInput:
    """A collection that shall be no more."""

    id: strawberry.ID = required("The collection.", decode=COLLECTION)


@strawberry.input(description="Something's new place in a list.")
class MoveInput:
    """Something's new place."""

    id: strawberry.ID = required("What is moved.", decode=MOVED)
    new_position: UnsignedInt64 = required("Its place afterwards, counted from zero.")


CollectionCreatePayload = payload("CollectionCreate", "collection", Collection, "The collection.")
CollectionUpdatePayload = payload("CollectionUpdate", "collection", Collection, "The collection.")
CollectionDeletePayload = deletion("CollectionDelete", "deleted_collection_id", "Collection", "The id of what is gone.")
CollectionAddProductsPayload = payload("CollectionAddProducts", "collection", Collection, "The collection.")
CollectionRemoveProductsPayload = payload("CollectionRemoveProducts", "collection", Collection, "The collection.")
CollectionReorderProductsPayload = payload("CollectionReorderProducts", "collection", Collection, "The collection.")
THIS = id_argument(COLLECTION, "The collection.")


@strawberry.type
class CollectionMutation:
    """What staff do to collections."""

    collection_create: CollectionCreatePayload | None = changed_by(
        staff_collections.create,
        "Make a collection, by rules or by hand. It is not offered until it is published with `publishablePublish`.",
        needs="write_products",
        input=told_as(CollectionInput, "The collection."),
    )
    collection_update: CollectionUpdatePayload | None = changed_by(
        staff_collections.update,
        "Change a collection. What is left out stays as it is.",
        needs="write_products",
        input=told_as(CollectionInput, "What shall be otherwise."),
    )
    collection_delete: CollectionDeletePayload | None = changed_by(
        staff_collections.delete,
        "Delete a collection; its products stay.",
        needs="write_products",
        input=told_as(CollectionDeleteInput, "The collection."),
    )
    collection_add_products: CollectionAddProductsPayload | None = changed_by(
        staff_collections.add_products,
        "Put products at the end of a collection that is chosen by hand.",
        needs="write_products",
        id=THIS,
        product_ids=ids_argument(PRODUCT, "The products, at most 250."),
    )
    collection_remove_products: CollectionRemoveProductsPayload | None = changed_by(
        staff_collections.remove_products,
        "Take products out of a collection that is chosen by hand.",
        needs="write_products",
        id=THIS,
        product_ids=ids_argument(PRODUCT, "The products, at most 250."),
    )
    collection_reorder_products: CollectionReorderProductsPayload | None = changed_by(
        staff_collections.reorder_products,
        "Move products to other places in a collection, one after the other; shown where it is sorted by hand.",
        needs="write_products",
        id=THIS,
        moves=told_as(list[MoveInput], "The moves, at most 250."),
    )
