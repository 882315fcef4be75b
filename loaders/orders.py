"""Orders in batches, with their lines and parcels."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import orders as rows
from models.fulfillment import Fulfillment, FulfillmentLine, Return, ReturnLine
from models.orders import Order, OrderLine, ShippingLine
from models.payments import Payment


class OrderByKey(ByKey[int, rows.Order]):
    """Orders by id. Who may see one is for the resolver to say."""

    row = rows.Order

    def query(self) -> QuerySet[Order]:
        """Every order."""
        return Order.all()


class OrderByToken(ByKey[str, rows.Order]):
    """Orders by the secret their links are made for."""

    row = rows.Order
    key = "token"

    def query(self) -> QuerySet[Order]:
        """Every order."""
        return Order.all()


class OrderLineByKey(ByKey[int, rows.OrderLine]):
    """Lines of orders by id."""

    row = rows.OrderLine

    def query(self) -> QuerySet[OrderLine]:
        """Every line."""
        return OrderLine.all()


class LinesOfOrder(ByParent[int, rows.OrderLine]):
    """The lines of an order, as they stood in the cart."""

    row = rows.OrderLine
    parent = "order_id"

    def query(self) -> QuerySet[OrderLine]:
        """By place."""
        return OrderLine.all().order_by("position", "id")


class ShippingOfOrder(ByParent[int, rows.ShippingLine]):
    """The delivery options an order was placed with."""

    row = rows.ShippingLine
    parent = "order_id"

    def query(self) -> QuerySet[ShippingLine]:
        """As they were chosen."""
        return ShippingLine.all().order_by("id")


class PaidBackOfOrder(ByParent[int, rows.PaidBack]):
    """What the payments of an order gave back."""

    row = rows.PaidBack
    parent = "order_id"

    def query(self) -> QuerySet[Payment]:
        """Every payment."""
        return Payment.all().order_by("id")


class ReturnsOfOrder(ByParent[int, rows.Return]):
    """What of an order shall come back, oldest first."""

    row = rows.Return
    parent = "order_id"

    def query(self) -> QuerySet[Return]:
        """Oldest first."""
        return Return.all().order_by("id")


class LinesOfReturn(ByParent[int, rows.ReturnLine]):
    """The goods of a return."""

    row = rows.ReturnLine
    parent = "request_id"

    def query(self) -> QuerySet[ReturnLine]:
        """As they were asked for."""
        return ReturnLine.all().order_by("id")


class FulfillmentByKey(ByKey[int, rows.Fulfillment]):
    """Parcels by id."""

    row = rows.Fulfillment

    def query(self) -> QuerySet[Fulfillment]:
        """Every parcel."""
        return Fulfillment.all()


class FulfillmentsOfOrder(ByParent[int, rows.Fulfillment]):
    """The parcels of an order, oldest first."""

    row = rows.Fulfillment
    parent = "order_id"

    def query(self) -> QuerySet[Fulfillment]:
        """Oldest first."""
        return Fulfillment.all().order_by("id")


class LinesOfFulfillment(ByParent[int, rows.FulfillmentLine]):
    """What is in a parcel."""

    row = rows.FulfillmentLine
    parent = "fulfillment_id"

    def query(self) -> QuerySet[FulfillmentLine]:
        """As it was packed."""
        return FulfillmentLine.all().order_by("id")
