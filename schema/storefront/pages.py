"""Pages of text, and addresses that have moved."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import strawberry

from loaders.rows import content as rows
from resolvers import pages
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import HTML
from schema.storefront.metafields import HasMetafields
from schema.storefront.online import OnlineStorePublishable, Trackable
from schema.storefront.products import sorting
from schema.storefront.seo import SEO, seo
from schema.storefront.sort_keys import PageSortKeys

if TYPE_CHECKING:
    PageConnection = UrlRedirectConnection = Any


@strawberry.type(description="A page of text, like About us.")
@describes(rows.Page)
class Page(HasMetafields, OnlineStorePublishable, Trackable, Node):
    """A page of text."""

    id: strawberry.ID = id_of("Page")
    handle: str = described("The readable part of its address.")
    title: str = described("Its title.")
    body: HTML = described("Its text, as HTML.")
    body_summary: str = resolved_by(pages.body_summary, "The beginning of its text, without markup.")
    seo: SEO | None = seo()
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it was last changed.")


@strawberry.type(description="An old path, and where it leads now.")
@describes(rows.UrlRedirect)
class UrlRedirect(Node):
    """An old path, and where it leads now."""

    id: strawberry.ID = id_of("UrlRedirect")
    path: str = described("The old path.")
    target: str = described("Where it leads now: a path, or an absolute address.")


if not TYPE_CHECKING:
    PageConnection = connection(Page, "a page of text")
    UrlRedirectConnection = connection(UrlRedirect, "a redirect")


@strawberry.type
class PageQuery:
    """Questions about pages."""

    page: Page | None = resolved_by(
        pages.page,
        "One page, by its handle or its id.",
        handle="The page's handle.",
        id=id_argument(number_key("Page"), "The page's global id.", optional=True),
        lasting=True,
    )
    page_by_handle: Page | None = resolved_by(
        pages.page_by_handle,
        "One page by its handle.",
        deprecated="Use `page`.",
        handle="The page's handle.",
        lasting=True,
    )
    url_redirects: UrlRedirectConnection = resolved_by(
        pages.url_redirects,
        "Old paths and where they lead now.",
        query="Only the redirect of this path, written `path:/old` or plainly; a last `*` takes every continuation.",
        lasting=True,
    )
    pages: PageConnection = resolved_by(
        pages.pages,
        "The shop's pages.",
        sort_key=sorting(PageSortKeys, "ID"),
        query="Only pages that match: words, and fields like `title:` or `updated_at:`.",
        lasting=True,
    )
