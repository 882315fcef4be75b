"""Stock in batches: places, items, and what lies where."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import stock as rows
from models.catalog import ProductVariant
from models.stock import Location, StockLevel


class LocationByKey(ByKey[int, rows.Location]):
    """Locations by id."""

    row = rows.Location

    def query(self) -> QuerySet[Location]:
        """Every place."""
        return Location.all()


class InventoryItemByKey(ByKey[int, rows.InventoryItem]):
    """Items by id, which is the variant's."""

    row = rows.InventoryItem

    def query(self) -> QuerySet[ProductVariant]:
        """Every variant."""
        return ProductVariant.all()


class InventoryLevelByKey(ByKey[int, rows.InventoryLevel]):
    """Levels by id."""

    row = rows.InventoryLevel

    def query(self) -> QuerySet[StockLevel]:
        """Every level."""
        return StockLevel.all()


class LevelsOfItem(ByParent[int, rows.InventoryLevel]):
    """What lies of an item, place by place."""

    row = rows.InventoryLevel
    parent = "variant_id"

    def query(self) -> QuerySet[StockLevel]:
        """By the order the places are emptied in."""
        return StockLevel.all().order_by("location__priority", "location_id")
