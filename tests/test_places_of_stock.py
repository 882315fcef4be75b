"""Goods in several places: taken by the places' order, from one place where it has enough; and backorders."""

import pytest

from commerce import stock
from commerce.shelves import OutOfStock
from database.transactions import transaction
from models.catalog import InventoryPolicy, ProductVariant
from models.orders import Allocation
from models.stock import Location, StockLevel
from tests.buying import Basket, line
from tests.goods import a_variant, a_zone, stock_up
from tests.goods import take as take_from_shelf

pytestmark = pytest.mark.usefixtures("database")


async def in_places(policy: InventoryPolicy = InventoryPolicy.DENY, **units: int) -> ProductVariant:
    """A variant with so many units in each place; the first named comes last, so that order is not luck."""
    variant = await a_variant(available=None)
    await ProductVariant.filter(id=variant.id).update(tracked=True, inventory_policy=policy)
    variant = await ProductVariant.get(id=variant.id)
    for place, (name, number) in enumerate(units.items()):
        await stock_up(variant, number, location=name, priority=len(units) - place)
    return variant


async def take(variant: ProductVariant, quantity: int) -> dict[str, int]:
    async with transaction():
        taken = await take_from_shelf(variant, quantity)
    names = {level.id: level.location.name for level in await StockLevel.all().select_related("location")}
    return {names[part.level_id]: part.quantity for part in taken}


async def test_the_first_place_that_has_enough_sends_it_all() -> None:
    variant = await in_places(Third=9, Second=5, First=2)

    assert await take(variant, 2) == {"First": 2}
    assert await take(variant, 4) == {"Second": 4}
    assert await take(variant, 9) == {"Third": 9}


async def test_where_no_place_has_enough_they_send_what_they_have_in_their_order() -> None:
    variant = await in_places(Third=9, Second=5, First=2)

    assert await take(variant, 15) == {"First": 2, "Second": 5, "Third": 8}


async def test_more_than_all_places_have_takes_nothing_from_any() -> None:
    variant = await in_places(Second=5, First=2)

    with pytest.raises(OutOfStock):
        await take(variant, 8)
    assert sorted(level.available for level in await StockLevel.all()) == [2, 5]


async def test_a_place_that_is_closed_sends_nothing() -> None:
    variant = await in_places(Second=5, First=2)
    await Location.filter(name="First").update(active=False)

    assert await stock.sellable([variant.id]) == {variant.id: 5}
    assert await take(variant, 1) == {"Second": 1}


async def test_a_backorder_is_promised_by_the_first_place_and_goes_below_zero() -> None:
    variant = await in_places(InventoryPolicy.CONTINUE, Second=5, First=2)

    assert await stock.sellable([variant.id]) == {variant.id: None}
    assert await take(variant, 5) == {"Second": 5}
    assert await take(variant, 7) == {"First": 7}
    assert sorted(level.available for level in await StockLevel.all()) == [-5, 0]


async def test_an_order_remembers_which_place_sends_which_units() -> None:
    await a_zone()
    variant = await in_places(Second=5, First=2)
    placed = await Basket().buy(line(variant, 6))

    assert placed["__typename"] == "CartCompletionSuccess"
    kept = await Allocation.all().order_by("id").values_list("level__location__name", "quantity")
    assert dict(kept) == {"First": 2, "Second": 4}


async def test_a_shopper_buys_what_is_not_there_only_where_backorders_are_taken() -> None:
    await a_zone()
    open_to_backorders = await in_places(InventoryPolicy.CONTINUE, First=1)
    closed = await in_places(First=1)
    assert (await Basket().buy(line(open_to_backorders, 3)))["__typename"] == "CartCompletionSuccess"

    basket = Basket()
    cart = await basket.create(lines=[line(closed, 3)])
    assert cart["totalQuantity"] == 1
    assert [warning["code"] for warning in basket.warnings] == ["MERCHANDISE_NOT_ENOUGH_STOCK"]
