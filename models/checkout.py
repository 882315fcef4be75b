"""Checkouts under way: attempts to complete a cart, and the stock held for them."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.carts import Cart
from models.stock import StockLevel


class AttemptState(StrEnum):
    """How far an attempt has come. SUCCEEDED and FAILED are final."""

    PROCESSING = "PROCESSING"
    ACTION_REQUIRED = "ACTION_REQUIRED"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class ReservationState(StrEnum):
    """HELD units end up CONSUMED by an order or RELEASED to the shelf; either happens once."""

    HELD = "HELD"
    CONSUMED = "CONSUMED"
    RELEASED = "RELEASED"


class CheckoutAttempt(Model):
    """One attempt to turn a cart into an order. The client's token makes a retry the same attempt.

    `draft` is the order as it was priced and promised when payment started; `payload_digest` tells a retry from a
    changed cart.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    cart: fields.ForeignKeyRelation[Cart] = fields.ForeignKeyField("models.Cart", related_name="attempt_rows")
    attempt_token = fields.CharField(max_length=255)
    payload_digest = fields.CharField(max_length=64)
    state = fields.CharEnumField(AttemptState, max_length=16, default=AttemptState.PROCESSING)
    draft: fields.Field[dict[str, Any]] = fields.JSONField()
    errors: fields.Field[list[dict[str, str]]] = fields.JSONField(default=list)
    action_url = fields.TextField(null=True)
    order_id = fields.IntField(null=True)
    expires_at = fields.DatetimeField()
    created_at = fields.DatetimeField()
    completed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "checkout_attempt"
        unique_together = (("cart", "attempt_token"),)
        indexes = [Index(fields=("state", "expires_at"), name="checkout_attempt_by_expiry")]


class Reservation(Model):
    """Units of one level held for an attempt until it ends or expires."""

    id = fields.IntField(primary_key=True)
    attempt: fields.ForeignKeyRelation[CheckoutAttempt] = fields.ForeignKeyField(
        "models.CheckoutAttempt", related_name="reservation_rows"
    )
    level: fields.ForeignKeyRelation[StockLevel] = fields.ForeignKeyField(
        "models.StockLevel", related_name="reservation_rows", on_delete=fields.RESTRICT
    )
    quantity = fields.IntField()
    state = fields.CharEnumField(ReservationState, max_length=16, default=ReservationState.HELD)

    class Meta:
        table = "reservation"
        unique_together = (("attempt", "level"),)
        constraints = [CheckConstraint(check="quantity > 0", name="reservation_has_units")]
