"""What staff do with stock."""

import datetime as dt

import strawberry

from models.catalog import InventoryPolicy
from resolvers import staff_inventory as inventory
from schema.admin.inputs import optional, required, told_as
from schema.admin.inventory import ITEM, LOCATION, InventoryItem, InventoryLevel
from schema.admin.locations import Location
from schema.admin.payloads import payload
from schema.binding import changed_by, described, describes, resolved_by
from schema.ids import Node, id_argument, id_of
from schema.scalars import Amount

REASON = (
    "Why: correction, cycle_count_available, damaged, movement_received, other, promotion, quality_control, received,"
    " restock or shrinkage."
)


@strawberry.type(description="One inventory level that changed.")
@describes(inventory.LevelChange, needs="read_inventory")
class InventoryChange:
    """One level that changed."""

    name: str = described("Which of its numbers was named.")
    delta: int = described("How many units more there are.")
    quantity_after_change: int = described("How many there are now.")
    item: InventoryItem | None = resolved_by(inventory.item_of_change, "What changed.")
    location: Location | None = resolved_by(inventory.location_of_change, "Where it changed.")


@strawberry.type(description="Inventory levels that were changed together.")
@describes(inventory.AdjustmentGroup, needs="read_inventory")
class InventoryAdjustmentGroup(Node):
    """Levels that were changed together."""

    id: strawberry.ID = id_of("InventoryAdjustmentGroup")
    created_at: dt.datetime = described("When it was.")
    reason: str = described("Why.")
    reference_document_uri: str | None = described("The paper that says so.")
    changes: list[InventoryChange] = described("The levels that are different now.")


@strawberry.input(description="How many units lie somewhere.")
class InventoryQuantityInput:
    """How many units lie somewhere."""

    inventory_item_id: strawberry.ID = required("What lies there.", decode=ITEM)
    location_id: strawberry.ID = required("Where it lies.", decode=LOCATION)
    quantity: int = required("How many units.")
    compare_quantity: int | None = optional(
        "How many there were when you looked. If it is another number by now, nothing is changed."
    )


@strawberry.input(description="How many units lie where, all of it or nothing.")
class InventorySetQuantitiesInput:
    """How many units lie where."""

    name: str = required("Which number is set: `available` or `on_hand`.")
    reason: str = required(REASON)
    reference_document_uri: str | None = optional("The paper that says so.")
    quantities: list[InventoryQuantityInput] = required("The units; at most 250 levels at once.")
    ignore_compare_quantity: bool | None = optional("Set them whatever they are now.")


@strawberry.input(description="How many units more or fewer lie somewhere.")
class InventoryChangeInput:
    """How many units more or fewer."""

    inventory_item_id: strawberry.ID = required("What lies there.", decode=ITEM)
    location_id: strawberry.ID = required("Where it lies.", decode=LOCATION)
    delta: int = required("How many more; below zero, how many fewer.")
    change_from_quantity: int | None = optional(
        "How many there were when you looked. If it is another number by now, nothing is changed."
    )


@strawberry.input(description="How many units more or fewer lie where, all of it or nothing.")
class InventoryAdjustQuantitiesInput:
    """How many units more or fewer lie where."""

    name: str = required("Which number is changed: `available` or `on_hand`.")
    reason: str = required(REASON)
    reference_document_uri: str | None = optional("The paper that says so.")
    changes: list[InventoryChangeInput] = required("The differences; at most 250 levels at once.")


@strawberry.input(description="How an item is kept.")
class InventoryItemInput:
    """How an item is kept."""

    sku: str | None = optional("The shop's own number of it.")
    cost: Amount | None = optional("What one unit costs the shop, in its currency.")
    tracked: bool | None = optional("Whether it is counted.")
    requires_shipping: bool | None = optional("Whether it has to be sent.")
    inventory_policy: InventoryPolicy | None = optional("What happens when it is used up. Shopwright's own here.")


InventorySetQuantitiesPayload = payload(
    "InventorySetQuantities", "inventory_adjustment_group", InventoryAdjustmentGroup, "What changed; null for nothing."
)
InventoryAdjustQuantitiesPayload = payload(
    "InventoryAdjustQuantities",
    "inventory_adjustment_group",
    InventoryAdjustmentGroup,
    "What changed; null for nothing.",
)
InventoryActivatePayload = payload("InventoryActivate", "inventory_level", InventoryLevel, "What lies there.")
InventoryItemUpdatePayload = payload("InventoryItemUpdate", "inventory_item", InventoryItem, "The item.")


@strawberry.type
class InventoryMutation:
    """What staff do with stock."""

    inventory_set_quantities: InventorySetQuantitiesPayload | None = changed_by(
        inventory.set_quantities,
        "Say how many units lie where. With `compareQuantity` nothing that somebody else did meanwhile is lost.",
        needs="write_inventory",
        input=told_as(InventorySetQuantitiesInput, "The units."),
    )
    inventory_adjust_quantities: InventoryAdjustQuantitiesPayload | None = changed_by(
        inventory.adjust_quantities,
        "Say how many units more or fewer lie where. Whoever does so at the same time counts as well.",
        needs="write_inventory",
        input=told_as(InventoryAdjustQuantitiesInput, "The differences."),
    )
    inventory_activate: InventoryActivatePayload | None = changed_by(
        inventory.keep_at,
        "Keep an item at one more location. One that is kept there already stays as it is.",
        needs="write_inventory",
        inventory_item_id=id_argument(ITEM, "The item."),
        location_id=id_argument(LOCATION, "The location."),
        on_hand="How many units lie there from the start.",
    )
    inventory_item_update: InventoryItemUpdatePayload | None = changed_by(
        inventory.update_item,
        "Change how an item is kept.",
        needs="write_inventory",
        id=id_argument(ITEM, "The item."),
        input=told_as(InventoryItemInput, "What changes."),
    )
