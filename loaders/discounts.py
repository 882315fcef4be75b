"""Discounts and their codes, in batches."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import discounts as rows
from models.discounts import Discount, DiscountCode


class DiscountByKey(ByKey[int, rows.Discount]):
    """Discounts by id."""

    row = rows.Discount

    def query(self) -> QuerySet[Discount]:
        """Every discount."""
        return Discount.all()


class CodesOfDiscount(ByParent[int, rows.DiscountCode]):
    """A discount's codes, oldest first."""

    row = rows.DiscountCode
    parent = "discount_id"

    def query(self) -> QuerySet[DiscountCode]:
        """Every code."""
        return DiscountCode.all().order_by("id")
