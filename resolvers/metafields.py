"""Metafields: typed values the shop attaches to its things, and the things some of them point at."""

import asyncio
from collections.abc import Sequence
from typing import Any

import orjson

from loaders.metafields import MetafieldsOf
from loaders.rows import catalog, content
from loaders.rows import shop as shops
from loaders.rows.metafields import Metafield
from resolvers.context import Context
from resolvers.mistakes import BadArgument, Mistake
from resolvers.nodes import node
from resolvers.paging import Page, Window, page_of_rows

USUAL = "custom"
"""The namespace of a metafield that is asked for without one."""

MOST = 250
OWNERS: dict[type, str] = {
    catalog.Product: "Product",
    catalog.ProductVariant: "ProductVariant",
    catalog.Collection: "Collection",
    content.Page: "Page",
    content.Blog: "Blog",
    content.Article: "Article",
    shops.Shop: "Shop",
}
"""The types that have metafields, by row; a slice adds its own."""

REFERENCES = {
    "product_reference": "Product",
    "variant_reference": "ProductVariant",
    "collection_reference": "Collection",
    "page_reference": "Page",
    "article_reference": "Article",
    "file_reference": "MediaImage",
}


async def metafield(context: Context, owner: Any, *, key: str, namespace: str = USUAL) -> Metafield | None:
    """The owner's metafield of this namespace and key."""
    found = await context.loaders(MetafieldsOf, OWNERS[type(owner)]).load(str(owner.id))
    return found.get((namespace, key))


async def metafields(
    context: Context, owner: Any, *, identifiers: Sequence[tuple[str | None, str]]
) -> list[Metafield | None]:
    """The owner's metafields of these namespaces and keys, in their order, with None for those it has not."""
    if len(identifiers) > MOST:
        raise BadArgument(f"Ask for at most {MOST} metafields at once.", argument="identifiers")
    found = await context.loaders(MetafieldsOf, OWNERS[type(owner)]).load(str(owner.id))
    return [found.get((namespace or USUAL, key)) for namespace, key in identifiers]


async def reference(context: Context, metafield: Metafield) -> Any:
    """The thing a metafield points at, if shoppers may see it."""
    wanted = REFERENCES.get(metafield.type)
    return await _thing(context, metafield.value, wanted) if wanted else None


async def references(context: Context, metafield: Metafield, *, window: Window) -> Page[Any] | None:
    """The things a list of references points at, those that shoppers may see."""
    wanted = REFERENCES.get(metafield.type.removeprefix("list."))
    if not metafield.type.startswith("list.") or wanted is None:
        return None
    found = await asyncio.gather(*(_thing(context, text, wanted) for text in _texts(metafield.value)))
    return page_of_rows([thing for thing in found if thing], window, key=lambda thing: str(thing.id))


async def parent_resource(context: Context, metafield: Metafield) -> Any:
    """The thing the metafield is attached to."""
    return await node(context, None, id=(metafield.owner_type, metafield.owner_id))


def _texts(value: str) -> list[str]:
    try:
        read = orjson.loads(value)
    except orjson.JSONDecodeError:
        return []
    return [text for text in read if isinstance(text, str)][:MOST] if isinstance(read, list) else []


async def _thing(context: Context, text: str, wanted: str) -> Any:
    """What a stored id names; nothing where the shop wrote something else there."""
    kind, _, key = text.partition("?")[0].removeprefix("gid://").partition("/")[2].partition("/")
    try:
        return await node(context, None, id=(kind, key)) if kind == wanted else None
    except Mistake:
        return None
