"""What the shop says besides its goods, as staff write it: pages, blogs with their articles, old addresses."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from tortoise.models import Model

from commerce.fitting import Unfit, fitted, kept, refuse_taken, tagged
from commerce.handles import handle_for
from database.transactions import unit_of_work
from models.content import Article, Blog, Metafield, Page, UrlRedirect
from outbox.record import record
from search.embedded import index_articles, index_pages

PATH = re.compile(r"/[^\s]*")
TARGET = re.compile(r"(/|https?://)[^\s]+|/")
ARTICLE = {"body": "content_html", "summary": "excerpt_html"}


@unit_of_work
async def create_page(page: Mapping[str, Any], *, now: dt.datetime) -> int:
    """A page more; shown at once unless told otherwise. Answers its id."""
    columns = await _columns(Page, page, None, ("page",), now)
    row = await Page.create(**columns, created_at=now, updated_at=now)
    await index_pages([row.id])
    await _tell("page", "created", row.id, now=now)
    return row.id


@unit_of_work
async def update_page(id: int, page: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Change what is told of a page."""
    row = await kept(Page, id, at=("id",), called="page")
    await Page.filter(id=id).update(**await _columns(Page, page, row, ("page",), now), updated_at=now)
    await index_pages([id])
    await _tell("page", "updated", id, now=now)


@unit_of_work
async def delete_page(id: int, *, now: dt.datetime) -> None:
    """A page less."""
    await (await kept(Page, id, at=("id",), called="page")).delete()
    await _forget("Page", [id])
    await index_pages([id])
    await _tell("page", "deleted", id, now=now)


@unit_of_work
async def create_blog(blog: Mapping[str, Any], *, now: dt.datetime) -> int:
    """A blog more; answers its id."""
    columns = await _columns(Blog, blog, None, ("blog",), now)
    row = await Blog.create(**columns, created_at=now, updated_at=now)
    await _tell("blog", "created", row.id, now=now)
    return row.id


@unit_of_work
async def update_blog(id: int, blog: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Change what is told of a blog."""
    row = await kept(Blog, id, at=("id",), called="blog")
    await Blog.filter(id=id).update(**await _columns(Blog, blog, row, ("blog",), now), updated_at=now)
    await _tell("blog", "updated", id, now=now)


@unit_of_work
async def delete_blog(id: int, *, now: dt.datetime) -> None:
    """A blog less, and its articles with it."""
    blog = await kept(Blog, id, at=("id",), called="blog")
    articles: list[Any] = await Article.filter(blog_id=id).values_list("id", flat=True)
    await blog.delete()
    await _forget("Blog", [id])
    await _forget("Article", articles)
    await index_articles(articles)
    await _tell("blog", "deleted", id, now=now)


@unit_of_work
async def create_article(article: Mapping[str, Any], *, now: dt.datetime) -> int:
    """An article more; shown at once unless told otherwise. Answers its id."""
    columns = await _article(article, None, now)
    row = await Article.create(**{"tags": [], "content_html": "", **columns}, created_at=now, updated_at=now)
    await index_articles([row.id])
    await _tell("article", "created", row.id, now=now)
    return row.id


@unit_of_work
async def update_article(id: int, article: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Change what is told of an article."""
    row = await kept(Article, id, at=("id",), called="article")
    await Article.filter(id=id).update(**await _article(article, row, now), updated_at=now)
    await index_articles([id])
    await _tell("article", "updated", id, now=now)


@unit_of_work
async def delete_article(id: int, *, now: dt.datetime) -> None:
    """An article less."""
    await (await kept(Article, id, at=("id",), called="article")).delete()
    await _forget("Article", [id])
    await index_articles([id])
    await _tell("article", "deleted", id, now=now)


@unit_of_work
async def create_redirect(url_redirect: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Lead an old address somewhere; answers the redirect's id."""
    row = await UrlRedirect.create(**await _redirect(url_redirect, None))
    await _tell("redirect", "created", row.id, now=now)
    return row.id


@unit_of_work
async def update_redirect(id: int, url_redirect: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Lead it somewhere else."""
    await kept(UrlRedirect, id, at=("id",), called="redirect")
    if columns := await _redirect(url_redirect, id):
        await UrlRedirect.filter(id=id).update(**columns)
    await _tell("redirect", "updated", id, now=now)


@unit_of_work
async def delete_redirect(id: int, *, now: dt.datetime) -> None:
    """Lead it nowhere."""
    await (await kept(UrlRedirect, id, at=("id",), called="redirect")).delete()
    await _tell("redirect", "deleted", id, now=now)


async def _columns(
    table: type[Model], told: Mapping[str, Any], row: Any, at: tuple[str, ...], now: dt.datetime, **among: Any
) -> dict[str, Any]:
    """What is told of a text by its columns: its title there, its handle free, its publication a moment."""
    rest = {name: value for name, value in told.items() if name not in {"handle", "is_published", "publish_date"}}
    columns = fitted(table, rest, at=at, needed=("title",) if row is None or "title" in rest else ())
    if row is None or "handle" in told:
        title = columns.get("title") or row.title
        but = row.id if row else None
        columns["handle"] = await handle_for(table, told.get("handle"), title, at=(*at, "handle"), but=but, **among)
    if "published_at" in table._meta.fields_map:
        columns |= _publication(told, row, now)
    return columns


def _publication(told: Mapping[str, Any], row: Any, now: dt.datetime) -> dict[str, Any]:
    date = told.get("publish_date")
    if told.get("is_published") is False:
        return {"published_at": None}
    if date is not None:
        return {"published_at": date}
    if row is None or told.get("is_published"):
        return {"published_at": (row.published_at if row else None) or now}
    return {}


async def _article(told: Mapping[str, Any], row: Any, now: dt.datetime) -> dict[str, Any]:
    at = ("article",)
    plain = {ARTICLE.get(name, name): value for name, value in told.items() if name not in {"image", "author", "tags"}}
    if "blog_id" in told:
        await kept(Blog, told["blog_id"], at=(*at, "blogId"), called="blog")
    blog_id = told.get("blog_id") or row.blog_id
    if row is not None and blog_id != row.blog_id and "handle" not in told:
        plain["handle"] = row.handle
    columns = await _columns(Article, plain, row, at, now, blog_id=blog_id)
    if row is None or "author" in told:
        name = (told.get("author") or {}).get("name")
        if not (name or "").strip():
            raise Unfit("Say who wrote it.", field=(*at, "author", "name"), code="BLANK")
        columns |= fitted(Article, {"author_name": name}, at=at)
    if "tags" in told:
        columns["tags"] = tagged(told["tags"], at=(*at, "tags"))
    if "image" in told:
        columns |= {f"image_{name}": (told["image"] or {}).get(name) for name in ("url", "alt_text", "width", "height")}
    return columns


async def _redirect(told: Mapping[str, Any], key: int | None) -> dict[str, Any]:
    at = ("urlRedirect",)
    needed = ("path", "target") if key is None else tuple(told)
    columns = fitted(UrlRedirect, told, at=at, needed=needed)
    if "path" in columns:
        if not PATH.fullmatch(columns["path"]):
            raise Unfit("A path begins with / and has no spaces.", field=(*at, "path"), code="INVALID")
        await refuse_taken(UrlRedirect, at=(*at, "path"), but=key, path=columns["path"])
    if "target" in columns and not TARGET.fullmatch(columns["target"]):
        raise Unfit("A target is a path or an address of the web.", field=(*at, "target"), code="INVALID")
    return columns


async def _forget(owner: str, keys: list[int]) -> None:
    """Their metafields go with them."""
    await Metafield.filter(owner_type=owner, owner_id__in=[str(key) for key in keys]).delete()


async def _tell(what: str, became: str, key: int, *, now: dt.datetime) -> None:
    await record(f"{what}.{became}", aggregate=what, key=key, now=now)
