"""Groups of products: chosen one by one, or by rules that are kept in step with the catalogue."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commerce.collection_rules import Rule, takes_in
from commerce.kept_products import batches, whole
from commerce.plain_text import plain_text
from commerce.product_drafts import ImageDraft, ProductDraft
from commerce.refusals import Refusal
from commerce.shop import shop_currency
from database.transactions import unit_of_work
from models.catalog import Collection, CollectionOrder, CollectionProduct, Product
from search.embedded import index_collections


class BadCollection(Refusal):
    """A collection cannot be as the draft says."""


@dataclass(frozen=True, slots=True)
class CollectionDraft:
    """A collection as somebody wants it: with the handles of its products, or with rules, never both."""

    handle: str
    title: str
    description_html: str = ""
    products: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    match_any: bool = False
    order: CollectionOrder = CollectionOrder.MANUAL
    image: ImageDraft | None = None
    published: bool = True
    seo_title: str | None = None
    seo_description: str | None = None


@unit_of_work
async def save_collections(drafts: Sequence[CollectionDraft], *, now: dt.datetime) -> None:
    """Make the shop's collections equal to these drafts, matched by handle, members included."""
    known = {row.handle: row for row in await Collection.filter(handle__in=[draft.handle for draft in drafts])}
    chosen = await _ids_of({handle for draft in drafts for handle in draft.products})
    for draft in drafts:
        _check(draft, chosen)
        row = known.get(draft.handle) or Collection(handle=draft.handle, created_at=now)
        row.update_from_dict(_columns(draft, row.published_at, now))
        await row.save()
        await index_collections([row.id])
        if not draft.rules:
            await _choose(row.id, [chosen[handle] for handle in draft.products])
    if any(draft.rules for draft in drafts):
        await keep_in_step({kept.row.id: kept.draft for kept in await whole(await Product.all())})


async def keep_in_step(products: Mapping[int, ProductDraft], *, only: int | None = None) -> None:
    """Let collections with rules take in or drop these products (by id), as their rules now say. New ones go last.

    All such collections, or `only` one of them.
    """
    currency = await shop_currency()
    collections = Collection.filter(rules__isnull=False)
    for collection in await (collections if only is None else collections.filter(id=only)):
        rules = tuple(Rule.read(kept) for kept in collection.rules or ())
        match_any = collection.rules_match_any
        fits = {key for key, p in products.items() if takes_in(rules, p, match_any=match_any, currency=currency)}
        await _step(collection.id, fits=fits, tested=sorted(products))


async def _step(collection_id: int, *, fits: set[int], tested: Sequence[int]) -> None:
    inside: set[int] = set()
    for some in batches(tested):
        members = CollectionProduct.filter(collection_id=collection_id, product_id__in=some)
        inside |= set(await members.values_list("product_id", flat=True))  # type: ignore[arg-type]
    for some in batches(sorted(inside - fits)):
        await CollectionProduct.filter(collection_id=collection_id, product_id__in=some).delete()
    new = [product_id for product_id in tested if product_id in fits - inside]
    if new:
        await CollectionProduct.bulk_create(list(places(collection_id, new, await last_place(collection_id))))


async def _choose(collection_id: int, product_ids: Sequence[int]) -> None:
    members = CollectionProduct.filter(collection_id=collection_id).order_by("position")
    if [member.product_id for member in await members] != list(product_ids):  # type: ignore[attr-defined]
        await CollectionProduct.filter(collection_id=collection_id).delete()
        await CollectionProduct.bulk_create(list(places(collection_id, product_ids, 0)))


def places(collection_id: int, product_ids: Sequence[int], after: int) -> Iterator[CollectionProduct]:
    """Rows that put these products into a collection, behind a place."""
    for at, product_id in enumerate(product_ids, after + 1):
        yield CollectionProduct(collection_id=collection_id, product_id=product_id, position=at)


async def last_place(collection_id: int) -> int:
    """The place of the collection's last product; 0 where it has none."""
    last = await CollectionProduct.filter(collection_id=collection_id).order_by("-position").first()
    return last.position if last else 0


async def _ids_of(handles: set[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for some in batches(sorted(handles)):
        ids |= dict(await Product.filter(handle__in=some).values_list("handle", "id"))
    return ids


def _check(draft: CollectionDraft, chosen: dict[str, int]) -> None:
    if draft.rules and draft.products:
        raise BadCollection("A collection has rules or chosen products, not both.", field=("products",))
    if not draft.handle or not draft.title.strip() or len(draft.title) > 255:
        raise BadCollection("A collection needs a handle and a title of 1 to 255 characters.", field=("title",))
    for handle in draft.products:
        if handle not in chosen:
            raise BadCollection(f"There is no product {handle}.", field=("products",))


def _columns(draft: CollectionDraft, published_at: dt.datetime | None, now: dt.datetime) -> dict[str, object]:
    image = draft.image or ImageDraft("")
    return {
        "title": draft.title,
        "description": plain_text(draft.description_html),
        "description_html": draft.description_html,
        "sort_order": draft.order,
        "rules": [rule.kept() for rule in draft.rules] or None,
        "rules_match_any": draft.match_any,
        "image_url": image.url or None,
        "image_alt_text": image.alt_text,
        "image_width": image.width,
        "image_height": image.height,
        "seo_title": draft.seo_title,
        "seo_description": draft.seo_description,
        "published_at": (published_at or now) if draft.published else None,
        "updated_at": now,
    }
