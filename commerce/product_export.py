"""Writing the catalogue as CSV, in the format that import reads: what comes back in is what went out."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from commerce.kept_products import BATCH, whole
from commerce.product_csv import (
    COLUMNS,
    OPTION_NAMES,
    OPTION_VALUES,
    OURS,
    PLACES,
    POLICIES,
    SWATCHES,
    TRACKED,
    WEIGHTS,
)
from commerce.product_csv_drafts import UNIT_COLUMNS
from commerce.product_drafts import ImageDraft, ProductDraft, VariantDraft
from commerce.shop import shop_currency
from models.catalog import Product
from models.money import exponent

_WEIGHT_WORDS = {unit: word for word, unit in WEIGHTS.items()}
_POLICY_WORDS = {policy: word for word, policy in POLICIES.items()}


async def export_products(progress: Callable[[int, int], object] = lambda _done, _all: None) -> tuple[bytes, int]:
    """The whole catalogue, in the order products were made, as CSV in UTF-8; and the number of products in it."""
    currency = await shop_currency()
    total = await Product.all().count()
    records: list[dict[str, str]] = []
    done, last = 0, 0
    while products := await Product.filter(id__gt=last).order_by("id").limit(BATCH):
        for kept in await whole(products):
            records += records_of(kept.draft, currency)
        last, done = products[-1].id, done + len(products)
        progress(done, total)
    return written(records), done


def written(records: Sequence[dict[str, str]]) -> bytes:
    """Records as a file, with our own columns only where one of them says something."""
    used = {column for record in records for column, text in record.items() if text}
    columns = [column for column in COLUMNS if column not in OURS or column in used]
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return sheet.getvalue().encode()


def records_of(product: ProductDraft, currency: str) -> Iterator[dict[str, str]]:
    """A product's rows: one a variant or a picture, whichever it has more of; the first tells of the product too."""
    pairs = zip_longest(product.variants, product.images)
    for at, (variant, image) in enumerate(pairs):
        yield {
            "Handle": product.handle,
            **(_of_product(product) if at == 0 else {}),
            **(_of_variant(variant, product, currency) if variant else {}),
            **(_of_image(image, at + 1) if image else {}),
        }


def _of_product(product: ProductDraft) -> dict[str, str]:
    return {
        "Title": product.title,
        "Body (HTML)": product.description_html,
        "Vendor": product.vendor,
        "Type": product.product_type,
        "Tags": ", ".join(product.tags),
        "Published": _yes_no(product.published),
        **{column: option.name for column, option in zip(OPTION_NAMES, product.options, strict=False)},
        "Gift Card": _yes_no(product.is_gift_card),
        "SEO Title": product.seo_title or "",
        "SEO Description": product.seo_description or "",
        "Status": product.status.value.lower(),
    }


def _of_variant(variant: VariantDraft, product: ProductDraft, currency: str) -> dict[str, str]:
    return {
        **_of_options(variant, product),
        "Variant SKU": variant.sku or "",
        "Variant Grams": str(variant.weight_grams),
        "Variant Inventory Tracker": TRACKED if variant.tracked else "",
        "Variant Inventory Qty": str(variant.quantity) if variant.tracked else "",
        "Variant Inventory Policy": _POLICY_WORDS[variant.inventory_policy],
        "Variant Fulfillment Service": "manual",
        "Variant Price": _amount(variant.price, currency),
        "Variant Compare At Price": _amount(variant.compare_at_price, currency),
        "Variant Requires Shipping": _yes_no(variant.requires_shipping),
        "Variant Taxable": _yes_no(variant.taxable),
        "Variant Barcode": variant.barcode or "",
        "Variant Image": variant.image or "",
        "Variant Weight Unit": _WEIGHT_WORDS[variant.weight_unit],
        "Variant Tax Code": variant.tax_code or "",
        **_of_unit(variant),
        "Cost per item": _amount(variant.cost, currency),
    }


def _of_options(variant: VariantDraft, product: ProductDraft) -> dict[str, str]:
    told: dict[str, str] = {}
    for at, chosen in enumerate(variant.options):
        names = [value.name for value in product.options[at].values]
        value = product.options[at].values[names.index(chosen)]
        told[OPTION_VALUES[at]] = chosen
        told[SWATCHES[at]] = value.swatch_color or value.swatch_image_url or ""
        if list(dict.fromkeys(some.options[at] for some in product.variants)) != names:
            told[PLACES[at]] = str(names.index(chosen) + 1)
    return told


def _of_unit(variant: VariantDraft) -> dict[str, str]:
    unit = variant.unit
    if unit is None:
        return {}
    texts = (
        f"{unit.quantity:.9f}".rstrip("0").rstrip("."),
        unit.quantity_unit,
        str(unit.reference),
        unit.reference_unit,
    )
    return dict(zip(UNIT_COLUMNS, texts, strict=True))


def _of_image(image: ImageDraft, position: int) -> dict[str, str]:
    return {
        "Image Src": image.url,
        "Image Position": str(position),
        "Image Alt Text": image.alt_text or "",
        "Image Width": str(image.width or ""),
        "Image Height": str(image.height or ""),
    }


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else f"{Decimal(minor).scaleb(-exponent(currency)):f}"


def _yes_no(answer: bool) -> str:
    return "true" if answer else "false"
