"""Stock as staff see it and change it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tortoise.expressions import Q

from commerce import inventory as acts
from commerce.inventory import Correction, Moved, Place, Wish
from commerce.refusals import Refusal
from loaders.rows import stock as rows
from loaders.stock import InventoryItemByKey, InventoryLevelByKey, LevelsOfItem, LocationByKey
from models.catalog import InventoryPolicy, ProductVariant
from models.money import Money
from models.stock import MovementReason, StockLevel, StockMovement
from resolvers.context import Context
from resolvers.filtering import Term, conditions, moment_in, number_in, one_of, text_in
from resolvers.mistakes import BadArgument
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows
from resolvers.staff_outcomes import Change, Outcome, changed, recorded, refused

TRUTH = {"true": True, "false": False}
ITEM_FIELDS = {
    "id": number_in("id"),
    "sku": text_in("sku"),
    "tracked": one_of("tracked", values=TRUTH),
    "created_at": moment_in("created_at"),
    "updated_at": moment_in("updated_at"),
}
LEVEL_FIELDS = {
    "id": number_in("id"),
    "inventory_item_id": number_in("variant_id"),
    "location_id": number_in("location_id"),
    "sku": text_in("variant__sku"),
    "available": number_in("available"),
    "on_hand": number_in("on_hand"),
    "committed": number_in("committed"),
}
MOVEMENT_FIELDS = {
    "id": number_in("id"),
    "inventory_item_id": number_in("level__variant_id"),
    "location_id": number_in("level__location_id"),
    "order_id": number_in("order_id"),
    "reason": one_of("reason", values={reason.value: reason for reason in MovementReason}),
    "created_at": moment_in("occurred_at"),
}


class ItemSort(StrEnum):
    """What items can be sorted by."""

    ID = "ID"
    CREATED_AT = "CREATED_AT"
    UPDATED_AT = "UPDATED_AT"


class LevelSort(StrEnum):
    """What levels can be sorted by."""

    ID = "ID"
    AVAILABLE = "AVAILABLE"
    ON_HAND = "ON_HAND"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One of a level's numbers."""

    id: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class LevelChange:
    """One level that changed."""

    name: str
    delta: int
    quantity_after_change: int
    place: Place


@dataclass(frozen=True, slots=True)
class AdjustmentGroup:
    """Levels that were changed together."""

    id: int
    created_at: dt.datetime
    reason: str
    reference_document_uri: str | None
    changes: Sequence[LevelChange]


async def items(
    context: Context, root: object, *, window: Window, query: str | None = None, sort_key: ItemSort = ItemSort.ID
) -> Page[rows.InventoryItem]:
    """The shop's items."""
    found = ProductVariant.filter(conditions(query, ITEM_FIELDS, words=_item_named))
    column = str(sort_key).lower()
    kind = int if sort_key is ItemSort.ID else dt.datetime
    return await page_of(found, rows.InventoryItem, Sort(sort_key, column, kind), window)


async def item(context: Context, root: object, *, id: int) -> rows.InventoryItem | None:
    """One item."""
    return await context.loaders(InventoryItemByKey).load(id)


async def levels(
    context: Context, root: object, *, window: Window, query: str | None = None, sort_key: LevelSort = LevelSort.ID
) -> Page[rows.InventoryLevel]:
    """What lies where."""
    found = StockLevel.filter(conditions(query, LEVEL_FIELDS, words=_level_named))
    return await page_of(found, rows.InventoryLevel, Sort(sort_key, str(sort_key).lower()), window)


async def level(context: Context, root: object, *, id: int) -> rows.InventoryLevel | None:
    """One level."""
    return await context.loaders(InventoryLevelByKey).load(id)


async def movements(
    context: Context, root: object, *, window: Window, query: str | None = None
) -> Page[rows.InventoryMovement]:
    """Every change of every level, oldest first."""
    found = StockMovement.filter(conditions(query, MOVEMENT_FIELDS, words=text_in("note")))
    return await page_of(found, rows.InventoryMovement, Sort("ID"), window)


def cost_of_item(context: Context, item: rows.InventoryItem) -> Money | None:
    """What one unit costs the shop."""
    return None if item.cost is None else Money(item.cost, context.shop.currency)


def policy_of_item(context: Context, item: rows.InventoryItem) -> InventoryPolicy:
    """What happens when it is used up."""
    return InventoryPolicy(item.inventory_policy)


def name_of_item(context: Context, item: rows.InventoryItem) -> str:
    """Product and variant together."""
    return item.product_title if item.title == "Default Title" else f"{item.product_title} - {item.title}"


async def levels_of_item(context: Context, item: rows.InventoryItem, *, window: Window) -> Page[rows.InventoryLevel]:
    """What lies of it, place by place."""
    return page_of_rows(await context.loaders(LevelsOfItem).load(item.id), window, key=lambda level: level.id)


async def level_of_item(context: Context, item: rows.InventoryItem, *, location_id: int) -> rows.InventoryLevel | None:
    """What lies of it at one place."""
    there = await context.loaders(LevelsOfItem).load(item.id)
    return next((level for level in there if level.location_id == location_id), None)


def quantities(context: Context, level: rows.InventoryLevel, *, names: Sequence[str]) -> list[Quantity]:
    """The numbers of a level that are asked for."""
    for name in names:
        if name not in ("available", "on_hand", "committed", "reserved"):
            raise BadArgument(f"{name!r} is none of available, on_hand, committed and reserved.", argument="names")
    return [Quantity(f"{level.id}-{name}", name, getattr(level, name)) for name in dict.fromkeys(names)]


async def item_of_level(context: Context, level: rows.InventoryLevel) -> rows.InventoryItem | None:
    """What lies there, unless it is sold no more."""
    return None if level.variant_id is None else await context.loaders(InventoryItemByKey).load(level.variant_id)


async def location_of_level(context: Context, level: rows.InventoryLevel) -> rows.Location | None:
    """Where it lies."""
    return await context.loaders(LocationByKey).load(level.location_id)


async def level_of_movement(context: Context, movement: rows.InventoryMovement) -> rows.InventoryLevel | None:
    """What changed."""
    return await context.loaders(InventoryLevelByKey).load(movement.level_id)


async def item_of_change(context: Context, change: LevelChange) -> rows.InventoryItem | None:
    """What changed."""
    return await context.loaders(InventoryItemByKey).load(change.place.variant_id)


async def location_of_change(context: Context, change: LevelChange) -> rows.Location | None:
    """Where it changed."""
    return await context.loaders(LocationByKey).load(change.place.location_id)


async def change_levels(context: Context, action: str, wishes: Sequence[Wish], correction: Correction) -> Outcome:
    """Change levels together, with one record of all of them."""
    places = [wish.place for wish in wishes]

    async def act() -> list[Moved]:
        return await acts.change_levels(wishes, correction, now=context.now)

    async def look(key: object) -> dict[str, Any]:
        return await acts.levels_at(places)

    change = Change(action, StockLevel, ", ".join(str(place.variant_id) for place in places)[:64], look)
    try:
        moved = await recorded(context, change, act)
    except Refusal as refusal:
        return refused(refusal)
    return Outcome(_group(moved, correction, context.now) if moved else None)


def _group(moved: Sequence[Moved], correction: Correction, now: dt.datetime) -> AdjustmentGroup:
    changes = [LevelChange(correction.name, each.delta, each.after, each.place) for each in moved]
    return AdjustmentGroup(moved[0].movement_id, now, correction.reason, correction.paper, changes)


async def set_quantities(context: Context, root: object, *, input: dict[str, Any]) -> Outcome:
    """So many units lie there."""
    ignore = input.get("ignore_compare_quantity") is True
    wishes = []
    for index, each in enumerate(input["quantities"]):
        field = ("input", "quantities", str(index))
        compare = None if ignore else each.get("compare_quantity")
        if compare is None and not ignore:
            told = "Say what it was before in compareQuantity, or that you ignoreCompareQuantity."
            at = (*field, "compareQuantity")
            return refused(Refusal(told, field=at, code="COMPARE_QUANTITY_REQUIRED"))
        place = Place(each["inventory_item_id"], each["location_id"])
        wishes.append(Wish(place, field, quantity=each["quantity"], compare=compare))
    return await change_levels(context, "inventorySetQuantities", wishes, _correction(input))


async def adjust_quantities(context: Context, root: object, *, input: dict[str, Any]) -> Outcome:
    """So many units more or fewer lie there."""
    wishes = [
        Wish(
            Place(each["inventory_item_id"], each["location_id"]),
            ("input", "changes", str(index)),
            difference=each["delta"],
            compare=each.get("change_from_quantity"),
        )
        for index, each in enumerate(input["changes"])
    ]
    return await change_levels(context, "inventoryAdjustQuantities", wishes, _correction(input))


def _correction(told: dict[str, Any]) -> Correction:
    return Correction(told["name"], told["reason"], told.get("reference_document_uri"))


async def keep_at(
    context: Context, root: object, *, inventory_item_id: int, location_id: int, on_hand: int = 0
) -> Outcome:
    """An item is kept at one more place."""

    async def act() -> int:
        return await acts.keep_at(Place(inventory_item_id, location_id), on_hand=on_hand, now=context.now)

    return await changed(context, Change("inventoryActivate", StockLevel), act, read=InventoryLevelByKey)


async def update_item(context: Context, root: object, *, id: int, input: dict[str, Any]) -> Outcome:
    """How an item is kept."""

    async def act() -> None:
        await acts.update_item(id, input, currency=context.shop.currency, now=context.now)

    return await changed(context, Change("inventoryItemUpdate", ProductVariant, id), act, read=InventoryItemByKey)


def _item_named(term: Term) -> Q:
    """A word without a field is the beginning of a stock keeping unit, or part of a title."""
    return Q(sku__istartswith=term.value) | Q(barcode=term.value) | Q(product__title__icontains=term.value)


def _level_named(term: Term) -> Q:
    return Q(variant__sku__istartswith=term.value)
