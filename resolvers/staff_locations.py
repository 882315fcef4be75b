"""Places goods are kept, as staff see them and change them."""

from enum import StrEnum
from typing import Any

from commerce import locations as acts
from loaders.rows import stock as rows
from loaders.stock import LocationByKey
from models.addresses import Address
from models.stock import Location
from resolvers.context import Context
from resolvers.filtering import conditions, number_in, one_of, text_in, text_within
from resolvers.paging import Page, Sort, Window, page_of
from resolvers.postal import MailingAddress
from resolvers.staff_outcomes import Change, Outcome, changed, deleted

FIELDS = {
    "id": number_in("id"),
    "name": text_in("name"),
    "active": one_of("active", values={"true": True, "false": False}),
    "priority": number_in("priority"),
}


class LocationSort(StrEnum):
    """What locations can be sorted by."""

    ID = "ID"
    NAME = "NAME"
    PRIORITY = "PRIORITY"


SORTS = {
    LocationSort.ID: Sort("ID"),
    LocationSort.NAME: Sort("NAME", "name", str),
    LocationSort.PRIORITY: Sort("PRIORITY", "priority"),
}


async def locations(
    context: Context,
    root: object,
    *,
    window: Window,
    query: str | None = None,
    sort_key: LocationSort = LocationSort.PRIORITY,
    include_inactive: bool = False,
) -> Page[rows.Location]:
    """The shop's places."""
    found = Location.filter(conditions(query, FIELDS, words=text_within("name")))
    found = found if include_inactive else found.filter(active=True)
    return await page_of(found, rows.Location, SORTS[sort_key], window)


async def location(context: Context, root: object, *, id: int) -> rows.Location | None:
    """One place."""
    return await context.loaders(LocationByKey).load(id)


def address_of_location(context: Context, location: rows.Location) -> MailingAddress:
    """Where it is, as far as it was told."""
    return MailingAddress(f"location-{location.id}", Address.kept(location.address or {}))


async def add(context: Context, root: object, *, input: dict[str, Any]) -> Outcome:
    """A place more."""

    async def act() -> int:
        return await acts.add_location(input, now=context.now)

    return await changed(context, Change("locationAdd", Location), act, read=LocationByKey)


async def edit(context: Context, root: object, *, id: int, input: dict[str, Any]) -> Outcome:
    """Another name, address or priority."""

    async def act() -> None:
        await acts.edit_location(id, input, now=context.now)

    return await changed(context, Change("locationEdit", Location, id), act, read=LocationByKey)


async def activate(context: Context, root: object, *, location_id: int) -> Outcome:
    """Sell from it again."""

    async def act() -> None:
        await acts.activate_location(location_id, now=context.now)

    return await changed(context, Change("locationActivate", Location, location_id), act, read=LocationByKey)


async def deactivate(
    context: Context, root: object, *, location_id: int, destination_location_id: int | None = None
) -> Outcome:
    """Sell from it no more."""

    async def act() -> None:
        await acts.deactivate_location(location_id, move_to=destination_location_id, now=context.now)

    return await changed(context, Change("locationDeactivate", Location, location_id), act, read=LocationByKey)


async def delete(context: Context, root: object, *, location_id: int) -> Outcome:
    """Forget it."""

    async def act() -> None:
        await acts.delete_location(location_id, now=context.now)

    return await deleted(context, Change("locationDelete", Location, location_id), act)
