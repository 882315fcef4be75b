"""Carts as they are kept: what a shopper means to buy, where it should go, and how it will be paid."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.catalog import ProductVariant
from models.customers import Customer
from models.gift_cards import GiftCard


class CartState(StrEnum):
    """OPEN carts are shopped with; a COMPLETED one became an order, a MERGED one part of another: neither is found."""

    OPEN = "OPEN"
    COMPLETED = "COMPLETED"
    MERGED = "MERGED"


class Cart(Model):
    """A cart. Its id is 128 random bits and the only key to it."""

    id = fields.CharField(max_length=32, primary_key=True)
    state = fields.CharEnumField(CartState, max_length=16, default=CartState.OPEN)
    currency = fields.CharField(max_length=3)
    note = fields.TextField(null=True)
    attributes: fields.Field[list[dict[str, str]]] = fields.JSONField(default=list)
    country_code = fields.CharField(max_length=2, null=True)
    email = fields.CharField(max_length=320, null=True)
    phone = fields.CharField(max_length=32, null=True)
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="cart_rows", null=True, on_delete=fields.SET_NULL
    )
    preferences: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    discount_codes: fields.Field[list[str]] = fields.JSONField(default=list)
    delivery_option = fields.CharField(max_length=128, null=True)
    billing_address: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    payment: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    version = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "cart"
        indexes = [
            Index(fields=("customer_id",), name="cart_by_customer"),
            Index(fields=("state", "updated_at"), name="cart_by_age"),
        ]


class CartLine(Model):
    """So many of one variant. Lines of equal `merge_key` (attributes and parent) are one line."""

    id = fields.IntField(primary_key=True)
    cart: fields.ForeignKeyRelation[Cart] = fields.ForeignKeyField("models.Cart", related_name="line_rows")
    variant: fields.ForeignKeyRelation[ProductVariant] = fields.ForeignKeyField(
        "models.ProductVariant", related_name="cart_line_rows"
    )
    parent: fields.ForeignKeyNullableRelation["CartLine"] = fields.ForeignKeyField(
        "models.CartLine", related_name="child_rows", null=True
    )
    quantity = fields.IntField()
    attributes: fields.Field[list[dict[str, str]]] = fields.JSONField(default=list)
    merge_key = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()

    class Meta:
        table = "cart_line"
        unique_together = (("cart", "variant", "merge_key"),)
        constraints = [CheckConstraint(check="quantity > 0", name="cart_line_has_units")]
        indexes = [
            Index(fields=("parent_id",), name="cart_line_by_parent"),
            Index(fields=("variant_id",), name="cart_line_by_variant"),
        ]


class CartAddress(Model):
    """A place a cart may be sent to. At most one is selected."""

    id = fields.IntField(primary_key=True)
    cart: fields.ForeignKeyRelation[Cart] = fields.ForeignKeyField("models.Cart", related_name="address_rows")
    address: fields.Field[dict[str, Any]] = fields.JSONField()
    selected = fields.BooleanField(default=False)
    one_time_use = fields.BooleanField(default=False)
    strict = fields.BooleanField(default=False)

    class Meta:
        table = "cart_address"
        indexes = [Index(fields=("cart_id", "id"), name="cart_address_by_cart")]


class CartGiftCard(Model):
    """A gift card laid on a cart, to be charged first when it is paid."""

    id = fields.IntField(primary_key=True)
    cart: fields.ForeignKeyRelation[Cart] = fields.ForeignKeyField("models.Cart", related_name="gift_card_rows")
    gift_card: fields.ForeignKeyRelation[GiftCard] = fields.ForeignKeyField("models.GiftCard", related_name="cart_rows")

    class Meta:
        table = "cart_gift_card"
        unique_together = (("cart", "gift_card"),)
