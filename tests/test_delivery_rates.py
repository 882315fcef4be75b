"""Ways of sending as a cart is offered them: by place, weight, price and quantity, free from a price on."""

from typing import Any

import pytest

from models.delivery import ShippingRate, ShippingZone
from tests.buying import Basket, line
from tests.goods import a_variant

pytestmark = pytest.mark.usefixtures("database")


async def a_rate(zone: ShippingZone, title: str, price: int = 500, **bounds: Any) -> None:
    await ShippingRate.create(zone=zone, title=title, price=price, **bounds)


async def a_zone_of(*places: str) -> ShippingZone:
    return await ShippingZone.create(name="/".join(places), countries=list(places))


async def offered(*units: int, **place: Any) -> dict[str, str]:
    """The ways of sending a cart of so many things of ten euros and 400 grams each, and their prices."""
    basket = Basket()
    goods = [await a_variant(price=1_000, available=None, weight_grams=400) for _ in units]
    await basket.create(lines=[line(variant, number) for variant, number in zip(goods, units, strict=True)])
    cart = await basket.send_to(**place)
    groups = cart["deliveryGroups"]["nodes"]
    options = [option for group in groups for option in group["deliveryOptions"]]
    return {option["title"]: option["estimatedCost"]["amount"] for option in options}


async def test_what_is_heavy_goes_by_what_carries_it() -> None:
    zone = await a_zone_of("DE")
    await a_rate(zone, "Letter", 200, max_weight_grams=400)
    await a_rate(zone, "Parcel", 600, min_weight_grams=401, max_weight_grams=2_000)
    await a_rate(zone, "Pallet", 9_000, min_weight_grams=2_001)

    assert await offered(1) == {"Letter": "2.0"}
    assert await offered(1, 4) == {"Parcel": "6.0"}
    assert await offered(6) == {"Pallet": "90.0"}


async def test_what_is_dear_goes_insured() -> None:
    zone = await a_zone_of("DE")
    await a_rate(zone, "Post", max_subtotal=5_000)
    await a_rate(zone, "Insured", min_subtotal=5_001)

    assert list(await offered(5)) == ["Post"]
    assert list(await offered(6)) == ["Insured"]


async def test_what_is_many_goes_in_a_box() -> None:
    zone = await a_zone_of("DE")
    await a_rate(zone, "Envelope", max_quantity=2)
    await a_rate(zone, "Box", min_quantity=3)

    assert list(await offered(1, 1)) == ["Envelope"]
    assert list(await offered(2, 1)) == ["Box"]


async def test_sending_is_free_from_a_price_on_and_the_cheapest_way_comes_first() -> None:
    zone = await a_zone_of("DE")
    await a_rate(zone, "Courier", 900)
    await a_rate(zone, "Post", 500, free_from=3_000)

    assert await offered(2) == {"Post": "5.0", "Courier": "9.0"}
    assert await offered(3) == {"Post": "0.0", "Courier": "9.0"}
    assert list(await offered(3)) == ["Post", "Courier"]


async def test_the_zone_that_names_a_place_most_closely_counts() -> None:
    await a_rate(await a_zone_of("*"), "World")
    await a_rate(await a_zone_of("US"), "States")
    await a_rate(await a_zone_of("US-HI", "US-AK"), "Far states")
    america = {"countryCode": "US", "address1": "1 Main St"}

    assert list(await offered(1)) == ["World"]
    assert list(await offered(1, **america, provinceCode="CA", city="Los Angeles", zip="90001")) == ["States"]
    assert list(await offered(1, **america, provinceCode="HI", city="Honolulu", zip="96801")) == ["Far states"]


async def test_where_no_zone_reaches_nothing_is_offered_and_a_rate_that_is_off_neither() -> None:
    zone = await a_zone_of("FR")
    await a_rate(zone, "Post")
    assert await offered(1) == {}

    await a_rate(await a_zone_of("DE"), "Off", active=False)
    assert await offered(1) == {}
