"""Changing the catalogue: products are saved whole, many or one, in one transaction, and everybody is told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commerce.collections import keep_in_step
from commerce.kept_products import KeptProduct, batches, kept_products
from commerce.product_changes import ProductChange, change_products
from commerce.product_drafts import BadProduct, ProductDraft, only_taken_values, problems_of, tidy
from commerce.product_rows import create_products
from commerce.refusals import Refusal
from commerce.stocktaking import follow_policy, start_stock
from database.transactions import unit_of_work
from models.catalog import Product, ProductVariant
from outbox.record import record_all


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
    await _lock(list(wanted))
    kept = await kept_products(list(wanted))
    new = [draft for handle, draft in wanted.items() if handle not in kept]
    different = [handle for handle, product in kept.items() if product.draft != wanted[handle]]
    created = await create_products(new, now=now)
    for handle in different:
        _check_complete(kept[handle], wanted[handle])
    await change_products([ProductChange(kept[handle], wanted[handle]) for handle in different], now=now)
    changed = {handle: kept[handle].row.id for handle in different}
    await follow({key: wanted[handle] for handle, key in (created | changed).items()}, now=now)
    await record_all("product.created", aggregate="product", keys=list(created.values()), now=now)
    await record_all("product.updated", aggregate="product", keys=list(changed.values()), now=now)
    rest = tuple(handle for handle in kept if handle not in changed)
    return Saved(tuple(created), tuple(changed), rest)


async def follow(products: Mapping[int, ProductDraft], *, now: dt.datetime) -> None:
    """What depends on products (by id) follows them: stock on their variants, collections on their rules."""
    await _keep_stock(products, now)
    await keep_in_step(products)


async def _lock(handles: Sequence[str]) -> None:
    """Two who change the same product take turns, in the order of ids."""
    for some in batches(handles):
        await Product.filter(handle__in=some).select_for_update().order_by("id").only("id")


def _checked(draft: ProductDraft) -> ProductDraft:
    neat = only_taken_values(tidy(draft))
    for problem in problems_of(neat):
        raise problem
    return neat


def _check_complete(kept: KeptProduct, draft: ProductDraft) -> None:
    missing = {variant.options for variant in kept.draft.variants} - {variant.options for variant in draft.variants}
    for options in sorted(missing):
        raise VariantsLeftOut(
            f"{draft.handle} has a variant {' / '.join(options)} that was left out.", field=("variants",)
        )


async def _keep_stock(products: Mapping[int, ProductDraft], now: dt.datetime) -> None:
    for ids in batches(list(products)):
        rows = await ProductVariant.filter(product_id__in=ids).order_by("id")
        drafts = {(key, (*v.options, "", "")[:3]): v for key in ids for v in products[key].variants}
        of = {row.id: drafts[row.product_id, (row.option1, row.option2, row.option3)] for row in rows}  # type: ignore[attr-defined]
        elsewhere = {key: draft.elsewhere for key, draft in of.items() if draft.elsewhere}
        await start_stock(rows, {key: draft.quantity for key, draft in of.items()}, now=now, elsewhere=elsewhere)
        await follow_policy(rows)
