"""Payments as they are kept: what was asked of a gateway, what it answered, and the ledger of what truly moved."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.checkout import CheckoutAttempt
from models.orders import Order


class PaymentState(StrEnum):
    """How far a payment has come."""

    PENDING = "PENDING"
    ACTION_REQUIRED = "ACTION_REQUIRED"
    AUTHORIZED = "AUTHORIZED"
    CAPTURED = "CAPTURED"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"
    FAILED = "FAILED"


class OperationKind(StrEnum):
    """What is asked of a gateway, and what a ledger entry records."""

    AUTHORIZE = "authorize"
    CAPTURE = "capture"
    REFUND = "refund"
    VOID = "void"


class OperationState(StrEnum):
    """An operation is PENDING from its intent's commit until the gateway's answer is known."""

    PENDING = "PENDING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class Payment(Model):
    """Money asked of a shopper by one gateway. The sums follow the ledger; pending ones follow open operations."""

    id = fields.IntField(primary_key=True)
    attempt: fields.ForeignKeyNullableRelation[CheckoutAttempt] = fields.ForeignKeyField(
        "models.CheckoutAttempt", related_name="payment_rows", null=True, on_delete=fields.RESTRICT
    )
    order: fields.ForeignKeyNullableRelation[Order] = fields.ForeignKeyField(
        "models.Order", related_name="payment_rows", null=True, on_delete=fields.RESTRICT
    )
    gateway = fields.CharField(max_length=32)
    method = fields.CharField(max_length=255)
    state = fields.CharEnumField(PaymentState, max_length=16, default=PaymentState.PENDING)
    currency = fields.CharField(max_length=3)
    amount = fields.BigIntField()
    authorized = fields.BigIntField(default=0)
    captured = fields.BigIntField(default=0)
    refunded = fields.BigIntField(default=0)
    pending_capture = fields.BigIntField(default=0)
    pending_refund = fields.BigIntField(default=0)
    reference = fields.CharField(max_length=255, null=True)
    gift_card_id = fields.IntField(null=True)
    details: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "payment"
        indexes = [
            Index(fields=("order_id",), name="payment_by_order"),
            Index(fields=("attempt_id",), name="payment_by_attempt"),
            Index(fields=("gateway", "reference"), name="payment_by_reference"),
        ]
        constraints = [
            CheckConstraint(
                check="amount >= 0 AND authorized >= 0 AND pending_capture >= 0 AND pending_refund >= 0",
                name="payment_not_negative",
            ),
            CheckConstraint(
                check="captured >= 0 AND captured + pending_capture <= authorized AND authorized <= amount",
                name="payment_captured_within_authorized",
            ),
            CheckConstraint(
                check="refunded >= 0 AND refunded + pending_refund <= captured",
                name="payment_refunded_within_captured",
            ),
        ]


class PaymentOperation(Model):
    """One thing asked of a gateway: the intent is committed before the call, the answer after it."""

    id = fields.IntField(primary_key=True)
    payment: fields.ForeignKeyRelation[Payment] = fields.ForeignKeyField(
        "models.Payment", related_name="operation_rows", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(OperationKind, max_length=16)
    amount = fields.BigIntField()
    state = fields.CharEnumField(OperationState, max_length=16, default=OperationState.PENDING)
    idempotency_key = fields.CharField(max_length=64, unique=True)
    reference = fields.CharField(max_length=255, null=True)
    error = fields.CharField(max_length=255, null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "payment_operation"
        indexes = [
            Index(fields=("payment_id", "kind"), name="payment_operation_by_payment"),
            Index(fields=("state", "updated_at"), name="payment_operation_by_age"),
        ]


class LedgerEntry(Model):
    """Money that truly moved or was truly promised. Never edited: a payment's sums equal the sums of its entries."""

    id = fields.BigIntField(primary_key=True)
    payment: fields.ForeignKeyRelation[Payment] = fields.ForeignKeyField(
        "models.Payment", related_name="ledger_rows", on_delete=fields.RESTRICT
    )
    operation: fields.ForeignKeyNullableRelation[PaymentOperation] = fields.ForeignKeyField(
        "models.PaymentOperation", related_name="ledger_rows", null=True, on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(OperationKind, max_length=16)
    amount = fields.BigIntField()
    reference = fields.CharField(max_length=255, null=True)
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "ledger_entry"
        unique_together = (("operation", "kind"),)
        indexes = [Index(fields=("payment_id", "id"), name="ledger_entry_by_payment")]
        constraints = [CheckConstraint(check="amount >= 0", name="ledger_entry_not_negative")]


class PaymentCallback(Model):
    """A provider's callback that was acted on; its event id makes a repeat harmless."""

    id = fields.IntField(primary_key=True)
    gateway = fields.CharField(max_length=32)
    event_id = fields.CharField(max_length=255)
    received_at = fields.DatetimeField()

    class Meta:
        table = "payment_callback"
        unique_together = (("gateway", "event_id"),)
