"""Blogs and their articles."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import content as rows
from resolvers import blogs, pictures
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import HTML
from schema.storefront.images import Image
from schema.storefront.metafields import HasMetafields
from schema.storefront.online import OnlineStorePublishable, Trackable
from schema.storefront.products import sorting
from schema.storefront.seo import SEO, seo
from schema.storefront.sort_keys import ArticleSortKeys, BlogSortKeys

if TYPE_CHECKING:
    ArticleConnection = BlogConnection = Any
    LazyArticles = Any
else:
    LazyArticles = Annotated["ArticleConnection", strawberry.lazy("schema.storefront.blogs")]

TRUNCATE = "At most so many characters, the dots that show a cut included."
ARTICLE_QUERY = "Only articles that match: words, and fields like `author:`, `tag:` or `blog_title:`."


@strawberry.type(description="Who wrote an article.")
@describes(rows.Author)
class ArticleAuthor:
    """Who wrote an article."""

    name: str = described("The author's name, as the article gives it.")


@strawberry.type(description="A series of articles.")
@describes(rows.Blog)
class Blog(HasMetafields, OnlineStorePublishable, Node):
    """A series of articles."""

    id: strawberry.ID = id_of("Blog")
    handle: str = described("The readable part of its address.")
    title: str = described("Its title.")
    article_by_handle: "Article | None" = resolved_by(
        blogs.article_by_handle, "One of its articles.", handle="The article's handle."
    )
    articles: LazyArticles = resolved_by(
        blogs.articles_of_blog, "Its articles.", sort_key=sorting(ArticleSortKeys, "ID"), query=ARTICLE_QUERY
    )
    authors: list[ArticleAuthor] = resolved_by(blogs.authors, "Who has written in it.")
    seo: SEO | None = seo()


@strawberry.type(description="One text of a blog.")
@describes(rows.Article)
class Article(HasMetafields, OnlineStorePublishable, Trackable, Node):
    """One text of a blog."""

    id: strawberry.ID = id_of("Article")
    handle: str = described("The readable part of its address.")
    title: str = described("Its title.")
    author: ArticleAuthor = resolved_by(blogs.author, "Who wrote it.", deprecated="Use `authorV2`.")
    author_v2: ArticleAuthor | None = resolved_by(blogs.author, "Who wrote it.", renamed="authorV2")
    blog: Blog = resolved_by(blogs.blog_of_article, "The blog it is in.")
    content: str = resolved_by(blogs.content_of_article, "Its text, without markup.", truncate_at=TRUNCATE)
    content_html: HTML = described("Its text, as HTML.")
    excerpt: str | None = resolved_by(blogs.excerpt, "Its summary, without markup.", truncate_at=TRUNCATE)
    excerpt_html: HTML | None = described("Its summary, as HTML.")
    image: Image | None = resolved_by(pictures.image_of, "Its picture.")
    tags: list[str] = described("The words it is grouped by.")
    seo: SEO | None = seo()
    published_at: dt.datetime = described("When it was published.")


if not TYPE_CHECKING:
    ArticleConnection = connection(Article, "an article")
    BlogConnection = connection(Blog, "a blog")


@strawberry.type
class BlogQuery:
    """Questions about blogs."""

    blog: Blog | None = resolved_by(
        blogs.blog,
        "One blog, by its handle or its id.",
        handle="The blog's handle.",
        id=id_argument(number_key("Blog"), "The blog's global id.", optional=True),
        lasting=True,
    )
    blog_by_handle: Blog | None = resolved_by(
        blogs.blog_by_handle,
        "One blog by its handle.",
        deprecated="Use `blog`.",
        handle="The blog's handle.",
        lasting=True,
    )
    article: Article | None = resolved_by(
        blogs.article,
        "One article.",
        id=id_argument(number_key("Article"), "The article's global id."),
        lasting=True,
    )
    articles: ArticleConnection = resolved_by(
        blogs.articles,
        "The articles of all blogs.",
        sort_key=sorting(ArticleSortKeys, "ID"),
        query=ARTICLE_QUERY,
        lasting=True,
    )
    blogs: BlogConnection = resolved_by(
        blogs.blogs,
        "The shop's blogs.",
        sort_key=sorting(BlogSortKeys, "ID"),
        query="Only blogs that match: words, and fields like `title:` or `handle:`.",
        lasting=True,
    )
