"""Drafts become rows: many new products at once, or one product changed where it differs."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tortoise.exceptions import IntegrityError

from commerce.kept_products import batches
from commerce.plain_text import plain_text
from commerce.product_drafts import ImageDraft, OptionDraft, ProductDraft, ValueDraft, VariantDraft
from database.errors import Retryable
from models.catalog import Product, ProductImage, ProductOption, ProductOptionValue, ProductTag, ProductVariant
from search.embedded import index_products


async def create_products(drafts: Sequence[ProductDraft], *, now: dt.datetime) -> dict[str, int]:
    """New rows for these drafts in a fixed number of statements a batch, by handle. No stock yet."""
    ids: dict[str, int] = {}
    for some in batches(drafts):
        ids |= await _create_batch(some, now)
    await index_products(ids.values())
    return ids


async def _create_batch(drafts: Sequence[ProductDraft], now: dt.datetime) -> dict[str, int]:
    rows = [Product(handle=d.handle, created_at=now, updated_at=now, **product_columns(d, None, now)) for d in drafts]
    try:
        await Product.bulk_create(rows)
    except IntegrityError as taken:  # somebody made one of these handles a moment ago: look again
        raise Retryable(taken) from taken
    handles = [draft.handle for draft in drafts]
    ids: dict[str, int] = dict(await Product.filter(handle__in=handles).values_list("handle", "id"))
    owned = [(ids[draft.handle], draft) for draft in drafts]
    await ProductTag.bulk_create(
        [ProductTag(product_id=product_id, tag=tag) for product_id, draft in owned for tag in draft.tags]
    )
    await add_options(
        [(product_id, at, option) for product_id, draft in owned for at, option in enumerate(draft.options, 1)]
    )
    images = await add_images(
        [(product_id, at, image) for product_id, draft in owned for at, image in enumerate(draft.images, 1)]
    )
    await add_variants(
        [(product_id, at, variant) for product_id, draft in owned for at, variant in enumerate(draft.variants, 1)],
        images,
        now,
    )
    return ids


async def add_options(options: Sequence[tuple[int, int, OptionDraft]]) -> None:
    """New options (product, place, option) with their values."""
    wanted = {(product_id, at): option for product_id, at, option in options}
    await ProductOption.bulk_create(
        [
            ProductOption(product_id=product_id, name=option.name, position=at)
            for (product_id, at), option in wanted.items()
        ]
    )
    rows = ProductOption.filter(product_id__in={product_id for product_id, _ in wanted}) if wanted else None
    found = await rows.values_list("id", "product_id", "position") if rows else []
    await ProductOptionValue.bulk_create(
        [
            ProductOptionValue(option_id=option_id, **value_columns(value, position))
            for option_id, product_id, at in found
            if (product_id, at) in wanted
            for position, value in enumerate(wanted[product_id, at].values, 1)
        ],
        batch_size=1_000,
    )


def value_columns(value: ValueDraft, position: int) -> dict[str, Any]:
    """An option value's own columns, except its option."""
    return {
        "name": value.name,
        "position": position,
        "swatch_color": value.swatch_color,
        "swatch_image_url": value.swatch_image_url,
    }


async def add_images(images: Sequence[tuple[int, int, ImageDraft]]) -> dict[tuple[int, str], int]:
    """New pictures (product, place, picture); answers with the ids of all pictures of these products by address."""
    await ProductImage.bulk_create(
        [ProductImage(product_id=product_id, **image_columns(image, at)) for product_id, at, image in images]
    )
    return await _image_ids({product_id for product_id, _, _ in images})


def image_columns(image: ImageDraft, position: int) -> dict[str, Any]:
    """A picture's own columns, except its product."""
    return {
        "position": position,
        "url": image.url,
        "alt_text": image.alt_text,
        "width": image.width,
        "height": image.height,
    }


async def _image_ids(product_ids: set[int]) -> dict[tuple[int, str], int]:
    rows = await ProductImage.filter(product_id__in=product_ids).values_list("product_id", "url", "id")
    return {(product_id, url): image_id for product_id, url, image_id in rows}


async def add_variants(
    variants: Sequence[tuple[int, int, VariantDraft]], images: dict[tuple[int, str], int], now: dt.datetime
) -> None:
    """New variants (product, place, variant), with their pictures' ids by (product, address)."""
    await ProductVariant.bulk_create(
        [
            ProductVariant(
                product_id=product_id,
                created_at=now,
                updated_at=now,
                **variant_columns(variant, position=at, image_id=images.get((product_id, variant.image or ""))),
            )
            for product_id, at, variant in variants
        ],
        batch_size=1_000,
    )


def product_columns(draft: ProductDraft, published_at: dt.datetime | None, now: dt.datetime) -> dict[str, Any]:
    """A product's own columns, except its handle and times; `published_at` is kept while it stays published."""
    prices = [variant.price for variant in draft.variants]
    return {
        "title": draft.title,
        "description": plain_text(draft.description_html),
        "description_html": draft.description_html,
        "vendor": draft.vendor,
        "product_type": draft.product_type,
        "status": draft.status,
        "published_at": (published_at or now) if draft.published else None,
        "is_gift_card": draft.is_gift_card,
        "seo_title": draft.seo_title,
        "seo_description": draft.seo_description,
        "min_price": min(prices),
        "max_price": max(prices),
    }


def variant_columns(variant: VariantDraft, *, position: int, image_id: int | None) -> dict[str, Any]:
    """A variant's own columns, except its product and times."""
    option1, option2, option3 = (*variant.options, "", "", "")[:3]
    unit = variant.unit
    return {
        "position": position,
        "title": variant.title,
        "option1": option1,
        "option2": option2,
        "option3": option3,
        "sku": variant.sku,
        "barcode": variant.barcode,
        "price": variant.price,
        "compare_at_price": variant.compare_at_price,
        "cost": variant.cost,
        "weight_grams": variant.weight_grams,
        "weight_unit": variant.weight_unit,
        "taxable": variant.taxable,
        "tax_code": variant.tax_code,
        "requires_shipping": variant.requires_shipping,
        "tracked": variant.tracked,
        "inventory_policy": variant.inventory_policy,
        "image_id": image_id,
        "unit_quantity": unit.quantity if unit else None,
        "unit_quantity_unit": unit.quantity_unit if unit else None,
        "unit_reference": unit.reference if unit else None,
        "unit_reference_unit": unit.reference_unit if unit else None,
    }
