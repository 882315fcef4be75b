"""Kept products become equal to drafts, by touching only what differs: ids that clients hold stay.

However many products change at once, the statements are as many as the kinds of things that changed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.models import Model

from commerce.kept_products import KeptProduct, batches
from commerce.option_rows import change_options
from commerce.product_drafts import ImageDraft, ProductDraft, VariantDraft
from commerce.product_rows import add_images, add_variants, image_columns, product_columns, variant_columns
from commerce.variant_removal import remove_variants
from database.updating import update_many
from models.catalog import Product, ProductImage, ProductTag, ProductVariant
from search.embedded import index_products


@dataclass(frozen=True, slots=True)
class ProductChange:
    """A product as it is kept, and as it shall be."""

    kept: KeptProduct
    draft: ProductDraft

    @property
    def id(self) -> int:
        """The product's id."""
        return self.kept.row.id


async def change_products(changes: Sequence[ProductChange], *, now: dt.datetime) -> None:
    """Make the products' rows say what the drafts say. Stock is not touched; what a draft leaves out is removed."""
    await _change_products(changes, now)
    await _change_tags(changes)
    await change_options([(change.kept, change.draft) for change in changes if _options_differ(change)])
    images = await _change_images(changes)
    await _change_variants(changes, images, now)
    await index_products([change.id for change in changes if _words_differ(change)])


def _options_differ(change: ProductChange) -> bool:
    before = [(option.id, [value.id for value in option.values]) for option in change.kept.draft.options]
    after = [(option.id, [value.id for value in option.values]) for option in change.draft.options]
    return change.draft.options != change.kept.draft.options or before != after


def _words_differ(change: ProductChange) -> bool:
    return _words(change.kept.draft) != _words(change.draft)


def _words(draft: ProductDraft) -> tuple[Any, ...]:
    """What the search index knows of a product."""
    codes = [(variant.sku, variant.barcode) for variant in draft.variants]
    texts = (draft.handle, draft.title, draft.vendor, draft.product_type, draft.description_html)
    return (*texts, draft.tags, draft.options, codes)


async def _change_products(changes: Sequence[ProductChange], now: dt.datetime) -> None:
    await update_columns([(change.kept.row, _columns(change, now)) for change in changes])
    shown = [change.id for change in changes if change.draft.published and not change.kept.draft.published]
    hidden = [change.id for change in changes if change.kept.draft.published and not change.draft.published]
    for ids, moment in ((shown, now), (hidden, None)):
        for some in batches(ids):
            await Product.filter(id__in=some).update(published_at=moment)
    for some in batches([change.id for change in changes]):
        await Product.filter(id__in=some).update(updated_at=now)


def _columns(change: ProductChange, now: dt.datetime) -> dict[str, Any]:
    columns = {**product_columns(change.draft, None, now), "handle": change.draft.handle}
    return {name: value for name, value in columns.items() if name != "published_at"}


async def _change_tags(changes: Sequence[ProductChange]) -> None:
    new: list[ProductTag] = []
    gone: set[tuple[int, str]] = set()
    for change in changes:
        had, wanted = set(change.kept.draft.tags), set(change.draft.tags)
        new += [ProductTag(product_id=change.id, tag=tag) for tag in change.draft.tags if tag not in had]
        gone |= {(change.id, tag) for tag in had - wanted}
    for some in batches(sorted(gone)):
        rows = ProductTag.filter(product_id__in={key for key, _ in some}, tag__in={tag for _, tag in some})
        found = await rows.values_list("id", "product_id", "tag")
        await ProductTag.filter(id__in=[key for key, *tag in found if tuple(tag) in gone]).delete()
    await ProductTag.bulk_create(new, batch_size=1_000)


async def _change_images(changes: Sequence[ProductChange]) -> dict[tuple[int, str], int]:
    """Write the pictures down; answers with the ids of all pictures of the products by address."""
    different: list[tuple[Model, dict[str, Any]]] = []
    gone: list[int] = []
    ids: dict[tuple[int, str], int] = {}
    new: list[tuple[int, int, ImageDraft]] = []
    for change in changes:
        rows = {image.id: image for image in change.kept.images}
        by_url = {image.url: image for image in change.kept.images}
        for at, image in enumerate(change.draft.images, 1):
            row = rows.get(image.id or 0) or by_url.get(image.url)
            if row is None:
                new.append((change.id, at, image))
                continue
            rows.pop(row.id, None)
            ids[change.id, image.url] = row.id
            different.append((row, image_columns(image, at)))
        gone += list(rows)
    await update_columns(different)
    for some in batches(gone):
        await ProductImage.filter(id__in=some).delete()
    return ids | (await add_images(new) if new else {})


async def _change_variants(
    changes: Sequence[ProductChange], images: Mapping[tuple[int, str], int], now: dt.datetime
) -> None:
    different: list[tuple[ProductVariant, dict[str, Any]]] = []
    new: list[tuple[int, int, VariantDraft]] = []
    gone: list[int] = []
    for change in changes:
        rows = {row.id: row for row in change.kept.variants}
        by_options = {variant.options: variant.id for variant in change.kept.draft.variants}
        for at, variant in enumerate(change.draft.variants, 1):
            same = None if variant.fresh else variant.id or by_options.get(variant.options)
            row = rows.pop(same or 0, None)
            if row is None:
                new.append((change.id, at, variant))
                continue
            image_id = images.get((change.id, variant.image or ""))
            different.append((row, variant_columns(variant, position=at, image_id=image_id)))
        gone += list(rows)
    await remove_variants(gone, now=now)
    await _clear_the_way([row for row, columns in different if _moves(row, columns)])
    touched = await update_columns(different)
    for some in batches(touched):
        await ProductVariant.filter(id__in=some).update(updated_at=now)
    await add_variants(new, dict(images), now)


def _moves(row: Model, columns: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != columns[name] for name in ("option1", "option2", "option3"))


async def _clear_the_way(rows: Sequence[ProductVariant]) -> None:
    """Take variants that change their options off their places, so that two of them may swap."""
    for row in rows:
        row.option1 = f"\x7f{row.id}"
    await update_many(ProductVariant, [{"id": row.id, "option1": row.option1} for row in rows])


async def update_columns(rows: Iterable[tuple[Model, Mapping[str, Any]]]) -> list[int]:
    """Write the columns that differ, of rows of one table; answers with the ids of the rows where any did."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    ids: list[int] = []
    table: type[Model] | None = None
    for row, columns in rows:
        different = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if different:
            table = type(row)
            ids.append(row.pk)
            groups.setdefault(tuple(different), []).append({"id": row.pk, **different})
    for some in groups.values():
        assert table is not None  # noqa: S101 - a group comes with its table
        await update_many(table, some)
    return ids
