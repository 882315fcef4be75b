"""The data loaders of one request: each a batch of models by a key."""

from collections import defaultdict
from typing import Any

import strawberry
from aiodataloader import DataLoader

from models.carts import CartLine
from models.catalog import Product, ProductImage, ProductOption, ProductOptionValue, ProductTag, ProductVariant
from models.stock import StockLevel


class Children(DataLoader[Any, list[Any]]):
    """The rows of one model below many parents."""

    def __init__(self, model: Any, parent: str, *order: str) -> None:
        super().__init__()
        self._model, self._parent, self._order = model, parent, order

    async def batch_load_fn(self, keys: list[Any]) -> list[list[Any]]:
        """In one statement."""
        found: defaultdict[Any, list[Any]] = defaultdict(list)
        for row in await self._model.filter(**{f"{self._parent}__in": keys}).order_by(*self._order):
            found[getattr(row, self._parent)].append(row)
        return [found[key] for key in keys]


class ById(DataLoader[int, Any]):
    """Rows of one model by their ids."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self._model = model

    async def batch_load_fn(self, keys: list[int]) -> list[Any]:
        """In one statement."""
        found = {row.id: row for row in await self._model.filter(id__in=keys)}
        return [found.get(key) for key in keys]


class Loaders:
    """The loaders of one request."""

    def __init__(self) -> None:
        self.products = ById(Product)
        self.variant = ById(ProductVariant)
        self.tags = Children(ProductTag, "product_id", "tag")
        self.images = Children(ProductImage, "product_id", "position")
        self.options = Children(ProductOption, "product_id", "position")
        self.values = Children(ProductOptionValue, "option_id", "position")
        self.variants = Children(ProductVariant, "product_id", "position")
        self.levels = Children(StockLevel, "variant_id", "location_id")
        self.cart_lines = Children(CartLine, "cart_id", "id")


def loaders(info: strawberry.Info) -> Loaders:
    """Those of the running request."""
    found: Loaders = info.context["loaders"]
    return found
