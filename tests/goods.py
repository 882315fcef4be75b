"""Goods to sell in tests: variants with stock, what sending and taxes cost, and orders that promise some of it."""

import secrets
from typing import Any

from commerce import stock
from commerce.merchandise import merchandise_of
from commerce.shelves import Taken
from database.transactions import transaction
from models.catalog import InventoryPolicy, Product, ProductVariant
from models.delivery import ShippingRate, ShippingZone, TaxRate
from models.orders import Allocation, Order, OrderLine
from models.stock import Location, MovementReason, StockLevel, StockMovement
from tests.shop import NOON, an_order


async def a_variant(
    *, price: int = 1_000, available: int | None = 10, policy: InventoryPolicy = InventoryPolicy.DENY, **more: Any
) -> ProductVariant:
    """A variant on sale, of a product of its own. `available=None` is stock that is not counted."""
    handle = f"jumper-{secrets.token_hex(4)}"
    product = await Product.create(
        handle=handle, title="Wool jumper", published_at=NOON, created_at=NOON, updated_at=NOON, min_price=price
    )
    variant = await ProductVariant.create(
        product=product,
        position=1,
        title="M",
        option1="M",
        price=price,
        tracked=available is not None,
        inventory_policy=policy,
        created_at=NOON,
        updated_at=NOON,
        **more,
    )
    if available is not None:
        await stock_up(variant, available)
    return variant


async def stock_up(
    variant: ProductVariant, units: int, *, location: str = "Warehouse", priority: int = 1
) -> StockLevel:
    """Units of a variant at a location, with the movement that brought them."""
    place, _ = await Location.get_or_create(name=location, defaults={"created_at": NOON, "priority": priority})
    level = await StockLevel.create(
        variant=variant,
        location=place,
        on_hand=units,
        available=units,
        oversell=variant.inventory_policy == InventoryPolicy.CONTINUE,
    )
    await StockMovement.create(level=level, reason=MovementReason.RECEIVED, on_hand=units, occurred_at=NOON)
    return level


async def available(variant: ProductVariant) -> int:
    """What is left to sell of a variant."""
    return sum(level.available for level in await StockLevel.filter(variant_id=variant.id))


async def shelves(variant: ProductVariant, part: str) -> list[int]:
    """One of the numbers of a variant's levels, place by place."""
    return [getattr(level, part) for level in await StockLevel.filter(variant_id=variant.id).order_by("id")]


async def levels_equal_their_movements() -> bool:
    """Whether every level is what its movements made it."""
    for level in await StockLevel.all():
        moved = await StockMovement.filter(level_id=level.id)
        for part in ("on_hand", "reserved", "committed"):
            if getattr(level, part) != sum(getattr(movement, part) for movement in moved):
                return False
    return True


async def a_zone(*countries: str, **prices: int) -> None:
    """A zone of countries ("*" for all others) with a rate for each title and price."""
    zone = await ShippingZone.create(name=secrets.token_hex(4), countries=list(countries or ("*",)))
    for position, (title, price) in enumerate((prices or {"Post": 490}).items()):
        await ShippingRate.create(zone=zone, title=title, price=price, position=position)


async def a_tax(country: str, rate: int, title: str = "VAT", **more: Any) -> None:
    """A tax of a country, in millionths."""
    await TaxRate.create(country=country, title=title, rate=rate, **more)


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
        taken = await take(variant, quantity)
        await stock.sold(taken, order_id=order.id, now=NOON)
        for part in taken:
            await Allocation.create(order_line=line, level_id=part.level_id, quantity=part.quantity)
    return order


async def take(variant: ProductVariant, quantity: int) -> list[Taken]:
    """Units of a variant, promised to an order straight from the shelf."""
    goods = await merchandise_of([variant.id])
    return await stock.commit({variant.id: quantity}, goods.shelves)
