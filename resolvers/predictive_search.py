"""Answers while a shopper is typing."""

from collections.abc import Sequence
from html import escape
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from database.statements import Sql
from loaders.search import Hit, Hits, Matches
from resolvers.context import Context
from resolvers.mistakes import BadArgument
from resolvers.product_lists import shown
from resolvers.search import KINDS, part_of_search, things
from resolvers.searching import understood
from search.embedded_queries import INDEX
from search.folding import words
from search.index import Spelling

MOST = 10
CANDIDATES = 80
ORDER = ("PRODUCT", "COLLECTION", "PAGE", "ARTICLE")
COLUMNS = {
    "TITLE": "title",
    "BODY": "body",
    "AUTHOR": "labels",
    "PRODUCT_TYPE": "labels",
    "TAG": "labels",
    "VARIANTS_BARCODE": "labels",
    "VARIANTS_SKU": "labels",
    "VARIANTS_TITLE": "labels",
    "VENDOR": "labels",
}


class Suggestion(NamedTuple):
    """A text that may be what the shopper is about to type."""

    text: str
    styled_text: str


class Predicted(NamedTuple):
    """What a shopper may be looking for."""

    products: list[Any]
    collections: list[Any]
    pages: list[Any]
    articles: list[Any]
    queries: list[Suggestion]


async def predictive_search(
    context: Context,
    root: object,
    *,
    query: str,
    limit: int = MOST,
    limit_scope: str = "ALL",
    types: Sequence[str] = (*ORDER, "QUERY"),
    searchable_fields: Sequence[str] = (),
    unavailable_products: str = "LAST",
) -> Predicted:
    """Up to `limit` things, of each type or of all together, and texts the query may become."""
    if not 1 <= limit <= MOST:
        raise BadArgument(f"`limit` must be between 1 and {MOST}.", argument="limit")
    if not words(query):
        return Predicted([], [], [], [], [])
    columns = tuple(dict.fromkeys(COLUMNS[field] for field in searchable_fields))
    found = {}
    for kind in (kind for kind in ORDER if kind in types):
        asked = await understood(context, KINDS[kind], query, columns=columns)
        part = part_of_search(context, kind, asked, unavailable=unavailable_products)
        found[kind] = (await context.loaders(Hits).load(part)).hits[:limit]
    if limit_scope == "ALL":
        found = _shared_out(found, limit)
    rows = {kind: await things(context, found.get(kind, [])) for kind in ORDER}
    seen = {kind: [row for row in some if row is not None] for kind, some in rows.items()}
    queries = await _suggestions(context, query, limit) if "QUERY" in types else []
    return Predicted(seen["PRODUCT"], seen["COLLECTION"], seen["PAGE"], seen["ARTICLE"], queries)


def _shared_out(found: dict[str, list[Hit]], limit: int) -> dict[str, list[Hit]]:
    """The limit spread over the types: one of each in turn, until it is used up."""
    turns = list(chain.from_iterable(zip_longest(*found.values())))
    kept = [hit for hit in turns if hit is not None][:limit]
    return {kind: [hit for hit in kept if hit.kind == kind] for kind in found}


async def _suggestions(context: Context, query: str, limit: int) -> list[Suggestion]:
    """The query with its last word completed by words in titles and labels of products that shoppers may see."""
    *before, last = words(query)
    candidates = [word for word in await INDEX.beginnings(last, most=CANDIDATES) if word != last]
    numbers = range(len(candidates))
    visible = shown(context)
    parts = [INDEX.matching(PRODUCT, [Spelling((word,))], columns=("title", "labels")) for word in candidates]
    text = " UNION ALL ".join(
        f"SELECT {n} AS number WHERE EXISTS (SELECT 1 FROM product p WHERE {visible.text} AND p.id IN ({part.text}))"  # noqa: S608 - the texts are ours; values travel as parameters
        for n, part in zip(numbers, parts, strict=True)
    )
    if not text:
        return []
    statement = Sql(text, tuple(value for part in parts for value in (*visible.values, *part.values)))
    known = await context.loaders(Matches).load(statement)
    return [_suggestion(before, last, word) for n, word in enumerate(candidates) if n in known][:limit]


def _suggestion(before: Sequence[str], typed: str, word: str) -> Suggestion:
    begun = escape(" ".join([*before, typed]))
    return Suggestion(" ".join([*before, word]), f"<mark>{begun}</mark><span>{escape(word[len(typed) :])}</span>")


PRODUCT = KINDS["PRODUCT"].kind
