"""Who has failed lately, and how often: shared by every worker of the shop."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class FailedTries(Model):
    """How often something was tried in vain under one key until `ends_at`. The key is kept as a digest alone."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=32)
    key_digest = fields.CharField(max_length=64)
    failed = fields.IntField(default=0)
    ends_at = fields.DatetimeField()

    class Meta:
        table = "failed_tries"
        unique_together = (("kind", "key_digest"),)
        indexes = [Index(fields=("ends_at",), name="failed_tries_by_end")]
        constraints = [CheckConstraint(check="failed >= 0", name="failed_tries_not_negative")]
