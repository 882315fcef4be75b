"""The shop's own row, as it stands this moment."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey
from loaders.rows import shop as rows
from models.shop import Shop


class ShopByKey(ByKey[int, rows.Shop]):
    """The one shop, by its id."""

    row = rows.Shop

    def query(self) -> QuerySet[Shop]:
        """The shop."""
        return Shop.all()
