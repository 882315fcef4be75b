"""What the demo shop charges for sending, adds for the state, and takes off for a code."""

import datetime as dt
from typing import Any

from models.delivery import ShippingRate, ShippingZone, TaxRate
from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod
from models.money import Money

Data = dict[str, Any]


async def open_offers(data: Data, *, currency: str, now: dt.datetime) -> None:
    """Shipping zones with their rates, tax rates by country, and discounts with their codes."""
    for zone in data["zone"]:
        await _open_zone(zone, currency)
    await TaxRate.bulk_create(
        [TaxRate(country=country, title=title, rate=rate) for country, (title, rate) in data["taxes"].items()]
    )
    for discount in data["discount"]:
        await _open_discount(discount, currency, now)


async def _open_zone(told: Data, currency: str) -> None:
    zone = await ShippingZone.create(name=told["name"], countries=told["countries"])
    for position, rate in enumerate(told["rates"], 1):
        await ShippingRate.create(
            zone=zone,
            title=rate["title"],
            description=rate["description"],
            position=position,
            price=_minor(rate["price"], currency),
            free_from=_minor(rate["free_from"], currency) if "free_from" in rate else None,
            min_weight_grams=rate.get("min_weight"),
            max_weight_grams=rate.get("max_weight"),
        )


async def _open_discount(told: Data, currency: str, now: dt.datetime) -> None:
    discount = await Discount.create(
        title=told["title"],
        kind=DiscountKind(told["kind"]),
        method=DiscountMethod.CODE,
        value=_minor(told["amount"], currency) if "amount" in told else told.get("value", 0),
        min_subtotal=_minor(told["min_subtotal"], currency) if "min_subtotal" in told else None,
        usage_limit=told.get("usage_limit"),
        combines_with_shipping=told["kind"] != DiscountKind.FREE_SHIPPING,
        combines_with_order=told["kind"] == DiscountKind.FREE_SHIPPING,
        created_at=now,
        updated_at=now,
    )
    await DiscountCode.create(discount=discount, code=told["code"], code_key=told["code"].casefold())


def _minor(amount: str, currency: str) -> int:
    return Money.of(amount, currency).minor
