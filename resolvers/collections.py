"""Collections: finding them, and the products in them."""

import datetime as dt

from loaders.collections import CollectionByHandle, CollectionById, CollectionsOfProduct, shown
from loaders.rows import catalog as rows
from models.catalog import Collection
from resolvers.context import Context
from resolvers.found import one_way
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows
from resolvers.searching import COLLECTIONS, narrowed
from resolvers.texts import shortened

SORTS = {
    "ID": Sort("id"),
    "TITLE": Sort("title", "title", str),
    "UPDATED_AT": Sort("updated", "updated_at", dt.datetime),
}


async def collection(
    context: Context, root: object, *, handle: str | None = None, id: int | None = None
) -> rows.Collection | None:
    """The collection of this handle or id, if shoppers may see it."""
    one_way(handle=handle, id=id)
    if id is not None:
        return await context.loaders(CollectionById, context.now).load(id)
    return await context.loaders(CollectionByHandle, context.now).load(handle or "")


async def collection_by_handle(context: Context, root: object, *, handle: str) -> rows.Collection | None:
    """The collection of this handle."""
    return await collection(context, root, handle=handle)


async def collections(
    context: Context, root: object, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Collection]:
    """A page of the collections shoppers may see."""
    sort = SORTS.get(sort_key, SORTS["ID"])
    found = await narrowed(context, COLLECTIONS, Collection.filter(shown(context.now)), query)
    return await page_of(found, rows.Collection, sort, window)


async def collections_of_product(context: Context, product: rows.Product, *, window: Window) -> Page[rows.Collection]:
    """A page of the collections a product is in."""
    found = await context.loaders(CollectionsOfProduct, context.now).load(product.id)
    return page_of_rows(found, window, key=lambda collection: collection.id)


def description(context: Context, collection: rows.Collection, *, truncate_at: int | None = None) -> str:
    """The description as plain text, on one line."""
    return shortened(collection.description, truncate_at)
