"""Pages of text, and addresses that have moved."""

import datetime as dt

from tortoise.queryset import QuerySet

from commerce.plain_text import plain_text
from loaders.content import PageByHandle, PageById
from loaders.rows import content as rows
from models import content
from resolvers.context import Context
from resolvers.found import one_way
from resolvers.paging import Page, Sort, Window, page_of
from resolvers.searching import PAGES, narrowed
from resolvers.texts import shortened

SUMMARY = 150
LONGEST_PATH = 1_024
SORTS = {
    "ID": Sort("id"),
    "TITLE": Sort("title", "title", str),
    "UPDATED_AT": Sort("updated", "updated_at", dt.datetime),
}


async def page(context: Context, root: object, *, handle: str | None = None, id: int | None = None) -> rows.Page | None:
    """The page of this handle or id."""
    one_way(handle=handle, id=id)
    if id is not None:
        return await context.loaders(PageById, context.now).load(id)
    return await context.loaders(PageByHandle, context.now).load(handle or "")


async def page_by_handle(context: Context, root: object, *, handle: str) -> rows.Page | None:
    """The page of this handle."""
    return await page(context, root, handle=handle)


async def pages(
    context: Context, root: object, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Page]:
    """A page of the shop's pages."""
    found = await narrowed(context, PAGES, content.Page.filter(published_at__lte=context.now), query)
    return await page_of(found, rows.Page, SORTS.get(sort_key, SORTS["ID"]), window)


def body_summary(context: Context, page: rows.Page) -> str:
    """The beginning of the text, without its markup."""
    return shortened(plain_text(page.body), SUMMARY)


async def url_redirects(
    context: Context, root: object, *, window: Window, query: str | None = None
) -> Page[rows.UrlRedirect]:
    """Old paths and where they lead; `query` may name one as `path:/old`."""
    return await page_of(_redirects(query), rows.UrlRedirect, Sort("id"), window)


def _redirects(query: str | None) -> QuerySet[content.UrlRedirect]:
    if not query:
        return content.UrlRedirect.all()
    field, separator, value = query.strip().partition(":")
    field, value = (field.lower(), value) if separator and field.lower() in {"path", "target"} else ("path", query)
    value = value.strip().strip("\"'")
    if len(value) > LONGEST_PATH:
        return content.UrlRedirect.filter(id__isnull=True)
    if value.endswith("*"):
        return content.UrlRedirect.filter(**{f"{field}__startswith": value[:-1]})
    return content.UrlRedirect.filter(**{field: value})
