"""Carts that are ready to be paid by a provider, and what the books say afterwards."""

from typing import Any

from models.payments import LedgerEntry
from payments.choosing import Gateways, gateways
from tests.buying import SCHEMA, Basket, by_card, line
from tests.goods import a_variant, a_zone
from tests.shop import Counter, a_shop

PRICE = 1_500
"""What the cart costs: one thing for 10.00, delivered for 5.00."""


async def a_basket(session: str, *, stock: int = 5, among: Gateways | None = None, **shop: Any) -> Basket:
    """A cart of one thing, to be paid with a session of one of the providers."""
    await a_shop(test_payments=True, **shop)
    await a_zone("DE", Post=500)
    basket = Basket(Counter(SCHEMA, gateways=among or gateways()))
    variant = await a_variant(price=1_000, available=stock)
    await basket.create(lines=[line(variant)], buyerIdentity={"email": "ada@example.com"})
    await basket.send_to()
    await basket.pay(**by_card(session))
    return basket


async def submitted(session: str, **more: Any) -> tuple[Basket, Any]:
    """The cart, submitted, and what became of the attempt so far."""
    basket = await a_basket(session, **more)
    result = await basket.submit()
    return basket, await basket.attempt(result["attemptId"])


async def ledger() -> list[tuple[str, int]]:
    """Everything that moved, in order."""
    return [(entry.kind.value, entry.amount) for entry in await LedgerEntry.all().order_by("id")]
