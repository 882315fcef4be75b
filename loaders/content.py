"""Pages, policies, menus and the blog, in batches."""

import datetime as dt
from typing import Any, ClassVar, TypeVar

from tortoise.models import Model
from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent, Loader, rows_of
from loaders.rows import content as rows
from models.content import Article, Blog, Menu, MenuItem, Page, Policy, UrlRedirect

Key = TypeVar("Key", int, str)
LONGEST_HANDLE = 255


class Published(ByKey[Key, Any]):
    """Texts whose publication has come, at a moment."""

    table: ClassVar[type[Model]]

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self._now = now

    def query(self) -> QuerySet[Any]:
        """Nothing that is still to come, or hidden."""
        return self.table.filter(published_at__lte=self._now)


class PageById(Published[int]):
    """Pages by id."""

    row, table = rows.Page, Page


class PageByHandle(Published[str]):
    """Pages by handle."""

    row, table, key = rows.Page, Page, "handle"


class ArticleById(Published[int]):
    """Articles by id."""

    row, table = rows.Article, Article


class ArticleByHandle(Loader[tuple[int, str], rows.Article | None]):
    """Articles by their blog's id and their handle."""

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self._now = now

    async def batch_load_fn(self, keys: list[tuple[int, str]]) -> list[rows.Article | None]:
        """One query for all."""
        blogs, handles = {blog for blog, _ in keys}, {handle for _, handle in keys if len(handle) <= LONGEST_HANDLE}
        query = Article.filter(blog_id__in=blogs, handle__in=handles, published_at__lte=self._now)
        found = {(row.blog_id, row.handle): row for row in await rows_of(query, rows.Article)}
        return [found.get(key) for key in keys]


class BlogById(ByKey[int, rows.Blog]):
    """Blogs by id."""

    row = rows.Blog

    def query(self) -> QuerySet[Any]:
        """Every blog."""
        return Blog.all()


class BlogByHandle(ByKey[str, rows.Blog]):
    """Blogs by handle."""

    row, key = rows.Blog, "handle"

    def query(self) -> QuerySet[Any]:
        """Every blog."""
        return Blog.all()


class ArticlesOfBlog(ByParent[int, rows.ArticleLine]):
    """A blog's articles, without their texts, by id: what is needed to put them in order."""

    row, parent = rows.ArticleLine, "blog_id"

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self._now = now

    def query(self) -> QuerySet[Any]:
        """Those whose publication has come."""
        return Article.filter(published_at__lte=self._now).order_by("id")


class PolicyByKind(ByKey[str, rows.Policy]):
    """Legal texts by kind."""

    row, key = rows.Policy, "handle"

    def query(self) -> QuerySet[Any]:
        """Every policy."""
        return Policy.all()

    async def batch_load_fn(self, keys: list[str]) -> list[rows.Policy | None]:
        """All policies at once: there are five at most."""
        found = {row.handle: row for row in await rows_of(self.query(), rows.Policy)}
        return [found.get(key) for key in keys]


class PolicyById(ByKey[int, rows.Policy]):
    """Legal texts by id."""

    row = rows.Policy

    def query(self) -> QuerySet[Any]:
        """Every policy."""
        return Policy.all()


class MenuByHandle(ByKey[str, rows.Menu]):
    """Menus by handle."""

    row, key = rows.Menu, "handle"

    def query(self) -> QuerySet[Any]:
        """Every menu."""
        return Menu.all()


class MenuById(ByKey[int, rows.Menu]):
    """Menus by id."""

    row = rows.Menu

    def query(self) -> QuerySet[Any]:
        """Every menu."""
        return Menu.all()


class MenuItemById(ByKey[int, rows.MenuItem]):
    """Menu items by id."""

    row = rows.MenuItem

    def query(self) -> QuerySet[Any]:
        """Every item."""
        return MenuItem.all()


class ItemsOfMenu(ByParent[int, rows.MenuItem]):
    """All items of a menu, whatever their depth, in order."""

    row, parent = rows.MenuItem, "menu_id"

    def query(self) -> QuerySet[Any]:
        """By their places."""
        return MenuItem.all().order_by("position", "id")


class RedirectById(ByKey[int, rows.UrlRedirect]):
    """Redirects by id."""

    row = rows.UrlRedirect

    def query(self) -> QuerySet[Any]:
        """Every redirect."""
        return UrlRedirect.all()
