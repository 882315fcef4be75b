"""Taking in a CSV file of products: all of it in one transaction, or nothing and the reasons why."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from commerce.catalog import save_products
from commerce.kept_products import batches, kept_products
from commerce.product_csv import BadFile, Problem, Reading
from commerce.product_csv_drafts import Drafted, drafted
from commerce.product_csv_reading import Sheet, read_sheet
from commerce.shop import ensure_shop_defaults, shop_currency
from commerce.stocktaking import PromisedBeyondCount, count_stock
from database.transactions import unit_of_work
from models.catalog import InventoryPolicy

BATCH = 250
Progress = Callable[[int, int], object]
"""Told how many products are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: numbers of products, of variants recounted, and the columns nobody knows."""

    file: str
    created: int
    changed: int
    unchanged: int
    recounted: int
    unknown: tuple[str, ...]


@unit_of_work
async def import_products(
    content: bytes, *, file: str, recount: bool, now: dt.datetime, progress: Progress = lambda _done, _all: None
) -> Imported:
    """Create and change products by handle as the file says. Raises BadFile, and then keeps nothing of it.

    Nothing the file leaves out is removed. With `recount` the quantities in the file correct the stock of variants
    that are already there, as movements; without it they only start the stock of new ones.
    """
    sheet = read_sheet(content, file=file)
    await ensure_shop_defaults(now=now)
    products = await _drafted(sheet)
    created = changed = unchanged = recounted = 0
    for some in batches(products, BATCH):
        saved = await save_products([product.draft for product in some], now=now)
        created, changed = created + len(saved.created), changed + len(saved.changed)
        unchanged += len(saved.unchanged)
        progress(created + changed + unchanged, len(products))
        if recount:
            old = [product for product in some if product.draft.handle not in saved.created]
            recounted += await _recount(old, sheet, now)
    return Imported(file, created, changed, unchanged, recounted, sheet.unknown)


async def _drafted(sheet: Sheet) -> list[Drafted]:
    kept = await kept_products(list(sheet.products))
    reading = Reading(sheet.columns, await shop_currency())
    products = []
    for handle, rows in sheet.products.items():
        known = kept.get(handle)
        product = drafted(rows, reading, kept=known.draft if known else None)
        if product:
            products.append(product)
    if reading.problems:
        raise BadFile(sheet.file, sorted(reading.problems, key=lambda problem: problem.line))
    return products


async def _recount(products: list[Drafted], sheet: Sheet, now: dt.datetime) -> int:
    kept = await kept_products([product.draft.handle for product in products])
    counts: dict[int, int] = {}
    lines: dict[int, int] = {}
    problems: list[Problem] = []
    for product in products:
        rows = kept[product.draft.handle]
        for row, variant in zip(rows.variants, rows.draft.variants, strict=True):
            if variant.options in product.counts:
                counts[row.id] = product.counts[variant.options]
                lines[row.id] = product.lines[variant.options]
                if counts[row.id] < 0 and row.inventory_policy is InventoryPolicy.DENY:
                    told = f"{counts[row.id]} should be 0 or more, since this variant takes no backorders."
                    problems.append(Problem(lines[row.id], "Variant Inventory Qty", told))
    if problems:
        raise BadFile(sheet.file, problems)
    try:
        return await count_stock(counts, note=f"Counted in {sheet.file}"[:255], now=now)
    except PromisedBeyondCount as refusal:
        line = lines[refusal.variant_id]
        raise BadFile(sheet.file, [Problem(line, "Variant Inventory Qty", refusal.message)]) from refusal
