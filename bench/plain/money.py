"""Amounts and global ids as all contestants write them."""

import strawberry

from models.money import Money

CURRENCY = "EUR"


def gid(kind: str, key: object) -> strawberry.ID:
    """A global id."""
    return strawberry.ID(f"gid://shopwright/{kind}/{key}")


@strawberry.type
class MoneyV2:
    """Money."""

    amount: str
    currency_code: str


@strawberry.type
class PriceRange:
    """Two prices."""

    min_variant_price: MoneyV2
    max_variant_price: MoneyV2


def money(minor: int) -> MoneyV2:
    """An amount of the shop's currency."""
    return MoneyV2(amount=Money(minor, CURRENCY).amount, currency_code=CURRENCY)
