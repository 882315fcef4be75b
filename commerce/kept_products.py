"""Products as the shop keeps them, read back whole as drafts: to compare with, to change, to export."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tortoise.models import Model

from commerce.product_drafts import ImageDraft, OptionDraft, ProductDraft, UnitMeasure, ValueDraft, VariantDraft
from models.catalog import Product, ProductImage, ProductOption, ProductOptionValue, ProductTag, ProductVariant
from models.stock import StockLevel

BATCH = 500
Rows = TypeVar("Rows", bound=Model)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class KeptProduct:
    """A product's rows, and the draft they amount to."""

    row: Product
    images: tuple[ProductImage, ...]
    variants: tuple[ProductVariant, ...]
    draft: ProductDraft


async def kept_products(handles: Sequence[str]) -> dict[str, KeptProduct]:
    """The products with these handles, those that exist, by handle."""
    rows: list[Product] = []
    for some in batches(handles):
        rows += await Product.filter(handle__in=some)
    kept = await whole(rows)
    return {product.row.handle: product for product in kept}


async def kept_by_id(ids: Sequence[int]) -> dict[int, KeptProduct]:
    """The products with these ids, those that exist, by id and in its order. In a transaction they are locked."""
    rows: list[Product] = []
    for some in batches(sorted(set(ids))):
        rows += await Product.filter(id__in=some).select_for_update().order_by("id")
    return {product.row.id: product for product in await whole(rows)}


async def whole(products: Sequence[Product]) -> list[KeptProduct]:
    """These products with everything they have, in their order."""
    kept: list[KeptProduct] = []
    for some in batches(products):
        kept += await _whole_batch(some)
    return kept


def batches(things: Sequence[Thing], size: int = BATCH) -> Iterable[Sequence[Thing]]:
    """The things, `size` at a time: no statement may carry endless parameters."""
    return (things[start : start + size] for start in range(0, len(things), size))


async def _whole_batch(products: Sequence[Product]) -> list[KeptProduct]:
    ids = [product.id for product in products]
    tags = grouped(await ProductTag.filter(product_id__in=ids).order_by("id"), "product_id")
    options = grouped(await ProductOption.filter(product_id__in=ids).order_by("position"), "product_id")
    option_ids = [option.id for some in options.values() for option in some]
    values = grouped(await ProductOptionValue.filter(option_id__in=option_ids).order_by("position", "id"), "option_id")
    images = grouped(await ProductImage.filter(product_id__in=ids).order_by("position", "id"), "product_id")
    variants = grouped(await ProductVariant.filter(product_id__in=ids).order_by("position", "id"), "product_id")
    levels = grouped(await StockLevel.filter(variant__product_id__in=ids), "variant_id")
    return [
        _kept(product, tags[product.id], options[product.id], values, images[product.id], variants[product.id], levels)
        for product in products
    ]


def grouped(rows: Iterable[Rows], parent: str) -> defaultdict[int, list[Rows]]:
    """Child rows under their parent's id, in their order."""
    groups: defaultdict[int, list[Rows]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, parent)].append(row)
    return groups


def _kept(
    product: Product,
    tags: Sequence[ProductTag],
    options: Sequence[ProductOption],
    values: defaultdict[int, list[ProductOptionValue]],
    images: Sequence[ProductImage],
    variants: Sequence[ProductVariant],
    levels: defaultdict[int, list[StockLevel]],
) -> KeptProduct:
    urls = {image.id: image.url for image in images}
    draft = ProductDraft(
        handle=product.handle,
        title=product.title,
        options=tuple(OptionDraft(o.name, tuple(map(_value, values[o.id])), o.id) for o in options),
        variants=tuple(_variant(v, len(options), urls, levels[v.id]) for v in variants),
        images=tuple(ImageDraft(i.url, i.alt_text, i.width, i.height, i.id) for i in images),
        description_html=product.description_html,
        vendor=product.vendor,
        product_type=product.product_type,
        tags=tuple(sorted((row.tag for row in tags), key=str.casefold)),
        status=product.status,
        published=product.published_at is not None,
        is_gift_card=product.is_gift_card,
        seo_title=product.seo_title,
        seo_description=product.seo_description,
    )
    return KeptProduct(product, tuple(images), tuple(variants), draft)


def _value(row: ProductOptionValue) -> ValueDraft:
    return ValueDraft(row.name, row.swatch_color, row.swatch_image_url, row.id)


def _variant(row: ProductVariant, options: int, urls: dict[int, str], levels: Sequence[StockLevel]) -> VariantDraft:
    image_id: int | None = row.image_id  # type: ignore[attr-defined]  # Tortoise adds it to the class
    return VariantDraft(
        options=(row.option1, row.option2, row.option3)[:options],
        price=row.price,
        compare_at_price=row.compare_at_price,
        cost=row.cost,
        sku=row.sku,
        barcode=row.barcode,
        weight_grams=row.weight_grams,
        weight_unit=row.weight_unit,
        taxable=row.taxable,
        tax_code=row.tax_code,
        requires_shipping=row.requires_shipping,
        tracked=row.tracked,
        inventory_policy=row.inventory_policy,
        image=urls.get(image_id) if image_id is not None else None,
        unit=_unit(row),
        quantity=sum(level.available for level in levels),
        id=row.id,
    )


def _unit(row: ProductVariant) -> UnitMeasure | None:
    if row.unit_quantity is None or row.unit_quantity_unit is None:
        return None
    if row.unit_reference is None or row.unit_reference_unit is None:
        return None
    return UnitMeasure(row.unit_quantity, row.unit_quantity_unit, row.unit_reference, row.unit_reference_unit)
