"""Search texts, understood for one kind of thing."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tortoise.models import Model
from tortoise.queryset import QuerySet

from database.statements import Sql
from loaders.search import Matches, SpellingsOf
from models.search import SearchKind
from resolvers.context import Context
from search import fields
from search.asking import Question, words_in
from search.asking import understood as parts_of
from search.embedded_queries import INDEX
from search.fields import Condition
from search.index import Columns
from search.syntax import All

Table = TypeVar("Table", bound=Model)


@dataclass(frozen=True, slots=True)
class Searched:
    """A kind of thing as it is searched: its table, and its fields in a currency."""

    kind: SearchKind
    table: str
    key: str
    fields: Callable[[str], Mapping[str, Condition]]


PRODUCTS = Searched(SearchKind.PRODUCT, "product p", "p.id", fields.product_fields)
STAFF_PRODUCTS = Searched(SearchKind.PRODUCT, "product p", "p.id", fields.staff_product_fields)
STAFF_COLLECTIONS = Searched(SearchKind.COLLECTION, "collection c", "c.id", lambda _: fields.STAFF_COLLECTION_FIELDS)
COLLECTIONS = Searched(SearchKind.COLLECTION, "collection c", "c.id", lambda _: fields.COLLECTION_FIELDS)
PAGES = Searched(SearchKind.PAGE, "page c", "c.id", lambda _: fields.PAGE_FIELDS)
ARTICLES = Searched(SearchKind.ARTICLE, "article c", "c.id", lambda _: fields.ARTICLE_FIELDS)
BLOGS = Searched(SearchKind.BLOG, "blog c", "c.id", lambda _: fields.BLOG_FIELDS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What must hold of a thing, and how well it matches."""

    where: tuple[Sql, ...] = ()
    ranking: Sql | None = None


async def understood(
    context: Context, searched: Searched, text: str | None, *, loose_end: bool = True, columns: Columns = ()
) -> Asked:
    """A search text as a condition and a ranking; no text, or one that asks for nothing, is no condition."""
    known = searched.fields(context.shop.currency)
    part = parts_of(text or "", known)
    if part == All(()):
        return Asked()
    doubtful = words_in(part)
    spelled = await asyncio.gather(*(context.loaders(SpellingsOf).load(word) for word in doubtful))
    spellings = dict(zip(doubtful, spelled, strict=True))
    asked = Question(INDEX, searched.kind, searched.key, known, spellings, loose_end, columns).ask(part)
    return Asked((asked.condition,) if asked.condition else (), asked.ranking)


async def matches(context: Context, searched: Searched, text: str | None) -> frozenset[int] | None:
    """The ids of the things that match; None where the text asks for nothing."""
    asked = await understood(context, searched, text)
    if not asked.where:
        return None
    (condition,) = asked.where
    statement = Sql(f"SELECT {searched.key} FROM {searched.table} WHERE {condition.text}", condition.values)  # noqa: S608 - the texts are ours; values travel as parameters
    return await context.loaders(Matches).load(statement)


async def narrowed(context: Context, searched: Searched, query: QuerySet[Table], text: str | None) -> QuerySet[Table]:
    """The query, kept to the things that match a text."""
    found = await matches(context, searched, text) if text else None
    return query if found is None else query.filter(id__in=sorted(found)[:MOST])


MOST = 20_000
"""More ids than this do not fit into one statement."""
