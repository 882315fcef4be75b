"""What keeps a shop besides its goods and orders, put together from its slices."""

import strawberry

from schema.admin.content import ContentQuery
from schema.admin.content_changes import ContentMutation
from schema.admin.customers import CustomerMutation, CustomerQuery
from schema.admin.delivery import DeliveryMutation, DeliveryQuery
from schema.admin.discount_changes import DiscountMutation
from schema.admin.discounts import DiscountQuery
from schema.admin.gift_cards import GiftCardMutation, GiftCardQuery
from schema.admin.inventory import InventoryQuery
from schema.admin.inventory_changes import InventoryMutation
from schema.admin.locations import LocationMutation, LocationQuery
from schema.admin.menus import MenuMutation, MenuQuery
from schema.admin.shop import ShopMutation, ShopQuery


@strawberry.type
class ShopkeepingQuery(
    ContentQuery,
    CustomerQuery,
    DeliveryQuery,
    DiscountQuery,
    GiftCardQuery,
    InventoryQuery,
    LocationQuery,
    MenuQuery,
    ShopQuery,
):
    """Questions about keeping a shop."""


@strawberry.type
class ShopkeepingMutation(
    ContentMutation,
    CustomerMutation,
    DeliveryMutation,
    DiscountMutation,
    GiftCardMutation,
    InventoryMutation,
    LocationMutation,
    MenuMutation,
    ShopMutation,
):
    """What staff do to keep a shop."""
