"""Products and what hangs on them, in batches."""

import datetime as dt
from typing import Any, ClassVar, TypeVar

from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import catalog as rows
from models.catalog import (
    Product,
    ProductImage,
    ProductOption,
    ProductOptionValue,
    ProductStatus,
    ProductTag,
    ProductVariant,
)

Key = TypeVar("Key", int, str)


def shown(now: dt.datetime, product: str = "") -> Q:
    """Which products shoppers may see at a moment: active ones whose publication has come."""
    conditions: dict[str, Any] = {f"{product}status": ProductStatus.ACTIVE, f"{product}published_at__lte": now}
    return Q(**conditions)


class Shown(ByKey[Key, Any]):
    """Things of products that shoppers may see at a moment."""

    table: ClassVar[type[Model]]
    product: ClassVar[str] = "product__"

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self._now = self.moment = now

    def query(self) -> QuerySet[Any]:
        """Nothing of a draft, an archived or an unpublished product."""
        return self.table.filter(shown(self._now, self.product))


class ProductById(Shown[int]):
    """Products shoppers may see, by id."""

    row, table, product = rows.Product, Product, ""


class ProductByHandle(Shown[str]):
    """Products shoppers may see, by handle."""

    row, table, product, key = rows.Product, Product, "", "handle"


class VariantById(Shown[int]):
    """Variants of products shoppers may see, by id."""

    row, table = rows.ProductVariant, ProductVariant


class OptionById(Shown[int]):
    """Options of products shoppers may see, by id."""

    row, table = rows.ProductOption, ProductOption


class OptionValueById(Shown[int]):
    """Option values of products shoppers may see, by id."""

    row, table, product = rows.ProductOptionValue, ProductOptionValue, "option__product__"


class ImageById(Shown[int]):
    """Pictures of products shoppers may see, by id."""

    row, table = rows.ProductImage, ProductImage


class AnyProductById(ByKey[int, rows.Product]):
    """Products by id whether shown or not: for the parent of something the viewer already holds."""

    row = rows.Product

    def query(self) -> QuerySet[Any]:
        """Every product."""
        return Product.all()


class AnyProductByHandle(ByKey[str, rows.Product]):
    """Products by handle whether shown or not: for staff."""

    row, key = rows.Product, "handle"

    def query(self) -> QuerySet[Any]:
        """Every product."""
        return Product.all()


class AnyVariantById(ByKey[int, rows.ProductVariant]):
    """Variants by id whether shown or not: for carts and orders that already hold them."""

    row = rows.ProductVariant

    def query(self) -> QuerySet[Any]:
        """Every variant."""
        return ProductVariant.all()


class BooksOfVariant(ByKey[int, rows.VariantBooks]):
    """What only the shop's people see of variants, by id."""

    row = rows.VariantBooks

    def query(self) -> QuerySet[Any]:
        """Of every variant."""
        return ProductVariant.all()


class VariantsOfProduct(ByParent[int, rows.ProductVariant]):
    """A product's variants in the shop's order."""

    row, parent = rows.ProductVariant, "product_id"

    def query(self) -> QuerySet[Any]:
        """By their places."""
        return ProductVariant.all().order_by("product_id", "position", "id")


class OptionsOfProduct(ByParent[int, rows.ProductOption]):
    """What a product is chosen by, in order."""

    row, parent = rows.ProductOption, "product_id"

    def query(self) -> QuerySet[Any]:
        """By their places."""
        return ProductOption.all().order_by("product_id", "position")


class ValuesOfProduct(ByParent[int, rows.ProductOptionValue]):
    """The values of all options of a product: option by option, each in order."""

    row, parent, path = rows.ProductOptionValue, "product_id", "option__product_id"

    def query(self) -> QuerySet[Any]:
        """By the places of option and value."""
        return ProductOptionValue.all().order_by("option__position", "position", "id")


class ImagesOfProduct(ByParent[int, rows.ProductImage]):
    """A product's pictures in order."""

    row, parent = rows.ProductImage, "product_id"

    def query(self) -> QuerySet[Any]:
        """By their places."""
        return ProductImage.all().order_by("product_id", "position", "id")


class TagsOfProduct(ByParent[int, rows.ProductTag]):
    """A product's tags."""

    row, parent = rows.ProductTag, "product_id"

    def query(self) -> QuerySet[Any]:
        """In alphabetical order."""
        return ProductTag.all().order_by("tag")
