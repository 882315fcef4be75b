"""Typed values that staff attach to products, variants and collections."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from commerce.audit import witness
from commerce.cart_metafields import NewMetafield, check_metafield
from commerce.kept_products import batches
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.catalog import Collection, Product, ProductVariant
from models.content import Article, Blog, Metafield, Page
from models.shop import Shop
from models.staff import AuditRecord
from outbox.record import record_all

MOST = 25
OWNERS: Mapping[str, Any] = {
    "Product": Product,
    "ProductVariant": ProductVariant,
    "Collection": Collection,
    "Page": Page,
    "Blog": Blog,
    "Article": Article,
    "Shop": Shop,
}
"""The tables of what metafields can be attached to, by type."""


class NoSuchOwner(Refusal):
    """There is nothing to attach a value to."""

    code = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is attached: to what, under which namespace and key."""

    owner_type: str
    owner_id: int
    namespace: str
    key: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value for a place; without a type it keeps the one it has."""

    place: Place
    value: str
    type: str | None = None


@unit_of_work
async def set_metafields(
    wanted: Sequence[Wanted], *, actor: str, now: dt.datetime, most: int = MOST, at: Sequence[str] = ("metafields",)
) -> list[int]:
    """Attach these values, all of them or none; answers their ids in order."""
    if len(wanted) > most:
        raise Refusal(f"One call takes at most {most} metafields.", field=at, code="LESS_THAN_OR_EQUAL_TO")
    await _check_owners([each.place for each in wanted], at)
    kept = await _kept([each.place for each in wanted])
    for index, each in enumerate(wanted):
        row = kept.get(each.place)
        kind = each.type or (row.type if row else "")
        _check(replace(each, type=kind), index, at)
        told = {"type": kind, "value": each.value}
        columns: dict[str, Any] = {**told, "updated_at": now}
        if row is None:
            place = each.place
            kept[place] = Metafield(**_columns(place), created_at=now, **columns)
            await kept[place].save()
            await _record(actor, place, None, told, now)
        elif (row.type, row.value) != (kind, each.value):
            before = {"type": row.type, "value": row.value}
            await Metafield.filter(id=row.id).update(**columns)
            await _record(actor, each.place, before, told, now)
    await _tell([each.place for each in wanted], now)
    witness("metafieldsSet")
    return [kept[each.place].id for each in wanted]


@unit_of_work
async def delete_metafields(places: Sequence[Place], *, actor: str, now: dt.datetime) -> list[Place]:
    """Take these values off; answers the places where there was one."""
    if len(places) > MOST:
        raise Refusal(f"One call takes at most {MOST} metafields.", field=("metafields",), code="LESS_THAN_OR_EQUAL_TO")
    kept = await _kept(places)
    await Metafield.filter(id__in=[row.id for row in kept.values()]).delete()
    for place, row in kept.items():
        await _record(actor, place, {"type": row.type, "value": row.value}, None, now)
    await _tell(list(kept), now)
    witness("metafieldsDelete")
    return list(kept)


def _columns(place: Place) -> dict[str, str]:
    return {
        "owner_type": place.owner_type,
        "owner_id": str(place.owner_id),
        "namespace": place.namespace,
        "key": place.key,
    }


def _check(each: Wanted, index: int, at: Sequence[str]) -> None:
    try:
        key = f"{each.place.namespace}.{each.place.key}"
        check_metafield(NewMetafield(key, each.type or "", each.value), index % MOST)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=(*at, str(index)), code=refusal.refused_as) from refusal


async def _kept(places: Sequence[Place]) -> dict[Place, Metafield]:
    wanted = set(places)
    found: dict[Place, Metafield] = {}
    for owner_type in sorted({place.owner_type for place in places}):
        owners = sorted({str(place.owner_id) for place in places if place.owner_type == owner_type})
        for some in batches(owners):
            for row in await Metafield.filter(owner_type=owner_type, owner_id__in=some).select_for_update():
                place = Place(owner_type, int(row.owner_id), row.namespace, row.key)
                if place in wanted:
                    found[place] = row
    return found


async def _check_owners(places: Sequence[Place], at: Sequence[str]) -> None:
    for owner_type, table in OWNERS.items():
        ids = {place.owner_id for place in places if place.owner_type == owner_type}
        known = {key for (key,) in await table.filter(id__in=ids).values_list("id")} if ids else set()
        if ids - known:
            raise NoSuchOwner(f"There is no such {owner_type}.", field=(*at, "ownerId"))


async def _record(actor: str, place: Place, before: Any, after: Any, now: dt.datetime) -> None:
    await AuditRecord.create(
        actor=actor,
        action="metafieldsSet" if after else "metafieldsDelete",
        subject_type=place.owner_type,
        subject_key=str(place.owner_id),
        before=None if before is None else {f"{place.namespace}.{place.key}": before},
        after=None if after is None else {f"{place.namespace}.{place.key}": after},
        occurred_at=now,
    )


async def _tell(places: Sequence[Place], now: dt.datetime) -> None:
    products = {place.owner_id for place in places if place.owner_type == "Product"}
    variants = {place.owner_id for place in places if place.owner_type == "ProductVariant"}
    if variants:
        products |= {key for (key,) in await ProductVariant.filter(id__in=variants).values_list("product_id")}
    await record_all("product.updated", aggregate="product", keys=sorted(products), now=now)
    collections = {place.owner_id for place in places if place.owner_type == "Collection"}
    await record_all("collection.updated", aggregate="collection", keys=sorted(collections), now=now)
