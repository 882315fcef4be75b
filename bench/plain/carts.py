"""A cart with its lines."""

from typing import Any

import strawberry

from bench.contest import PUBLIC
from bench.plain.loaders import loaders
from bench.plain.money import MoneyV2, gid, money
from bench.plain.products import ProductVariant


@strawberry.type
class CartLineCost:
    """What a line costs."""

    amount_per_quantity: MoneyV2
    total_amount: MoneyV2


@strawberry.type
class CartLine:
    """So many of a variant."""

    quantity: int

    @strawberry.field
    def id(self: Any) -> strawberry.ID:
        return gid("CartLine", self.id)

    @strawberry.field
    async def cost(self: Any, info: strawberry.Info) -> CartLineCost:
        price = (await loaders(info).variant.load(self.variant_id)).price
        return CartLineCost(amount_per_quantity=money(price), total_amount=money(price * self.quantity))

    @strawberry.field
    async def merchandise(self: Any, info: strawberry.Info) -> ProductVariant:
        found: ProductVariant = await loaders(info).variant.load(self.variant_id)
        return found


@strawberry.type
class CartLines:
    """Lines."""

    nodes: list[CartLine]


@strawberry.type
class CartCost:
    """What a cart costs."""

    subtotal_amount: MoneyV2
    total_amount: MoneyV2


@strawberry.type
class Cart:
    """A cart."""

    @strawberry.field
    def id(self: Any) -> strawberry.ID:
        return gid("Cart", self.id)

    @strawberry.field
    def checkout_url(self: Any) -> str:
        return f"{PUBLIC}/checkout/{self.id}"

    @strawberry.field
    async def total_quantity(self: Any, info: strawberry.Info) -> int:
        return sum(line.quantity for line in await loaders(info).cart_lines.load(self.id))

    @strawberry.field
    async def cost(self: Any, info: strawberry.Info) -> CartCost:
        lines = await loaders(info).cart_lines.load(self.id)
        variants = await loaders(info).variant.load_many([line.variant_id for line in lines])
        total = sum(line.quantity * variant.price for line, variant in zip(lines, variants, strict=True))
        return CartCost(subtotal_amount=money(total), total_amount=money(total))

    @strawberry.field
    async def lines(self: Any, info: strawberry.Info, first: int) -> CartLines:
        return CartLines(nodes=(await loaders(info).cart_lines.load(self.id))[:first])
