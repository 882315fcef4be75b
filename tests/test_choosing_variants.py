"""Choosing a variant by its options, as product pages do."""

from typing import Any

import pytest

from models.stock import StockLevel
from schema.storefront.schema import storefront
from tests.catalogue import goods
from tests.shop import Counter

pytestmark = pytest.mark.usefixtures("database")
SHOPFRONT = Counter(storefront())


async def chosen(field: str, *pairs: tuple[str, str], more: str = "") -> Any:
    options = ", ".join(f'{{name: "{name}", value: "{value}"}}' for name, value in pairs)
    answer = await SHOPFRONT.ask(
        f'{{ product(handle: "jumper") {{ {field}(selectedOptions: [{options}]{more}) {{ title }} }} }}'
    )
    assert answer.codes == []
    found = answer.data["product"][field]
    return [each["title"] for each in found] if isinstance(found, list) else found and found["title"]


async def test_the_variant_with_the_values_is_chosen_whatever_else_is_named() -> None:
    await goods("jumper")
    field = "selectedOrFirstAvailableVariant"

    assert await chosen(field, ("Size", "M"), ("Colour", "Red")) == "M / Red"
    assert await chosen(field, ("Size", "M"), ("Colour", "Red"), ("Mood", "Blue")) == "M / Red"
    assert await chosen(field, ("Mood", "Blue")) == "S / Green"
    assert await chosen(field, ("size", "m"), ("colour", "red"), more=", caseInsensitiveMatch: true") == "M / Red"


async def test_without_a_match_the_first_that_can_be_bought_is_chosen() -> None:
    await goods("jumper")
    await StockLevel.filter(variant__title="S / Green").update(on_hand=0, available=0)

    assert await chosen("selectedOrFirstAvailableVariant", ("Size", "XXL")) == "S / Red"


async def test_a_sold_out_product_still_has_a_variant_to_show() -> None:
    await goods("jumper", quantity=0)

    assert await chosen("selectedOrFirstAvailableVariant") == "S / Green"


async def test_adjacent_variants_differ_in_exactly_one_value() -> None:
    await goods("jumper")

    assert await chosen("adjacentVariants", ("Size", "M"), ("Colour", "Red")) == ["S / Red", "M / Green"]


async def test_a_variant_by_its_options_needs_all_of_them() -> None:
    await goods("jumper")

    assert await chosen("variantBySelectedOptions", ("Size", "M"), ("Colour", "Green")) == "M / Green"
    assert await chosen("variantBySelectedOptions", ("Size", "M")) is None
    assert await chosen("variantBySelectedOptions", ("Size", "M"), ("Colour", "Pink")) is None


async def test_availability_is_encoded_apart_from_existence() -> None:
    await goods("jumper")
    await StockLevel.filter(variant__title="M / Red").update(on_hand=0, available=0)

    answer = await SHOPFRONT.ask('{ product(handle: "jumper") { encodedVariantExistence encodedVariantAvailability } }')

    assert answer.data["product"] == {
        "encodedVariantExistence": "v1_0:0-1,1:0-1,",
        "encodedVariantAvailability": "v1_0:0-1,1:0,",
    }
