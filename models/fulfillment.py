"""What was sent of an order, and what came back of it."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.orders import Order, OrderLine
from models.stock import StockLevel


class FulfillmentState(StrEnum):
    """Where a parcel is."""

    PENDING = "PENDING"
    IN_TRANSIT = "IN_TRANSIT"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    DELIVERED = "DELIVERED"
    CANCELED = "CANCELED"
    FAILURE = "FAILURE"


class ReturnState(StrEnum):
    """A return is REQUESTED by the shopper, OPEN once approved, or DECLINED; an open one is CLOSED or CANCELED."""

    REQUESTED = "REQUESTED"
    OPEN = "OPEN"
    DECLINED = "DECLINED"
    CLOSED = "CLOSED"
    CANCELED = "CANCELED"


class Restock(StrEnum):
    """What becomes of goods whose price is given back: nothing, not sent at all, or back on the shelf."""

    NO_RESTOCK = "NO_RESTOCK"
    CANCEL = "CANCEL"
    RETURN = "RETURN"


class Fulfillment(Model):
    """A parcel of an order: which units left, with whom, and where they are."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("models.Order", related_name="fulfillment_rows")
    state = fields.CharEnumField(FulfillmentState, max_length=24, default=FulfillmentState.PENDING)
    tracking_company = fields.CharField(max_length=255, null=True)
    tracking: fields.Field[list[dict[str, str | None]]] = fields.JSONField(default=list)
    delivered_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "fulfillment"
        indexes = [Index(fields=("order_id", "id"), name="fulfillment_by_order")]


class FulfillmentLine(Model):
    """Units of one order line in a parcel, taken from one level (none for what is not counted)."""

    id = fields.IntField(primary_key=True)
    fulfillment: fields.ForeignKeyRelation[Fulfillment] = fields.ForeignKeyField(
        "models.Fulfillment", related_name="line_rows"
    )
    order_line: fields.ForeignKeyRelation[OrderLine] = fields.ForeignKeyField(
        "models.OrderLine", related_name="fulfillment_rows"
    )
    level: fields.ForeignKeyNullableRelation[StockLevel] = fields.ForeignKeyField(
        "models.StockLevel", related_name="fulfillment_rows", null=True, on_delete=fields.RESTRICT
    )
    quantity = fields.IntField()

    class Meta:
        table = "fulfillment_line"
        indexes = [
            Index(fields=("fulfillment_id", "id"), name="fulfillment_line_by_parcel"),
            Index(fields=("order_line_id",), name="fulfillment_line_by_line"),
        ]
        constraints = [CheckConstraint(check="quantity > 0", name="fulfillment_line_has_units")]


class Return(Model):
    """Goods a shopper wants to send back."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("models.Order", related_name="return_rows")
    state = fields.CharEnumField(ReturnState, max_length=16, default=ReturnState.REQUESTED)
    note = fields.TextField(null=True)
    decline_reason = fields.TextField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "return"
        indexes = [Index(fields=("order_id", "id"), name="return_by_order")]


class ReturnLine(Model):
    """Units of one order line in a return."""

    id = fields.IntField(primary_key=True)
    request: fields.ForeignKeyRelation[Return] = fields.ForeignKeyField("models.Return", related_name="line_rows")
    order_line: fields.ForeignKeyRelation[OrderLine] = fields.ForeignKeyField(
        "models.OrderLine", related_name="return_rows"
    )
    quantity = fields.IntField()
    reason = fields.CharField(max_length=255, null=True)
    restocked = fields.IntField(default=0)

    class Meta:
        table = "return_line"
        indexes = [
            Index(fields=("request_id", "id"), name="return_line_by_return"),
            Index(fields=("order_line_id",), name="return_line_by_line"),
        ]
        constraints = [
            CheckConstraint(
                check="quantity > 0 AND restocked >= 0 AND restocked <= quantity", name="return_line_has_units"
            )
        ]


class Refund(Model):
    """Money given back on an order, with the reason. Which payments it went to is in the ledger.

    `shipping` is how much of it is for the delivery; `request` is the return it is for.
    """

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("models.Order", related_name="refund_rows")
    amount = fields.BigIntField()
    shipping = fields.BigIntField(default=0)
    request: fields.ForeignKeyNullableRelation[Return] = fields.ForeignKeyField(
        "models.Return", related_name="refund_rows", null=True
    )
    note = fields.TextField(null=True)
    request_key = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "refund"
        indexes = [Index(fields=("order_id", "id"), name="refund_by_order")]
        constraints = [CheckConstraint(check="amount > 0", name="refund_has_value")]


class RefundLine(Model):
    """Units of one order line whose price was given back."""

    id = fields.IntField(primary_key=True)
    refund: fields.ForeignKeyRelation[Refund] = fields.ForeignKeyField("models.Refund", related_name="line_rows")
    order_line: fields.ForeignKeyRelation[OrderLine] = fields.ForeignKeyField(
        "models.OrderLine", related_name="refund_rows"
    )
    quantity = fields.IntField()
    amount = fields.BigIntField()
    restock = fields.CharEnumField(Restock, max_length=16, default=Restock.NO_RESTOCK)

    class Meta:
        table = "refund_line"
        indexes = [
            Index(fields=("refund_id", "id"), name="refund_line_by_refund"),
            Index(fields=("order_line_id",), name="refund_line_by_line"),
        ]
        constraints = [CheckConstraint(check="quantity > 0 AND amount >= 0", name="refund_line_has_units")]
