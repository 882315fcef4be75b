"""Money of orders, and what came back of them, in batches."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import order_money as rows
from models.fulfillment import Refund, RefundLine, Return, ReturnLine
from models.orders import OrderTag
from models.payments import LedgerEntry, Payment


class PaymentsOfOrder(ByParent[int, rows.Payment]):
    """An order's payments."""

    row = rows.Payment
    parent = "order_id"

    def query(self) -> QuerySet[Payment]:
        """Oldest first."""
        return Payment.all().order_by("id")


class LedgerOfOrder(ByParent[int, rows.LedgerEntry]):
    """Everything that moved for an order."""

    row = rows.LedgerEntry
    parent = "order_id"
    path = "payment__order_id"

    def query(self) -> QuerySet[LedgerEntry]:
        """Oldest first."""
        return LedgerEntry.all().order_by("id")


class RefundByKey(ByKey[int, rows.Refund]):
    """Refunds by id."""

    row = rows.Refund

    def query(self) -> QuerySet[Refund]:
        """Every refund."""
        return Refund.all()


class RefundsOfOrder(ByParent[int, rows.Refund]):
    """An order's refunds."""

    row = rows.Refund
    parent = "order_id"

    def query(self) -> QuerySet[Refund]:
        """Oldest first."""
        return Refund.all().order_by("id")


class LinesOfRefund(ByParent[int, rows.RefundLine]):
    """What a refund is for."""

    row = rows.RefundLine
    parent = "refund_id"

    def query(self) -> QuerySet[RefundLine]:
        """Oldest first."""
        return RefundLine.all().order_by("id")


class ReturnByKey(ByKey[int, rows.Return]):
    """Returns by id."""

    row = rows.Return

    def query(self) -> QuerySet[Return]:
        """Every return."""
        return Return.all()


class ReturnsOfOrder(ByParent[int, rows.Return]):
    """An order's returns."""

    row = rows.Return
    parent = "order_id"

    def query(self) -> QuerySet[Return]:
        """Oldest first."""
        return Return.all().order_by("id")


class LinesOfReturn(ByParent[int, rows.ReturnLine]):
    """What is in a return."""

    row = rows.ReturnLine
    parent = "request_id"

    def query(self) -> QuerySet[ReturnLine]:
        """Oldest first."""
        return ReturnLine.all().order_by("id")


class TagsOfOrder(ByParent[int, rows.OrderTag]):
    """An order's tags."""

    row = rows.OrderTag
    parent = "order_id"

    def query(self) -> QuerySet[OrderTag]:
        """By the alphabet."""
        return OrderTag.all().order_by("tag")
