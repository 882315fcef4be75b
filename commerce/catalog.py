"""Changing the catalogue: products are saved whole, many or one, in one transaction, and everybody is told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commerce.collections import keep_in_step
from commerce.kept_products import KeptProduct, batches, kept_products
from commerce.product_changes import change_product
from commerce.product_drafts import BadProduct, ProductDraft, problems_of, tidy
from commerce.product_rows import create_products
from commerce.refusals import Refusal
from commerce.stocktaking import follow_policy, start_stock
from database.transactions import unit_of_work
from models.catalog import ProductVariant
from outbox.record import record


class VariantsLeftOut(Refusal):
    """A draft left out variants the product has; they are removed by an act of their own."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving products, by handle."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@unit_of_work
async def save_product(draft: ProductDraft, *, now: dt.datetime) -> int:
    """Make the shop's product of this handle equal to the draft, or create it; answers with its id."""
    await save_products([draft], now=now)
    return (await kept_products([draft.handle]))[draft.handle].row.id


@unit_of_work
async def save_products(drafts: Sequence[ProductDraft], *, now: dt.datetime) -> Saved:
    """Make the shop's products equal to these drafts, matched by handle; all of them or none.

    New variants start with their quantity as stock; the stock of variants already there is left alone. Raises
    BadProduct for the first draft that cannot be.
    """
    wanted = {draft.handle: _checked(draft) for draft in drafts}
    if len(wanted) < len(drafts):
        raise BadProduct("Two products have the same handle.", field=("handle",))
    kept = await kept_products(list(wanted))
    new = [draft for handle, draft in wanted.items() if handle not in kept]
    different = [handle for handle, product in kept.items() if product.draft != wanted[handle]]
    await create_products(new, now=now)
    for handle in different:
        _check_complete(kept[handle], wanted[handle])
        await change_product(kept[handle], wanted[handle], now=now)
    touched = {draft.handle: draft for draft in new} | {handle: wanted[handle] for handle in different}
    await _keep_stock(touched, now)
    kept = await kept_products(list(touched))
    await keep_in_step(sorted(kept.values(), key=lambda product: product.row.id))
    created = tuple(draft.handle for draft in new)
    for handle, product in kept.items():
        kind = "product.created" if handle in created else "product.updated"
        await record(kind, aggregate="product", key=product.row.id, now=now)
    return Saved(created, tuple(different), tuple(handle for handle in wanted if handle not in touched))


def _checked(draft: ProductDraft) -> ProductDraft:
    neat = tidy(draft)
    for problem in problems_of(neat):
        raise problem
    return neat


def _check_complete(kept: KeptProduct, draft: ProductDraft) -> None:
    missing = {variant.options for variant in kept.draft.variants} - {variant.options for variant in draft.variants}
    for options in sorted(missing):
        raise VariantsLeftOut(
            f"{draft.handle} has a variant {' / '.join(options)} that was left out.", field=("variants",)
        )


async def _keep_stock(drafts: dict[str, ProductDraft], now: dt.datetime) -> None:
    for handles in batches(list(drafts)):
        rows = await ProductVariant.filter(product__handle__in=handles).select_related("product").order_by("id")
        firsts = {(handle, v.options): v.quantity for handle in handles for v in drafts[handle].variants}
        quantities = {row.id: firsts.get((row.product.handle, _options(row, drafts)), 0) for row in rows}
        await start_stock(rows, quantities, now=now)
        await follow_policy(rows)


def _options(row: ProductVariant, drafts: dict[str, ProductDraft]) -> tuple[str, ...]:
    return (row.option1, row.option2, row.option3)[: len(drafts[row.product.handle].options)]
