"""Where the shop sends to, what the state adds, and what the shop is, for staff."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from commerce import delivery_keeping, shop_keeping
from commerce.shares import MILLION
from loaders.content import PolicyById
from loaders.delivery import RateByKey, RatesOfZone, TaxRateByKey, ZoneByKey
from loaders.reading import rows_of
from loaders.rows import content as content_rows
from loaders.rows import delivery as rows
from loaders.rows import shop as shop_rows
from loaders.shop import ShopByKey
from models.content import Policy
from models.delivery import ShippingRate, ShippingZone, TaxRate
from models.money import Money
from models.shop import Shop
from resolvers.context import Context
from resolvers.filtering import number_in, text_in, text_within
from resolvers.staff_acts import listing, made_by, one, removed_by


class ZoneSort(StrEnum):
    """What zones can be sorted by."""

    ID = "ID"
    NAME = "NAME"


class TaxSort(StrEnum):
    """What taxes can be sorted by."""

    ID = "ID"
    TITLE = "TITLE"
    RATE = "RATE"


zones = listing(
    ShippingZone,
    rows.ShippingZone,
    ZoneSort,
    fields={"id": number_in("id"), "name": text_in("name")},
    words=text_within("name"),
)
zone = one(ZoneByKey)
taxes = listing(
    TaxRate,
    rows.TaxRate,
    TaxSort,
    fields={
        "id": number_in("id"),
        "country": text_in("country"),
        "province": text_in("province"),
        "title": text_in("title"),
    },
    words=text_in("country"),
)
create_zone = made_by(delivery_keeping.create_zone, "deliveryZoneCreate", ShippingZone, read=ZoneByKey, input=dict)
update_zone = made_by(
    delivery_keeping.update_zone, "deliveryZoneUpdate", ShippingZone, read=ZoneByKey, key="id", id=int, input=dict
)
delete_zone = removed_by(delivery_keeping.delete_zone, "deliveryZoneDelete", ShippingZone)
create_rate = made_by(
    delivery_keeping.create_rate, "deliveryRateCreate", ShippingRate, read=RateByKey, zone_id=int, input=dict
)
update_rate = made_by(
    delivery_keeping.update_rate, "deliveryRateUpdate", ShippingRate, read=RateByKey, key="id", id=int, input=dict
)
delete_rate = removed_by(delivery_keeping.delete_rate, "deliveryRateDelete", ShippingRate)
create_tax = made_by(delivery_keeping.create_tax, "taxRateCreate", TaxRate, read=TaxRateByKey, input=dict)
update_tax = made_by(
    delivery_keeping.update_tax, "taxRateUpdate", TaxRate, read=TaxRateByKey, key="id", id=int, input=dict
)
delete_tax = removed_by(delivery_keeping.delete_tax, "taxRateDelete", TaxRate)


async def _the_shop(given: Mapping[str, Any]) -> int:
    return 1


update_shop = made_by(shop_keeping.update_shop, "shopUpdate", Shop, read=ShopByKey, find=_the_shop, input=dict)


async def _same_text(given: Mapping[str, Any]) -> int | None:
    return await shop_keeping.policy_of(given["shop_policy"]["type"])


update_policy = made_by(
    shop_keeping.update_policy, "shopPolicyUpdate", Policy, read=PolicyById, find=_same_text, shop_policy=dict
)


async def rates_of_zone(context: Context, zone: rows.ShippingZone) -> list[rows.ShippingRate]:
    """Its ways to send."""
    return await context.loaders(RatesOfZone).load(zone.id)


def money(name: str) -> Any:
    """An amount of a rate, by the name of its column."""

    def amount(context: Context, rate: rows.ShippingRate) -> Money | None:
        minor = getattr(rate, name)
        return None if minor is None else Money(minor, context.shop.currency)

    return amount


def share(context: Context, tax: rows.TaxRate) -> float:
    """The rate as a share."""
    return float(Decimal(tax.rate) / MILLION)


def province(context: Context, tax: rows.TaxRate) -> str | None:
    """The province, if it is one's own."""
    return tax.province or None


async def shop(context: Context, root: object) -> shop_rows.Shop:
    """The shop as it stands."""
    return cast("shop_rows.Shop", await context.loaders(ShopByKey).load(1))


async def policies(context: Context, shop: shop_rows.Shop) -> list[content_rows.Policy]:
    """The legal texts there are."""
    return await rows_of(Policy.all().order_by("id"), content_rows.Policy)


def kind_of_policy(context: Context, policy: content_rows.Policy) -> str:
    """Which text it is."""
    return policy.handle.upper().replace("-", "_")
