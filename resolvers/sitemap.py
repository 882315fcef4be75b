"""What search engines should know of, in numbered pages of at most 250."""

from dataclasses import dataclass
from typing import Any

from tortoise.queryset import QuerySet

from loaders.catalog import ImagesOfProduct, shown
from loaders.reading import rows_of
from loaders.rows import catalog
from loaders.rows import content as rows
from models.catalog import Collection, Product
from models.content import Article, Blog, Page
from resolvers.context import Context
from resolvers.mistakes import BadArgument
from resolvers.pictures import address, picture_of

A_PAGE = 250
HIGHEST = 100_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The sitemap of one kind of thing."""

    type: str


def sitemap(context: Context, root: object, *, type: str) -> Sitemap:
    """The sitemap of one kind."""
    return Sitemap(type)


async def pages_count(context: Context, sitemap: Sitemap) -> catalog.Count:
    """How many pages there are."""
    found = _things(context, sitemap)
    return catalog.Count(-(-(await found[0].count()) // A_PAGE) if found else 0)


async def resources(context: Context, sitemap: Sitemap, *, page: int) -> rows.SitemapPage:
    """One page, counted from 1; a page behind the last is empty."""
    if not 1 <= page <= HIGHEST:
        raise BadArgument(f"`page` must be between 1 and {HIGHEST}.", argument="page")
    found = _things(context, sitemap)
    if found is None:
        return rows.SitemapPage([], has_next_page=False)
    query, row = found
    things = await rows_of(query.order_by("id").offset((page - 1) * A_PAGE).limit(A_PAGE + 1), row)
    pictures = await _pictures(context, sitemap, things[:A_PAGE])
    items = [
        rows.SitemapResource(thing.handle, thing.title, thing.updated_at, _image(context, thing, picture))
        for thing, picture in zip(things[:A_PAGE], pictures, strict=True)
    ]
    return rows.SitemapPage(items, has_next_page=len(things) > A_PAGE)


def _things(context: Context, sitemap: Sitemap) -> tuple[QuerySet[Any], type[Any]] | None:
    now = context.now
    match sitemap.type:
        case "PRODUCT":
            return Product.filter(shown(now)), catalog.Product
        case "COLLECTION":
            return Collection.filter(published_at__lte=now), catalog.Collection
        case "PAGE":
            return Page.filter(published_at__lte=now), rows.Page
        case "ARTICLE":
            return Article.filter(published_at__lte=now), rows.Article
        case "BLOG":
            return Blog.all(), rows.Blog
    return None


async def _pictures(context: Context, sitemap: Sitemap, things: list[Any]) -> list[Any]:
    if sitemap.type == "PRODUCT":
        found = await context.loaders(ImagesOfProduct).load_many([thing.id for thing in things])
        return [images[0] if images else None for images in found]
    return [picture_of(thing) if hasattr(thing, "image_url") else None for thing in things]


def _image(context: Context, thing: Any, picture: Any) -> rows.SitemapImage | None:
    if picture is None:
        return None
    return rows.SitemapImage(picture.alt_text, address(context, picture.url), thing.updated_at)
