"""Where the shop sends to and what it costs, and what the state adds, as staff set it."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from commerce.addresses import rules_of
from commerce.fitting import Taken, Unfit, argument, counted, fitted, kept, minor_of, refuse_taken
from commerce.shares import MILLION
from commerce.shipping import EVERYWHERE
from database.transactions import unit_of_work
from models.delivery import ShippingRate, ShippingZone, TaxRate
from outbox.record import record

PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,6})?", re.ASCII)
AMOUNTS = ("price", "free_from", "min_subtotal", "max_subtotal")
COUNTS = ("min_weight_grams", "max_weight_grams", "min_quantity", "max_quantity")
BOUNDS = ("weight_grams", "subtotal", "quantity")
MOST_RATES = 100


@unit_of_work
async def create_zone(input: Mapping[str, Any], *, currency: str, now: dt.datetime) -> int:
    """Send to more places, at these rates; answers the zone's id."""
    columns = await _zone(input, None)
    zone = await ShippingZone.create(**columns)
    rates = input.get("rates") or ()
    if len(rates) > MOST_RATES:
        raise Unfit(f"A zone has at most {MOST_RATES} rates.", field=("input", "rates"), code="TOO_MANY")
    for index, told in enumerate(rates):
        at = ("input", "rates", str(index))
        rate = {"position": index + 1, **_rate(told, None, currency, at)}
        await ShippingRate.create(zone=zone, **rate)
    await _tell("delivery_zone.created", zone.id, now=now)
    return zone.id


@unit_of_work
async def update_zone(id: int, input: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Another name or other places."""
    await kept(ShippingZone, id, at=("id",), called="zone")
    columns = await _zone(input, id)
    if columns:
        await ShippingZone.filter(id=id).update(**columns)
    await _tell("delivery_zone.updated", id, now=now)


@unit_of_work
async def delete_zone(id: int, *, now: dt.datetime) -> None:
    """Send there no more."""
    await (await kept(ShippingZone, id, at=("id",), called="zone")).delete()
    await _tell("delivery_zone.deleted", id, now=now)


@unit_of_work
async def create_rate(zone_id: int, input: Mapping[str, Any], *, currency: str, now: dt.datetime) -> int:
    """One more way to send within a zone; answers the rate's id."""
    await kept(ShippingZone, zone_id, at=("zoneId",), called="zone")
    position = await ShippingRate.filter(zone_id=zone_id).count() + 1
    if position > MOST_RATES:
        raise Unfit(f"A zone has at most {MOST_RATES} rates.", field=("zoneId",), code="TOO_MANY")
    columns = {"position": position, **_rate(input, None, currency, ("input",))}
    rate = await ShippingRate.create(zone_id=zone_id, **columns)
    await _tell("delivery_zone.updated", zone_id, now=now)
    return rate.id


@unit_of_work
async def update_rate(id: int, input: Mapping[str, Any], *, currency: str, now: dt.datetime) -> None:
    """Another price, other bounds. Orders keep what they were placed with."""
    rate = await kept(ShippingRate, id, at=("id",), called="rate")
    columns = _rate(input, rate, currency, ("input",))
    if columns:
        await ShippingRate.filter(id=id).update(**columns)
    await _tell("delivery_zone.updated", rate.zone_id, now=now)


@unit_of_work
async def delete_rate(id: int, *, now: dt.datetime) -> None:
    """One way less to send."""
    rate = await kept(ShippingRate, id, at=("id",), called="rate")
    await rate.delete()
    await _tell("delivery_zone.updated", rate.zone_id, now=now)


@unit_of_work
async def create_tax(input: Mapping[str, Any], *, now: dt.datetime) -> int:
    """A tax of a country or one of its provinces; answers its id."""
    columns = await _tax(input, None)
    rate = await TaxRate.create(**columns)
    await record("tax_rate.created", aggregate="tax_rate", key=rate.id, now=now)
    return rate.id


@unit_of_work
async def update_tax(id: int, input: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Another rate from now on. Orders keep the taxes they were placed with."""
    rate = await kept(TaxRate, id, at=("id",), called="tax rate")
    columns = await _tax(input, rate)
    if columns:
        await TaxRate.filter(id=id).update(**columns)
    await record("tax_rate.updated", aggregate="tax_rate", key=id, now=now)


@unit_of_work
async def delete_tax(id: int, *, now: dt.datetime) -> None:
    """A tax less."""
    await (await kept(TaxRate, id, at=("id",), called="tax rate")).delete()
    await record("tax_rate.deleted", aggregate="tax_rate", key=id, now=now)


async def _zone(told: Mapping[str, Any], zone_id: int | None) -> dict[str, Any]:
    plain = {name: told[name] for name in ("name", "countries") if name in told}
    needed = ("name", "countries") if zone_id is None else tuple(plain)
    columns = fitted(ShippingZone, plain, at=("input",), needed=needed)
    if "name" in columns:
        await refuse_taken(ShippingZone, at=("input", "name"), but=zone_id, name=columns["name"])
    if "countries" in columns:
        columns["countries"] = list(dict.fromkeys(place.strip().upper() for place in columns["countries"]))
        await _check_places(columns["countries"], zone_id)
    return columns


async def _check_places(places: Sequence[str], zone_id: int | None) -> None:
    served = {
        place: zone.name for zone in await ShippingZone.all().exclude(id=zone_id or 0) for place in zone.countries
    }
    for index, place in enumerate(places):
        at = ("input", "countries", str(index))
        known = place == EVERYWHERE or (PLACE.fullmatch(place) and rules_of(place[:2]) is not None)
        if not known:
            told = "A place is a country (FR), a province of one (US-NY), or * for every other country."
            raise Unfit(told, field=at, code="INVALID")
        if place in served:
            raise Taken(f"The zone {served[place]} sends there already.", field=at)


def _rate(told: Mapping[str, Any], rate: ShippingRate | None, currency: str, at: tuple[str, ...]) -> dict[str, Any]:
    needed = ("title",) if rate is None or "title" in told else ()
    columns = fitted(ShippingRate, told, at=at, needed=needed)
    for name in AMOUNTS:
        if name in columns:
            columns[name] = minor_of(columns[name], currency, at=(*at, argument(name)))
    for name in COUNTS:
        counted(columns.get(name), at=(*at, argument(name)))
    if "price" in columns and columns["price"] is None:
        raise Unfit("Say what it costs; nothing is 0.", field=(*at, "price"), code="BLANK")
    for name in BOUNDS:
        low, high = (columns.get(f"{end}_{name}", getattr(rate, f"{end}_{name}", None)) for end in ("min", "max"))
        if low is not None and high is not None and low > high:
            raise Unfit("The least is more than the most.", field=(*at, argument(f"max_{name}")), code="INVALID")
    return columns


async def _tax(told: Mapping[str, Any], rate: TaxRate | None) -> dict[str, Any]:
    needed = ("country", "title") if rate is None else tuple({"country", "title"} & told.keys())
    columns = fitted(TaxRate, told, at=("input",), needed=needed)
    if "rate" in columns:
        share = columns["rate"]
        if share is None or not 0 <= share <= 1:
            raise Unfit("A rate is between 0 and 1: 0.19 is 19 %.", field=("input", "rate"), code="INVALID")
        columns["rate"] = int((Decimal(str(share)) * MILLION).to_integral_value())
    if columns.get("province", "") is None:
        columns["province"] = ""
    if rate is None:
        columns.setdefault("province", "")
    same = {name: columns.get(name, getattr(rate, name, None)) for name in ("country", "province", "title")}
    await refuse_taken(TaxRate, at=("input", "title"), but=rate.id if rate else None, **same)
    return columns


async def _tell(kind: str, zone_id: int, *, now: dt.datetime) -> None:
    await record(kind, aggregate="delivery_zone", key=zone_id, now=now)
