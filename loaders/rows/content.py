"""The rows of what a shop says besides its goods."""

import datetime as dt
from typing import Annotated, NamedTuple

from loaders.reading import Column


class Page(NamedTuple):
    """A page of text."""

    id: int
    handle: str
    title: str
    body: str
    seo_title: str | None
    seo_description: str | None
    published_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


class Policy(NamedTuple):
    """A legal text. Its handle is its kind."""

    id: int
    handle: Annotated[str, Column("kind")]
    title: str
    body: str
    updated_at: dt.datetime


class Menu(NamedTuple):
    """A named tree of links."""

    id: int
    handle: str
    title: str


class MenuItem(NamedTuple):
    """A link of a menu."""

    id: int
    menu_id: int
    parent_id: int | None
    position: int
    title: str
    type: str
    url: str | None
    resource_id: int | None
    tags: list[str]


class Blog(NamedTuple):
    """A series of articles."""

    id: int
    handle: str
    title: str
    seo_title: str | None
    seo_description: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class Article(NamedTuple):
    """One text of a blog."""

    id: int
    blog_id: int
    blog_handle: Annotated[str, Column("blog__handle")]
    blog_title: Annotated[str, Column("blog__title")]
    handle: str
    title: str
    author_name: str
    content_html: str
    excerpt_html: str | None
    tags: list[str]
    image_url: str | None
    image_alt_text: str | None
    image_width: int | None
    image_height: int | None
    seo_title: str | None
    seo_description: str | None
    published_at: dt.datetime
    created_at: dt.datetime
    updated_at: dt.datetime


class ArticleLine(NamedTuple):
    """An article without its text: what it is put in order by."""

    id: int
    blog_id: int
    blog_title: Annotated[str, Column("blog__title")]
    title: str
    author_name: str
    tags: list[str]
    published_at: dt.datetime
    created_at: dt.datetime
    updated_at: dt.datetime


class UrlRedirect(NamedTuple):
    """An old path and where it leads now."""

    id: int
    path: str
    target: str


class Author(NamedTuple):
    """Who wrote an article."""

    name: str


class SitemapResource(NamedTuple):
    """What a sitemap says of one thing."""

    handle: str
    title: str
    updated_at: dt.datetime
    image: "SitemapImage | None" = None


class SitemapImage(NamedTuple):
    """The picture of one thing in a sitemap."""

    alt: str | None
    filepath: str
    updated_at: dt.datetime


class SitemapPage(NamedTuple):
    """A numbered page of a sitemap."""

    items: list[SitemapResource]
    has_next_page: bool


class PolicyWithDefault(NamedTuple):
    """A legal text, or what is said while there is none."""

    id: int | None
    handle: str
    title: str
    body: str


class SitemapMetaobject(NamedTuple):
    """What a sitemap says of a thing of the shop's own making."""

    handle: str
    type: str
    updated_at: dt.datetime
