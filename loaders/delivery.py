"""Zones, rates and taxes, in batches."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import delivery as rows
from models.delivery import ShippingRate, ShippingZone, TaxRate


class ZoneByKey(ByKey[int, rows.ShippingZone]):
    """Zones by id."""

    row = rows.ShippingZone

    def query(self) -> QuerySet[ShippingZone]:
        """Every zone."""
        return ShippingZone.all()


class RateByKey(ByKey[int, rows.ShippingRate]):
    """Rates by id."""

    row = rows.ShippingRate

    def query(self) -> QuerySet[ShippingRate]:
        """Every rate."""
        return ShippingRate.all()


class RatesOfZone(ByParent[int, rows.ShippingRate]):
    """The rates of a zone, in their order."""

    row = rows.ShippingRate
    parent = "zone_id"

    def query(self) -> QuerySet[ShippingRate]:
        """By place."""
        return ShippingRate.all().order_by("position", "id")


class TaxRateByKey(ByKey[int, rows.TaxRate]):
    """Taxes by id."""

    row = rows.TaxRate

    def query(self) -> QuerySet[TaxRate]:
        """Every tax."""
        return TaxRate.all()
