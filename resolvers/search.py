"""Searching the whole shop: products, pages and articles in one list."""

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from database.statements import FALSE, Sql, all_of, joined
from loaders.catalog import ProductById
from loaders.collections import CollectionById
from loaders.content import ArticleById, PageById
from loaders.search import Found, Hit, Hits
from resolvers.context import Context
from resolvers.facets import Shelf
from resolvers.mistakes import BadCursor
from resolvers.paging import Page, Window, seal, trimmed, unseal
from resolvers.product_filters import Tick, Wish, narrowed_by, ticks_of
from resolvers.product_lists import shown
from resolvers.searching import ARTICLES, COLLECTIONS, PAGES, PRODUCTS, Asked, Searched, understood
from search.sellable import SELLABLE

LOADERS: dict[str, Any] = {
    "PRODUCT": ProductById,
    "COLLECTION": CollectionById,
    "PAGE": PageById,
    "ARTICLE": ArticleById,
}
KINDS = {"PRODUCT": PRODUCTS, "COLLECTION": COLLECTIONS, "PAGE": PAGES, "ARTICLE": ARTICLES}
PRODUCT = "PRODUCT"
EVERYTHING = (PRODUCT, "PAGE", "ARTICLE")
PRICELESS = 9e18
"""Where a thing without a price stands in an order by price."""


async def search(
    context: Context,
    root: object,
    *,
    query: str,
    window: Window,
    sort_key: str = "RELEVANCE",
    types: Sequence[str] = EVERYTHING,
    unavailable_products: str = "LAST",
    prefix: str = "LAST",
    product_filters: Sequence[Wish] = (),
) -> Page[Any]:
    """A page of what matches, best first, or by price."""
    loose = prefix == "LAST"
    asked = {
        kind: await understood(context, KINDS[kind], query, loose_end=loose)
        for kind in dict.fromkeys(types or EVERYTHING)
    }
    ticks = ticks_of(product_filters, context.shop.currency)
    sign = -1 if window.reverse else 1
    parts = [
        _part(context, kind, _narrowed(kind, each, ticks), sort_key, unavailable_products, sign)
        for kind, each in asked.items()
    ]
    found = await context.loaders(Hits).load(joined(parts, " UNION ALL ")) if parts else Found([], 0)
    page = await _page(context, found, window, f"{sort_key}{sign}{unavailable_products}")
    where = (shown(context), *asked[PRODUCT].where) if PRODUCT in asked else (FALSE,)
    return replace(page, extra=Shelf(where, ticks, total=found.total))


def _narrowed(kind: str, asked: Asked, ticks: tuple[Tick, ...]) -> Asked:
    """Filters are about products alone; pages and articles stay as they are found."""
    return replace(asked, where=(*asked.where, *narrowed_by(ticks))) if kind == PRODUCT else asked


async def things(context: Context, hits: Sequence[Hit]) -> list[Any]:
    """What was found, in the order of the hits."""
    return list(await asyncio.gather(*(context.loaders(LOADERS[hit.kind], context.now).load(hit.key) for hit in hits)))


def part_of_search(context: Context, kind: str, asked: Asked, *, unavailable: str = "LAST") -> Sql:
    """The statement for the hits of one kind, by relevance."""
    return _part(context, kind, asked, "RELEVANCE", unavailable, 1)


def _part(context: Context, kind: str, asked: Asked, sort_key: str, unavailable: str, sign: int) -> Sql:
    searched = KINDS[kind]
    product = kind == "PRODUCT"
    visible = shown(context) if product else Sql("c.published_at <= ?", (context.now,))
    hidden = [Sql(SELLABLE)] if product and unavailable == "HIDE" else []
    where = all_of([visible, *hidden, *asked.where])
    tier = f"CASE WHEN {SELLABLE} THEN 0 ELSE 1 END" if product and unavailable == "LAST" else "0"
    if sort_key == "PRICE":
        value = f"CAST({sign} * p.min_price AS DOUBLE PRECISION)" if product else f"{PRICELESS:.1f}"
    else:
        value = f"{-sign} * COALESCE(r.score, 0.0)" if asked.ranking else "0.0"
    source = _source(searched, asked)
    return Sql(
        f"SELECT {tier} AS tier, CAST({value} AS DOUBLE PRECISION) AS value, '{kind}' AS kind,"  # noqa: S608 - the texts are ours; values travel as parameters
        f" {searched.key} AS key FROM {source.text} WHERE {where.text}",
        (*source.values, *where.values),
    )


def _source(searched: Searched, asked: Asked) -> Sql:
    if asked.ranking is None:
        return Sql(searched.table)
    text = f"{searched.table} LEFT JOIN ({asked.ranking.text}) r ON r.key = {searched.key}"
    return Sql(text, asked.ranking.values)


async def _page(context: Context, found: Found, window: Window, name: str) -> Page[Any]:
    hits = found.hits
    start = bisect_right(hits, _place(window.after, name)) if window.after else 0
    end = bisect_left(hits, _place(window.before, name)) if window.before else len(hits)
    part = hits[start:end]
    part = part[::-1][: window.size + 1] if window.backwards else part[: window.size + 1]
    rows = await things(context, part)
    cursors = {id(row): seal([name, *hit]) for row, hit in zip(rows, part, strict=True)}
    return trimmed([row for row in rows if row is not None], window, lambda row: cursors[id(row)])


def _place(cursor: str, name: str) -> Hit:
    match unseal(cursor):
        case [str() as made_in, int() as tier, float() | int() as value, str() as kind, int() as key] if (
            made_in == name
        ):
            return Hit(tier, value, kind, key)
    raise BadCursor("The cursor does not belong to this search in this order. Start again without it.")


def total_count(context: Context, page: Page[Any]) -> int:
    """How much was found in all."""
    return int(page.extra.total)
