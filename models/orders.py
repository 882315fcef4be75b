"""Orders as they are kept: what was bought, at which prices, for whom. A snapshot that the catalogue cannot change."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.catalog import ProductVariant
from models.customers import Customer
from models.stock import StockLevel


class OrderLifecycle(StrEnum):
    """OPEN orders are worked on; CLOSED ones are done; CANCELED ones were called off before anything was sent."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CANCELED = "CANCELED"


class FinancialStatus(StrEnum):
    """How far an order is paid, as its ledger says."""

    PENDING = "PENDING"
    AUTHORIZED = "AUTHORIZED"
    PARTIALLY_PAID = "PARTIALLY_PAID"
    PAID = "PAID"
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"
    EXPIRED = "EXPIRED"


class FulfillmentStatus(StrEnum):
    """How far an order has been sent, as its fulfillments say."""

    UNFULFILLED = "UNFULFILLED"
    PARTIALLY_FULFILLED = "PARTIALLY_FULFILLED"
    FULFILLED = "FULFILLED"
    RESTOCKED = "RESTOCKED"


class CancelReason(StrEnum):
    """Why an order was canceled."""

    CUSTOMER = "CUSTOMER"
    DECLINED = "DECLINED"
    FRAUD = "FRAUD"
    INVENTORY = "INVENTORY"
    OTHER = "OTHER"
    STAFF = "STAFF"


class Order(Model):
    """A placed order. `token` is what its signed links are made for. Amounts are minor units of `currency`.

    `subtotal` is the lines after discounts; `shipping` is after discounts; taxes are within them or on top.
    """

    id = fields.IntField(primary_key=True)
    token = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=32, null=True)
    number = fields.IntField(null=True, unique=True)
    cart_id = fields.CharField(max_length=32, unique=True, null=True)
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="order_rows", null=True, on_delete=fields.SET_NULL
    )
    email = fields.CharField(max_length=320, null=True)
    phone = fields.CharField(max_length=32, null=True)
    currency = fields.CharField(max_length=3)
    lifecycle = fields.CharEnumField(OrderLifecycle, max_length=16, default=OrderLifecycle.OPEN)
    financial_status = fields.CharEnumField(FinancialStatus, max_length=24, default=FinancialStatus.PENDING)
    fulfillment_status = fields.CharEnumField(FulfillmentStatus, max_length=24, default=FulfillmentStatus.UNFULFILLED)
    subtotal = fields.BigIntField()
    discounts = fields.BigIntField(default=0)
    shipping = fields.BigIntField(default=0)
    tax = fields.BigIntField(default=0)
    tax_included = fields.BooleanField()
    total = fields.BigIntField()
    discount_applications: fields.Field[list[dict[str, Any]]] = fields.JSONField(default=list)
    shipping_address: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    billing_address: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    note = fields.TextField(null=True)
    attributes: fields.Field[list[dict[str, str]]] = fields.JSONField(default=list)
    language = fields.CharField(max_length=8, null=True)
    cancel_reason = fields.CharEnumField(CancelReason, max_length=16, null=True)
    canceled_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    placed_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "order"
        indexes = [
            Index(fields=("customer_id", "id"), name="order_by_customer"),
            Index(fields=("placed_at", "id"), name="order_by_placing"),
            Index(fields=("updated_at", "id"), name="order_by_update"),
            Index(fields=("total", "id"), name="order_by_total"),
            Index(fields=("email",), name="order_by_email"),
        ]
        constraints = [
            CheckConstraint(
                check="subtotal >= 0 AND discounts >= 0 AND shipping >= 0 AND tax >= 0", name="order_sums_not_negative"
            ),
            CheckConstraint(
                check="total = subtotal + shipping + CASE WHEN tax_included THEN 0 ELSE tax END", name="order_adds_up"
            ),
        ]


class OrderLine(Model):
    """One line as it was bought. `total` is `unit_price` times `quantity`, less `discount`."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("models.Order", related_name="line_rows")
    position = fields.IntField()
    variant: fields.ForeignKeyNullableRelation[ProductVariant] = fields.ForeignKeyField(
        "models.ProductVariant", related_name="order_line_rows", null=True, on_delete=fields.SET_NULL
    )
    product_id = fields.IntField(null=True)
    title = fields.CharField(max_length=255)
    variant_title = fields.CharField(max_length=255)
    options: fields.Field[list[dict[str, str]]] = fields.JSONField(default=list)
    sku = fields.CharField(max_length=255, null=True)
    image_url = fields.TextField(null=True)
    attributes: fields.Field[list[dict[str, str]]] = fields.JSONField(default=list)
    requires_shipping = fields.BooleanField(default=True)
    weight_grams = fields.IntField(default=0)
    unit_price = fields.BigIntField()
    quantity = fields.IntField()
    discount = fields.BigIntField(default=0)
    discount_allocations: fields.Field[list[dict[str, int]]] = fields.JSONField(default=list)
    tax = fields.BigIntField(default=0)
    total = fields.BigIntField()
    fulfilled = fields.IntField(default=0)
    canceled = fields.IntField(default=0)
    returned = fields.IntField(default=0)

    class Meta:
        table = "order_line"
        indexes = [
            Index(fields=("variant_id",), name="order_line_by_variant"),
            Index(fields=("order_id", "position"), name="order_line_by_place"),
            Index(fields=("product_id", "order_id"), name="order_line_by_product"),
        ]
        constraints = [
            CheckConstraint(check="quantity > 0 AND unit_price >= 0 AND tax >= 0", name="order_line_sane"),
            CheckConstraint(
                check="discount >= 0 AND total >= 0 AND total = unit_price * quantity - discount",
                name="order_line_adds_up",
            ),
            CheckConstraint(
                check="fulfilled >= 0 AND canceled >= 0 AND fulfilled + canceled <= quantity",
                name="order_line_sent_within_ordered",
            ),
            CheckConstraint(check="returned >= 0 AND returned <= fulfilled", name="order_line_returned_within_sent"),
        ]


class Allocation(Model):
    """Where the units of a line lie committed until they are sent or canceled."""

    id = fields.IntField(primary_key=True)
    order_line: fields.ForeignKeyRelation[OrderLine] = fields.ForeignKeyField(
        "models.OrderLine", related_name="allocation_rows"
    )
    level: fields.ForeignKeyRelation[StockLevel] = fields.ForeignKeyField(
        "models.StockLevel", related_name="allocation_rows", on_delete=fields.RESTRICT
    )
    quantity = fields.IntField()

    class Meta:
        table = "allocation"
        unique_together = (("order_line", "level"),)
        constraints = [CheckConstraint(check="quantity >= 0", name="allocation_not_negative")]


class ShippingLine(Model):
    """The delivery option an order was placed with. `total` is `price` less `discount`."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("models.Order", related_name="shipping_rows")
    handle = fields.CharField(max_length=128)
    title = fields.CharField(max_length=255)
    price = fields.BigIntField()
    discount = fields.BigIntField(default=0)
    discount_allocations: fields.Field[list[dict[str, int]]] = fields.JSONField(default=list)
    tax = fields.BigIntField(default=0)
    total = fields.BigIntField()

    class Meta:
        table = "shipping_line"
        constraints = [
            CheckConstraint(
                check="discount >= 0 AND total >= 0 AND tax >= 0 AND total = price - discount",
                name="shipping_line_adds_up",
            )
        ]
        indexes = [Index(fields=("order_id",), name="shipping_line_by_order")]


class TaxLine(Model):
    """One tax on one line of an order, or on its shipping. `rate` is in millionths."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("models.Order", related_name="tax_rows")
    order_line: fields.ForeignKeyNullableRelation[OrderLine] = fields.ForeignKeyField(
        "models.OrderLine", related_name="tax_rows", null=True
    )
    title = fields.CharField(max_length=64)
    rate = fields.IntField()
    amount = fields.BigIntField()

    class Meta:
        table = "tax_line"
        constraints = [CheckConstraint(check="amount >= 0", name="tax_line_not_negative")]
        indexes = [
            Index(fields=("order_line_id",), name="tax_line_by_line"),
            Index(fields=("order_id",), name="tax_line_by_order"),
        ]


class OrderTag(Model):
    """One tag of one order, spelled as the staff spell it."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("models.Order", related_name="tag_rows")
    tag = fields.CharField(max_length=255)

    class Meta:
        table = "order_tag"
        unique_together = (("order", "tag"),)
        indexes = [Index(fields=("tag", "order_id"), name="order_tag_by_tag")]
