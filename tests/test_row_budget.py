"""What one operation may read from the database, counted while it runs."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from contexts import Contexts
from engine import Engine, Limits, http_endpoint
from outbox.announcing import IN_PROCESS
from resolvers.context import Services
from schema.storefront.schema import storefront
from tests.catalogue import goods
from tests.shop import SIGNER, a_shop

pytestmark = pytest.mark.usefixtures("database")
LISTING = "{ products(first: 10) { nodes { title variants(first: 10) { nodes { title } } } } }"


async def asked(limits: Limits) -> Any:
    contexts = Contexts(Services(feed=IN_PROCESS, signer=SIGNER), public_url="https://shop.example")
    app = Starlette(
        routes=[Route("/graphql", http_endpoint(Engine(storefront(), limits=limits), contexts.for_shopper))]
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        response = await client.post("/graphql", json={"query": LISTING, "extensions": {"cost": True}})
    return response.json()


async def test_the_rows_an_operation_read_are_told_to_who_asks() -> None:
    await a_shop()
    await goods("jumper")

    answer = await asked(Limits())

    assert "errors" not in answer
    assert answer["extensions"]["cost"]["rows"] > 4


async def test_an_operation_that_reads_too_many_rows_is_ended() -> None:
    await a_shop()
    await goods("jumper")

    answer = await asked(Limits(rows=4))

    assert {error["extensions"]["code"] for error in answer["errors"]} == {"ROW_BUDGET_EXCEEDED"}
