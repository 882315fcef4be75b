"""Places goods are kept and sent from."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from commerce.addresses import problems_of, tidied
from commerce.fitting import NoSuchThing, Unfit, fitted, kept, refuse_taken
from commerce.inventory import Correction, Place, Wish, change_levels, keep_at
from database.transactions import unit_of_work
from models.addresses import Address
from models.stock import Location, StockLevel
from outbox.record import record


class LocationInUse(Unfit):
    """A location that the shop cannot do without yet."""


@unit_of_work
async def add_location(told: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Open a place; answers its id. A name is taken once."""
    columns = await _columns(told, None)
    location = await Location.create(**columns, created_at=now)
    await _tell("location.added", location.id, now=now)
    return location.id


@unit_of_work
async def edit_location(location_id: int, told: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Change what is told of a place."""
    await kept(Location, location_id, at=("id",), called="location")
    columns = await _columns(told, location_id)
    if columns:
        await Location.filter(id=location_id).update(**columns)
    await _tell("location.edited", location_id, now=now)


@unit_of_work
async def activate_location(location_id: int, *, now: dt.datetime) -> None:
    """Sell from a place again. Repeating it changes nothing."""
    location = await kept(Location, location_id, at=("locationId",), called="location")
    if not location.active:
        await Location.filter(id=location_id).update(active=True)
        await _tell("location.activated", location_id, now=now)


@unit_of_work
async def deactivate_location(location_id: int, *, move_to: int | None, now: dt.datetime) -> None:
    """Sell from a place no more. What lies there is moved, or there must be nothing; promised units are sent first."""
    await Location.filter(active=True).select_for_update().order_by("id")
    location = await kept(Location, location_id, at=("locationId",), called="location")
    if not location.active:
        return
    if not await Location.filter(active=True).exclude(id=location_id).exists():
        told = "The shop needs one location at least."
        raise LocationInUse(told, field=("locationId",), code="CANNOT_DEACTIVATE_ONLY_LOCATION")
    await _clear(location_id, move_to, now=now)
    await Location.filter(id=location_id).update(active=False)
    await _tell("location.deactivated", location_id, now=now)


@unit_of_work
async def delete_location(location_id: int, *, now: dt.datetime) -> None:
    """Forget a place that nothing was ever kept at; one with a history is deactivated instead."""
    location = await kept(Location, location_id, at=("locationId",), called="location")
    if location.active:
        raise LocationInUse("Deactivate it first.", field=("locationId",), code="LOCATION_IS_ACTIVE")
    if await StockLevel.filter(location_id=location_id).exists():
        told = "Goods were kept here, and their history says so."
        raise LocationInUse(told, field=("locationId",), code="LOCATION_HAS_INVENTORY")
    await location.delete()
    await _tell("location.deleted", location_id, now=now)


async def _clear(location_id: int, move_to: int | None, *, now: dt.datetime) -> None:
    levels = StockLevel.filter(location_id=location_id)
    if await levels.filter(committed__gt=0).exists() or await levels.filter(reserved__gt=0).exists():
        told = "Units kept here are promised to shoppers."
        raise LocationInUse(told, field=("locationId",), code="HAS_FULFILLMENT_ORDERS")
    left: list[Any] = await levels.filter(on_hand__gt=0).order_by("variant_id").values_list("variant_id", "on_hand")
    if not left:
        return
    if move_to is None:
        told = "Goods lie here: say where they go."
        raise LocationInUse(told, field=("destinationLocationId",), code="HAS_ACTIVE_INVENTORY")
    if move_to == location_id or not await Location.filter(id=move_to, active=True).exists():
        at = ("destinationLocationId",)
        raise NoSuchThing("There is no such place to move them to.", field=at, code="DESTINATION_LOCATION_NOT_FOUND")
    for variant_id, units in left:
        await _move(variant_id, units, location_id, move_to, now=now)


async def _move(variant_id: int, units: int, here: int, there: int, *, now: dt.datetime) -> None:
    await keep_at(Place(variant_id, there), on_hand=0, now=now)
    at = ("locationId",)
    wishes = [
        Wish(Place(variant_id, here), at, difference=-units),
        Wish(Place(variant_id, there), at, difference=units),
    ]
    await change_levels(wishes, Correction("on_hand", "movement_received"), now=now)


async def _columns(told: Mapping[str, Any], location_id: int | None) -> dict[str, Any]:
    needed = ("name",) if location_id is None or "name" in told else ()
    columns = fitted(Location, told, at=("input",), needed=needed)
    if "name" in columns:
        await refuse_taken(Location, at=("input", "name"), but=location_id, name=columns["name"])
    if columns.get("address") is not None:
        address = tidied(Address(**columns["address"]))
        for problem in problems_of(address, strict=False):
            raise Unfit(problem.message, field=("input", "address"), code=problem.kind)
        columns["address"] = address.to_keep()
    return columns


async def _tell(kind: str, location_id: int, *, now: dt.datetime) -> None:
    await record(kind, aggregate="location", key=location_id, now=now)
