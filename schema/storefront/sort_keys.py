"""The orders that lists can be had in."""

from typing import TYPE_CHECKING

from schema.enums import enumeration

ID = "In the order they were made."
TITLE = "By title."
UPDATED = "By their last change."
AS_MADE = "In the order they were made: these lists are filtered by `query`, not ranked. `search` ranks."
RELEVANCE = "Best match of `query` first; without a query, in the order they were made."

if TYPE_CHECKING:
    ProductSortKeys = ProductCollectionSortKeys = CollectionSortKeys = PageSortKeys = BlogSortKeys = str
    ArticleSortKeys = ProductImageSortKeys = ProductMediaSortKeys = ProductVariantSortKeys = str
else:
    ProductSortKeys = enumeration(
        "ProductSortKeys",
        "The orders products can be listed in.",
        {
            "TITLE": TITLE,
            "PRODUCT_TYPE": "By type.",
            "VENDOR": "By vendor.",
            "UPDATED_AT": UPDATED,
            "CREATED_AT": "By when they were made.",
            "BEST_SELLING": "Most sold first.",
            "PRICE": "By the lowest price of their variants.",
            "ID": ID,
            "RELEVANCE": RELEVANCE,
        },
    )
    ProductCollectionSortKeys = enumeration(
        "ProductCollectionSortKeys",
        "The orders a collection's products can be listed in.",
        {
            "TITLE": TITLE,
            "PRICE": "By the lowest price of their variants.",
            "BEST_SELLING": "Most sold first.",
            "CREATED": "By when they were made.",
            "ID": ID,
            "MANUAL": "As the shop has placed them in the collection.",
            "COLLECTION_DEFAULT": "As the collection itself prefers.",
            "RELEVANCE": "As the collection itself prefers: without a search nothing is more relevant.",
        },
    )
    CollectionSortKeys = enumeration(
        "CollectionSortKeys",
        "The orders collections can be listed in.",
        {"TITLE": TITLE, "UPDATED_AT": UPDATED, "ID": ID, "RELEVANCE": AS_MADE},
    )
    PageSortKeys = enumeration(
        "PageSortKeys",
        "The orders pages can be listed in.",
        {"TITLE": TITLE, "UPDATED_AT": UPDATED, "ID": ID, "RELEVANCE": AS_MADE},
    )
    BlogSortKeys = enumeration(
        "BlogSortKeys",
        "The orders blogs can be listed in.",
        {"TITLE": TITLE, "HANDLE": "By handle.", "ID": ID, "RELEVANCE": AS_MADE},
    )
    ArticleSortKeys = enumeration(
        "ArticleSortKeys",
        "The orders articles can be listed in.",
        {
            "TITLE": TITLE,
            "BLOG_TITLE": "By the title of their blog.",
            "AUTHOR": "By author.",
            "UPDATED_AT": UPDATED,
            "PUBLISHED_AT": "By publication.",
            "ID": ID,
            "RELEVANCE": AS_MADE,
        },
    )
    ProductImageSortKeys = enumeration(
        "ProductImageSortKeys",
        "The orders a product's pictures can be listed in.",
        {
            "CREATED_AT": "In the order they were added.",
            "POSITION": "As the shop has placed them.",
            "ID": "In the order they were added.",
            "RELEVANCE": "As the shop has placed them.",
        },
    )
    ProductMediaSortKeys = enumeration(
        "ProductMediaSortKeys",
        "The orders a product's media can be listed in.",
        {
            "POSITION": "As the shop has placed them.",
            "ID": "In the order they were added.",
            "RELEVANCE": "As the shop has placed them.",
        },
    )
    ProductVariantSortKeys = enumeration(
        "ProductVariantSortKeys",
        "The orders a product's variants can be listed in.",
        {
            "TITLE": TITLE,
            "SKU": "By SKU.",
            "POSITION": "As the shop has placed them.",
            "ID": ID,
            "RELEVANCE": "As the shop has placed them.",
        },
    )
