"""Gift cards as they are kept: a balance, and every entry that made it so."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class GiftCardEntryKind(StrEnum):
    """Why a balance moved."""

    ISSUED = "issued"
    HELD = "held"
    RELEASED = "released"
    REFUNDED = "refunded"
    ADJUSTED = "adjusted"


class GiftCard(Model):
    """Money paid in advance. The code itself is not kept, only its digest and last characters."""

    id = fields.IntField(primary_key=True)
    code_digest = fields.CharField(max_length=64, unique=True)
    last_characters = fields.CharField(max_length=4)
    currency = fields.CharField(max_length=3)
    initial = fields.BigIntField()
    balance = fields.BigIntField()
    enabled = fields.BooleanField(default=True)
    note = fields.TextField(null=True)
    expires_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "gift_card"
        constraints = [
            CheckConstraint(check="initial > 0", name="gift_card_has_value"),
            CheckConstraint(check="balance >= 0 AND balance <= initial", name="gift_card_never_overdrawn"),
        ]


class GiftCardEntry(Model):
    """One movement of a balance, never edited: a balance equals the sum of its entries."""

    id = fields.BigIntField(primary_key=True)
    gift_card: fields.ForeignKeyRelation[GiftCard] = fields.ForeignKeyField(
        "models.GiftCard", related_name="entry_rows", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(GiftCardEntryKind, max_length=16)
    amount = fields.BigIntField()
    attempt_id = fields.CharField(max_length=32, null=True)
    order_id = fields.IntField(null=True)
    note = fields.CharField(max_length=255, null=True)
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "gift_card_entry"
        indexes = [
            Index(fields=("gift_card_id", "id"), name="gift_card_entry_by_card"),
            Index(fields=("attempt_id",), name="gift_card_entry_by_attempt"),
        ]
