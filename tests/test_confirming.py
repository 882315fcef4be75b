"""The page of the test bank: it asks once, takes the first answer, and knows nothing it was not asked about."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from models.orders import Order
from models.payments import Payment
from pages.hosted import hosted_routes
from tests.paying import PRICE, ledger, submitted

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def bank() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=hosted_routes()))
    async with httpx.AsyncClient(transport=transport, base_url="https://shop.example") as client:
        yield client


async def page_of_a_payment() -> tuple[str, str]:
    """Where it is confirmed, and the checkout it leads back to."""
    basket, attempt = await submitted("test:action")
    return attempt["action"]["redirectUrl"], f"https://shop.example/checkout/{basket.id.rpartition('/')[2]}"


async def test_the_first_answer_counts_and_leads_back(bank: httpx.AsyncClient) -> None:
    page, checkout = await page_of_a_payment()
    asked = await bank.get(page)
    answers = [await bank.post(page, params={"answer": answer}) for answer in ("yes", "no", "yes")]

    assert "€15.00" in asked.text
    assert asked.headers["referrer-policy"] == "no-referrer"
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, checkout)}
    assert await ledger() == [("authorize", PRICE), ("capture", PRICE)]
    assert await Order.all().count() == 1
    assert "answered before" in (await bank.get(page)).text


@pytest.mark.parametrize("answer", ["no", "", "YES", "maybe"])
async def test_anything_but_yes_is_no(bank: httpx.AsyncClient, answer: str) -> None:
    page, _ = await page_of_a_payment()

    await bank.post(page, params={"answer": answer})

    assert (await Payment.get()).state == "FAILED"
    assert await Order.all().count() == 0


@pytest.mark.parametrize("reference", ["action-nobody", "%00", "a" * 5_000, "action-' OR 1=1", "pi_1"])
async def test_a_payment_nobody_made_is_not_found(bank: httpx.AsyncClient, reference: str) -> None:
    for method in ("GET", "POST"):
        answer = await bank.request(method, f"/test-payments/{reference}", params={"answer": "yes"})
        assert answer.status_code == 404
