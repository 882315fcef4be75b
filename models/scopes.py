"""What staff and their tools may be allowed: one word each, to read or to write one part of the shop."""

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """A permission. Who may write a part may read it too."""

    READ_PRODUCTS = "read_products"
    WRITE_PRODUCTS = "write_products"
    READ_INVENTORY = "read_inventory"
    WRITE_INVENTORY = "write_inventory"
    READ_ORDERS = "read_orders"
    WRITE_ORDERS = "write_orders"
    READ_CUSTOMERS = "read_customers"
    WRITE_CUSTOMERS = "write_customers"
    READ_DISCOUNTS = "read_discounts"
    WRITE_DISCOUNTS = "write_discounts"
    READ_GIFT_CARDS = "read_gift_cards"
    WRITE_GIFT_CARDS = "write_gift_cards"
    READ_SHIPPING = "read_shipping"
    WRITE_SHIPPING = "write_shipping"
    READ_FILES = "read_files"
    WRITE_FILES = "write_files"
    READ_CONTENT = "read_content"
    WRITE_CONTENT = "write_content"
    READ_SHOP = "read_shop"
    WRITE_SHOP = "write_shop"
    READ_STAFF = "read_staff"
    WRITE_STAFF = "write_staff"
    READ_AUDIT = "read_audit"


def with_reading(scopes: Iterable[str]) -> frozenset[str]:
    """The scopes with those they include: `write_orders` includes `read_orders`."""
    return frozenset(scope for given in scopes for scope in (given, given.replace("write_", "read_", 1)))


EVERYTHING = with_reading(Scope)
