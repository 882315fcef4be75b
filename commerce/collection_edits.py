"""What staff do to collections: make, change and delete them, and choose what is in them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commerce.audit import columns_of
from commerce.collection_rules import BadRule, Rule
from commerce.collections import BadCollection, keep_in_step, last_place, places
from commerce.fitting import Taken, fitted
from commerce.kept_products import batches, whole
from commerce.plain_text import plain_text
from commerce.product_drafts import is_handle
from commerce.product_edits import handle_of
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from database.updating import update_many
from models.catalog import Collection, CollectionProduct, Product
from models.content import Metafield
from outbox.record import record, record_all
from search.embedded import index_collections

MOST = 250
MOST_RULES = 60


class NoSuchCollection(Refusal):
    """There is no collection of this id."""

    code = "NOT_FOUND"


class ChosenByRules(Refusal):
    """What is in a collection with rules is not chosen by hand."""

    code = "CANT_CHANGE_SMART_COLLECTION"


@dataclass(frozen=True, slots=True)
class Move:
    """A product's new place, counted from zero."""

    product_id: int
    place: int


@unit_of_work
async def create_collection(
    told: Mapping[str, Any], *, rules: Sequence[Rule] | None, products: Sequence[int], now: dt.datetime
) -> int:
    """Make a collection of these columns; answers with its id. It is not offered until it is published."""
    if rules is not None and products:
        raise BadCollection("A collection has rules or chosen products, not both.", field=("products",))
    columns = fitted(Collection, told, at=(), needed=("title",))
    columns["handle"] = await _handle(columns.get("handle") or "", columns["title"], None)
    columns |= _plain(columns)
    kept_rules = None if rules is None else [rule.kept() for rule in rules]
    row = await Collection.create(**columns, rules=kept_rules, created_at=now, updated_at=now)
    await _choose(row, products)
    await _settle(row.id, "collection.created", now, rules is not None)
    return row.id


@unit_of_work
async def change_collection(
    collection_id: int, told: Mapping[str, Any], *, rules: Sequence[Rule] | None, now: dt.datetime
) -> None:
    """Change a collection's columns and its rules, where some are told; one chosen by hand gets none."""
    row = await locked_collection(collection_id)
    if rules is not None and row.rules is None:
        raise ChosenByRules("This collection's products are chosen by hand.", field=("ruleSet",))
    columns = fitted(Collection, told, at=())
    if "handle" in columns or "title" in columns:
        columns["handle"] = await _handle(columns.get("handle") or row.handle, columns.get("title", row.title), row.id)
    columns |= _plain(columns)
    if rules is not None:
        columns["rules"] = [rule.kept() for rule in rules]
    row.update_from_dict({**columns, "updated_at": now})
    await row.save()
    await _settle(row.id, "collection.updated", now, rules is not None or "rules_match_any" in columns)


@unit_of_work
async def delete_collection(collection_id: int, *, now: dt.datetime) -> None:
    """Delete a collection; its products stay."""
    await locked_collection(collection_id)
    await Metafield.filter(owner_type="Collection", owner_id=str(collection_id)).delete()
    await Collection.filter(id=collection_id).delete()
    await index_collections([collection_id])
    await record("collection.deleted", aggregate="collection", key=collection_id, now=now)


@unit_of_work
async def add_products(collection_id: int, product_ids: Sequence[int], *, now: dt.datetime) -> None:
    """Put products at the end of a collection that is chosen by hand; those in it already stay where they are."""
    row = await _chosen_by_hand(collection_id, product_ids)
    inside = await _members(collection_id, product_ids)
    await _choose(row, [key for key in dict.fromkeys(product_ids) if key not in inside])
    await _touch([collection_id], now)


@unit_of_work
async def remove_products(collection_id: int, product_ids: Sequence[int], *, now: dt.datetime) -> None:
    """Take products out of a collection that is chosen by hand."""
    await _chosen_by_hand(collection_id, product_ids)
    await CollectionProduct.filter(collection_id=collection_id, product_id__in=list(product_ids)).delete()
    await _touch([collection_id], now)


@unit_of_work
async def reorder_products(collection_id: int, moves: Sequence[Move], *, now: dt.datetime) -> None:
    """Move products of a collection to other places, one after the other."""
    await locked_collection(collection_id)
    if len(moves) > MOST:
        raise Refusal(f"One call takes at most {MOST} moves.", field=("moves",), code="TOO_MANY")
    members = CollectionProduct.filter(collection_id=collection_id).order_by("position", "product_id")
    rows = {product_id: (key, at) for key, product_id, at in await members.values_list("id", "product_id", "position")}
    order = list(rows)
    for at, move in enumerate(moves):
        if move.product_id not in rows:
            raise Refusal("The collection has no such product.", field=("moves", str(at), "id"), code="NOT_FOUND")
        order.remove(move.product_id)
        order.insert(max(move.place, 0), move.product_id)
    moved = [{"id": rows[key][0], "position": at} for at, key in enumerate(order, 1) if rows[key][1] != at]
    await update_many(CollectionProduct, moved)
    await _touch([collection_id], now)


async def join_collections(product_id: int, collection_ids: Sequence[int], *, now: dt.datetime) -> None:
    """Put a product into collections that are chosen by hand."""
    for collection_id in dict.fromkeys(collection_ids):
        await add_products(collection_id, [product_id], now=now)


async def leave_collections(product_id: int, collection_ids: Sequence[int], *, now: dt.datetime) -> None:
    """Take a product out of collections that are chosen by hand."""
    for collection_id in dict.fromkeys(collection_ids):
        await remove_products(collection_id, [product_id], now=now)


async def locked_collection(collection_id: int) -> Collection:
    """The collection, locked until the transaction ends."""
    row = await Collection.filter(id=collection_id).select_for_update().first()
    if row is None:
        raise NoSuchCollection("There is no such collection.", field=("id",))
    return row


async def facts_of_collection(collection_id: Any) -> dict[str, Any] | None:
    """A collection as the record keeps it, with the products in it."""
    told = await columns_of(Collection, collection_id)
    members = CollectionProduct.filter(collection_id=collection_id).order_by("position", "product_id").limit(1_000)
    return told and {**told, "products": [key for (key,) in await members.values_list("product_id")]}


async def _chosen_by_hand(collection_id: int, product_ids: Sequence[int]) -> Collection:
    row = await locked_collection(collection_id)
    if row.rules is not None:
        raise ChosenByRules("This collection takes in products by its rules.", field=("id",))
    if len(product_ids) > MOST:
        raise Refusal(f"One call takes at most {MOST} products.", field=("productIds",), code="TOO_MANY")
    known = {key for (key,) in await Product.filter(id__in=list(product_ids)).values_list("id")}
    if set(product_ids) - known:
        raise Refusal("There is no such product.", field=("productIds",), code="NOT_FOUND")
    return row


async def _members(collection_id: int, product_ids: Sequence[int]) -> set[int]:
    members = CollectionProduct.filter(collection_id=collection_id, product_id__in=list(product_ids))
    return {key for (key,) in await members.values_list("product_id")}


async def _choose(row: Collection, product_ids: Sequence[int]) -> None:
    if product_ids:
        known = {key for (key,) in await Product.filter(id__in=list(product_ids)).values_list("id")}
        if set(product_ids) - known:
            raise Refusal("There is no such product.", field=("products",), code="NOT_FOUND")
        new = list(dict.fromkeys(product_ids))
        await CollectionProduct.bulk_create(list(places(row.id, new, await last_place(row.id))))


async def _handle(handle: str, title: str, collection_id: int | None) -> str:
    wanted = handle.strip() or handle_of(title)
    if not is_handle(wanted):
        told = "A handle has 1 to 255 characters, none of them a space or one of / ? # & %."
        raise BadCollection(told, field=("handle",))
    taken = await Collection.filter(handle=wanted).exclude(id=collection_id or 0).exists()
    if taken and handle:
        raise Taken(f"Another collection has the handle {wanted}.", field=("handle",))
    if not taken:
        return wanted
    like = {known for (known,) in await Collection.filter(handle__startswith=wanted).values_list("handle")}
    return next(other for at in range(1, len(like) + 2) if (other := f"{wanted}-{at}") not in like)


def _plain(columns: Mapping[str, Any]) -> dict[str, str]:
    if "description_html" not in columns:
        return {}
    html = columns["description_html"] or ""
    return {"description_html": html, "description": plain_text(html)}


async def _settle(collection_id: int, kind: str, now: dt.datetime, rules_changed: bool) -> None:
    await index_collections([collection_id])
    if rules_changed:
        await keep_in_step({p.row.id: p.draft for p in await whole(await Product.all())}, only=collection_id)
    await record(kind, aggregate="collection", key=collection_id, now=now)


async def _touch(ids: Sequence[int], now: dt.datetime) -> None:
    for some in batches(ids):
        await Collection.filter(id__in=some).update(updated_at=now)
    await record_all("collection.updated", aggregate="collection", keys=list(ids), now=now)


def rules_told(told: Sequence[Mapping[str, str]]) -> list[Rule]:
    """Rules as told; refuses by its place one that no product could be tested against."""
    if len(told) > MOST_RULES:
        raise BadRule(f"A collection has at most {MOST_RULES} rules.", field=("ruleSet", "rules"))
    rules = []
    for at, each in enumerate(told):
        try:
            rules.append(Rule(each["column"], each["relation"], each["condition"]))  # type: ignore[arg-type]
        except BadRule as bad:
            raise BadRule(bad.message, field=("ruleSet", "rules", str(at))) from bad
    return rules
