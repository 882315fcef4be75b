"""Anything by its global id: never more than the questions of its own would show."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from loaders.catalog import ImageById, OptionById, OptionValueById, ProductById, VariantById
from loaders.collections import CollectionById
from loaders.content import ArticleById, BlogById, MenuById, MenuItemById, PageById, PolicyById, RedirectById
from loaders.metafields import MetafieldById
from resolvers.context import Context
from resolvers.mistakes import BadArgument, InvalidId
from resolvers.pictures import picture_of, swatch
from resolvers.shop import logo

MOST = 250
LARGEST = 2**31 - 1

PUBLIC: dict[str, Any] = {
    "Product": ProductById,
    "ProductVariant": VariantById,
    "ProductOption": OptionById,
    "ProductOptionValue": OptionValueById,
    "Collection": CollectionById,
    "Page": PageById,
    "Article": ArticleById,
}
"""Loaders of what is seen once it is published."""

ALWAYS: dict[str, Any] = {
    "Blog": BlogById,
    "Menu": MenuById,
    "MenuItem": MenuItemById,
    "ShopPolicy": PolicyById,
    "UrlRedirect": RedirectById,
}
"""Loaders of what is always seen."""

Find = Callable[[Context, str], Awaitable[Any]]


async def node(context: Context, root: object, *, id: tuple[str, str]) -> Any:
    """The thing of this type and key; None if there is none, or the viewer may not see it."""
    kind, key = id
    if kind in FINDERS:
        return await FINDERS[kind](context, key)
    if kind in PUBLIC:
        return await context.loaders(PUBLIC[kind], context.now).load(number(kind, key))
    if kind in ALWAYS:
        return await context.loaders(ALWAYS[kind]).load(number(kind, key))
    raise InvalidId(f"Nothing of the type {kind} can be fetched by its id.")


async def nodes(context: Context, root: object, *, ids: Sequence[tuple[str, str]]) -> list[Any]:
    """The things of these ids, in their order, with None for those that are not found."""
    if len(ids) > MOST:
        raise BadArgument(f"Ask for at most {MOST} ids at once.", argument="ids")
    return list(await asyncio.gather(*(node(context, root, id=each) for each in ids)))


def number(kind: str, key: str) -> int:
    """The integer key of a thing; raises InvalidId for a text that is none."""
    if key.isascii() and key.isdigit() and len(key) <= 10 and int(key) <= LARGEST:
        return int(key)
    raise InvalidId(f"The key of a {kind} is a whole number, as in gid://shopwright/{kind}/1.")


async def _metafield(context: Context, key: str) -> Any:
    """A metafield of something that is seen; those of carts and customers are told with their owners alone."""
    found = await context.loaders(MetafieldById).load(number("Metafield", key))
    if found is None or found.owner_type not in {*PUBLIC, *ALWAYS, "Shop"}:
        return None
    owner = await node(context, None, id=(found.owner_type, found.owner_id))
    return found if owner is not None else None


async def _shop(context: Context, key: str) -> Any:
    return context.shop if key == str(context.shop.id) else None


async def _media(context: Context, key: str) -> Any:
    """A picture: of a product by its number, else of what its key names."""
    owner, _, number_of_owner = key.rpartition("-")
    if key == "logo":
        return logo(context, context.shop)
    if not owner:
        return await context.loaders(ImageById, context.now).load(number("MediaImage", key))
    if owner == "swatch":
        value = await context.loaders(OptionValueById, context.now).load(number("MediaImage", number_of_owner))
        look = swatch(context, value) if value else None
        return look.image if look else None
    loader = {"collection": CollectionById, "article": ArticleById}.get(owner)
    if loader is None:
        return None
    row = await context.loaders(loader, context.now).load(number("MediaImage", number_of_owner))
    return picture_of(row) if row else None


FINDERS: dict[str, Find] = {"Shop": _shop, "MediaImage": _media, "Metafield": _metafield}
"""Things that are found in a way of their own; a slice adds its types here."""
