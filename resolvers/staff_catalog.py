"""Products and variants as staff find them and see them, offered or not."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from tortoise.expressions import Q

from commerce.product_drafts import DEFAULT_OPTION, DEFAULT_VALUE
from loaders.catalog import (
    AnyProductByHandle,
    AnyProductById,
    AnyVariantById,
    BooksOfVariant,
    ImagesOfProduct,
    OptionsOfProduct,
    VariantsOfProduct,
)
from loaders.collections import AnyCollectionsOfProduct
from loaders.metafields import MetafieldsOf
from loaders.rows import catalog as rows
from loaders.rows.metafields import Metafield
from loaders.rows.stock import InventoryItem
from loaders.standings import StandingOfProduct, StandingOfVariant
from loaders.stock import InventoryItemByKey
from models.catalog import ProductStatus, ProductVariant
from models.money import Money
from resolvers.context import Context
from resolvers.filtering import Condition, Term, conditions, moment_in, number_in, one_of, text_in
from resolvers.found import one_way
from resolvers.metafields import OWNERS
from resolvers.option_choices import value_of
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows
from resolvers.product_lists import BY_ID, BY_RELEVANCE, ORDERS, Narrowed, page_of_products
from resolvers.searching import STAFF_PRODUCTS, understood

SHOPFRONT = rows.Publication(1, "Online Store")


class VariantSort(StrEnum):
    """What variants can be sorted by."""

    ID = "ID"
    TITLE = "TITLE"
    POSITION = "POSITION"
    UPDATED_AT = "UPDATED_AT"
    CREATED_AT = "CREATED_AT"


SORTS = {
    VariantSort.ID: Sort("ID"),
    VariantSort.TITLE: Sort("TITLE", "title", str),
    VariantSort.POSITION: Sort("POSITION", "position"),
    VariantSort.UPDATED_AT: Sort("UPDATED_AT", "updated_at", dt.datetime),
    VariantSort.CREATED_AT: Sort("CREATED_AT", "created_at", dt.datetime),
}
VARIANT_FIELDS: dict[str, Condition] = {
    "id": number_in("id"),
    "sku": text_in("sku"),
    "barcode": text_in("barcode"),
    "title": text_in("title"),
    "product_id": number_in("product_id"),
    "product_status": one_of("product__status", values={s.value.casefold(): s for s in ProductStatus}),
    "product_type": text_in("product__product_type"),
    "vendor": text_in("product__vendor"),
    "taxable": one_of("taxable", values={"true": True, "false": False}),
    "updated_at": moment_in("updated_at"),
}


async def product(context: Context, root: object, *, id: int) -> rows.Product | None:
    """One product."""
    return await context.loaders(AnyProductById).load(id)


async def product_by_handle(context: Context, root: object, *, handle: str) -> rows.Product | None:
    """One product by its handle."""
    return await context.loaders(AnyProductByHandle).load(handle)


async def product_by_identifier(context: Context, root: object, *, identifier: dict[str, Any]) -> rows.Product | None:
    """One product by its id or its handle."""
    key, handle = identifier.get("id"), identifier.get("handle")
    one_way(id=key, handle=handle)
    if key is not None:
        return await product(context, root, id=key)
    return await product_by_handle(context, root, handle=handle or "")


async def products(
    context: Context, root: object, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Product]:
    """A page of all products, or of those that match."""
    asked = await understood(context, STAFF_PRODUCTS, query)
    order = BY_RELEVANCE if sort_key == "RELEVANCE" and asked.ranking else ORDERS.get(sort_key, BY_ID)
    ranking = asked.ranking if order is BY_RELEVANCE else None
    return await page_of_products(context, Narrowed(asked.where, ranking=ranking, hidden=True), order, window)


async def variant(context: Context, root: object, *, id: int) -> rows.ProductVariant | None:
    """One variant."""
    return await context.loaders(AnyVariantById).load(id)


async def variants(
    context: Context,
    root: object,
    *,
    window: Window,
    query: str | None = None,
    sort_key: VariantSort = VariantSort.ID,
) -> Page[rows.ProductVariant]:
    """A page of all variants, or of those that match."""
    found = ProductVariant.filter(conditions(query, VARIANT_FIELDS, words=_named))
    return await page_of(found, rows.ProductVariant, SORTS[sort_key], window)


def _named(term: Term) -> Q:
    """A word without a field begins an SKU, is a barcode, or is in a title."""
    by_title = Q(product__title__icontains=term.value) | Q(title__icontains=term.value)
    return Q(sku__istartswith=term.value) | Q(barcode=term.value) | by_title


async def collections_of_product(context: Context, product: rows.Product, *, window: Window) -> Page[rows.Collection]:
    """A page of the collections a product is in, shown or not."""
    found = await context.loaders(AnyCollectionsOfProduct).load(product.id)
    return page_of_rows(found, window, key=lambda collection: collection.id)


async def in_collection(context: Context, product: rows.Product, *, id: int) -> bool:
    """Whether the product is in a collection."""
    return any(each.id == id for each in await context.loaders(AnyCollectionsOfProduct).load(product.id))


async def metafields(
    context: Context, owner: Any, *, window: Window, namespace: str | None = None, keys: Sequence[str] | None = None
) -> Page[Metafield]:
    """A page of an owner's metafields, of one namespace or with some keys (`namespace.key`) where asked."""
    found = await context.loaders(MetafieldsOf, OWNERS[type(owner)]).load(str(owner.id))
    wanted = [
        row
        for row in sorted(found.values(), key=lambda row: row.id)
        if (namespace is None or row.namespace == namespace) and (keys is None or f"{row.namespace}.{row.key}" in keys)
    ]
    return page_of_rows(wanted, window, key=lambda row: row.id)


async def has_no_choice(context: Context, product: rows.Product) -> bool:
    """Whether the product has but the one variant a product starts with."""
    options = await context.loaders(OptionsOfProduct).load(product.id)
    variants = await context.loaders(VariantsOfProduct).load(product.id)
    return [option.name for option in options] == [DEFAULT_OPTION] and [v.title for v in variants] == [DEFAULT_VALUE]


async def total_inventory(context: Context, product: rows.Product) -> int:
    """The units left of all counted variants."""
    return (await context.loaders(StandingOfProduct).load(product.id)).units or 0


async def tracks_inventory(context: Context, product: rows.Product) -> bool:
    """Whether the stock of any variant is counted."""
    return any(each.tracked for each in await context.loaders(VariantsOfProduct).load(product.id))


async def quantity_of_variant(context: Context, variant: rows.ProductVariant) -> int | None:
    """The units left to sell; None where they are not counted."""
    return (await context.loaders(StandingOfVariant).load(variant.id)).units


async def name_of_variant(context: Context, variant: rows.ProductVariant) -> str:
    """Product and variant together."""
    product = await context.loaders(AnyProductById).load(variant.product_id)
    title = product.title if product else ""
    return title if variant.title == DEFAULT_VALUE else f"{title} - {variant.title}"


def price_of_variant(context: Context, variant: rows.ProductVariant) -> str:
    """The price as a decimal."""
    return Money(variant.price, context.shop.currency).amount


def compare_at_of_variant(context: Context, variant: rows.ProductVariant) -> str | None:
    """The price before as a decimal."""
    old = variant.compare_at_price
    return None if old is None else Money(old, context.shop.currency).amount


async def tax_code_of_variant(context: Context, variant: rows.ProductVariant) -> str | None:
    """The kind of goods, for taxes."""
    books = await context.loaders(BooksOfVariant).load(variant.id)
    return books.tax_code if books else None


async def cost_of_variant(context: Context, variant: rows.ProductVariant) -> Money | None:
    """What one costs the shop."""
    books = await context.loaders(BooksOfVariant).load(variant.id)
    return None if books is None or books.cost is None else Money(books.cost, context.shop.currency)


async def has_variants(context: Context, value: rows.ProductOptionValue) -> bool:
    """Whether any variant has this value."""
    variants = await context.loaders(VariantsOfProduct).load(value.product_id)
    return any(value_of(variant, value.option_position) == value.name for variant in variants)


async def image_of_variant(context: Context, variant: rows.ProductVariant) -> rows.ProductImage | None:
    """The variant's own picture, if it has one."""
    if variant.image_id is None:
        return None
    images = await context.loaders(ImagesOfProduct).load(variant.product_id)
    return next((image for image in images if image.id == variant.image_id), None)


def publications(context: Context, root: object, *, window: Window) -> Page[rows.Publication]:
    """The one place where this shop offers its goods."""
    return page_of_rows([SHOPFRONT], window, key=lambda row: row.id)


def publications_of(context: Context, thing: Any, *, window: Window) -> Page[rows.PublicationOf]:
    """Where a product or a collection is offered."""
    offered = [rows.PublicationOf(SHOPFRONT, thing.published_at, thing)] if thing.published_at else []
    return page_of_rows(offered, window, key=lambda row: row.publication.id)


def is_published(context: Context, row: rows.PublicationOf) -> bool:
    """Whether the moment has come."""
    return row.publish_date is not None and row.publish_date <= context.now


def published_on(context: Context, thing: Any, *, publication_id: int) -> bool:
    """Whether a product or a collection is offered there now."""
    is_there = publication_id == SHOPFRONT.id and thing.published_at is not None
    return is_there and thing.published_at <= context.now


def status_of(context: Context, product: rows.Product) -> ProductStatus:
    """Whether a product is offered."""
    return ProductStatus(product.status)


async def images(context: Context, product: rows.Product, *, window: Window) -> Page[rows.ProductImage]:
    """A page of the product's pictures, in their order."""
    return page_of_rows(await context.loaders(ImagesOfProduct).load(product.id), window, key=lambda image: image.id)


async def item_of_variant(context: Context, variant: rows.ProductVariant) -> InventoryItem | None:
    """The variant as it lies on shelves."""
    return await context.loaders(InventoryItemByKey).load(variant.id)
