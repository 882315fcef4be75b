"""Stock as it is kept: how much of a variant lies where, and every movement that made it so."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.catalog import ProductVariant


class MovementReason(StrEnum):
    """Why stock changed."""

    RECEIVED = "received"
    CORRECTION = "correction"
    RESERVED = "reserved"
    RELEASED = "released"
    SOLD = "sold"
    SHIPPED = "shipped"
    CANCELED = "canceled"
    RESTOCKED = "restocked"
    COUNTED = "counted"
    DAMAGED = "damaged"
    LOST = "lost"
    MOVED = "moved"
    PROMOTION = "promotion"
    QUALITY_CONTROL = "quality_control"
    OTHER = "other"


class Location(Model):
    """A place goods are kept and sent from. A lower priority number is emptied first."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=255, unique=True)
    priority = fields.IntField(default=1)
    active = fields.BooleanField(default=True)
    address: fields.Field[dict[str, str] | None] = fields.JSONField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "location"


class StockLevel(Model):
    """Units of one variant at one location.

    `on_hand` lie on the shelf, `reserved` are promised to checkouts under way, `committed` to orders not yet shipped;
    `available` is what is left to sell. `oversell` follows the variant's policy: only then may `available` fall
    below zero. The level of a variant that is sold no more stays, with its history and what orders still wait for.
    """

    id = fields.IntField(primary_key=True)
    variant: fields.ForeignKeyNullableRelation[ProductVariant] = fields.ForeignKeyField(
        "models.ProductVariant", related_name="level_rows", null=True, on_delete=fields.SET_NULL
    )
    location: fields.ForeignKeyRelation[Location] = fields.ForeignKeyField(
        "models.Location", related_name="level_rows", on_delete=fields.RESTRICT
    )
    on_hand = fields.IntField(default=0)
    reserved = fields.IntField(default=0)
    committed = fields.IntField(default=0)
    available = fields.IntField(default=0)
    oversell = fields.BooleanField(default=False)

    class Meta:
        table = "stock_level"
        unique_together = (("variant", "location"),)
        constraints = [
            CheckConstraint(
                check="on_hand >= 0 AND reserved >= 0 AND committed >= 0", name="stock_level_parts_not_negative"
            ),
            CheckConstraint(check="available = on_hand - reserved - committed", name="stock_level_adds_up"),
            CheckConstraint(check="available >= 0 OR oversell", name="stock_level_never_oversold"),
        ]


class StockMovement(Model):
    """One change of one level, never edited: a level's parts equal the sums of its movements' deltas."""

    id = fields.BigIntField(primary_key=True)
    level: fields.ForeignKeyRelation[StockLevel] = fields.ForeignKeyField(
        "models.StockLevel", related_name="movement_rows", on_delete=fields.RESTRICT
    )
    reason = fields.CharEnumField(MovementReason, max_length=16)
    on_hand = fields.IntField(default=0)
    reserved = fields.IntField(default=0)
    committed = fields.IntField(default=0)
    order_id = fields.IntField(null=True)
    note = fields.CharField(max_length=255, null=True)
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "stock_movement"
        indexes = [
            Index(fields=("level_id", "id"), name="stock_movement_by_level"),
            Index(fields=("order_id",), name="stock_movement_by_order"),
        ]
