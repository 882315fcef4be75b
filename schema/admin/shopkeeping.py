"""What keeps a shop besides its goods and orders, put together from its slices."""

import strawberry

from schema.admin.discount_changes import DiscountMutation
from schema.admin.discounts import DiscountQuery
from schema.admin.inventory import InventoryQuery
from schema.admin.inventory_changes import InventoryMutation
from schema.admin.locations import LocationMutation, LocationQuery


@strawberry.type
class ShopkeepingQuery(DiscountQuery, InventoryQuery, LocationQuery):
    """Questions about keeping a shop."""


@strawberry.type
class ShopkeepingMutation(DiscountMutation, InventoryMutation, LocationMutation):
    """What staff do to keep a shop."""
