"""Pages, blogs, articles, menus and redirects, for staff."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from tortoise.expressions import Q

from commerce import content, menus
from commerce.audit import columns_of
from loaders.content import BlogById, ItemsOfMenu, MenuById, RedirectById
from loaders.rows import content as rows
from loaders.staff_content import AnyArticle, AnyPage
from models.content import Article, Blog, Menu, MenuItem, Page, UrlRedirect
from resolvers.context import Context
from resolvers.filtering import Term, moment_in, number_in, text_in, text_within
from resolvers.mistakes import BadArgument
from resolvers.staff_acts import listing, made_by, one, removed_by
from resolvers.staff_outcomes import Change, Outcome, changed, deleted


class TextSort(StrEnum):
    """What pages, blogs and articles can be sorted by."""

    ID = "ID"
    TITLE = "TITLE"
    UPDATED_AT = "UPDATED_AT"


class MenuSort(StrEnum):
    """What menus can be sorted by."""

    ID = "ID"
    TITLE = "TITLE"
    HANDLE = "HANDLE"


class RedirectSort(StrEnum):
    """What redirects can be sorted by."""

    ID = "ID"
    PATH = "PATH"


class Image(NamedTuple):
    """A picture of an article."""

    url: str
    alt_text: str | None
    width: int | None
    height: int | None


def _published(term: Term) -> Q:
    match term.value.casefold():
        case "published":
            return Q(published_at__isnull=False)
        case "unpublished":
            return Q(published_at__isnull=True)
        case "any":
            return Q()
    raise BadArgument(f"{term.value!r} is none of any, published and unpublished.", argument="query")


TEXT = {
    "id": number_in("id"),
    "title": text_in("title"),
    "handle": text_in("handle"),
    "created_at": moment_in("created_at"),
    "updated_at": moment_in("updated_at"),
}
SHOWN = {**TEXT, "published_status": _published, "published_at": moment_in("published_at")}
ARTICLE = {**SHOWN, "blog_id": number_in("blog_id"), "author": text_in("author_name")}
NAMED = {"id": number_in("id"), "title": text_in("title"), "handle": text_in("handle")}
LEADING = {"id": number_in("id"), "path": text_in("path"), "target": text_in("target")}

pages = listing(Page, rows.Page, TextSort, fields=SHOWN, words=text_within("title"))
page = one(AnyPage)
blogs = listing(Blog, rows.Blog, TextSort, fields=TEXT, words=text_within("title"))
blog = one(BlogById)
articles = listing(Article, rows.Article, TextSort, fields=ARTICLE, words=text_within("title"))
article = one(AnyArticle)
list_of_menus = listing(Menu, rows.Menu, MenuSort, fields=NAMED, words=text_within("title"))
menu = one(MenuById)
redirects = listing(UrlRedirect, rows.UrlRedirect, RedirectSort, fields=LEADING, words=text_within("path"))
redirect = one(RedirectById)

create_page = made_by(content.create_page, "pageCreate", Page, read=AnyPage, page=dict)
update_page = made_by(content.update_page, "pageUpdate", Page, read=AnyPage, key="id", id=int, page=dict)
delete_page = removed_by(content.delete_page, "pageDelete", Page)
create_blog = made_by(content.create_blog, "blogCreate", Blog, read=BlogById, blog=dict)
update_blog = made_by(content.update_blog, "blogUpdate", Blog, read=BlogById, key="id", id=int, blog=dict)
delete_blog = removed_by(content.delete_blog, "blogDelete", Blog)
create_article = made_by(content.create_article, "articleCreate", Article, read=AnyArticle, article=dict)
update_article = made_by(
    content.update_article, "articleUpdate", Article, read=AnyArticle, key="id", id=int, article=dict
)
delete_article = removed_by(content.delete_article, "articleDelete", Article)
create_redirect = made_by(
    content.create_redirect, "urlRedirectCreate", UrlRedirect, read=RedirectById, url_redirect=dict
)
update_redirect = made_by(
    content.update_redirect, "urlRedirectUpdate", UrlRedirect, read=RedirectById, key="id", id=int, url_redirect=dict
)
delete_redirect = removed_by(content.delete_redirect, "urlRedirectDelete", UrlRedirect)


async def create_menu(
    context: Context, root: object, *, title: str, handle: str, items: Sequence[Mapping[str, Any]]
) -> Outcome:
    """A menu more."""

    async def act() -> int:
        return await menus.create_menu(title, handle, items, now=context.now)

    return await changed(context, Change("menuCreate", Menu, look=_laid_out), act, read=MenuById)


async def update_menu(
    context: Context,
    root: object,
    *,
    id: int,
    title: str,
    items: Sequence[Mapping[str, Any]],
    handle: str | None = None,
) -> Outcome:
    """A menu laid out anew."""

    async def act() -> None:
        await menus.update_menu(id, title, items, handle=handle, now=context.now)

    return await changed(context, Change("menuUpdate", Menu, id, _laid_out), act, read=MenuById)


async def delete_menu(context: Context, root: object, *, id: int) -> Outcome:
    """A menu less."""

    async def act() -> None:
        await menus.delete_menu(id, now=context.now)

    return await deleted(context, Change("menuDelete", Menu, id, _laid_out), act)


async def _laid_out(key: Any) -> dict[str, Any] | None:
    columns = await columns_of(Menu, key)
    if columns is None:
        return None
    items = await MenuItem.filter(menu_id=key).order_by("position", "id").values()
    return {**columns, "items": items}


async def items_of_menu(context: Context, menu: rows.Menu) -> list[rows.MenuItem]:
    """Its links of the first level."""
    return [item for item in await context.loaders(ItemsOfMenu).load(menu.id) if item.parent_id is None]


def image(context: Context, article: rows.Article) -> Image | None:
    """Its picture."""
    if article.image_url is None:
        return None
    return Image(article.image_url, article.image_alt_text, article.image_width, article.image_height)


async def blog_of_article(context: Context, article: rows.Article) -> rows.Blog | None:
    """The blog it is in."""
    return await context.loaders(BlogById).load(article.blog_id)
