"""Where a shop sends to, what sending costs, and what the state adds."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class ShippingZone(Model):
    """Countries served at the same rates. `countries` holds codes, each alone ("FR") or with a province ("US-NY");

    "*" is every country that no other zone names.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=255, unique=True)
    countries: fields.Field[list[str]] = fields.JSONField()

    class Meta:
        table = "shipping_zone"


class ShippingRate(Model):
    """One way to send within a zone and its price, open to carts within its bounds of weight, price and quantity."""

    id = fields.IntField(primary_key=True)
    zone: fields.ForeignKeyRelation[ShippingZone] = fields.ForeignKeyField(
        "models.ShippingZone", related_name="rate_rows"
    )
    title = fields.CharField(max_length=255)
    description = fields.TextField(null=True)
    position = fields.IntField(default=1)
    price = fields.BigIntField()
    free_from = fields.BigIntField(null=True)
    min_weight_grams = fields.IntField(null=True)
    max_weight_grams = fields.IntField(null=True)
    min_subtotal = fields.BigIntField(null=True)
    max_subtotal = fields.BigIntField(null=True)
    min_quantity = fields.IntField(null=True)
    max_quantity = fields.IntField(null=True)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "shipping_rate"
        indexes = [Index(fields=("zone_id", "position", "id"), name="shipping_rate_by_place")]
        constraints = [CheckConstraint(check="price >= 0", name="shipping_rate_not_negative")]


class TaxRate(Model):
    """A tax of a country, or of one of its provinces, in millionths (190000 is 19 %)."""

    id = fields.IntField(primary_key=True)
    country = fields.CharField(max_length=2)
    province = fields.CharField(max_length=8, default="")
    title = fields.CharField(max_length=64)
    rate = fields.IntField()
    on_shipping = fields.BooleanField(default=True)

    class Meta:
        table = "tax_rate"
        unique_together = (("country", "province", "title"),)
        constraints = [CheckConstraint(check="rate >= 0 AND rate <= 1000000", name="tax_rate_is_a_share")]
