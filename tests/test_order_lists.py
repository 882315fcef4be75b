"""Staff find orders: by a search, sorted, page by page, with their lines and parcels."""

import datetime as dt
from typing import Any

import pytest

from models.customers import Customer
from models.orders import Order, OrderLine
from resolvers.context import Viewer
from schema.admin.schema import admin
from tests.goods import a_promised_order, a_variant
from tests.shop import NOON, Counter, an_order
from tests.staffing import CLERK, done, gid

pytestmark = pytest.mark.usefixtures("database")

STAFF = Counter(admin(), Viewer(staff="clerk", scopes=frozenset({"read_orders"})))
LIST = """query($query: String, $sortKey: OrderSortKeys! = PROCESSED_AT, $reverse: Boolean, $first: Int,
                 $after: String) {
    orders(query: $query, sortKey: $sortKey, reverse: $reverse, first: $first, after: $after) {
        nodes { name } pageInfo { hasNextPage endCursor } } }"""


async def names(query: str | None = None, **more: Any) -> list[str]:
    asked = await STAFF.ask(LIST, query=query, **more)
    assert asked.codes == []
    return [node["name"] for node in asked.data["orders"]["nodes"]]


async def test_orders_come_by_the_time_they_were_placed_or_the_other_way_around() -> None:
    await an_order(number=1, placed_at=NOON + dt.timedelta(hours=2))
    await an_order(number=2, placed_at=NOON)
    await an_order(number=3, placed_at=NOON + dt.timedelta(hours=1))

    assert await names() == ["#2", "#3", "#1"]
    assert await names(reverse=True) == ["#1", "#3", "#2"]


async def test_orders_are_sorted_by_what_they_cost() -> None:
    await an_order(number=1, shipping=700, total=9_700)
    await an_order(number=2)

    assert await names(sortKey="TOTAL_PRICE") == ["#2", "#1"]


@pytest.mark.parametrize(
    "sort", ["ID", "PROCESSED_AT", "UPDATED_AT", "TOTAL_PRICE", "ORDER_NUMBER", "FINANCIAL_STATUS"]
)
async def test_pages_follow_one_another_without_gap_or_repetition(sort: str) -> None:
    for number in range(1, 6):
        await an_order(number=number)
    seen: list[str] = []
    after = None
    while True:
        page = (await STAFF.ask(LIST, first=2, after=after, sortKey=sort)).data["orders"]
        seen += [node["name"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == ["#1", "#2", "#3", "#4", "#5"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("financial_status:paid", ["#1"]),
        ("-financial_status:paid", ["#2"]),
        ("financial_status:paid,pending", ["#1", "#2"]),
        ("status:any", ["#1", "#2"]),
        ("status:canceled", []),
        ("email:ada@example.com", ["#1"]),
        ("email:ADA*", ["#1"]),
        ("name:#2", ["#2"]),
        ("2", ["#2"]),
        ("#2", ["#2"]),
        ("ada", ["#1"]),
        ("order_number:>=2", ["#2"]),
        ("created_at:2026-04-01", ["#1", "#2"]),
        ("created_at:<2026-04-01", []),
        ('created_at:>"2026-04-01T11:00:00Z" ada', ["#1"]),
        ("", ["#1", "#2"]),
    ],
)
async def test_a_search_finds_the_orders_it_names(query: str, found: list[str]) -> None:
    await an_order(number=1, financial_status="PAID")
    await an_order(number=2, email="grace@example.com")

    assert await names(query, sortKey="ID") == found


@pytest.mark.parametrize(
    "query", ["colour:red", "created_at:soon", "order_number:many", "status:lost", "a " * 30, "a" * 256]
)
async def test_a_search_that_makes_no_sense_is_explained(query: str) -> None:
    assert (await STAFF.ask(LIST, query=query)).codes == ["BAD_USER_INPUT"]


async def test_an_order_shows_its_lines_and_what_is_to_be_sent() -> None:
    order = await an_order(number=7)
    asked = await STAFF.ask(
        """query($id: ID!) { order(id: $id) { name createdAt displayFinancialStatus displayFulfillmentStatus
        totalPriceSet { shopMoney { amount currencyCode } }
        lineItems(first: 5) { nodes {
            name quantity unfulfilledQuantity originalUnitPriceSet { shopMoney { amount } } } }
        fulfillmentOrders(first: 1) { nodes {
            id lineItems(first: 5) { nodes { remainingQuantity lineItem { title } } } } }
        fulfillments { id } } }""",
        id=f"gid://shopwright/Order/{order.id}",
    )
    assert asked.codes == []
    assert asked.data["order"] == {
        "name": "#7",
        "createdAt": "2026-04-01T12:00:00Z",
        "displayFinancialStatus": "PENDING",
        "displayFulfillmentStatus": "UNFULFILLED",
        "totalPriceSet": {"shopMoney": {"amount": "95.0", "currencyCode": "EUR"}},
        "lineItems": {
            "nodes": [
                {
                    "name": "Wool jumper - M",
                    "quantity": 2,
                    "unfulfilledQuantity": 2,
                    "originalUnitPriceSet": {"shopMoney": {"amount": "45.0"}},
                }
            ]
        },
        "fulfillmentOrders": {
            "nodes": [
                {
                    "id": f"gid://shopwright/FulfillmentOrder/{order.id}",
                    "lineItems": {"nodes": [{"remainingQuantity": 2, "lineItem": {"title": "Wool jumper"}}]},
                }
            ]
        },
        "fulfillments": [],
    }


async def test_an_order_that_does_not_exist_is_null() -> None:
    await Order.all().delete()
    assert (await STAFF.ask('{ order(id: "gid://shopwright/Order/1") { id } }')).data == {"order": None}


BEHIND = """{ orders(first: 5) { nodes {
    customer { email } lineItems(first: 5) { nodes { variant { id } product { id } } } } } }"""


async def test_an_order_leads_to_who_placed_it_and_to_what_was_bought_while_these_are_there() -> None:
    ada = await Customer.create(email="ada@example.com", created_at=NOON, updated_at=NOON)
    variant = await a_variant()
    order = await a_promised_order(variant, customer=ada)
    product_id = (await variant.product).id
    await OrderLine.filter(order_id=order.id).update(product_id=product_id)
    (seen,) = (await CLERK.ask(BEHIND)).data["orders"]["nodes"]
    product = gid("Product", product_id)
    bought = {"variant": {"id": gid("ProductVariant", variant.id)}, "product": {"id": product}}
    assert seen == {"customer": {"email": "ada@example.com"}, "lineItems": {"nodes": [bought]}}

    hidden = await STAFF.ask(BEHIND)
    assert hidden.codes == ["FORBIDDEN"] * 3
    nothing = {"customer": None, "lineItems": {"nodes": [{"variant": None, "product": None}]}}
    assert hidden.data["orders"]["nodes"] == [nothing]

    await done("productDelete", "deletedProductId", input={"id": product})
    await Order.filter(id=order.id).update(customer_id=None)
    gone = await CLERK.ask(BEHIND)
    assert (gone.codes, gone.data["orders"]["nodes"]) == ([], [nothing])
