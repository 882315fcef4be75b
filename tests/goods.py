"""Goods of the test shop: variants with stock, and orders that promise some of it."""

import secrets
from typing import Any

from commerce import stock
from database.transactions import transaction
from models.catalog import Product, ProductVariant
from models.orders import Allocation, Order, OrderLine
from models.stock import Location, MovementReason, StockLevel, StockMovement
from tests.shop import NOON, an_order


async def a_variant(*, available: int | None = 10, **differences: Any) -> ProductVariant:
    """A variant of a product of its own, with units on the shelf; None for one that is not counted."""
    word = secrets.token_hex(4)
    product = await Product.create(
        handle=f"jumper-{word}", title="Wool jumper", published_at=NOON, created_at=NOON, updated_at=NOON
    )
    values: dict[str, Any] = {"price": 4_500, "tracked": available is not None, **differences}
    variant = await ProductVariant.create(
        product=product, position=1, title="M", option1="M", created_at=NOON, updated_at=NOON, **values
    )
    if available is not None:
        await on_the_shelf(variant, available)
    return variant


async def on_the_shelf(variant: ProductVariant, units: int) -> StockLevel:
    """Units of a variant at the one location, by a movement."""
    location, _ = await Location.get_or_create(name="Shelf", defaults={"created_at": NOON})
    level = await StockLevel.create(variant=variant, location=location, on_hand=units, available=units)
    await StockMovement.create(level=level, reason=MovementReason.RECEIVED, on_hand=units, occurred_at=NOON)
    return level


async def a_promised_order(variant: ProductVariant, *, quantity: int = 2, **differences: Any) -> Order:
    """An order of a variant whose units are committed to it."""
    order = await an_order(**differences)
    async with transaction():
        await OrderLine.filter(order_id=order.id).delete()
        line = await OrderLine.create(
            order=order,
            position=1,
            variant=variant,
            title="Wool jumper",
            variant_title="M",
            unit_price=4_500,
            quantity=quantity,
            total=4_500 * quantity,
        )
        for part in await stock.commit({variant.id: quantity}, order_id=order.id, now=NOON):
            await Allocation.create(order_line=line, level_id=part.level_id, quantity=part.quantity)
    return order
