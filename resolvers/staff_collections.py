"""Collections as staff find them, see them and change them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from commerce import collection_edits as acts
from commerce.collection_edits import Move, facts_of_collection, rules_told
from commerce.collection_rules import Column, Relation
from commerce.files import checked_alt
from commerce.metafields import set_metafields
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from loaders.collections import AnyCollectionByHandle, AnyCollectionById, RulesOfCollection, SizeOfCollection
from loaders.rows import catalog as rows
from models.catalog import Collection, CollectionOrder
from resolvers.collections import SORTS
from resolvers.context import Context
from resolvers.paging import Page, Window, page_of
from resolvers.product_lists import COLLECTION_ORDERS, ORDERS, Narrowed, page_of_products
from resolvers.searching import STAFF_COLLECTIONS, narrowed
from resolvers.staff_outcomes import Change, Outcome, changed, deleted, refused
from resolvers.staff_pictures import brought
from resolvers.staff_products import wanted_metafield

Told = Mapping[str, Any]


class Rule(NamedTuple):
    """One rule of a collection."""

    column: Column
    relation: Relation
    condition: str


class RuleSet(NamedTuple):
    """The rules of a collection, and whether any of them is enough."""

    applied_disjunctively: bool
    rules: Sequence[Rule]


async def collection(context: Context, root: object, *, id: int) -> rows.Collection | None:
    """One collection."""
    return await context.loaders(AnyCollectionById).load(id)


async def collection_by_handle(context: Context, root: object, *, handle: str) -> rows.Collection | None:
    """One collection by its handle."""
    return await context.loaders(AnyCollectionByHandle).load(handle)


async def collections(
    context: Context, root: object, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Collection]:
    """A page of all collections, or of those that match."""
    found = await narrowed(context, STAFF_COLLECTIONS, Collection.all(), query)
    return await page_of(found, rows.Collection, SORTS.get(sort_key, SORTS["ID"]), window)


async def rule_set(context: Context, collection: rows.Collection) -> RuleSet | None:
    """The rules by which it takes products in; None where they are chosen by hand."""
    kept = await context.loaders(RulesOfCollection).load(collection.id)
    if kept is None or kept.rules is None:
        return None
    rules = [Rule(Column(each["column"]), Relation(each["relation"]), each["condition"]) for each in kept.rules]
    return RuleSet(kept.rules_match_any, rules)


async def products_count(context: Context, collection: rows.Collection) -> rows.Count:
    """How many products are in it."""
    return rows.Count(await context.loaders(SizeOfCollection).load(collection.id))


async def products(
    context: Context, collection: rows.Collection, *, window: Window, sort_key: str = "COLLECTION_DEFAULT"
) -> Page[rows.Product]:
    """A page of the products in it, offered or not."""
    order = ORDERS.get(sort_key) or COLLECTION_ORDERS[CollectionOrder(collection.sort_order)]
    return await page_of_products(context, Narrowed(collection_id=collection.id, hidden=True), order, window)


def order_of(context: Context, collection: rows.Collection) -> CollectionOrder:
    """How it sorts its products."""
    return CollectionOrder(collection.sort_order)


async def create(context: Context, root: object, *, input: Told) -> Outcome:
    """A collection more."""
    try:
        picture = await _picture(context, input)
    except Refusal as refusal:
        return refused(refusal)

    @unit_of_work
    async def act() -> int:
        rules = rules_told(input["rule_set"].get("rules") or ()) if input.get("rule_set") else None
        products = input.get("products") or ()
        key = await acts.create_collection(
            {**_columns(input), **picture}, rules=rules, products=products, now=context.now
        )
        await _rest(context, key, input)
        return key

    return await changed(context, _change("collectionCreate"), act, read=AnyCollectionById)


async def update(context: Context, root: object, *, input: Told) -> Outcome:
    """A collection otherwise."""
    key = int(input.get("id") or 0)
    try:
        picture = await _picture(context, input)
    except Refusal as refusal:
        return refused(refusal)

    @unit_of_work
    async def act() -> None:
        rule_set = input.get("rule_set")
        rules = rules_told(rule_set.get("rules") or ()) if rule_set and "rules" in rule_set else None
        await acts.change_collection(key, {**_columns(input), **picture}, rules=rules, now=context.now)
        await _rest(context, key, input)

    return await changed(context, _change("collectionUpdate", key), act, read=AnyCollectionById)


async def delete(context: Context, root: object, *, input: Told) -> Outcome:
    """A collection no more."""

    async def act() -> None:
        await acts.delete_collection(input["id"], now=context.now)

    return await deleted(context, _change("collectionDelete", input["id"]), act)


async def add_products(context: Context, root: object, *, id: int, product_ids: Sequence[int]) -> Outcome:
    """Products in it."""

    async def act() -> None:
        await acts.add_products(id, product_ids, now=context.now)

    return await changed(context, _change("collectionAddProducts", id), act, read=AnyCollectionById)


async def remove_products(context: Context, root: object, *, id: int, product_ids: Sequence[int]) -> Outcome:
    """Products out of it."""

    async def act() -> None:
        await acts.remove_products(id, product_ids, now=context.now)

    return await changed(context, _change("collectionRemoveProducts", id), act, read=AnyCollectionById)


async def reorder_products(context: Context, root: object, *, id: int, moves: Sequence[Told]) -> Outcome:
    """Products at other places in it."""

    async def act() -> None:
        await acts.reorder_products(
            id, [Move(each["id"], int(each["new_position"])) for each in moves], now=context.now
        )

    return await changed(context, _change("collectionReorderProducts", id), act, read=AnyCollectionById)


def _change(action: str, key: int | None = None) -> Change:
    return Change(action, Collection, key, facts_of_collection)


def _columns(told: Told) -> dict[str, Any]:
    columns = {name: told[name] for name in ("title", "handle", "description_html") if told.get(name) is not None}
    if told.get("sort_order") is not None:
        columns["sort_order"] = told["sort_order"]
    if "seo" in told:
        seo = told["seo"] or {"title": None, "description": None}
        columns |= {f"seo_{name}": seo[name] for name in ("title", "description") if name in seo}
    rule_set = told.get("rule_set") or {}
    if rule_set.get("applied_disjunctively") is not None:
        columns["rules_match_any"] = rule_set["applied_disjunctively"]
    return columns


async def _picture(context: Context, told: Told) -> dict[str, Any]:
    """The columns of a picture that was told of; none where none was."""
    if "image" not in told:
        return {}
    image = told["image"] or {}
    alt = {"image_alt_text": checked_alt(image.get("alt_text"))} if "alt_text" in image or not image else {}
    if not image:
        return {"image_url": None, "image_width": None, "image_height": None, **alt}
    if not image.get("src"):
        return alt
    source = {"original_source": image["src"]}
    ((picture, _),) = await brought(context, [source], at="image")
    return {"image_url": picture.path, "image_width": picture.width, "image_height": picture.height, **alt}


async def _rest(context: Context, key: int, told: Told) -> None:
    wanted = [wanted_metafield("Collection", key, each) for each in told.get("metafields") or ()]
    await set_metafields(wanted, actor=context.viewer.staff or "", now=context.now)
