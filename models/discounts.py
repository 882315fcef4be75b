"""Discounts as they are kept: what they take off, for whom and when, their codes, and each use of them."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class DiscountKind(StrEnum):
    """What a discount takes off."""

    PERCENTAGE = "PERCENTAGE"
    FIXED_AMOUNT = "FIXED_AMOUNT"
    FREE_SHIPPING = "FREE_SHIPPING"
    BUY_X_GET_Y = "BUY_X_GET_Y"


class DiscountMethod(StrEnum):
    """How a discount comes to a cart: by a code the shopper enters, or by itself."""

    CODE = "CODE"
    AUTOMATIC = "AUTOMATIC"


class DiscountTarget(StrEnum):
    """What a percentage or an amount is taken off: the whole order, or the entitled lines."""

    ORDER = "ORDER"
    LINES = "LINES"


class UseState(StrEnum):
    """A use is RESERVED when payment starts, USED by the order, or RELEASED."""

    RESERVED = "RESERVED"
    USED = "USED"
    RELEASED = "RELEASED"


class Discount(Model):
    """A discount. `value` is minor units for FIXED_AMOUNT, else millionths (250000 is 25 %).

    Empty lists entitle everything, respectively everybody. BUY_X_GET_Y: with `buy_quantity` units of the bought
    products, `get_quantity` units of the gotten ones lose `value`. `uses` counts reserved and used ones.
    """

    id = fields.IntField(primary_key=True)
    title = fields.CharField(max_length=255)
    kind = fields.CharEnumField(DiscountKind, max_length=16)
    method = fields.CharEnumField(DiscountMethod, max_length=16)
    target = fields.CharEnumField(DiscountTarget, max_length=16, default=DiscountTarget.ORDER)
    value = fields.BigIntField(default=0)
    min_subtotal = fields.BigIntField(null=True)
    min_quantity = fields.IntField(null=True)
    product_ids: fields.Field[list[int]] = fields.JSONField(default=list)
    collection_ids: fields.Field[list[int]] = fields.JSONField(default=list)
    customer_ids: fields.Field[list[int]] = fields.JSONField(default=list)
    countries: fields.Field[list[str]] = fields.JSONField(default=list)
    buy_quantity = fields.IntField(default=0)
    buy_product_ids: fields.Field[list[int]] = fields.JSONField(default=list)
    buy_collection_ids: fields.Field[list[int]] = fields.JSONField(default=list)
    get_quantity = fields.IntField(default=0)
    combines_with_products = fields.BooleanField(default=False)
    combines_with_order = fields.BooleanField(default=False)
    combines_with_shipping = fields.BooleanField(default=False)
    active = fields.BooleanField(default=True)
    starts_at = fields.DatetimeField(null=True)
    ends_at = fields.DatetimeField(null=True)
    usage_limit = fields.IntField(null=True)
    customer_limit = fields.IntField(null=True)
    uses = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "discount"
        indexes = [Index(fields=("method", "active"), name="discount_by_method")]
        constraints = [
            CheckConstraint(check="value >= 0", name="discount_value_not_negative"),
            CheckConstraint(
                check="uses >= 0 AND (usage_limit IS NULL OR uses <= usage_limit)", name="discount_within_its_limit"
            ),
        ]


class DiscountCode(Model):
    """A code of a discount, spelled as the shop spells it; compared without case by `code_key`."""

    id = fields.IntField(primary_key=True)
    discount: fields.ForeignKeyRelation[Discount] = fields.ForeignKeyField("models.Discount", related_name="code_rows")
    code = fields.CharField(max_length=255)
    code_key = fields.CharField(max_length=255, unique=True)

    class Meta:
        table = "discount_code"


class DiscountUse(Model):
    """One use of a discount by one checkout. `customer_key` is a customer's id or a guest's email."""

    id = fields.IntField(primary_key=True)
    discount: fields.ForeignKeyRelation[Discount] = fields.ForeignKeyField(
        "models.Discount", related_name="use_rows", on_delete=fields.RESTRICT
    )
    attempt_id = fields.CharField(max_length=32)
    order_id = fields.IntField(null=True)
    code = fields.CharField(max_length=255, null=True)
    customer_key = fields.CharField(max_length=330)
    state = fields.CharEnumField(UseState, max_length=16, default=UseState.RESERVED)
    created_at = fields.DatetimeField()

    class Meta:
        table = "discount_use"
        unique_together = (("attempt_id", "discount"),)
        indexes = [Index(fields=("discount_id", "customer_key", "state"), name="discount_use_by_customer")]
