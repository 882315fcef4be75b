"""The people and tools that run the shop, what they may do, and the record of what they did."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class StaffRole(StrEnum):
    """An OWNER may do everything; STAFF what their scopes say."""

    OWNER = "OWNER"
    STAFF = "STAFF"


class StaffUser(Model):
    """A person on the staff. The password is kept as an argon2 hash; `email` is kept in lower case."""

    id = fields.IntField(primary_key=True)
    email = fields.CharField(max_length=255, unique=True)
    name = fields.CharField(max_length=255)
    role = fields.CharEnumField(StaffRole, max_length=16, default=StaffRole.STAFF)
    scopes: fields.Field[list[str]] = fields.JSONField()
    password_hash = fields.CharField(max_length=255)
    active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "staff_user"


class AccessToken(Model):
    """A key to the staff API, of a tool or of a person's session. Only the hash of the key is kept."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=255)
    token_hash = fields.CharField(max_length=64, unique=True)
    hint = fields.CharField(max_length=16)
    scopes: fields.Field[list[str]] = fields.JSONField()
    user: fields.ForeignKeyNullableRelation[StaffUser] = fields.ForeignKeyField(
        "models.StaffUser", related_name="token_rows", null=True
    )
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "access_token"
        constraints = [CheckConstraint(check="length(token_hash) = 64", name="access_token_keeps_a_hash")]


class LoginAttempt(Model):
    """A login that failed, counted against its account and its address until it is old."""

    id = fields.BigIntField(primary_key=True)
    account = fields.CharField(max_length=255)
    address = fields.CharField(max_length=64)
    attempted_at = fields.DatetimeField()

    class Meta:
        table = "login_attempt"
        indexes = [
            Index(fields=("account", "attempted_at"), name="login_attempt_by_account"),
            Index(fields=("address", "attempted_at"), name="login_attempt_by_address"),
        ]


class AuditRecord(Model):
    """One change made by staff: who, what, when, and the thing before and after. Never edited."""

    id = fields.BigIntField(primary_key=True)
    actor = fields.CharField(max_length=255)
    action = fields.CharField(max_length=64)
    subject_type = fields.CharField(max_length=32)
    subject_key = fields.CharField(max_length=64)
    before: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    after: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "audit_record"
        indexes = [
            Index(fields=("subject_type", "subject_key", "id"), name="audit_record_by_subject"),
            Index(fields=("actor", "id"), name="audit_record_by_actor"),
        ]
