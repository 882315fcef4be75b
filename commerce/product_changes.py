"""A kept product becomes equal to a draft, by touching only what differs: ids that clients hold stay."""

import datetime as dt
from typing import Any

from tortoise.models import Model

from commerce.kept_products import KeptProduct
from commerce.product_drafts import ProductDraft, VariantDraft
from commerce.product_rows import add_images, add_options, add_variants, product_columns, variant_columns
from models.catalog import ProductImage, ProductOption, ProductTag, ProductVariant
from search.embedded import index_products


async def change_product(kept: KeptProduct, draft: ProductDraft, *, now: dt.datetime) -> None:
    """Make the product's rows say what the draft says. Stock is not touched; variants left out are refused earlier."""
    await _set(kept.row, {**product_columns(draft, kept.row.published_at, now), "updated_at": now})
    await _change_tags(kept, draft)
    if draft.options != kept.draft.options:
        await ProductOption.filter(product_id=kept.row.id).delete()
        await add_options([(kept.row.id, draft.options)])
    images = await _change_images(kept, draft)
    await _change_variants(kept, draft, images, now)
    await index_products([kept.row.id])


async def _change_tags(kept: KeptProduct, draft: ProductDraft) -> None:
    gone = set(kept.draft.tags) - set(draft.tags)
    if gone:
        await ProductTag.filter(product_id=kept.row.id, tag__in=gone).delete()
    new = [tag for tag in draft.tags if tag not in kept.draft.tags]
    await ProductTag.bulk_create([ProductTag(product_id=kept.row.id, tag=tag) for tag in new])


async def _change_images(kept: KeptProduct, draft: ProductDraft) -> dict[tuple[int, str], int]:
    product_id = kept.row.id
    wanted = {image.url: (at, image) for at, image in enumerate(draft.images, 1)}
    for row in kept.images:
        at, image = wanted.pop(row.url, (0, None))
        if image is None:
            await ProductImage.filter(id=row.id).delete()
        else:
            columns = {"position": at, "alt_text": image.alt_text, "width": image.width, "height": image.height}
            await _set(row, columns)
    await add_images([(product_id, at, image) for at, image in wanted.values()])
    return {(product_id, row.url): row.id for row in await ProductImage.filter(product_id=product_id)}


async def _change_variants(
    kept: KeptProduct, draft: ProductDraft, images: dict[tuple[int, str], int], now: dt.datetime
) -> None:
    rows = dict(zip((variant.options for variant in kept.draft.variants), kept.variants, strict=True))
    new: list[tuple[int, int, VariantDraft]] = []
    for at, variant in enumerate(draft.variants, 1):
        row = rows.get(variant.options)
        if row is None:
            new.append((kept.row.id, at, variant))
            continue
        image_id = images.get((kept.row.id, variant.image or ""))
        columns = variant_columns(variant, position=at, image_id=image_id)
        if await _set(row, columns):
            await ProductVariant.filter(id=row.id).update(updated_at=now)
    await add_variants(new, images, now)


async def _set(row: Model, columns: dict[str, Any]) -> bool:
    """Write the columns that differ, if any do."""
    different = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if different:
        await type(row).filter(pk=row.pk).update(**different)
    return bool(different)
