"""The shop itself: what it is before anybody has set anything, so that goods can be sold at once."""

import datetime as dt

from commerce.refusals import Refusal
from database.transactions import after_commit, unit_of_work
from models.delivery import ShippingRate, ShippingZone
from models.shop import Shop
from models.stock import Location

MANUAL_PAYMENTS = ("bank transfer", "cash on delivery")


_changes = [0]


def shop_changes() -> int:
    """How often this process has changed the shop: what was read of it before the number moved may be old."""
    return _changes[0]


def shop_changed() -> None:
    """Have everybody in this process read the shop again, once the running transaction has committed."""
    after_commit(_count)


def _count() -> None:
    _changes[0] += 1


class NoShop(Refusal):
    """The database holds no shop yet."""


@unit_of_work
async def ensure_shop_defaults(*, now: dt.datetime) -> None:
    """Give an empty database what selling needs; what is there already stays as it is. Safe to repeat.

    A shop in euros, one location, free delivery to every country, payment by bank transfer or cash on delivery.
    """
    if not await Shop.exists():
        await Shop.create(
            id=1,
            name="My shop",
            currency="EUR",
            country="IE",
            manual_payment_methods=list(MANUAL_PAYMENTS),
            updated_at=now,
        )
    if not await Location.exists():
        await Location.create(name="Warehouse", created_at=now)
    if not await ShippingZone.exists():
        zone = await ShippingZone.create(name="Everywhere", countries=["*"])
        await ShippingRate.create(zone=zone, title="Free delivery", price=0)


async def shop_currency() -> str:
    """The one currency of the shop's prices."""
    shop = await Shop.get_or_none(id=1)
    if shop is None:
        raise NoShop("This database holds no shop yet.")
    return shop.currency
