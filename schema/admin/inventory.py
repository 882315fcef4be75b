"""Stock as staff see it: items, and what lies of them where."""

import datetime as dt

import strawberry

from loaders.rows import stock as rows
from models.catalog import InventoryPolicy
from resolvers import staff_inventory as inventory
from schema.admin.locations import Location
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import MoneyV2

ITEM, LEVEL, LOCATION = number_key("InventoryItem"), number_key("InventoryLevel"), number_key("Location")

told(
    InventoryPolicy,
    "ProductVariantInventoryPolicy",
    "What happens when the stock of a variant is used up.",
    {"DENY": "It is sold no more.", "CONTINUE": "It is sold on, and sent when more has come."},
)
told(
    inventory.ItemSort,
    "InventoryItemSortKeys",
    "What inventory items can be sorted by.",
    {"ID": "The order they were made in.", "CREATED_AT": "When they were made.", "UPDATED_AT": "When they changed."},
)
told(
    inventory.LevelSort,
    "InventoryLevelSortKeys",
    "What inventory levels can be sorted by.",
    {"ID": "The order they were made in.", "AVAILABLE": "What is left to sell.", "ON_HAND": "What lies there."},
)


@strawberry.type(description="One of the numbers of an inventory level.")
@describes(inventory.Quantity, needs="read_inventory")
class InventoryQuantity(Node):
    """One of a level's numbers."""

    id: strawberry.ID = id_of("InventoryQuantity")
    name: str = described("Which number: `available`, `on_hand`, `committed` or `reserved`.")
    quantity: int = described("How many units.")


@strawberry.type(description="Units of an item at a location.")
@describes(rows.InventoryLevel, needs="read_inventory")
class InventoryLevel(Node):
    """Units of an item at a location."""

    id: strawberry.ID = id_of("InventoryLevel")
    quantities: list[InventoryQuantity] = resolved_by(
        inventory.quantities,
        "The numbers of the level. What lies there (`on_hand`) is promised to orders (`committed`), held for checkouts"
        " under way (`reserved`), or left to sell (`available`).",
        names="Which ones.",
    )
    location: Location = resolved_by(inventory.location_of_level, "Where it lies.")
    item: "InventoryItem | None" = resolved_by(
        inventory.item_of_level, "What lies there; null where that is sold no more."
    )


InventoryLevelConnection = connection(InventoryLevel, "an inventory level")


@strawberry.type(description="A variant as it lies on shelves.")
@describes(rows.InventoryItem, needs="read_inventory")
class InventoryItem(Node):
    """A variant as it lies on shelves."""

    id: strawberry.ID = id_of("InventoryItem", "The global id; its key is that of the variant.")
    sku: str | None = described("The shop's own number of it.")
    display_name: str = resolved_by(inventory.name_of_item, "Product and variant together. Shopwright's own.")
    unit_cost: MoneyV2 | None = resolved_by(inventory.cost_of_item, "What one unit costs the shop.")
    tracked: bool = described("Whether it is counted; what is not can always be sold.")
    inventory_policy: InventoryPolicy = resolved_by(
        inventory.policy_of_item, "What happens when it is used up. Shopwright's own here."
    )
    requires_shipping: bool = described("Whether it has to be sent.")
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it last changed.")
    inventory_levels: InventoryLevelConnection = resolved_by(
        inventory.levels_of_item, "What lies of it, in the order the places are emptied in."
    )
    inventory_level: InventoryLevel | None = resolved_by(
        inventory.level_of_item,
        "What lies of it at one place; null where it is not kept there.",
        location_id=id_argument(LOCATION, "The place."),
    )


InventoryItemConnection = connection(InventoryItem, "an inventory item")


@strawberry.type(description="One change of an inventory level. It is never edited. Shopwright's own.")
@describes(rows.InventoryMovement, needs="read_inventory")
class InventoryMovement(Node):
    """One change of a level."""

    id: strawberry.ID = id_of("InventoryMovement")
    reason: str = described("Why, in one word: `received`, `sold`, `shipped`, `correction` and so on.")
    on_hand: int = described("How many units came to lie there, or went.")
    committed: int = described("How many units were promised to an order, or not any more.")
    reserved: int = described("How many units were held for a checkout, or not any more.")
    note: str | None = described("The paper or the words that say more.")
    occurred_at: dt.datetime = described("When it was.")
    level: InventoryLevel = resolved_by(inventory.level_of_movement, "The level that changed.")


InventoryMovementConnection = connection(InventoryMovement, "a change of an inventory level")


@strawberry.type
class InventoryQuery:
    """Questions about stock."""

    inventory_items: InventoryItemConnection = resolved_by(
        inventory.items,
        "What the shop keeps, found by a search and sorted.",
        needs="read_inventory",
        query="What to search for, like `sku:WJ-* tracked:true`; a word alone is part of a title or the beginning of a"
        " stock keeping unit.",
        sort_key="What to sort by.",
    )
    inventory_item: InventoryItem | None = resolved_by(
        inventory.item, "One item.", needs="read_inventory", id=id_argument(ITEM, "The item's id.")
    )
    inventory_levels: InventoryLevelConnection = resolved_by(
        inventory.levels,
        "What lies where over the whole shop. Shopwright's own.",
        needs="read_inventory",
        query="What to search for, like `location_id:1 available:<5`.",
        sort_key="What to sort by.",
    )
    inventory_level: InventoryLevel | None = resolved_by(
        inventory.level, "One level.", needs="read_inventory", id=id_argument(LEVEL, "The level's id.")
    )
    inventory_movements: InventoryMovementConnection = resolved_by(
        inventory.movements,
        "The history of all stock, oldest first. Shopwright's own.",
        needs="read_inventory",
        query="What to search for, like `inventory_item_id:7 reason:correction created_at:>=2026-04-01`.",
    )
