"""Staff count, move and follow stock: all or nothing, nothing lost between two people, every change in the history."""

from typing import Any

import pytest

from models.catalog import InventoryPolicy, ProductVariant
from models.outbox import OutboxEvent
from models.staff import AuditRecord
from models.stock import Location, StockLevel, StockMovement
from tests.both_ways import at_once
from tests.catalogue import counted
from tests.goods import a_promised_order, a_variant, available, levels_equal_their_movements, shelves, stock_up
from tests.shop import a_shop
from tests.staffing import act, done, gid, look, refusal

GROUP = """inventoryAdjustmentGroup { id reason changes {
    name delta quantityAfterChange item { id sku } location { name } } }"""


async def at(name: str = "Warehouse") -> str:
    return gid("Location", (await Location.get(name=name)).id)


def item(variant: ProductVariant) -> str:
    return gid("InventoryItem", variant.id)


async def change(variant: ProductVariant, delta: int, **more: Any) -> dict[str, Any]:
    changes = [{"inventoryItemId": item(variant), "locationId": await at(), "delta": delta, **more}]
    return {"name": "available", "reason": "correction", "changes": changes}


async def count(variant: ProductVariant, quantity: int, **more: Any) -> dict[str, Any]:
    quantities = [{"inventoryItemId": item(variant), "locationId": await at(), "quantity": quantity, **more}]
    return {"name": "available", "reason": "cycle_count_available", "quantities": quantities}


@pytest.mark.usefixtures("database")
async def test_a_difference_changes_the_level_with_a_movement_a_fact_and_a_record() -> None:
    variant = await a_variant(available=10, sku="WJ-1")

    answer = await done("inventoryAdjustQuantities", GROUP, input=await change(variant, -3))

    assert answer["inventoryAdjustmentGroup"]["changes"] == [
        {
            "name": "available",
            "delta": -3,
            "quantityAfterChange": 7,
            "item": {"id": item(variant), "sku": "WJ-1"},
            "location": {"name": "Warehouse"},
        }
    ]
    assert await available(variant) == 7
    movement = await StockMovement.all().order_by("-id").first()
    assert movement is not None
    assert (movement.on_hand, movement.reason) == (-3, "correction")
    facts = await OutboxEvent.filter(aggregate="stock", key=str(variant.id))
    assert [fact.kind for fact in facts] == ["stock.adjusted"]
    kept = await AuditRecord.get()
    assert (kept.actor, kept.action) == ("clerk", "inventoryAdjustQuantities")
    assert [next(iter((side or {}).values()))["available"] for side in (kept.before, kept.after)] == [10, 7]


@pytest.mark.usefixtures("database")
async def test_a_count_sets_what_is_left_to_sell_or_what_lies_there() -> None:
    variant = await a_variant(available=10)
    await a_promised_order(variant, quantity=2)

    await done("inventorySetQuantities", GROUP, input=await count(variant, 5, compareQuantity=8))
    level = await StockLevel.get(variant_id=variant.id)
    assert (level.on_hand, level.committed, level.available) == (7, 2, 5)

    told = await count(variant, 9)
    await done("inventorySetQuantities", GROUP, input={**told, "name": "on_hand", "ignoreCompareQuantity": True})
    level = await StockLevel.get(variant_id=variant.id)
    assert (level.on_hand, level.committed, level.available) == (9, 2, 7)
    assert await levels_equal_their_movements()


@pytest.mark.usefixtures("database")
async def test_a_count_made_before_somebody_else_was_faster_is_refused() -> None:
    variant = await a_variant(available=10)
    await done("inventorySetQuantities", GROUP, input=await count(variant, 8, compareQuantity=10))

    refused = await refusal("inventorySetQuantities", input=await count(variant, 12, compareQuantity=10))

    assert refused == ("COMPARE_QUANTITY_STALE", "input.quantities.0.compareQuantity")
    assert await available(variant) == 8


@pytest.mark.usefixtures("database")
async def test_several_levels_change_together_or_not_at_all() -> None:
    here = await a_variant(available=10)
    await stock_up(here, 4, location="Loft", priority=2)
    scarce = await a_variant(available=1)
    changes = [
        {"inventoryItemId": item(here), "locationId": await at(), "delta": 5},
        {"inventoryItemId": item(here), "locationId": await at("Loft"), "delta": -4},
    ]
    told = {"name": "available", "reason": "other", "changes": changes}
    await done("inventoryAdjustQuantities", GROUP, input=told)
    assert await shelves(here, "available") == [15, 0]

    changes.append({"inventoryItemId": item(scarce), "locationId": await at(), "delta": -2})
    changes[1]["delta"] = 1
    refused = await refusal("inventoryAdjustQuantities", input=told)

    assert refused == ("INVALID_QUANTITY_TOO_LOW", "input.changes.2")
    assert await shelves(here, "available") == [15, 0]
    assert await available(scarce) == 1


@pytest.mark.usefixtures("database")
async def test_what_is_promised_cannot_be_taken_away_unless_backorders_are_taken() -> None:
    variant = await a_variant(available=3)
    await a_promised_order(variant, quantity=2)
    refused = await refusal("inventoryAdjustQuantities", input=await change(variant, -2))
    assert refused[0] == "INVALID_QUANTITY_TOO_LOW"

    sold_on = await a_variant(available=3, policy=InventoryPolicy.CONTINUE)
    await a_promised_order(sold_on, quantity=2)
    await done("inventoryAdjustQuantities", GROUP, input=await change(sold_on, -2))
    assert await available(sold_on) == -1


@pytest.mark.usefixtures("database")
async def test_what_cannot_be_is_refused_by_name_and_changes_nothing() -> None:
    variant = await a_variant(available=10)
    good = await change(variant, 1)
    twice = {**good, "changes": good["changes"] * 2}
    elsewhere = await Location.create(name="Loft", created_at="2026-04-01T12:00:00+00:00")
    cases = {
        "INVALID_NAME": {**good, "name": "committed"},
        "INVALID_REASON": {**good, "reason": "boredom"},
        "DUPLICATE": twice,
        "TOO_LONG": {**good, "referenceDocumentUri": "x" * 256},
        "TOO_MANY": {**good, "changes": good["changes"] * 251},
        "INVALID_INVENTORY_ITEM": await change(ProductVariant(id=999_999), 1),
        "INVALID_LOCATION": await change(variant, 1, locationId=gid("Location", 999_999)),
        "ITEM_NOT_STOCKED_AT_LOCATION": await change(variant, 1, locationId=gid("Location", elsewhere.id)),
        "INVALID_QUANTITY_TOO_HIGH": await change(variant, 2**31 - 1),
        "COMPARE_QUANTITY_STALE": await change(variant, 1, changeFromQuantity=9),
    }
    for code, told in cases.items():
        assert (await refusal("inventoryAdjustQuantities", input=told))[0] == code
    assert (await refusal("inventorySetQuantities", input=await count(variant, 1)))[0] == "COMPARE_QUANTITY_REQUIRED"
    below = await count(variant, -1, compareQuantity=10)
    assert (await refusal("inventorySetQuantities", input=below))[0] == "INVALID_QUANTITY_NEGATIVE"
    assert await available(variant) == 10
    assert await StockMovement.all().count() == 1


async def test_two_people_who_change_the_same_stock_at_once_lose_nothing(committed: object) -> None:
    await a_shop()
    variant = await a_variant(available=10)
    told = [await change(variant, delta) for delta in (5, -3, 7, -9)]

    await at_once(*(done("inventoryAdjustQuantities", GROUP, input=each) for each in told))
    assert await available(variant) == 10

    counts = [await count(variant, quantity, compareQuantity=10) for quantity in (20, 30)]
    answers = await at_once(*(act("inventorySetQuantities", GROUP, input=each) for each in counts))
    codes = [error["code"] for answer in answers for error in answer["userErrors"]]
    assert codes == ["COMPARE_QUANTITY_STALE"]
    assert await available(variant) in (20, 30)
    assert await levels_equal_their_movements()


@pytest.mark.usefixtures("database")
async def test_an_item_comes_to_a_location_once() -> None:
    variant = await a_variant(available=10)
    opened = await done("locationAdd", "location { id }", input={"name": "Loft", "priority": 2})
    place = opened["location"]["id"]
    numbers = 'inventoryLevel { quantities(names: ["on_hand"]) { quantity } location { name } }'
    for units in (4, 9):
        answer = await done("inventoryActivate", numbers, inventoryItemId=item(variant), locationId=place, onHand=units)
        assert answer["inventoryLevel"] == {"quantities": [{"quantity": 4}], "location": {"name": "Loft"}}
    assert await available(variant) == 14
    assert await refusal("inventoryActivate", inventoryItemId=gid("InventoryItem", 999_999), locationId=place) == (
        "NOT_FOUND",
        "inventoryItemId",
    )


@pytest.mark.usefixtures("database")
async def test_how_an_item_is_kept_can_be_changed() -> None:
    variant = await a_variant(available=3)
    told = {"cost": "4.50", "sku": " WJ-9 ", "inventoryPolicy": "CONTINUE", "requiresShipping": False}
    selection = "inventoryItem { sku unitCost { amount } inventoryPolicy requiresShipping tracked }"

    answer = await done("inventoryItemUpdate", selection, id=item(variant), input=told)

    assert answer["inventoryItem"] == {
        "sku": "WJ-9",
        "unitCost": {"amount": "4.5"},
        "inventoryPolicy": "CONTINUE",
        "requiresShipping": False,
        "tracked": True,
    }
    assert (await StockLevel.get(variant_id=variant.id)).oversell
    await a_promised_order(variant, quantity=5)
    assert (await refusal("inventoryItemUpdate", id=item(variant), input={"inventoryPolicy": "DENY"}))[0] == "INVALID"
    assert (await refusal("inventoryItemUpdate", id=item(variant), input={"cost": "-1"}))[1] == "input.cost"
    assert (await refusal("inventoryItemUpdate", id=item(variant), input={"sku": "x" * 256}))[0] == "TOO_LONG"
    uncounted = await a_variant(available=None)
    await done("inventoryItemUpdate", selection, id=item(uncounted), input={"tracked": True})
    assert await available(uncounted) == 0


@pytest.mark.usefixtures("database")
async def test_the_history_tells_every_movement_and_lists_are_searched_and_sorted() -> None:
    few, many = await a_variant(available=2, sku="FEW-1"), await a_variant(available=20, sku="MANY-1")
    await done("inventoryAdjustQuantities", GROUP, input=await change(few, 1))
    found = await look(
        """query($item: String) { inventoryMovements(query: $item, reverse: true, first: 5) { nodes { reason onHand } }
        low: inventoryLevels(query: "available:<5") { nodes { item { sku } } }
        sorted: inventoryLevels(sortKey: AVAILABLE, reverse: true) { nodes { item { sku } location { name } } }
        inventoryItems(query: "sku:many*") { nodes { sku inventoryLevels(first: 2) { nodes { id } } } } }""",
        item=f"inventory_item_id:{few.id}",
    )
    assert found["inventoryMovements"]["nodes"] == [
        {"reason": "correction", "onHand": 1},
        {"reason": "received", "onHand": 2},
    ]
    assert found["low"]["nodes"] == [{"item": {"sku": "FEW-1"}}]
    assert [node["item"]["sku"] for node in found["sorted"]["nodes"]] == ["MANY-1", "FEW-1"]
    assert found["inventoryItems"]["nodes"][0]["sku"] == many.sku


@pytest.mark.usefixtures("database")
async def test_a_list_of_a_dozen_items_costs_no_more_statements_than_one_of_two() -> None:
    await a_shop()
    counts = []
    for more in (2, 10):
        for _ in range(more):
            await a_variant()
        with counted() as statements:
            found = await look(
                """{ inventoryItems(first: 50) { nodes { sku displayName inventoryLevels(first: 5) { nodes {
                quantities(names: ["available", "on_hand"]) { quantity } location { name } } } } } }"""
            )
        counts.append(statements.count)
    assert len(found["inventoryItems"]["nodes"]) == 12
    assert counts[0] == counts[1] <= 5
