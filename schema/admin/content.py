"""Pages, blogs, articles and redirects as staff see them."""

import datetime as dt

import strawberry

from loaders.rows import content as rows
from resolvers import staff_content as content
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.requirements import AS_FOUND

NEEDS = "read_content"
PAGE, BLOG, ARTICLE, REDIRECT = (number_key(name) for name in ("Page", "Blog", "Article", "UrlRedirect"))

told(
    content.TextSort,
    "ContentSortKeys",
    "What pages, blogs and articles can be sorted by.",
    {"ID": "Their ids.", "TITLE": "Their titles.", "UPDATED_AT": "When they last changed."},
)
told(
    content.RedirectSort,
    "UrlRedirectSortKeys",
    "What redirects can be sorted by.",
    {"ID": "Their ids.", "PATH": "The old paths."},
)


@strawberry.type
class Text:
    """What every text has."""

    handle: str = described("Its part of the address.")
    title: str = described("Its title.")
    seo_title: str | None = described("Its title for search engines. Shopwright's own shape.")
    seo_description: str | None = described("What search engines show of it. Shopwright's own shape.")
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it last changed.")


@strawberry.type(description="A page of text.")
@describes(rows.Page, needs=NEEDS)
class Page(Text, Node):
    """A page of text."""

    id: strawberry.ID = id_of("Page")
    body: str = described("Its text, as HTML.")
    published_at: dt.datetime | None = described("From when shoppers see it; null for not at all.")


@strawberry.type(description="A series of articles.")
@describes(rows.Blog, needs=NEEDS)
class Blog(Text, Node):
    """A series of articles."""

    id: strawberry.ID = id_of("Blog")


@strawberry.type(description="A picture of an article.")
@describes(content.Image, needs=AS_FOUND)
class ArticleImage:
    """A picture of an article."""

    url: str = described("Where it is.")
    alt_text: str | None = described("What is on it, in words.")
    width: int | None = described("How wide it is.")
    height: int | None = described("How high it is.")


@strawberry.type(description="Who wrote an article.")
@describes(rows.Article, needs=AS_FOUND)
class ArticleAuthor:
    """Who wrote an article."""

    name: str = resolved_by(lambda context, row: row.author_name, "The name.")


@strawberry.type(description="One text of a blog.")
@describes(rows.Article, needs=NEEDS)
class Article(Text, Node):
    """One text of a blog."""

    id: strawberry.ID = id_of("Article")
    blog: Blog = resolved_by(content.blog_of_article, "The blog it is in.")
    body: str = resolved_by(lambda context, row: row.content_html, "Its text, as HTML.")
    summary: str | None = resolved_by(lambda context, row: row.excerpt_html, "Its text in short, as HTML.")
    author: ArticleAuthor = resolved_by(lambda context, row: row, "Who wrote it.")
    tags: list[str] = described("Words it is sorted under.")
    image: ArticleImage | None = resolved_by(content.image, "Its picture.")
    published_at: dt.datetime | None = described("From when shoppers see it; null for not at all.")


@strawberry.type(description="An old address and where it leads now.")
@describes(rows.UrlRedirect, needs=NEEDS)
class UrlRedirect(Node):
    """An old address and where it leads now."""

    id: strawberry.ID = id_of("UrlRedirect")
    path: str = described("The old path.")
    target: str = described("Where it leads.")


PageConnection = connection(Page, "a page of text")
BlogConnection = connection(Blog, "a blog")
ArticleConnection = connection(Article, "an article")
UrlRedirectConnection = connection(UrlRedirect, "a redirect")
SORTED = "What to sort by."


@strawberry.type
class ContentQuery:
    """Questions about what the shop says."""

    pages: PageConnection = resolved_by(
        content.pages,
        "The shop's pages.",
        needs=NEEDS,
        query="What to search for, like `published_status:unpublished`; a word alone is part of a title.",
        sort_key=SORTED,
    )
    page: Page | None = resolved_by(content.page, "One page.", needs=NEEDS, id=id_argument(PAGE, "The page's id."))
    blogs: BlogConnection = resolved_by(
        content.blogs,
        "The shop's blogs.",
        needs=NEEDS,
        query="What to search for; a word alone is part of a title.",
        sort_key=SORTED,
    )
    blog: Blog | None = resolved_by(content.blog, "One blog.", needs=NEEDS, id=id_argument(BLOG, "The blog's id."))
    articles: ArticleConnection = resolved_by(
        content.articles,
        "The articles of all blogs.",
        needs=NEEDS,
        query="What to search for, like `blog_id:1 author:ada`; a word alone is part of a title.",
        sort_key=SORTED,
    )
    article: Article | None = resolved_by(
        content.article, "One article.", needs=NEEDS, id=id_argument(ARTICLE, "The article's id.")
    )
    url_redirects: UrlRedirectConnection = resolved_by(
        content.redirects,
        "Where old addresses lead.",
        needs=NEEDS,
        query="What to search for, like `target:/collections*`; a word alone is part of a path.",
        sort_key=SORTED,
    )
    url_redirect: UrlRedirect | None = resolved_by(
        content.redirect, "One redirect.", needs=NEEDS, id=id_argument(REDIRECT, "The redirect's id.")
    )
