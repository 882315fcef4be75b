"""The demo shop, rebuilt from nothing by the staff API alone, is the one that is loaded; and it sells."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from commerce.shop import ensure_shop_defaults
from demo import MEDIA
from demo.load import load, read
from drills.ground.contents import Contents, put_back
from media.storage import LocalFolder
from tests.buying import Basket
from tests.rebuilding import PUBLIC, Rebuilding
from tests.seeing import PICTURES, seen
from tests.shop import NOON
from tests.staffing import done, look

pytestmark = pytest.mark.once

ITEM = "query($query: String) { productVariants(first: 2, query: $query) { nodes { id inventoryQuantity } } }"
ORDER = """query($id: ID!) { order(id: $id) { id displayFinancialStatus displayFulfillmentStatus
    totalPriceSet { shopMoney { amount } } totalRefundedSet { shopMoney { amount } }
    lineItems(first: 2) { nodes { id } } fulfillmentOrders(first: 2) { nodes { id } } } }"""


@dataclass(frozen=True)
class Both:
    """What the loaded shop shows, and what the rebuilt one shows."""

    loaded: dict[str, Any]
    rebuilt: dict[str, Any]


@pytest.fixture(scope="module")
async def both(migrated: BaseDBAsyncClient, pristine: Contents) -> AsyncIterator[Both]:
    """Both shops, one after the other in the same database; the rebuilt one stays for the tests."""
    await load(now=NOON)
    loaded = await seen()
    await put_back(migrated, pristine)
    await ensure_shop_defaults(now=NOON)
    await Rebuilding().all()
    yield Both(loaded, await seen())
    await put_back(migrated, pristine)


async def test_what_staff_built_shows_what_the_loaded_shop_shows(both: Both) -> None:
    assert both.rebuilt.keys() == both.loaded.keys()
    assert len(both.loaded[PICTURES]["products"]["nodes"]) > 60
    for question, answer in both.loaded.items():
        assert list(differences(answer, both.rebuilt[question])) == [], question


def differences(loaded: Any, rebuilt: Any, at: str = "") -> Iterator[str]:
    """Where two answers differ, one line each."""
    if isinstance(loaded, dict) and isinstance(rebuilt, dict) and loaded.keys() == rebuilt.keys():
        for name in loaded:
            yield from differences(loaded[name], rebuilt[name], f"{at}.{name}")
    elif isinstance(loaded, list) and isinstance(rebuilt, list) and len(loaded) == len(rebuilt):
        for place, (one, other) in enumerate(zip(loaded, rebuilt, strict=True)):
            yield from differences(one, other, f"{at}[{place}]")
    elif loaded != rebuilt:
        yield f"{at}: {loaded!r} was loaded, {rebuilt!r} rebuilt"


async def test_every_picture_of_the_rebuilt_shop_is_there_to_be_served(both: Both) -> None:
    products = both.rebuilt[PICTURES]["products"]["nodes"]
    urls = [image["url"] for product in products for image in product["images"]["nodes"]]
    area = LocalFolder(MEDIA)

    assert len(urls) > 200
    for url in urls:
        assert area.read(url.removeprefix(f"{PUBLIC}/media/demo/")), url


@pytest.mark.usefixtures("both")
async def test_the_rebuilt_shop_s_codes_and_gift_card_are_taken() -> None:
    item = (await look(ITEM, query="sku:CRT-01"))["productVariants"]["nodes"][0]["id"]
    codes, cards = ["FIRSTWALK", "HEARTH15", "BYPOST"], [read("shop.toml")["gift_card"]["code"]]

    carts = []
    for code in codes:
        told = {"lines": [{"merchandiseId": item, "quantity": 1}], "discountCodes": [code], "giftCardCodes": cards}
        carts.append(await Basket().create(**told))

    assert [cart["discountCodes"] for cart in carts] == [[{"code": code, "applicable": True}] for code in codes]
    assert {card["amountUsed"]["amount"] for cart in carts for card in cart["appliedGiftCards"]} == {"50.0"}
    off = [sum(float(each["discountedAmount"]["amount"]) for each in cart["discountAllocations"]) for cart in carts]
    price = float(carts[2]["cost"]["subtotalAmount"]["amount"])
    assert off[:2] == [pytest.approx(price / 10), 15]


@pytest.mark.usefixtures("both")
async def test_the_rebuilt_shop_sells_and_its_staff_send_and_give_back() -> None:
    basket, sku = Basket(), "TRB-01"
    found = await look(ITEM, query=f"sku:{sku}")
    (item,) = found["productVariants"]["nodes"]
    left = item["inventoryQuantity"]
    bought = await basket.buy({"merchandiseId": item["id"], "quantity": 2})

    order = (await look(ORDER, id=bought["orderId"].partition("?")[0]))["order"]
    assert (order["displayFinancialStatus"], order["displayFulfillmentStatus"]) == ("PENDING", "UNFULFILLED")
    paid = await done("orderMarkAsPaid", "order { displayFinancialStatus }", input={"id": order["id"]})
    parcel = {"lineItemsByFulfillmentOrder": [{"fulfillmentOrderId": order["fulfillmentOrders"]["nodes"][0]["id"]}]}
    await done("fulfillmentCreate", "fulfillment { id }", fulfillment=parcel)
    sent = (await look(ORDER, id=order["id"]))["order"]
    line = {"lineItemId": order["lineItems"]["nodes"][0]["id"], "quantity": 2, "restockType": "RETURN"}
    back = {"orderId": order["id"], "refundLineItems": [line], "shipping": {"fullRefund": True}}
    await done("refundCreate", "refund { id }", input=back)

    assert paid["order"]["displayFinancialStatus"] == "PAID"
    assert sent["displayFulfillmentStatus"] == "FULFILLED"
    refunded = (await look(ORDER, id=order["id"]))["order"]
    assert refunded["displayFinancialStatus"] == "REFUNDED"
    assert refunded["totalRefundedSet"] == order["totalPriceSet"]
    (again,) = (await look(ITEM, query=f"sku:{sku}"))["productVariants"]["nodes"]
    assert again["inventoryQuantity"] == left
