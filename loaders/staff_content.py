"""Pages and articles as staff see them: those that shoppers do not see yet as well."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey
from loaders.rows import content as rows
from models.content import Article, Page


class AnyPage(ByKey[int, rows.Page]):
    """Pages by id, published or not."""

    row = rows.Page

    def query(self) -> QuerySet[Page]:
        """Every page."""
        return Page.all()


class AnyArticle(ByKey[int, rows.Article]):
    """Articles by id, published or not."""

    row = rows.Article

    def query(self) -> QuerySet[Article]:
        """Every article."""
        return Article.all()
