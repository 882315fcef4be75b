"""The catalogue as it is kept: products, their options, variants and pictures, and the collections that group them."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class ProductStatus(StrEnum):
    """Whether a product is offered: only ACTIVE products that are published are seen by shoppers."""

    ACTIVE = "ACTIVE"
    DRAFT = "DRAFT"
    ARCHIVED = "ARCHIVED"


class InventoryPolicy(StrEnum):
    """What happens when the stock of a variant is used up: DENY stops selling, CONTINUE takes backorders."""

    DENY = "DENY"
    CONTINUE = "CONTINUE"


class CollectionOrder(StrEnum):
    """How a collection sorts its products unless a shopper asks otherwise."""

    MANUAL = "MANUAL"
    BEST_SELLING = "BEST_SELLING"
    ALPHA_ASC = "ALPHA_ASC"
    ALPHA_DESC = "ALPHA_DESC"
    PRICE_ASC = "PRICE_ASC"
    PRICE_DESC = "PRICE_DESC"
    CREATED = "CREATED"
    CREATED_DESC = "CREATED_DESC"


class Product(Model):
    """Something a shop sells, in one variant or many. The price range is kept in step with the variants."""

    id = fields.IntField(primary_key=True)
    handle = fields.CharField(max_length=255, unique=True)
    title = fields.CharField(max_length=255)
    description = fields.TextField(default="")
    description_html = fields.TextField(default="")
    vendor = fields.CharField(max_length=255, default="")
    product_type = fields.CharField(max_length=255, default="")
    status = fields.CharEnumField(ProductStatus, max_length=16, default=ProductStatus.ACTIVE)
    published_at = fields.DatetimeField(null=True)
    is_gift_card = fields.BooleanField(default=False)
    seo_title = fields.CharField(max_length=255, null=True)
    seo_description = fields.TextField(null=True)
    min_price = fields.BigIntField(default=0)
    max_price = fields.BigIntField(default=0)
    units_sold = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "product"
        indexes = [
            Index(fields=("published_at",), name="product_by_publication"),
            Index(fields=("title", "id"), name="product_by_title"),
            Index(fields=("vendor", "id"), name="product_by_vendor"),
            Index(fields=("product_type", "id"), name="product_by_type"),
            Index(fields=("min_price", "id"), name="product_by_price"),
            Index(fields=("units_sold", "id"), name="product_by_sales"),
            Index(fields=("created_at", "id"), name="product_by_creation"),
            Index(fields=("updated_at", "id"), name="product_by_update"),
        ]


class ProductTag(Model):
    """One tag of one product, spelled as the shop spells it."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField("models.Product", related_name="tag_rows")
    tag = fields.CharField(max_length=255)

    class Meta:
        table = "product_tag"
        unique_together = (("product", "tag"),)
        indexes = [Index(fields=("tag", "product_id"), name="product_tag_by_tag")]


class ProductOption(Model):
    """What a shopper chooses by: Size, Colour. At most three a product; variants hold the chosen values by position."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField("models.Product", related_name="option_rows")
    name = fields.CharField(max_length=255)
    position = fields.SmallIntField()

    class Meta:
        table = "product_option"
        unique_together = (("product", "position"), ("product", "name"))


class ProductOptionValue(Model):
    """One value of an option, with its place and, where it is a colour or a pattern, its swatch."""

    id = fields.IntField(primary_key=True)
    option: fields.ForeignKeyRelation[ProductOption] = fields.ForeignKeyField(
        "models.ProductOption", related_name="value_rows"
    )
    name = fields.CharField(max_length=255)
    position = fields.SmallIntField()
    swatch_color = fields.CharField(max_length=9, null=True)
    swatch_image_url = fields.TextField(null=True)

    class Meta:
        table = "product_option_value"
        unique_together = (("option", "name"),)


class ProductImage(Model):
    """A picture of a product. The address is absolute, or a path below our own media address."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField("models.Product", related_name="image_rows")
    position = fields.IntField()
    url = fields.TextField()
    alt_text = fields.TextField(null=True)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)

    class Meta:
        table = "product_image"
        indexes = [Index(fields=("product_id", "position"), name="product_image_by_place")]


class ProductVariant(Model):
    """One buyable form of a product. Prices are minor units of the shop's currency, weights are grams."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField("models.Product", related_name="variant_rows")
    position = fields.IntField()
    title = fields.CharField(max_length=255)
    option1 = fields.CharField(max_length=255, default="")
    option2 = fields.CharField(max_length=255, default="")
    option3 = fields.CharField(max_length=255, default="")
    sku = fields.CharField(max_length=255, null=True, db_index=True)
    barcode = fields.CharField(max_length=255, null=True)
    price = fields.BigIntField()
    compare_at_price = fields.BigIntField(null=True)
    cost = fields.BigIntField(null=True)
    weight_grams = fields.IntField(default=0)
    weight_unit = fields.CharField(max_length=16, default="GRAMS")
    taxable = fields.BooleanField(default=True)
    tax_code = fields.CharField(max_length=64, null=True)
    requires_shipping = fields.BooleanField(default=True)
    tracked = fields.BooleanField(default=True)
    inventory_policy = fields.CharEnumField(InventoryPolicy, max_length=16, default=InventoryPolicy.DENY)
    image: fields.ForeignKeyNullableRelation[ProductImage] = fields.ForeignKeyField(
        "models.ProductImage", related_name="variant_rows", null=True, on_delete=fields.SET_NULL
    )
    unit_quantity = fields.FloatField(null=True)
    unit_quantity_unit = fields.CharField(max_length=16, null=True)
    unit_reference = fields.IntField(null=True)
    unit_reference_unit = fields.CharField(max_length=16, null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "product_variant"
        unique_together = (("product", "option1", "option2", "option3"),)
        indexes = [Index(fields=("product_id", "position", "id"), name="product_variant_by_place")]
        constraints = [
            CheckConstraint(check="price >= 0", name="variant_price_not_negative"),
            CheckConstraint(check="compare_at_price IS NULL OR compare_at_price >= 0", name="variant_compare_at_sane"),
            CheckConstraint(check="weight_grams >= 0", name="variant_weight_not_negative"),
        ]


class Collection(Model):
    """A group of products: chosen one by one, or by `rules`. Membership by rules is kept in step by commerce."""

    id = fields.IntField(primary_key=True)
    handle = fields.CharField(max_length=255, unique=True)
    title = fields.CharField(max_length=255)
    description = fields.TextField(default="")
    description_html = fields.TextField(default="")
    sort_order = fields.CharEnumField(CollectionOrder, max_length=16, default=CollectionOrder.MANUAL)
    rules: fields.Field[list[dict[str, str]] | None] = fields.JSONField(null=True)
    rules_match_any = fields.BooleanField(default=False)
    image_url = fields.TextField(null=True)
    image_alt_text = fields.TextField(null=True)
    image_width = fields.IntField(null=True)
    image_height = fields.IntField(null=True)
    seo_title = fields.CharField(max_length=255, null=True)
    seo_description = fields.TextField(null=True)
    published_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "collection"
        indexes = [
            Index(fields=("title", "id"), name="collection_by_title"),
            Index(fields=("updated_at", "id"), name="collection_by_update"),
        ]


class CollectionProduct(Model):
    """A product's place in a collection."""

    id = fields.IntField(primary_key=True)
    collection: fields.ForeignKeyRelation[Collection] = fields.ForeignKeyField(
        "models.Collection", related_name="membership_rows"
    )
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="membership_rows"
    )
    position = fields.IntField()

    class Meta:
        table = "collection_product"
        unique_together = (("collection", "product"),)
        indexes = [
            Index(fields=("collection_id", "position", "product_id"), name="collection_product_by_place"),
            Index(fields=("product_id",), name="collection_product_by_product"),
        ]
