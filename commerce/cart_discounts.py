"""Discounts as a placed order remembers them."""

from collections.abc import Sequence
from typing import Any

from commerce.discounts import Class, Offer
from models.discounts import DiscountKind


def applications_of(offers: Sequence[Offer], currency: str) -> list[dict[str, Any]]:
    """The discounts of an order, each as plain values; shares are in millionths."""
    return [_application(offer, currency) for offer in offers]


def _application(offer: Offer, currency: str) -> dict[str, Any]:
    shipping = offer.falls_on is Class.SHIPPING
    everything = not offer.goods.products and not offer.goods.collections
    fixed = offer.kind is DiscountKind.FIXED_AMOUNT
    return {
        "discount_id": offer.id,
        "code": offer.code,
        "title": offer.title,
        "allocation_method": "EACH" if offer.falls_on is Class.LINES else "ACROSS",
        "target_selection": "ALL" if everything else "ENTITLED",
        "target_type": "SHIPPING_LINE" if shipping else "LINE_ITEM",
        "amount": offer.value if fixed else None,
        "share": None if fixed else (1_000_000 if shipping else offer.value),
        "currency": currency,
    }
