"""What search engines should know of."""

import datetime as dt
from typing import TYPE_CHECKING

import strawberry

from loaders.rows import content as rows
from resolvers import sitemap
from schema.binding import Argument, described, describes, resolved_by
from schema.enums import enumeration
from schema.storefront.products import Count

if TYPE_CHECKING:
    SitemapType = str
else:
    SitemapType = enumeration(
        "SitemapType",
        "The kinds of things that have a sitemap.",
        {
            "PRODUCT": "Products.",
            "COLLECTION": "Collections.",
            "PAGE": "Pages of text.",
            "BLOG": "Blogs.",
            "ARTICLE": "Articles.",
            "METAOBJECT": "Things of the shop's own making; it has none, so their sitemap is empty.",
        },
    )


@strawberry.type(description="The picture of something in a sitemap.")
@describes(rows.SitemapImage)
class SitemapImage:
    """The picture of something in a sitemap."""

    alt: str | None = described("What it shows.")
    filepath: str | None = described("Where it is.")
    updated_at: dt.datetime = described("When the thing was last changed.")


@strawberry.interface(description="What a sitemap says of something.")
class SitemapResourceInterface:
    """What a sitemap says of something."""

    handle: str = described("The readable part of its address.")
    updated_at: dt.datetime = described("When it was last changed.")


@strawberry.type(description="What a sitemap says of a thing of the shop.")
@describes(rows.SitemapResource)
class SitemapResource(SitemapResourceInterface):
    """What a sitemap says of a thing."""

    title: str | None = described("Its name.")
    image: SitemapImage | None = described("Its picture.")


@strawberry.type(description="What a sitemap says of a thing of the shop's own making.")
@describes(rows.SitemapMetaobject)
class SitemapResourceMetaobject(SitemapResourceInterface):
    """What a sitemap says of a thing of the shop's own making."""

    type: str = described("What kind of thing it is.")


@strawberry.type(description="One page of a sitemap.")
@describes(rows.SitemapPage)
class PaginatedSitemapResources:
    """One page of a sitemap."""

    items: list[SitemapResourceInterface] = described("At most 250 things.")
    has_next_page: bool = described("Whether there is a page behind it.")


@strawberry.type(description="What search engines should know of one kind of thing.")
@describes(sitemap.Sitemap)
class Sitemap:
    """What search engines should know of."""

    pages_count: Count | None = resolved_by(sitemap.pages_count, "How many pages there are.")
    resources: PaginatedSitemapResources | None = resolved_by(
        sitemap.resources, "One page of it.", page="Its number, from 1."
    )


@strawberry.type
class SitemapQuery:
    """Questions about sitemaps."""

    sitemap: Sitemap = resolved_by(
        sitemap.sitemap,
        "What search engines should know of.",
        type=Argument(SitemapType, "The kind of things.", str),
        lasting=True,
    )
