"""Carts and their addresses, in batches."""

from typing import Any

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import carts as rows
from models.carts import Cart, CartAddress, CartState


class CartByKey(ByKey[str, rows.Cart]):
    """Carts that are shopped with; one that became an order is not found."""

    row = rows.Cart

    def query(self) -> QuerySet[Any]:
        """Open carts."""
        return Cart.filter(state=CartState.OPEN)


class AddressesOfCart(ByParent[str, rows.CartAddress]):
    """The addresses of a cart, as they were added."""

    row = rows.CartAddress
    parent = "cart_id"

    def query(self) -> QuerySet[Any]:
        """Oldest first."""
        return CartAddress.all().order_by("id")
