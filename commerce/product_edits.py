"""What staff do to products: make them, change them, delete them; each act one transaction, with its record."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from commerce.audit import witness
from commerce.catalog import follow
from commerce.kept_products import batches, kept_by_id
from commerce.product_changes import ProductChange, change_products
from commerce.product_drafts import BadProduct, ProductDraft, problems_of, tidy
from commerce.product_records import By, record_products
from commerce.product_rows import create_products
from commerce.refusals import Refusal
from commerce.variant_removal import remove_variants
from database.transactions import unit_of_work
from models.catalog import Product
from models.content import Metafield
from outbox.record import record_all
from search.embedded import index_products

Edit = Callable[[ProductDraft], ProductDraft]
UNFIT = re.compile(r"[^\w]+", re.UNICODE)
LONGEST_HANDLE = 200


class NoSuchProduct(Refusal):
    """There is no product of this id."""

    code = "NOT_FOUND"


@unit_of_work
async def create_product(draft: ProductDraft, *, by: By, now: dt.datetime) -> int:
    """Make a product; answers with its id. Without a handle it gets one made of its title."""
    draft = checked(replace(draft, handle=draft.handle or await _free_handle(draft.title)))
    await _check_handles({draft.handle: None})
    ids = await create_products([draft], now=now)
    (product_id,) = ids.values()
    await follow({product_id: draft}, now=now)
    await record_all("product.created", aggregate="product", keys=[product_id], now=now)
    await record_products(by, before={}, after=await kept_by_id([product_id]), now=now)
    return product_id


@unit_of_work
async def edit_products(edits: Mapping[int, Edit], *, by: By, now: dt.datetime) -> None:
    """Change products, by id, each as its edit says; all of them or none. What is equal afterwards is not touched."""
    kept = await kept_by_id(list(edits))
    missing = [product_id for product_id in edits if product_id not in kept]
    if missing:
        raise NoSuchProduct("There is no such product.", field=("id",))
    changes = [ProductChange(product, checked(edits[key](product.draft))) for key, product in kept.items()]
    different = [change for change in changes if differs(change)]
    if not different:
        witness(by.action)
        return
    await _check_handles({change.draft.handle: change.id for change in different})
    await change_products(different, now=now)
    ids = [change.id for change in different]
    await follow({change.id: change.draft for change in different}, now=now)
    await record_all("product.updated", aggregate="product", keys=ids, now=now)
    await record_products(by, before=kept, after=await kept_by_id(ids), now=now)


@unit_of_work
async def delete_products(ids: Sequence[int], *, by: By, now: dt.datetime) -> None:
    """Delete products with all they have. Orders keep their snapshots of what was bought."""
    kept = await kept_by_id(ids)
    if len(kept) < len(set(ids)):
        raise NoSuchProduct("There is no such product.", field=("input", "id"))
    await remove_variants([variant.id for product in kept.values() for variant in product.variants], now=now)
    for some in batches(list(kept)):
        await Metafield.filter(owner_type="Product", owner_id__in=list(map(str, some))).delete()
        await Product.filter(id__in=some).delete()
    await index_products(list(kept))
    await record_all("product.deleted", aggregate="product", keys=list(kept), now=now)
    await record_products(by, before=kept, after={}, now=now)


def checked(draft: ProductDraft) -> ProductDraft:
    """The draft in the form it is kept in; raises BadProduct where it cannot be."""
    neat = tidy(draft)
    for problem in problems_of(neat):
        raise problem
    return neat


def differs(change: ProductChange) -> bool:
    """Whether anything has to be written for a change."""
    return change.draft != change.kept.draft or _keys(change.draft) != _keys(change.kept.draft)


def _keys(draft: ProductDraft) -> list[int | None]:
    values = [value.id for option in draft.options for value in option.values]
    options, images = [option.id for option in draft.options], [image.id for image in draft.images]
    return [*options, *values, *images, *(variant.id for variant in draft.variants)]


async def _check_handles(handles: Mapping[str, int | None]) -> None:
    """Refuse a handle that another product has."""
    for some in batches(list(handles)):
        for product_id, handle in await Product.filter(handle__in=some).values_list("id", "handle"):
            if handles[handle] != product_id:
                raise BadProduct(f"Another product has the handle {handle}.", field=("handle",), code="TAKEN")


async def _free_handle(title: str) -> str:
    handle = handle_of(title)
    like = Product.filter(handle__startswith=handle)
    taken = {known for (known,) in await like.values_list("handle")}
    if handle not in taken:
        return handle
    return next(other for at in range(1, len(taken) + 2) if (other := f"{handle}-{at}") not in taken)


def handle_of(title: str) -> str:
    """A title as the readable part of an address: Wool jumper, size M becomes wool-jumper-size-m."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    words = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return UNFIT.sub("-", words)[:LONGEST_HANDLE].strip("-_") or "product"
