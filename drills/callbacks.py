"""10,000 messages of a payment provider, 1,000 of them distinct, ten times each, shuffled, to two workers at once."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator, Iterable
from typing import Any

import httpx

from database.connection import address_of, opened
from drills.ground import shelf
from drills.ground.crowd import Wish, by_card, crowd, crowd_at, submitted
from drills.ground.rounds import Ground, Round
from drills.ground.running import running_shop
from drills.ground.stripe_stand_in import SECRET_KEY, WEBHOOK_SECRET, StandIn, open_stand_in, signed
from models.checkout import AttemptState, CheckoutAttempt
from models.payments import Payment, PaymentCallback, PaymentState

ROUNDS = 1
CONFIRMED, REFUSED, TIMES = 200, 100, 10
"""Four messages of each payment that is confirmed and given back in two parts, two of each that is not: 1,000."""
PARTS = (300, 200)
CONNECTIONS = 60


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """A stand-in for Stripe beside the shop; what it has in its books is what the shop has to have."""
    await shelf.open_shop(ground.database)
    async with opened(address_of(ground.database)), open_stand_in() as stand_in:
        await shelf.furnish()
        thing = await shelf.a_thing(None)
        settings = stripe_settings(stand_in)
        with running_shop(ground.database, ground.folder, "--workers", "2", "--no-demo", **settings) as shop:
            async with crowd_at(shop, size=CONNECTIONS) as client:
                for number in rounds:
                    yield await one_round(client, stand_in, thing.id, number)


def stripe_settings(stand_in: StandIn) -> dict[str, str]:
    """What makes a shop take payments by the stand-in."""
    return {
        "SHOPWRIGHT_STRIPE_SECRET_KEY": SECRET_KEY,
        "SHOPWRIGHT_STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
        "SHOPWRIGHT_STRIPE_API_BASE": stand_in.address,
    }


async def one_round(
    client: httpx.AsyncClient,
    stand_in: StandIn,
    variant: str,
    number: int,
    *,
    confirmed: int = CONFIRMED,
    refused: int = REFUSED,
    times: int = TIMES,
) -> Round:
    """Everybody is asked by their bank, most agree; then everything that happened is told again and again."""
    stand_in.books.clear()
    wish = Wish(variant, by_card("pm_card_threeDSecure2Required"))
    shoppers = await crowd(client, confirmed + refused, wish)
    await asyncio.gather(*(submitted(client, shopper) for shopper in shoppers))
    for place, key in enumerate(list(stand_in.books.intents)):
        _decide(stand_in, key, agrees=place < confirmed)
    told = list(stand_in.books.events) * times
    random.Random(number).shuffle(told)
    statuses = await _tell(client, told)
    figures = {"messages": len(told), "distinct": len(stand_in.books.events)}
    broken = await _differences(stand_in, confirmed=confirmed, refused=refused)
    if set(statuses) != {200}:
        broken.append(f"Messages were answered by {dict(statuses)}.")
    return Round({**figures, "orders": confirmed}, broken=broken + await shelf.audit())


def _decide(stand_in: StandIn, key: str, *, agrees: bool) -> None:
    if not agrees:
        stand_in.books.fail_authentication(key)
        return
    stand_in.books.confirm(key)
    for amount in PARTS:
        stand_in.books.refund(params={"payment_intent": key, "amount": str(amount)}, address="")


async def _tell(client: httpx.AsyncClient, told: list[dict[str, Any]]) -> Counter[int]:
    """How the messages were answered. One that shall come again does so, as Stripe does it."""
    at_once = asyncio.Semaphore(CONNECTIONS)

    async def post(event: dict[str, Any]) -> int:
        async with at_once:
            return (await client.post("/webhooks/stripe", **signed(event))).status_code

    return Counter(await asyncio.gather(*(post(event) for event in told)))


async def _differences(stand_in: StandIn, *, confirmed: int, refused: int) -> list[str]:
    """Where the shop's books are not the provider's."""
    payments = await Payment.filter(reference__in=list(stand_in.books.intents))
    found = [words for payment in payments if (words := _difference(stand_in, payment))]
    states = Counter(payment.state for payment in payments)
    if states != {PaymentState.REFUNDED: confirmed, PaymentState.FAILED: refused}:
        found.append(f"Payments are {dict(states)}.")
    placed = CheckoutAttempt.filter(payment_rows__reference__in=list(stand_in.books.intents))
    if (orders := await placed.filter(state=AttemptState.SUCCEEDED).count()) != confirmed:
        found.append(f"{orders} orders for {confirmed} confirmed payments.")
    ids = [event["id"] for event in stand_in.books.events]
    if (kept := await PaymentCallback.filter(event_id__in=ids).count()) != len(ids):
        found.append(f"{kept} messages are kept of {len(ids)}.")
    return found


def _difference(stand_in: StandIn, payment: Payment) -> str | None:
    intent = stand_in.books.intents[payment.reference or ""]
    there = (intent["amount_received"], stand_in.books.refunded(intent["id"]))
    here = (payment.captured, payment.refunded)
    return None if here == there else f"Payment {payment.id} holds {here}, at the provider {there}."
