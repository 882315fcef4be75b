"""The index inside the shop's own database: SQLite's FTS5, PostgreSQL's full text. It changes with what it indexes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any

from models.catalog import Collection, Product, ProductOptionValue, ProductTag, ProductVariant
from models.content import Article, Page
from models.search import SearchDocument, SearchGram, SearchKind, SearchTerm
from search.folding import folded
from search.spelling import grams

BATCH = 300
TAG = re.compile(r"<[^>]*>")


async def index_products(ids: Iterable[int]) -> None:
    """Make the index say what these products say now; forget those that are gone. Joins the running transaction."""
    for some in _batches(ids):
        rows = await Product.filter(id__in=some).values(
            "id", "title", "vendor", "product_type", "handle", "description"
        )
        tags = await _grouped(ProductTag.filter(product_id__in=some), "product_id", "tag")
        skus = await _grouped(ProductVariant.filter(product_id__in=some), "product_id", "sku", "barcode")
        values = await _grouped(ProductOptionValue.filter(option__product_id__in=some), "option__product_id", "name")
        labelled = [
            _document(
                SearchKind.PRODUCT,
                row,
                labels=[row["vendor"], row["product_type"], *tags[row["id"]], *values[row["id"]], *skus[row["id"]]],
                body=row["description"],
            )
            for row in rows
        ]
        await _replace(SearchKind.PRODUCT, some, labelled)


async def index_collections(ids: Iterable[int]) -> None:
    """The same for collections."""
    for some in _batches(ids):
        rows = await Collection.filter(id__in=some).values("id", "title", "description")
        found = [_document(SearchKind.COLLECTION, row, labels=[], body=row["description"]) for row in rows]
        await _replace(SearchKind.COLLECTION, some, found)


async def index_pages(ids: Iterable[int]) -> None:
    """The same for pages of text."""
    for some in _batches(ids):
        rows = await Page.filter(id__in=some).values("id", "title", "body")
        found = [_document(SearchKind.PAGE, row, labels=[], body=_bare(row["body"])) for row in rows]
        await _replace(SearchKind.PAGE, some, found)


async def index_articles(ids: Iterable[int]) -> None:
    """The same for articles."""
    for some in _batches(ids):
        rows = await Article.filter(id__in=some).values("id", "title", "author_name", "tags", "content_html")
        found = [
            _document(
                SearchKind.ARTICLE, row, labels=[row["author_name"], *row["tags"]], body=_bare(row["content_html"])
            )
            for row in rows
        ]
        await _replace(SearchKind.ARTICLE, some, found)


async def index_everything() -> None:
    """Make the whole index anew, for a shop whose tables were filled by other means."""
    await SearchDocument.all().delete()
    await SearchTerm.all().delete()
    await index_products(await _ids(Product))
    await index_collections(await _ids(Collection))
    await index_pages(await _ids(Page))
    await index_articles(await _ids(Article))


async def _ids(table: Any) -> list[int]:
    found: list[int] = await table.all().order_by("id").values_list("id", flat=True)
    return found


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    wanted = sorted(set(ids))
    return (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))


async def _grouped(query: Any, parent: str, *columns: str) -> defaultdict[int, list[str]]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for row in await query.values(parent, *columns):
        groups[row[parent]] += [row[column] for column in columns if row[column]]
    return groups


def _document(kind: SearchKind, row: Mapping[str, Any], *, labels: Sequence[str], body: str) -> SearchDocument:
    return SearchDocument(
        kind=kind, key=row["id"], title=folded([row["title"]]), labels=folded(labels), body=folded([body])
    )


def _bare(html: str) -> str:
    return unescape(TAG.sub(" ", html))


async def _replace(kind: SearchKind, keys: Sequence[int], documents: Sequence[SearchDocument]) -> None:
    await SearchDocument.filter(kind=kind, key__in=keys).delete()
    await SearchDocument.bulk_create(documents)
    await _learn({word for each in documents for text in (each.title, each.labels, each.body) for word in text.split()})


async def _learn(found: set[str]) -> None:
    """Remember words that are new, with their letters in threes."""
    for start in range(0, len(wanted := sorted(found)), 2_000):
        some = wanted[start : start + 2_000]
        known = {row["term"] for row in await SearchTerm.filter(term__in=some).values("term")}
        new = [SearchTerm(term=word, length=len(word)) for word in some if word not in known]
        await SearchTerm.bulk_create(new, ignore_conflicts=True)
        if new:
            ids = await SearchTerm.filter(term__in=[term.term for term in new]).values_list("id", "term")
            await SearchGram.bulk_create(
                [SearchGram(term_id=key, gram=gram) for key, word in ids for gram in sorted(grams(word))]
            )
