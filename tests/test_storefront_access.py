"""Who reaches the storefront API: everybody, or who shows a token; and what a signed-in customer opens."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from commerce.customer_tokens import give_token
from commerce.entering_codes import FROM_A_PLACE
from commerce.throttling import Key
from contexts import Contexts
from engine import Engine, http_endpoint
from models.customers import Customer, TokenKind
from models.throttling import FailedTries
from outbox.announcing import IN_PROCESS
from pages.hosted import hosted_routes
from resolvers.context import Services, utc_now
from schema.storefront.schema import storefront
from tests.shop import NOON, SIGNER, a_shop, an_order

pytestmark = pytest.mark.usefixtures("database")
NAME = "{ shop { name } }"
ORDER = "query($id: ID!) { order(id: $id) { name } }"


def browser(*tokens: str) -> httpx.AsyncClient:
    services = Services(feed=IN_PROCESS, signer=SIGNER)
    contexts = Contexts(services, public_url="https://shop.example", storefront_tokens=tokens)
    api = Route("/graphql", http_endpoint(Engine(storefront()), contexts.for_shopper))
    app = Starlette(routes=[api, *hosted_routes(storefront_token=next(iter(tokens), ""))])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop")


async def ask(client: httpx.AsyncClient, document: str, headers: dict[str, str], **variables: Any) -> Any:
    await a_shop()
    asked = {"query": document, "variables": variables}
    return (await client.post("/graphql", json=asked, headers=headers)).json()


async def test_a_shop_that_asks_for_no_token_takes_any() -> None:
    async with browser() as client:
        assert "errors" not in await ask(client, NAME, {})
        assert "errors" not in await ask(client, NAME, {"X-Shopify-Storefront-Access-Token": "whatever"})


@pytest.mark.parametrize("header", ["X-Shopify-Storefront-Access-Token", "Shopify-Storefront-Private-Token"])
async def test_a_shop_that_asks_for_tokens_takes_each_of_them_and_no_other(header: str) -> None:
    async with browser("public one", "private one") as client:
        for right in ("public one", "private one"):
            assert "errors" not in await ask(client, NAME, {header: right})
        for wrong in ({}, {header: ""}, {header: "public"}, {"Authorization": "Bearer public one"}):
            answer = await ask(client, NAME, wrong)
            assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]
            assert not answer.get("data")


@pytest.mark.parametrize("page", ["/checkout/a", "/orders/1"])
async def test_the_shop_s_own_pages_have_the_public_token(page: str) -> None:
    async with browser('public "one"', "private one") as client:
        html = (await client.get(page)).text

    assert '<meta name="storefront-token" content="public &quot;one&quot;">' in html
    assert "private one" not in html


async def test_a_storefront_s_server_says_who_asks_if_it_shows_a_private_token() -> None:
    """Guesses are counted for whoever makes them, not for the server they come through."""
    guess = 'mutation { cartCreate(input: {discountCodes: ["GUESS"]}) { cart { id } } }'
    async with browser("public one", "private one") as client:
        for token, said in (
            ("private one", "192.0.2.7"),
            ("public one", "192.0.2.8"),
            ("private one", "whatever"),
        ):
            headers = {"Shopify-Storefront-Private-Token": token, "Shopify-Storefront-Buyer-IP": said}
            assert "errors" not in await ask(client, guess, headers)
    counted = {row.key_digest: row.failed for row in await FailedTries.all()}

    assert counted == {Key(FROM_A_PLACE, "192.0.2.7").digest: 1, Key(FROM_A_PLACE, "127.0.0.1").digest: 2}


async def test_a_signed_in_customer_opens_their_own_orders_and_no_others() -> None:
    ada, grace = [
        await Customer.create(email=f"{name}@example.com", created_at=NOON, updated_at=NOON)
        for name in ("ada", "grace")
    ]
    order = await an_order(customer_id=ada.id)
    wanted = f"gid://shopwright/Order/{order.id}"
    seen = []
    async with browser() as client:
        for customer in (ada, grace):
            token, _ = await give_token(customer.id, TokenKind.ACCESS, now=utc_now())
            seen.append(await ask(client, ORDER, {"Authorization": f"Bearer {token}"}, id=wanted))
        seen.append(await ask(client, ORDER, {"Authorization": "Bearer nobody"}, id=wanted))

    assert [answer["data"]["order"] for answer in seen] == [{"name": order.name}, None, None]
