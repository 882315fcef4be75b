"""Searching the shop."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from resolvers import predictive_search, search
from schema.binding import Argument, described, describes, resolved_by
from schema.connections import connection
from schema.enums import enumeration
from schema.storefront.blogs import Article
from schema.storefront.collections import Collection
from schema.storefront.filters import FILTERS, filters
from schema.storefront.online import Trackable
from schema.storefront.pages import Page
from schema.storefront.products import Product, sorting

if TYPE_CHECKING:
    SearchSortKeys = SearchType = SearchUnavailableProductsType = SearchPrefixQueryType = str
    PredictiveSearchType = PredictiveSearchLimitScope = SearchableField = str
    SearchResultItemConnection = Any
else:
    KINDS = {"PRODUCT": "Products.", "PAGE": "Pages of text.", "ARTICLE": "Articles."}
    SearchSortKeys = enumeration(
        "SearchSortKeys",
        "The orders of what was found.",
        {"PRICE": "Cheapest first; what has no price comes last.", "RELEVANCE": "Best match first."},
    )
    SearchType = enumeration("SearchType", "What can be searched for.", KINDS)
    SearchUnavailableProductsType = enumeration(
        "SearchUnavailableProductsType",
        "What becomes of products that cannot be bought.",
        {"HIDE": "They are left out.", "LAST": "They come last.", "SHOW": "They stand where they stand."},
    )
    SearchPrefixQueryType = enumeration(
        "SearchPrefixQueryType",
        "Whether a word may be only the beginning of one.",
        {"LAST": "The last word may.", "NONE": "No word may, unless nothing else is found for it."},
    )
    PredictiveSearchType = enumeration(
        "PredictiveSearchType",
        "What can be foreseen.",
        {**KINDS, "COLLECTION": "Collections.", "QUERY": "What the shopper is about to type."},
    )
    PredictiveSearchLimitScope = enumeration(
        "PredictiveSearchLimitScope",
        "What a limit limits.",
        {"ALL": "All types together.", "EACH": "Each type by itself."},
    )
    SearchableField = enumeration(
        "SearchableField",
        "Where words are looked for.",
        {
            "TITLE": "In titles.",
            "BODY": "In texts and descriptions.",
            "AUTHOR": "Among authors.",
            "PRODUCT_TYPE": "Among types.",
            "TAG": "Among tags.",
            "VARIANTS_BARCODE": "Among barcodes.",
            "VARIANTS_SKU": "Among SKUs.",
            "VARIANTS_TITLE": "Among option values.",
            "VENDOR": "Among vendors.",
        },
    )

SearchResultItem = Annotated[
    Article | Page | Product, strawberry.union("SearchResultItem", description="Something that was found.")
]


@strawberry.type(description="A text that may be what the shopper is about to type.")
@describes(predictive_search.Suggestion)
class SearchQuerySuggestion(Trackable):
    """A text that may be what the shopper is about to type."""

    text: str = described("The text.")
    styled_text: str = described("The same as HTML, with what was typed in `mark`.")


@strawberry.type(description="What a shopper may be looking for.")
@describes(predictive_search.Predicted)
class PredictiveSearchResult:
    """What a shopper may be looking for."""

    products: list[Product] = described("Products.")
    collections: list[Collection] = described("Collections.")
    pages: list[Page] = described("Pages of text.")
    articles: list[Article] = described("Articles.")
    queries: list[SearchQuerySuggestion] = described("What the query may become.")


if not TYPE_CHECKING:
    SearchResultItemConnection = connection(
        SearchResultItem,
        "something that was found",
        name="SearchResultItem",
        product_filters=filters(),
        total_count=(int, resolved_by(search.total_count, "How much was found in all.")),
    )


def _texts(values: list[Any]) -> list[str]:
    return [str(value) for value in values]


def _unavailable() -> Argument:
    return sorting(SearchUnavailableProductsType, "LAST", "What becomes of products that cannot be bought.")


@strawberry.type
class SearchQuery:
    """Searches."""

    search: SearchResultItemConnection = resolved_by(
        search.search,
        "What in the shop matches a text, best first. Misspelled words find what they are nearest to.",
        query="What to look for: words, and fields like `title:`, `tag:`, `vendor:` or `variants.price:>20`.",
        sort_key=sorting(SearchSortKeys, "RELEVANCE"),
        types=Argument(list[SearchType] | None, "What to look for; everything unless told.", _texts, default=None),
        product_filters=FILTERS,
        unavailable_products=_unavailable(),
        prefix=sorting(SearchPrefixQueryType, "LAST", "Whether the last word may be only the beginning of one."),
    )
    predictive_search: PredictiveSearchResult | None = resolved_by(
        predictive_search.predictive_search,
        "What a shopper may be looking for, while typing.",
        query="What has been typed.",
        limit="How many answers; 1 to 10.",
        limit_scope=sorting(PredictiveSearchLimitScope, "ALL", "What `limit` limits."),
        types=Argument(
            list[PredictiveSearchType] | None, "What to look for; everything unless told.", _texts, default=None
        ),
        searchable_fields=Argument(
            list[SearchableField] | None, "Where to look; everywhere unless told.", _texts, default=None
        ),
        unavailable_products=_unavailable(),
    )
