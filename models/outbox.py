"""Facts as they are kept: one row each, numbered within its aggregate when written and over all when relayed."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class OutboxStream(Model):
    """The facts of one aggregate: `sequence` is that of its newest, and a transaction that writes one locks the row."""

    id = fields.BigIntField(primary_key=True)
    aggregate = fields.CharField(max_length=32)
    key = fields.CharField(max_length=64)
    sequence = fields.BigIntField()

    class Meta:
        table = "outbox_stream"
        unique_together = (("aggregate", "key"),)
        constraints = [CheckConstraint(check="sequence >= 0", name="outbox_stream_counts_up")]


class OutboxEvent(Model):
    """One fact. `position` is its place among all facts; null until the relay has seen the row committed."""

    id = fields.BigIntField(primary_key=True)
    event_id = fields.CharField(max_length=36, unique=True)
    aggregate = fields.CharField(max_length=32)
    key = fields.CharField(max_length=64)
    sequence = fields.BigIntField()
    kind = fields.CharField(max_length=64)
    payload: fields.Field[dict[str, Any]] = fields.JSONField()
    occurred_at = fields.DatetimeField()
    position = fields.BigIntField(null=True, unique=True)

    class Meta:
        table = "outbox_event"
        unique_together = (("aggregate", "key", "sequence"),)
        indexes = [Index(fields=("occurred_at",), name="outbox_event_by_time")]
        constraints = [CheckConstraint(check="sequence >= 1", name="outbox_event_sequence_starts_at_one")]


class OutboxReader(Model):
    """How far one reader of all facts has come: the relay itself, the letters, later each webhook."""

    name = fields.CharField(max_length=64, primary_key=True, generated=False)
    position = fields.BigIntField(default=0)

    class Meta:
        table = "outbox_reader"
