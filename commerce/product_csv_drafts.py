"""From a product's rows in a sheet to its draft: what the file does not say stays as the shop has it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commerce import product_csv as cells
from commerce.product_csv import HANDLE, Problem, Reading, Row
from commerce.product_csv_options import options_of, variant_rows
from commerce.product_drafts import (
    ImageDraft,
    ProductDraft,
    UnitMeasure,
    VariantDraft,
    only_taken_values,
    problems_of,
    tidy,
)

UNIT_COLUMNS = (
    "Unit Price Total Measure",
    "Unit Price Total Measure Unit",
    "Unit Price Base Measure",
    "Unit Price Base Measure Unit",
)
_COLUMN_OF = {
    "title": "Title",
    "vendor": "Vendor",
    "product_type": "Type",
    "tags": "Tags",
    "seo_title": "SEO Title",
    "handle": HANDLE,
    "images": "Image Src",
    "options": "Option1 Name",
    "price": "Variant Price",
    "compare_at_price": "Variant Compare At Price",
    "cost": "Cost per item",
    "weight_grams": "Variant Grams",
    "quantity": "Variant Inventory Qty",
    "sku": "Variant SKU",
    "barcode": "Variant Barcode",
    "tax_code": "Variant Tax Code",
}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A product as the file wants it; the units it counts, and the line of each of its variants, by options."""

    draft: ProductDraft
    counts: dict[tuple[str, ...], int]
    lines: dict[tuple[str, ...], int]


def drafted(rows: Sequence[Row], reading: Reading, *, kept: ProductDraft | None) -> Drafted | None:
    """The product these rows describe, or nothing when `reading` has noted problems with them."""
    before = len(reading.problems)
    first = rows[0]
    bodies = variant_rows(rows, reading, kept=kept)
    options = options_of(bodies, reading, kept=kept)
    images = _images(rows, reading, kept)
    known = {variant.options: variant for variant in kept.variants} if kept else {}
    variants = {chosen: _variant(row, reading, chosen, known.get(chosen)) for chosen, row in bodies.chosen.items()}
    others = [variant for variant in known.values() if variant.options not in variants]
    draft = _product(rows, reading, kept, ProductDraft(first[HANDLE], "", options, (*variants.values(), *others)))
    if not draft.variants and len(reading.problems) == before:
        reading.wrong(first, "Variant Price", "a new product needs a price such as 19.90.")
    if len(reading.problems) > before:
        return None
    draft = only_taken_values(tidy(replace(draft, images=_with_variant_images(images, draft.variants))))
    lines = {chosen: row.line for chosen, row in bodies.chosen.items()}
    for problem in problems_of(draft):
        reading.problems.append(_placed(problem.field or (), problem.message, first.line, draft, lines))
    if len(reading.problems) > before:
        return None
    counted = {c: row for c, row in bodies.chosen.items() if row["Variant Inventory Qty"] and variants[c].tracked}
    return Drafted(draft, {chosen: cells.whole(row["Variant Inventory Qty"]) for chosen, row in counted.items()}, lines)


def _product(rows: Sequence[Row], reading: Reading, kept: ProductDraft | None, draft: ProductDraft) -> ProductDraft:
    first, base = rows[0], kept or draft
    title = first["Title"] or base.title
    if not title:
        reading.wrong(first, "Title", "a new product needs a title on its first row.")
    for row in rows[1:]:
        if row["Title"] not in {"", first["Title"]}:
            told = f"the product is called {first['Title']!r} above; leave this empty, or change {HANDLE}."
            reading.wrong(row, "Title", told)
    text, cell = str, reading.cell
    return replace(
        draft,
        title=title,
        description_html=cell(first, "Body (HTML)", text, kept=base.description_html, blank=""),
        vendor=cell(first, "Vendor", text, kept=base.vendor, blank=""),
        product_type=cell(first, "Type", text, kept=base.product_type, blank=""),
        tags=cell(first, "Tags", cells.tags, kept=base.tags, blank=()),
        status=cell(first, "Status", cells.word(cells.STATUSES), kept=base.status, blank=base.status),
        published=cell(first, "Published", cells.yes_no, kept=base.published, blank=base.published),
        is_gift_card=cell(first, "Gift Card", cells.yes_no, kept=base.is_gift_card, blank=base.is_gift_card),
        seo_title=cell(first, "SEO Title", text, kept=base.seo_title, blank=None),
        seo_description=cell(first, "SEO Description", text, kept=base.seo_description, blank=None),
    )


def _variant(row: Row, reading: Reading, chosen: tuple[str, ...], kept: VariantDraft | None) -> VariantDraft:
    base = kept or VariantDraft(chosen, price=-1, tracked=bool(row["Variant Inventory Qty"]))
    cell, money, text = reading.cell, cells.price(reading.currency), str
    amount = cell(row, "Variant Price", money, kept=base.price, blank=base.price)
    if amount < 0 and not row["Variant Price"]:
        reading.wrong(row, "Variant Price", "a new variant needs a price such as 19.90.")
    ships, taxable, policy = base.requires_shipping, base.taxable, base.inventory_policy
    compared = cell(row, "Variant Compare At Price", money, kept=base.compare_at_price, blank=None)
    return replace(
        base,
        price=amount,
        compare_at_price=compared,
        cost=cell(row, "Cost per item", money, kept=base.cost, blank=None),
        sku=cell(row, "Variant SKU", text, kept=base.sku, blank=None),
        barcode=cell(row, "Variant Barcode", text, kept=base.barcode, blank=None),
        weight_grams=cell(row, "Variant Grams", cells.grams, kept=base.weight_grams, blank=base.weight_grams),
        weight_unit=_weight_unit(row, reading, base),
        taxable=cell(row, "Variant Taxable", cells.yes_no, kept=taxable, blank=taxable),
        tax_code=cell(row, "Variant Tax Code", text, kept=base.tax_code, blank=None),
        requires_shipping=cell(row, "Variant Requires Shipping", cells.yes_no, kept=ships, blank=ships),
        tracked=cell(row, "Variant Inventory Tracker", bool, kept=base.tracked, blank=False),
        inventory_policy=cell(row, "Variant Inventory Policy", cells.word(cells.POLICIES), kept=policy, blank=policy),
        image=cell(row, "Variant Image", cells.address, kept=base.image, blank=None),
        unit=_unit(row, reading, base.unit),
        quantity=max(0, cell(row, "Variant Inventory Qty", cells.whole, kept=0, blank=0)),
    )


def _weight_unit(row: Row, reading: Reading, base: VariantDraft) -> str:
    read = cells.word(cells.WEIGHTS)
    return reading.cell(row, "Variant Weight Unit", read, kept=base.weight_unit, blank=base.weight_unit)


def _unit(row: Row, reading: Reading, kept: UnitMeasure | None) -> UnitMeasure | None:
    if not reading.columns.issuperset(UNIT_COLUMNS):
        return kept
    given = [column for column in UNIT_COLUMNS if row[column]]
    if not given:
        return None
    for column in UNIT_COLUMNS:
        if column not in given:
            reading.wrong(row, column, "a unit price needs all four measures, such as 750, ml, 1, l.")
    total, total_unit, base, base_unit = UNIT_COLUMNS
    quantity = reading.cell(row, total, cells.number, kept=0.0, blank=0.0)
    reference = reading.cell(row, base, cells.whole, kept=0, blank=0)
    return UnitMeasure(quantity, row[total_unit], reference, row[base_unit])


def _images(rows: Sequence[Row], reading: Reading, kept: ProductDraft | None) -> tuple[ImageDraft, ...]:
    known = {image.url: image for image in kept.images} if kept else {}
    found: dict[str, tuple[int, ImageDraft]] = {}
    for row in rows:
        url = reading.cell(row, "Image Src", cells.address, kept="", blank="")
        if url and url not in found:
            place = reading.cell(row, "Image Position", cells.whole, kept=len(found) + 1, blank=10**9)
            found[url] = place, _image(row, reading, known.get(url) or ImageDraft(url))
    ordered = sorted(found.values(), key=lambda placed: placed[0])
    return tuple(image for _, image in ordered) if found else tuple(known.values())


def _image(row: Row, reading: Reading, base: ImageDraft) -> ImageDraft:
    alt = reading.cell(row, "Image Alt Text", str, kept=base.alt_text, blank=None)
    width, height = (
        reading.cell(row, column, cells.whole, kept=size, blank=size)
        for column, size in zip(cells.IMAGE_SIZE, (base.width, base.height), strict=True)
    )
    return ImageDraft(base.url, alt, width, height)


def _with_variant_images(images: tuple[ImageDraft, ...], variants: Sequence[VariantDraft]) -> tuple[ImageDraft, ...]:
    urls = {image.url for image in images}
    more = dict.fromkeys(variant.image for variant in variants if variant.image and variant.image not in urls)
    return (*images, *(ImageDraft(url) for url in more))


def _placed(
    path: Sequence[str], message: str, first: int, draft: ProductDraft, lines: dict[tuple[str, ...], int]
) -> Problem:
    """Where in the file a draft's problem lies."""
    at_variant = len(path) > 1 and path[0] == "variants"
    line = lines.get(draft.variants[int(path[1])].options, first) if at_variant else first
    return Problem(line, _COLUMN_OF.get(path[-1] if at_variant else path[0] if path else ""), message)
