"""Many shoppers at once, over real sockets, each with a cart that is paid for and waits to be submitted."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx

from drills.ground.running import RunningShop, command

FIRST_VARIANT = "{ products(first: 1) { nodes { variants(first: 1) { nodes { id quantityAvailable } } } } }"
OSLO = {
    "firstName": "Kari",
    "lastName": "Nordmann",
    "address1": "Storgata 1",
    "city": "Oslo",
    "zip": "0155",
    "countryCode": "NO",
}
CREATE = """mutation ($input: CartInput!) {
  cartCreate(input: $input) {
    cart { id cost { checkoutChargeAmount { amount currencyCode } } } userErrors { code message }
  }
}"""
PAY = """mutation ($cart: ID!, $payment: CartPaymentInput!) {
  cartPaymentUpdate(cartId: $cart, payment: $payment) { userErrors { code message } }
}"""
SUBMIT = """mutation ($cart: ID!, $token: String!) {
  cartSubmitForCompletion(cartId: $cart, attemptToken: $token) {
    result {
      __typename
      ... on SubmitSuccess { attemptId }
      ... on SubmitAlreadyAccepted { attemptId }
      ... on SubmitFailed { errors { code message } }
    }
    userErrors { code message }
  }
}"""
OUTCOME = """query ($attempt: String!) {
  cartCompletionAttempt(attemptId: $attempt) {
    __typename
    ... on CartCompletionSuccess { orderId }
    ... on CartCompletionFailed { errors { code message } }
  }
}"""
BY_TRANSFER: Mapping[str, Any] = {"manualPaymentMethod": {"name": "bank transfer"}}
FREE: Mapping[str, Any] = {"freePaymentMethod": {"billingAddress": {"country": "NO"}}}
CROWD = 200
POLL_SECONDS = 0.2
TRIES = 20
FIRST_ADDRESS = ip_address("10.0.0.1")
"""As a proxy on the same machine tells it, which the shop believes."""
IDLE_SECONDS = 1.0
"""Well before the server hangs up on a connection nobody uses: else a request meets the hanging up."""


@dataclass(frozen=True, slots=True)
class Shopper:
    """Somebody with a cart; the token makes their submission safe to repeat."""

    cart: str
    token: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a shopper wants, and how it is paid."""

    variant: str
    way: Mapping[str, Any]
    codes: Sequence[str] = ()
    cards: Sequence[str] = ()


def by_card(session: str) -> Mapping[str, Any]:
    """A payment by a session of the test provider."""
    return {"directPaymentMethod": {"sessionId": session, "billingAddress": {"country": "NO"}}}


def stock_of(database: str, folder: Path, *, units: int) -> None:
    """Open a shop that sells one thing, of which there are so many."""
    file = folder / "one-thing.csv"
    columns = "Handle,Title,Option1 Name,Option1 Value,Variant Inventory Tracker,Variant Inventory Qty,Variant Price"
    file.write_text(f"{columns},Status\nlast-lamp,Last Lamp,Title,Default Title,shopify,{units},25.00,active\n")
    done = command("import", str(file), folder=folder, SHOPWRIGHT_DATABASE_URL=database)
    assert done.returncode == 0, done.stdout + done.stderr


async def ask(client: httpx.AsyncClient, document: str, **variables: Any) -> Any:
    """The data of an answer; the crowd makes no mistakes, so errors fail the test."""
    answer = (await client.post("/graphql", json={"query": document, "variables": variables})).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def left(client: httpx.AsyncClient) -> int:
    """How many units of the one thing can still be bought."""
    units: int = (await _one_thing(client))["quantityAvailable"]
    return units


async def shoppers(client: httpx.AsyncClient, number: int) -> list[Shopper]:
    """So many shoppers, each about to buy one unit of the one thing by bank transfer."""
    return await crowd(client, number, Wish((await _one_thing(client))["id"], BY_TRANSFER))


async def crowd(client: httpx.AsyncClient, number: int, wish: Wish) -> list[Shopper]:
    """So many shoppers with the same wish, each with a cart that is ready to be submitted."""
    at_once = asyncio.Semaphore(CROWD)

    async def come(place: int) -> Shopper:
        async with at_once:
            return Shopper(await a_cart(client, wish, place=place), f"attempt-{place}")

    return list(await asyncio.gather(*(come(place) for place in range(number))))


async def a_cart(client: httpx.AsyncClient, wish: Wish, *, place: int = 0) -> str:
    """A cart with one unit, sent to Oslo, paid for: its id. Each place is another shopper, somewhere else."""
    given = {
        "lines": [{"merchandiseId": wish.variant, "quantity": 1}],
        "buyerIdentity": {"email": f"kari{place}@example.com", "countryCode": "NO"},
        "delivery": {"addresses": [{"selected": True, "address": {"deliveryAddress": OSLO}}]},
        "discountCodes": list(wish.codes),
        "giftCardCodes": list(wish.cards),
    }
    made = (await insist(client, CREATE, place=place, input=given))["cartCreate"]
    assert made["userErrors"] == [], made
    cart = made["cart"]
    await pay(client, cart["id"], cart["cost"]["checkoutChargeAmount"], wish.way)
    key: str = cart["id"]
    return key


async def pay(client: httpx.AsyncClient, cart: str, owed: Mapping[str, str], way: Mapping[str, Any]) -> None:
    """Say how a cart is paid."""
    paid = await insist(client, PAY, cart=cart, payment={"amount": owed, **way})
    assert paid["cartPaymentUpdate"]["userErrors"] == [], paid


async def insist(client: httpx.AsyncClient, document: str, *, place: int = 0, **variables: Any) -> Any:
    """Ask again when the shop took too long or hung up: for what may be asked twice, as submissions by their token."""
    asked, headers = {"query": document, "variables": variables}, {"X-Forwarded-For": str(FIRST_ADDRESS + place)}
    for patience in range(TRIES, 0, -1):
        try:
            answer = (await client.post("/graphql", json=asked, headers=headers)).json()
        except httpx.TransportError:
            if patience == 1:
                raise
            continue
        if "errors" not in answer:
            return answer["data"]
        codes = {error["extensions"]["code"] for error in answer["errors"]}
        assert codes == {"DEADLINE_EXCEEDED"}, answer
    raise TimeoutError("The shop always took too long.")


async def submitted(client: httpx.AsyncClient, shopper: Shopper) -> dict[str, Any]:
    """What the shop says to a shopper's submission."""
    data = await insist(client, SUBMIT, cart=shopper.cart, token=shopper.token)
    return dict(data["cartSubmitForCompletion"]["result"])


async def submit(client: httpx.AsyncClient, shopper: Shopper) -> dict[str, Any]:
    """What came of a shopper's submission, once it is decided: the outcome's type with its order or errors."""
    result = await submitted(client, shopper)
    if "attemptId" not in result:
        return result
    while True:
        outcome = (await insist(client, OUTCOME, attempt=result["attemptId"]))["cartCompletionAttempt"]
        if outcome["__typename"] != "CartCompletionProcessing":
            return {**outcome, "attemptId": result["attemptId"]}
        await asyncio.sleep(POLL_SECONDS)


def crowd_at(shop: RunningShop, *, size: int = CROWD) -> httpx.AsyncClient:
    """A client with a connection for each of a crowd."""
    limits = httpx.Limits(max_connections=size, max_keepalive_connections=size, keepalive_expiry=IDLE_SECONDS)
    return httpx.AsyncClient(base_url=shop.address, timeout=300, limits=limits)


async def _one_thing(client: httpx.AsyncClient) -> dict[str, Any]:
    data = await ask(client, FIRST_VARIANT)
    variant: dict[str, Any] = data["products"]["nodes"][0]["variants"]["nodes"][0]
    return variant
