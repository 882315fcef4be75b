"""Customers as they are kept: who they are, where they live, and the tokens that prove it is them."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class CustomerState(StrEnum):
    """INVITED have no password yet, ENABLED may sign in, DISABLED may not."""

    INVITED = "INVITED"
    ENABLED = "ENABLED"
    DISABLED = "DISABLED"


class TokenKind(StrEnum):
    """What a customer's token is good for."""

    ACCESS = "access"
    RESET = "reset"
    ACTIVATION = "activation"


class Customer(Model):
    """Somebody with an account. `email` is kept in lower case and is unique."""

    id = fields.IntField(primary_key=True)
    email = fields.CharField(max_length=320, unique=True)
    first_name = fields.CharField(max_length=255, null=True)
    last_name = fields.CharField(max_length=255, null=True)
    phone = fields.CharField(max_length=32, null=True)
    password_hash = fields.CharField(max_length=255, null=True)
    state = fields.CharEnumField(CustomerState, max_length=16, default=CustomerState.ENABLED)
    accepts_marketing = fields.BooleanField(default=False)
    tags: fields.Field[list[str]] = fields.JSONField(default=list)
    note = fields.TextField(null=True)
    default_address_id = fields.IntField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "customer"
        indexes = [Index(fields=("created_at", "id"), name="customer_by_creation")]


class CustomerAddress(Model):
    """An address in a customer's book."""

    id = fields.IntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="address_rows"
    )
    address: fields.Field[dict[str, Any]] = fields.JSONField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "customer_address"
        indexes = [Index(fields=("customer_id", "id"), name="customer_address_by_customer")]


class CustomerToken(Model):
    """A token handed to a customer; only its digest is kept."""

    id = fields.IntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField("models.Customer", related_name="token_rows")
    kind = fields.CharEnumField(TokenKind, max_length=16)
    digest = fields.CharField(max_length=64, unique=True)
    expires_at = fields.DatetimeField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "customer_token"
        indexes = [Index(fields=("expires_at",), name="customer_token_by_expiry")]
