"""Menus: trees of links."""

from typing import Any

from loaders.catalog import ProductById
from loaders.collections import CollectionById
from loaders.content import ArticleById, BlogById, ItemsOfMenu, MenuByHandle, PageById, PolicyById
from loaders.rows import content as rows
from resolvers.addresses import path_of
from resolvers.context import Context

PLACES = {
    "FRONTPAGE": "/",
    "SEARCH": "/search",
    "CATALOG": "/collections/all",
    "COLLECTIONS": "/collections",
    "CUSTOMER_ACCOUNT_PAGE": "/account",
}
RESOURCES = {
    "PRODUCT": "Product",
    "COLLECTION": "Collection",
    "PAGE": "Page",
    "BLOG": "Blog",
    "ARTICLE": "Article",
    "SHOP_POLICY": "ShopPolicy",
}


async def menu(context: Context, root: object, *, handle: str) -> rows.Menu | None:
    """The menu of this handle."""
    return await context.loaders(MenuByHandle).load(handle)


async def items_of_menu(context: Context, menu: rows.Menu) -> list[rows.MenuItem]:
    """The menu's links of the first level."""
    return [item for item in await context.loaders(ItemsOfMenu).load(menu.id) if item.parent_id is None]


async def items_count(context: Context, menu: rows.Menu) -> int:
    """How many links the menu has on all levels."""
    return len(await context.loaders(ItemsOfMenu).load(menu.id))


async def items_of_item(context: Context, item: rows.MenuItem) -> list[rows.MenuItem]:
    """The links below a link."""
    return [below for below in await context.loaders(ItemsOfMenu).load(item.menu_id) if below.parent_id == item.id]


def resource_type(item: rows.MenuItem) -> str | None:
    """The type of the thing a link leads to."""
    return RESOURCES.get(item.type) if item.resource_id is not None else None


async def resource(context: Context, item: rows.MenuItem) -> Any:
    """The thing a link leads to, if shoppers may see it."""
    if item.resource_id is None:
        return None
    match item.type:
        case "PRODUCT":
            return await context.loaders(ProductById, context.now).load(item.resource_id)
        case "COLLECTION":
            return await context.loaders(CollectionById, context.now).load(item.resource_id)
        case "PAGE":
            return await context.loaders(PageById, context.now).load(item.resource_id)
        case "ARTICLE":
            return await context.loaders(ArticleById, context.now).load(item.resource_id)
        case "BLOG":
            return await context.loaders(BlogById).load(item.resource_id)
        case "SHOP_POLICY":
            return await context.loaders(PolicyById).load(item.resource_id)
    return None


async def url(context: Context, item: rows.MenuItem) -> str | None:
    """Where the link leads: its own address, or that of its thing or place."""
    if item.url:
        return f"{context.public_url}{item.url}" if item.url.startswith("/") else item.url
    path = PLACES.get(item.type)
    if path is None:
        found = await resource(context, item)
        path = path_of(found) if found else None
    return f"{context.public_url}{path}" if path else None
