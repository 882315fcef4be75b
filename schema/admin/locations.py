"""Places goods are kept, for staff."""

import datetime as dt

import strawberry

from loaders.rows import stock as rows
from resolvers import postal, staff_locations
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import deletion, payload
from schema.binding import changed_by, described, describes, resolved_by
from schema.codes import CountryCode
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.requirements import AS_FOUND

LOCATION = number_key("Location")
told(
    staff_locations.LocationSort,
    "LocationSortKeys",
    "What locations can be sorted by.",
    {"ID": "The order they were made in.", "NAME": "Their name.", "PRIORITY": "The order they are emptied in."},
)


@strawberry.type(description="Where a location is.")
@describes(postal.MailingAddress, needs=AS_FOUND)
class LocationAddress:
    """Where a location is."""

    address1: str | None = described("Street and number.")
    address2: str | None = described("What else finds the door.")
    city: str | None = described("City, town or village.")
    zip: str | None = described("The postal code.")
    province_code: str | None = described("The province or state, by its code.")
    country_code: str | None = described("The country, by its code.")
    phone: str | None = described("Where the carrier can call.")
    formatted: list[str] = resolved_by(
        postal.formatted,
        "The address line by line, as its country writes it.",
        with_name="Begin with the name.",
        with_company="Say the company too.",
    )


@strawberry.type(description="A place goods are kept and sent from.")
@describes(rows.Location, needs="read_inventory")
class Location(Node):
    """A place goods are kept and sent from."""

    id: strawberry.ID = id_of("Location")
    name: str = described("What it is called.")
    is_active: bool = resolved_by(lambda context, row: row.active, "Whether goods are sold from it.")
    priority: int = described("Its place in the order locations are emptied in, lowest first. Shopwright's own.")
    address: LocationAddress = resolved_by(staff_locations.address_of_location, "Where it is.")
    created_at: dt.datetime = described("When it was opened.")


LocationConnection = connection(Location, "a location")


@strawberry.type
class LocationQuery:
    """Questions about places."""

    locations: LocationConnection = resolved_by(
        staff_locations.locations,
        "The places the shop keeps goods at.",
        needs="read_inventory",
        query="What to search for, like `name:Warehouse` or `active:true`; a word alone is part of a name.",
        sort_key="What to sort by.",
        include_inactive="Whether to list those that nothing is sold from.",
    )
    location: Location | None = resolved_by(
        staff_locations.location, "One place.", needs="read_inventory", id=id_argument(LOCATION, "The location's id.")
    )


@strawberry.input(description="Where a location is.")
class LocationAddressInput:
    """Where a location is."""

    address1: str | None = optional("Street and number.")
    address2: str | None = optional("What else finds the door.")
    city: str | None = optional("City, town or village.")
    zip: str | None = optional("The postal code.")
    province_code: str | None = optional("The province or state, by its code.")
    country_code: CountryCode = required("The country.", decode=str)
    phone: str | None = optional("Where the carrier can call.")


@strawberry.input(description="A place to be opened.")
class LocationAddInput:
    """A place to be opened."""

    name: str = required("What it is called; each name is taken once.")
    address: LocationAddressInput | None = optional("Where it is.")
    priority: int | None = optional("Its place in the order locations are emptied in. Shopwright's own.")


@strawberry.input(description="What changes about a place.")
class LocationEditInput:
    """What changes about a place."""

    name: str | None = optional("What it is called.")
    address: LocationAddressInput | None = optional("Where it is.")
    priority: int | None = optional("Its place in the order locations are emptied in. Shopwright's own.")


LocationAddPayload = payload("LocationAdd", "location", Location, "The location.")
LocationEditPayload = payload("LocationEdit", "location", Location, "The location.")
LocationActivatePayload = payload("LocationActivate", "location", Location, "The location.")
LocationDeactivatePayload = payload("LocationDeactivate", "location", Location, "The location.")
LocationDeletePayload = deletion("LocationDelete", "deleted_location_id", "Location", "The id that is free again.")


@strawberry.type
class LocationMutation:
    """What staff do with places."""

    location_add: LocationAddPayload | None = changed_by(
        staff_locations.add, "Open a place.", needs="write_inventory", input=told_as(LocationAddInput, "The place.")
    )
    location_edit: LocationEditPayload | None = changed_by(
        staff_locations.edit,
        "Change what is told of a place.",
        needs="write_inventory",
        id=id_argument(LOCATION, "The location."),
        input=told_as(LocationEditInput, "What changes."),
    )
    location_activate: LocationActivatePayload | None = changed_by(
        staff_locations.activate,
        "Sell from a place again.",
        needs="write_inventory",
        location_id=id_argument(LOCATION, "The location."),
    )
    location_deactivate: LocationDeactivatePayload | None = changed_by(
        staff_locations.deactivate,
        "Sell from a place no more. Units promised to shoppers are sent first, the others moved.",
        needs="write_inventory",
        location_id=id_argument(LOCATION, "The location."),
        destination_location_id=id_argument(LOCATION, "Where what lies there goes.", optional=True),
    )
    location_delete: LocationDeletePayload | None = changed_by(
        staff_locations.delete,
        "Forget a deactivated place that nothing was ever kept at.",
        needs="write_inventory",
        location_id=id_argument(LOCATION, "The location."),
    )
