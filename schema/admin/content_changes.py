"""What staff do with what the shop says."""

import datetime as dt

import strawberry

from resolvers import staff_content as content
from schema.admin.content import ARTICLE, BLOG, PAGE, REDIRECT, Article, Blog, Page, UrlRedirect
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import deletion, payload
from schema.binding import changed_by
from schema.ids import id_argument

CHANGING = "write_content"


@strawberry.input
class TextTerms:
    """What can be told of every text."""

    title: str | None = optional("Its title.")
    handle: str | None = optional("Its part of the address; made of the title without it.")
    seo_title: str | None = optional("Its title for search engines. Shopwright's own.")
    seo_description: str | None = optional("What search engines show of it. Shopwright's own.")


@strawberry.input
class Publication:
    """When shoppers see a text."""

    is_published: bool | None = optional("Whether shoppers see it; a new one is seen at once without it.")
    publish_date: dt.datetime | None = optional("From when shoppers see it.")


@strawberry.input(description="One more page.")
class PageCreateInput(Publication, TextTerms):
    """One more page."""

    body: str | None = optional("Its text, as HTML.")


@strawberry.input(description="What changes about a page.")
class PageUpdateInput(PageCreateInput):
    """What changes about a page."""


@strawberry.input(description="One more blog.")
class BlogCreateInput(TextTerms):
    """One more blog."""


@strawberry.input(description="What changes about a blog.")
class BlogUpdateInput(TextTerms):
    """What changes about a blog."""


@strawberry.input(description="A picture of an article.")
class ArticleImageInput:
    """A picture of an article."""

    url: str = required("Where it is.")
    alt_text: str | None = optional("What is on it, in words.")
    width: int | None = optional("How wide it is. Shopwright's own.")
    height: int | None = optional("How high it is. Shopwright's own.")


@strawberry.input(description="Who wrote an article.")
class AuthorInput:
    """Who wrote an article."""

    name: str = required("The name.")


@strawberry.input
class ArticleTerms(Publication, TextTerms):
    """What can be told of an article."""

    body: str | None = optional("Its text, as HTML.")
    summary: str | None = optional("Its text in short, as HTML.")
    author: AuthorInput | None = optional("Who wrote it.")
    tags: list[str] | None = optional("Words it is sorted under; the whole list.")
    image: ArticleImageInput | None = optional("Its picture; null for none.")


@strawberry.input(description="One more article.")
class ArticleCreateInput(ArticleTerms):
    """One more article."""

    blog_id: strawberry.ID = required("The blog it comes into.", decode=BLOG)


@strawberry.input(description="What changes about an article.")
class ArticleUpdateInput(ArticleTerms):
    """What changes about an article."""

    blog_id: strawberry.ID | None = optional("The blog it moves to.", decode=BLOG)


@strawberry.input(description="An old address and where it leads.")
class UrlRedirectInput:
    """An old address and where it leads."""

    path: str | None = optional("The old path, beginning with /.")
    target: str | None = optional("Where it leads: a path or an address of the web.")


PageCreatePayload = payload("PageCreate", "page", Page, "The page.")
PageUpdatePayload = payload("PageUpdate", "page", Page, "The page.")
PageDeletePayload = deletion("PageDelete", "deleted_page_id", "Page", "The id that is free again.")
BlogCreatePayload = payload("BlogCreate", "blog", Blog, "The blog.")
BlogUpdatePayload = payload("BlogUpdate", "blog", Blog, "The blog.")
BlogDeletePayload = deletion("BlogDelete", "deleted_blog_id", "Blog", "The id that is free again.")
ArticleCreatePayload = payload("ArticleCreate", "article", Article, "The article.")
ArticleUpdatePayload = payload("ArticleUpdate", "article", Article, "The article.")
ArticleDeletePayload = deletion("ArticleDelete", "deleted_article_id", "Article", "The id that is free again.")
UrlRedirectCreatePayload = payload("UrlRedirectCreate", "url_redirect", UrlRedirect, "The redirect.")
UrlRedirectUpdatePayload = payload("UrlRedirectUpdate", "url_redirect", UrlRedirect, "The redirect.")
UrlRedirectDeletePayload = deletion(
    "UrlRedirectDelete", "deleted_url_redirect_id", "UrlRedirect", "The id that is free again."
)


@strawberry.type
class ContentMutation:
    """What staff do with what the shop says."""

    page_create: PageCreatePayload | None = changed_by(
        content.create_page, "Write a page.", needs=CHANGING, page=told_as(PageCreateInput, "The page.")
    )
    page_update: PageUpdatePayload | None = changed_by(
        content.update_page,
        "Change a page.",
        needs=CHANGING,
        id=id_argument(PAGE, "The page's id."),
        page=told_as(PageUpdateInput, "What changes."),
    )
    page_delete: PageDeletePayload | None = changed_by(
        content.delete_page, "Take a page away.", needs=CHANGING, id=id_argument(PAGE, "The page's id.")
    )
    blog_create: BlogCreatePayload | None = changed_by(
        content.create_blog, "Begin a blog.", needs=CHANGING, blog=told_as(BlogCreateInput, "The blog.")
    )
    blog_update: BlogUpdatePayload | None = changed_by(
        content.update_blog,
        "Change a blog.",
        needs=CHANGING,
        id=id_argument(BLOG, "The blog's id."),
        blog=told_as(BlogUpdateInput, "What changes."),
    )
    blog_delete: BlogDeletePayload | None = changed_by(
        content.delete_blog,
        "Take a blog away, and its articles with it.",
        needs=CHANGING,
        id=id_argument(BLOG, "The blog's id."),
    )
    article_create: ArticleCreatePayload | None = changed_by(
        content.create_article, "Write an article.", needs=CHANGING, article=told_as(ArticleCreateInput, "The article.")
    )
    article_update: ArticleUpdatePayload | None = changed_by(
        content.update_article,
        "Change an article.",
        needs=CHANGING,
        id=id_argument(ARTICLE, "The article's id."),
        article=told_as(ArticleUpdateInput, "What changes."),
    )
    article_delete: ArticleDeletePayload | None = changed_by(
        content.delete_article, "Take an article away.", needs=CHANGING, id=id_argument(ARTICLE, "The article's id.")
    )
    url_redirect_create: UrlRedirectCreatePayload | None = changed_by(
        content.create_redirect,
        "Lead an old address somewhere.",
        needs=CHANGING,
        url_redirect=told_as(UrlRedirectInput, "The address and where it leads."),
    )
    url_redirect_update: UrlRedirectUpdatePayload | None = changed_by(
        content.update_redirect,
        "Lead an old address somewhere else.",
        needs=CHANGING,
        id=id_argument(REDIRECT, "The redirect's id."),
        url_redirect=told_as(UrlRedirectInput, "What changes."),
    )
    url_redirect_delete: UrlRedirectDeletePayload | None = changed_by(
        content.delete_redirect,
        "Lead an old address nowhere.",
        needs=CHANGING,
        id=id_argument(REDIRECT, "The redirect's id."),
    )
