"""Staff open and close the places goods are kept at; what lies there is never lost."""

import pytest

from models.outbox import OutboxEvent
from models.staff import AuditRecord
from models.stock import Location
from tests.goods import a_promised_order, a_variant, available, levels_equal_their_movements, shelves, stock_up
from tests.staffing import done, gid, look, refusal

pytestmark = pytest.mark.usefixtures("database")

SHOWN = "location { id name isActive priority address { city countryCode formatted } }"


async def test_a_place_is_opened_changed_and_recorded() -> None:
    address = {"address1": "4 Quay Lane", "city": "Larkmoor", "zip": "H91 X2Y3", "countryCode": "IE"}
    opened = await done("locationAdd", SHOWN, input={"name": " The Net Loft ", "address": address})
    place = opened["location"]
    assert (place["name"], place["isActive"], place["priority"]) == ("The Net Loft", True, 1)
    assert (place["address"]["city"], place["address"]["countryCode"]) == ("Larkmoor", "IE")

    edited = await done("locationEdit", SHOWN, id=place["id"], input={"name": "Loft", "priority": 3})
    assert (edited["location"]["name"], edited["location"]["address"]["city"]) == ("Loft", "Larkmoor")
    kept = await AuditRecord.filter(action="locationEdit").first()
    assert kept is not None
    assert ((kept.before or {})["name"], (kept.after or {})["name"]) == ("The Net Loft", "Loft")
    assert [fact.kind for fact in await OutboxEvent.all().order_by("id")] == ["location.added", "location.edited"]


async def test_a_place_without_a_name_or_with_one_that_is_taken_is_refused() -> None:
    await done("locationAdd", SHOWN, input={"name": "Loft"})
    other = (await done("locationAdd", SHOWN, input={"name": "Cellar"}))["location"]["id"]
    assert await refusal("locationAdd", input={"name": "Loft"}) == ("TAKEN", "input.name")
    assert await refusal("locationAdd", input={"name": "  "}) == ("BLANK", "input.name")
    assert await refusal("locationAdd", input={"name": "x" * 256}) == ("TOO_LONG", "input.name")
    assert await refusal("locationEdit", id=other, input={"name": "Loft"}) == ("TAKEN", "input.name")
    assert await refusal("locationEdit", id=other, input={"name": None}) == ("BLANK", "input.name")
    assert await refusal("locationEdit", id=gid("Location", 999_999), input={"name": "x"}) == ("NOT_FOUND", "id")
    assert await Location.all().count() == 2


async def test_a_place_is_closed_when_what_lay_there_was_moved() -> None:
    variant = await a_variant(available=5)
    level = await stock_up(variant, 3, location="Loft", priority=2)
    here, there = gid("Location", level.location_id), gid("Location", (await Location.get(name="Warehouse")).id)  # type: ignore[attr-defined]
    assert await refusal("locationDeactivate", locationId=here) == ("HAS_ACTIVE_INVENTORY", "destinationLocationId")
    nowhere = gid("Location", 999_999)
    refused = await refusal("locationDeactivate", locationId=here, destinationLocationId=nowhere)
    assert refused[0] == "DESTINATION_LOCATION_NOT_FOUND"

    closed = await done("locationDeactivate", SHOWN, locationId=here, destinationLocationId=there)

    assert closed["location"]["isActive"] is False
    assert await available(variant) == 8
    assert await shelves(variant, "on_hand") == [8, 0]
    assert await levels_equal_their_movements()
    assert await refusal("locationDelete", locationId=here) == ("LOCATION_HAS_INVENTORY", "locationId")
    opened = await done("locationActivate", SHOWN, locationId=here)
    assert opened["location"]["isActive"] is True


async def test_a_place_with_promised_units_and_the_last_one_stay_open() -> None:
    variant = await a_variant(available=5)
    place = gid("Location", (await Location.get(name="Warehouse")).id)
    assert (await refusal("locationDeactivate", locationId=place))[0] == "CANNOT_DEACTIVATE_ONLY_LOCATION"
    other = (await done("locationAdd", SHOWN, input={"name": "Loft"}))["location"]["id"]
    await a_promised_order(variant)
    refused = await refusal("locationDeactivate", locationId=place, destinationLocationId=other)
    assert refused[0] == "HAS_FULFILLMENT_ORDERS"
    assert await available(variant) == 3


async def test_a_place_nothing_was_kept_at_can_be_forgotten_and_lists_leave_out_closed_ones() -> None:
    for name, priority in (("Loft", 3), ("Cellar", 1), ("Barn", 2)):
        await done("locationAdd", SHOWN, input={"name": name, "priority": priority})
    barn = gid("Location", (await Location.get(name="Barn")).id)
    assert (await refusal("locationDelete", locationId=barn))[0] == "LOCATION_IS_ACTIVE"
    await done("locationDeactivate", SHOWN, locationId=barn)
    listed = await look(
        """{ open: locations { nodes { name } } all: locations(includeInactive: true, sortKey: NAME) { nodes { name } }
        found: locations(query: "lo") { nodes { name } } }"""
    )
    assert [node["name"] for node in listed["open"]["nodes"]] == ["Cellar", "Loft"]
    assert [node["name"] for node in listed["all"]["nodes"]] == ["Barn", "Cellar", "Loft"]
    assert [node["name"] for node in listed["found"]["nodes"]] == ["Loft"]

    gone = await done("locationDelete", "deletedLocationId", locationId=barn)

    assert gone["deletedLocationId"] == barn
    assert not await Location.filter(name="Barn").exists()
