"""The shop itself: its settings, in one row."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class Shop(Model):
    """The one shop of this database (id 1): its name, currency, tax and payment settings."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=255)
    description = fields.TextField(null=True)
    email = fields.CharField(max_length=255, null=True)
    currency = fields.CharField(max_length=3)
    country = fields.CharField(max_length=2)
    language = fields.CharField(max_length=5, default="EN")
    prices_include_tax = fields.BooleanField(default=True)
    tax_shipping = fields.BooleanField(default=True)
    manual_payment_methods: fields.Field[list[str]] = fields.JSONField()
    capture_on_authorization = fields.BooleanField(default=True)
    test_payments = fields.BooleanField(default=False)
    order_number_prefix = fields.CharField(max_length=16, default="#")
    cancel_window_minutes = fields.IntField(default=60)
    return_window_days = fields.IntField(default=30)
    logo_url = fields.TextField(null=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "shop"
        constraints = [CheckConstraint(check="id = 1", name="shop_is_one")]
