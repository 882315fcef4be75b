"""Stock as staff write it: counts and differences at any place, and what is kept where.

Whoever changes a level holds its row until the end, and levels are locked in the order of their variants and ids, so
that two people who change the same stock at once both count.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tortoise.expressions import F, Q

from commerce.fitting import LARGEST, Unfit, fitted, kept, minor_of
from commerce.stocktaking import follow_policy, start_stock
from database.transactions import unit_of_work
from models.catalog import InventoryPolicy, ProductVariant
from models.stock import Location, MovementReason, StockLevel, StockMovement
from outbox.record import record
from search.embedded import index_products

REASONS = {
    "correction": MovementReason.CORRECTION,
    "cycle_count_available": MovementReason.COUNTED,
    "damaged": MovementReason.DAMAGED,
    "movement_received": MovementReason.MOVED,
    "other": MovementReason.OTHER,
    "promotion": MovementReason.PROMOTION,
    "quality_control": MovementReason.QUALITY_CONTROL,
    "received": MovementReason.RECEIVED,
    "restock": MovementReason.RESTOCKED,
    "shrinkage": MovementReason.LOST,
}
NAMES = ("available", "on_hand")
MOST = 250


class Place(NamedTuple):
    """A variant at a location."""

    variant_id: int
    location_id: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of one level: so many more or fewer, or so many. `compare` is what it must hold before."""

    place: Place
    field: tuple[str, ...]
    difference: int | None = None
    quantity: int | None = None
    compare: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Why levels are changed: which of their numbers, for which reason, and the paper that says so."""

    name: str
    reason: str
    paper: str | None = None


class Moved(NamedTuple):
    """One level that changed."""

    movement_id: int
    place: Place
    delta: int
    after: int


class Refused(Unfit):
    """A level that cannot be changed as asked."""


@unit_of_work
async def change_levels(wishes: Sequence[Wish], correction: Correction, *, now: dt.datetime) -> list[Moved]:
    """Change levels as asked, all of them or none; answers those that are different now."""
    _check(wishes, correction)
    levels = await _locked([wish.place for wish in wishes])
    moved = []
    for wish in sorted(wishes, key=lambda wish: wish.place):
        level = levels.get(wish.place)
        if level is None:
            await _refuse_unknown(wish)
            raise Refused(
                "The item is not kept at this location.", field=wish.field, code="ITEM_NOT_STOCKED_AT_LOCATION"
            )
        if delta := _difference(wish, getattr(level, correction.name)):
            moved.append(await _move(level, wish, delta, correction, now=now))
    await _tell(moved, now=now)
    return moved


def _check(wishes: Sequence[Wish], correction: Correction) -> None:
    if correction.name not in NAMES:
        raise Refused("Only available and on_hand are set by hand.", field=("input", "name"), code="INVALID_NAME")
    if correction.reason not in REASONS:
        known = ", ".join(REASONS)
        raise Refused(f"The reasons are {known}.", field=("input", "reason"), code="INVALID_REASON")
    if len(correction.paper or "") > 255:
        at = ("input", "referenceDocumentUri")
        raise Refused("This has at most 255 characters.", field=at, code="TOO_LONG")
    if len(wishes) > MOST:
        raise Refused(f"At most {MOST} levels are changed at once.", field=("input",), code="TOO_MANY")
    seen: set[Place] = set()
    for wish in wishes:
        if wish.place in seen:
            raise Refused("This item and location come twice.", field=wish.field, code="DUPLICATE")
        if wish.quantity is not None and wish.quantity < 0:
            where = (*wish.field, "quantity")
            raise Refused("A quantity is not below zero.", field=where, code="INVALID_QUANTITY_NEGATIVE")
        seen.add(wish.place)


async def _locked(places: Sequence[Place]) -> dict[Place, StockLevel]:
    levels = StockLevel.filter(
        variant_id__in=[place.variant_id for place in places], location_id__in=[place.location_id for place in places]
    )
    rows: Any = await levels.select_for_update().order_by("variant_id", "id")
    return {Place(row.variant_id, row.location_id): row for row in rows}


async def _refuse_unknown(wish: Wish) -> None:
    if not await ProductVariant.filter(id=wish.place.variant_id).exists():
        at = (*wish.field, "inventoryItemId")
        raise Refused("There is no such item.", field=at, code="INVALID_INVENTORY_ITEM")
    if not await Location.filter(id=wish.place.location_id).exists():
        raise Refused("There is no such location.", field=(*wish.field, "locationId"), code="INVALID_LOCATION")


def _difference(wish: Wish, now_there: int) -> int:
    if wish.compare is not None and wish.compare != now_there:
        told = f"There are {now_there}, not {wish.compare}: somebody was faster. Look again."
        raise Refused(told, field=(*wish.field, "compareQuantity"), code="COMPARE_QUANTITY_STALE")
    if wish.quantity is not None:
        return wish.quantity - now_there
    return wish.difference or 0


async def _move(level: StockLevel, wish: Wish, delta: int, correction: Correction, *, now: dt.datetime) -> Moved:
    if level.on_hand + delta > LARGEST:
        raise Refused("That is more than a shelf holds.", field=wish.field, code="INVALID_QUANTITY_TOO_HIGH")
    enough = Q(available__gte=-delta) | Q(oversell=True)
    change = {"on_hand": F("on_hand") + delta, "available": F("available") + delta}
    if not await StockLevel.filter(enough, id=level.id, on_hand__gte=-delta).update(**change):
        told = f"Only {max(level.available, 0)} can be taken away: the rest is not there, or promised to shoppers."
        raise Refused(told, field=wish.field, code="INVALID_QUANTITY_TOO_LOW")
    movement = await StockMovement.create(
        level_id=level.id,
        reason=REASONS[correction.reason],
        on_hand=delta,
        note=correction.paper,
        occurred_at=now,
    )
    return Moved(movement.id, wish.place, delta, getattr(level, correction.name) + delta)


async def _tell(moved: Sequence[Moved], *, now: dt.datetime) -> None:
    for each in sorted(moved):
        payload = {"location_id": each.place.location_id, "delta": each.delta}
        await record("stock.adjusted", aggregate="stock", key=each.place.variant_id, now=now, payload=payload)


async def levels_at(places: Sequence[Place]) -> dict[str, Any]:
    """The levels of these places, as a record of a change keeps them."""
    rows: Any = await StockLevel.filter(
        variant_id__in=[place.variant_id for place in places], location_id__in=[place.location_id for place in places]
    ).order_by("id")
    found = {Place(row.variant_id, row.location_id): row for row in rows}
    return {
        f"item {place.variant_id} at location {place.location_id}": {
            "on_hand": level.on_hand,
            "available": level.available,
        }
        for place, level in found.items()
        if place in set(places)
    }


@unit_of_work
async def keep_at(place: Place, *, on_hand: int, now: dt.datetime) -> int:
    """Keep an item at a location from now on; answers the level's id. It stays as it is where it is kept already."""
    variant = await kept(ProductVariant, place.variant_id, at=("inventoryItemId",), called="item")
    location = await kept(Location, place.location_id, at=("locationId",), called="location")
    if not location.active:
        raise Refused("Nothing is kept at this location any more.", field=("locationId",), code="INVALID_LOCATION")
    if not 0 <= on_hand <= LARGEST:
        raise Refused("A quantity is not below zero.", field=("onHand",), code="INVALID_QUANTITY_NEGATIVE")
    there = await StockLevel.get_or_none(variant_id=place.variant_id, location_id=place.location_id)
    if there is not None:
        return there.id
    level = await StockLevel.create(
        variant_id=place.variant_id,
        location_id=place.location_id,
        on_hand=on_hand,
        available=on_hand,
        oversell=variant.inventory_policy is InventoryPolicy.CONTINUE,
    )
    if on_hand:
        await StockMovement.create(level=level, reason=MovementReason.RECEIVED, on_hand=on_hand, occurred_at=now)
    payload = {"location_id": place.location_id, "delta": on_hand}
    await record("stock.adjusted", aggregate="stock", key=place.variant_id, now=now, payload=payload)
    return level.id


@unit_of_work
async def update_item(variant_id: int, told: Mapping[str, Any], *, currency: str, now: dt.datetime) -> None:
    """Change how an item is kept: its cost, whether it is counted and sent, what happens when it is used up."""
    variant = await kept(ProductVariant, variant_id, at=("id",), called="item")
    columns = fitted(ProductVariant, told, at=("input",))
    if "cost" in told:
        columns["cost"] = minor_of(told["cost"], currency, at=("input", "cost"))
    different = {name: value for name, value in columns.items() if getattr(variant, name) != value}
    if not different:
        return
    await ProductVariant.filter(id=variant_id).update(**different, updated_at=now)
    variant.update_from_dict(different)
    if "tracked" in different:
        await start_stock([variant], {}, now=now)
    if "inventory_policy" in different:
        await follow_policy([variant])
    if "sku" in different:
        await index_products([variant.product_id])
    await record("stock.adjusted", aggregate="stock", key=variant_id, now=now, payload={"item": True})
