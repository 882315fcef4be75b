"""Blogs and their articles."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, cast

from commerce.plain_text import plain_text
from loaders.content import ArticleByHandle, ArticleById, ArticlesOfBlog, BlogByHandle, BlogById
from loaders.rows import content as rows
from models import content
from resolvers.context import Context
from resolvers.found import one_way
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows
from resolvers.searching import ARTICLES, BLOGS, matches, narrowed
from resolvers.texts import shortened

BLOG_SORTS = {"ID": Sort("id"), "TITLE": Sort("title", "title", str), "HANDLE": Sort("handle", "handle", str)}
ARTICLE_SORTS = {
    "ID": Sort("id"),
    "TITLE": Sort("title", "title", str),
    "AUTHOR": Sort("author", "author_name", str),
    "UPDATED_AT": Sort("updated", "updated_at", dt.datetime),
    "PUBLISHED_AT": Sort("published", "published_at", dt.datetime),
}
LINE_SORTS: dict[str, Callable[[rows.ArticleLine], Any]] = {
    "TITLE": lambda line: (line.title, line.id),
    "BLOG_TITLE": lambda line: (line.blog_title, line.id),
    "AUTHOR": lambda line: (line.author_name, line.id),
    "UPDATED_AT": lambda line: (line.updated_at, line.id),
    "PUBLISHED_AT": lambda line: (line.published_at, line.id),
}


async def blog(context: Context, root: object, *, handle: str | None = None, id: int | None = None) -> rows.Blog | None:
    """The blog of this handle or id."""
    one_way(handle=handle, id=id)
    if id is not None:
        return await context.loaders(BlogById).load(id)
    return await context.loaders(BlogByHandle).load(handle or "")


async def blog_by_handle(context: Context, root: object, *, handle: str) -> rows.Blog | None:
    """The blog of this handle."""
    return await blog(context, root, handle=handle)


async def blogs(
    context: Context, root: object, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Blog]:
    """A page of the shop's blogs."""
    found = await narrowed(context, BLOGS, content.Blog.all(), query)
    return await page_of(found, rows.Blog, BLOG_SORTS.get(sort_key, BLOG_SORTS["ID"]), window)


async def article(context: Context, root: object, *, id: int) -> rows.Article | None:
    """The article of this id."""
    return cast("rows.Article | None", await context.loaders(ArticleById, context.now).load(id))


async def articles(
    context: Context, root: object, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Article]:
    """A page of the articles of all blogs."""
    found = await narrowed(context, ARTICLES, content.Article.filter(published_at__lte=context.now), query)
    return await page_of(found, rows.Article, ARTICLE_SORTS.get(sort_key, ARTICLE_SORTS["ID"]), window)


async def article_by_handle(context: Context, blog: rows.Blog, *, handle: str) -> rows.Article | None:
    """The blog's article of this handle."""
    return await context.loaders(ArticleByHandle, context.now).load((blog.id, handle))


async def articles_of_blog(
    context: Context, blog: rows.Blog, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Article]:
    """A page of the blog's articles: put in order without their texts, which are read for the page alone."""
    lines: Sequence[rows.ArticleLine] = await context.loaders(ArticlesOfBlog, context.now).load(blog.id)
    if query:
        fitting = await matches(context, ARTICLES, query)
        lines = lines if fitting is None else [line for line in lines if line.id in fitting]
    if sort_key in LINE_SORTS:
        lines = sorted(lines, key=LINE_SORTS[sort_key])
    page = page_of_rows(lines, window, key=lambda line: line.id)
    found = await context.loaders(ArticleById, context.now).load_many([line.id for line in page.nodes])
    return Page([row for row in found if row], page.has_next, page.has_previous, page.cursor_of)


async def authors(context: Context, blog: rows.Blog) -> list[rows.Author]:
    """Who has written in the blog, each once, in alphabetical order."""
    lines = await context.loaders(ArticlesOfBlog, context.now).load(blog.id)
    return [rows.Author(name) for name in sorted({line.author_name for line in lines})]


async def blog_of_article(context: Context, article: rows.Article) -> rows.Blog:
    """The blog the article is in."""
    return cast("rows.Blog", await context.loaders(BlogById).load(article.blog_id))


def author(context: Context, article: rows.Article) -> rows.Author:
    """Who wrote it."""
    return rows.Author(article.author_name)


def content_of_article(context: Context, article: rows.Article, *, truncate_at: int | None = None) -> str:
    """The text without its markup."""
    return shortened(plain_text(article.content_html), truncate_at)


def excerpt(context: Context, article: rows.Article, *, truncate_at: int | None = None) -> str | None:
    """The summary without its markup, if the article has one."""
    return None if article.excerpt_html is None else shortened(plain_text(article.excerpt_html), truncate_at)
