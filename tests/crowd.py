"""Many shoppers at once, over real sockets, each with a cart that is paid for and waits to be submitted."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.running import RunningShop, command

FIRST_VARIANT = "{ products(first: 1) { nodes { variants(first: 1) { nodes { id quantityAvailable } } } } }"
FILL = """mutation ($variant: ID!) {
  cartCreate(input: {
    lines: [{ merchandiseId: $variant, quantity: 1 }]
    buyerIdentity: { email: "kari@example.com", countryCode: NO }
    delivery: { addresses: [{ selected: true, address: { deliveryAddress: {
      lastName: "Nordmann", firstName: "Kari", address1: "Storgata 1", city: "Oslo", zip: "0155", countryCode: NO
    } } }] }
  }) { cart { id cost { totalAmount { amount currencyCode } } } userErrors { code message } }
}"""
PAY = """mutation ($cart: ID!, $total: MoneyInput!) {
  cartPaymentUpdate(cartId: $cart, payment: { amount: $total, manualPaymentMethod: { name: "bank transfer" } }) {
    userErrors { code message }
  }
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


@dataclass(frozen=True, slots=True)
class Shopper:
    """Somebody with a cart; the token makes their submission safe to repeat."""

    cart: str
    token: str


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
    data = await ask(client, FIRST_VARIANT)
    units: int = data["products"]["nodes"][0]["variants"]["nodes"][0]["quantityAvailable"]
    return units


async def shoppers(client: httpx.AsyncClient, number: int) -> list[Shopper]:
    """So many shoppers, each about to buy one unit of the one thing."""
    data = await ask(client, FIRST_VARIANT)
    variant = data["products"]["nodes"][0]["variants"]["nodes"][0]["id"]

    async def come(place: int) -> Shopper:
        made = (await ask(client, FILL, variant=variant))["cartCreate"]
        assert made["userErrors"] == []
        cart = made["cart"]
        paid = await ask(client, PAY, cart=cart["id"], total=cart["cost"]["totalAmount"])
        assert paid["cartPaymentUpdate"]["userErrors"] == []
        return Shopper(cart["id"], f"attempt-{place}")

    return list(await asyncio.gather(*(come(place) for place in range(number))))


async def submitted(client: httpx.AsyncClient, shopper: Shopper) -> dict[str, Any]:
    """What the shop says to a shopper's submission."""
    data = await ask(client, SUBMIT, cart=shopper.cart, token=shopper.token)
    return dict(data["cartSubmitForCompletion"]["result"])


async def submit(client: httpx.AsyncClient, shopper: Shopper) -> dict[str, Any]:
    """What came of a shopper's submission, once it is decided: the outcome's type with its order or errors."""
    result = await submitted(client, shopper)
    if result["__typename"] == "SubmitFailed":
        return result
    while True:
        outcome = (await ask(client, OUTCOME, attempt=result["attemptId"]))["cartCompletionAttempt"]
        if outcome["__typename"] != "CartCompletionProcessing":
            return {**outcome, "attemptId": result["attemptId"]}


def crowd_at(shop: RunningShop) -> httpx.AsyncClient:
    """A client with a connection for each of a few hundred shoppers."""
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    return httpx.AsyncClient(base_url=shop.address, timeout=120, limits=limits)
