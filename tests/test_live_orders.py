"""Following an order live: nothing is missed, nothing comes twice, and only who may open the order sees it."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from commerce.access import ORDER_LINK_LIFETIME
from database.transactions import transaction
from models.orders import Order
from models.outbox import OutboxEvent
from outbox.feed import Feed
from outbox.opening import feed_of
from outbox.record import record
from resolvers.context import Viewer
from schema.storefront.schema import storefront
from tests.shop import NOON, SIGNER, Asked, Counter, an_order

pytestmark = pytest.mark.usefixtures("committed")

SCHEMA = storefront()
FOLLOW = """subscription($id: ID!, $token: String, $after: String) {
    orderStatus(id: $id, token: $token, after: $after) { cursor kind message order { name financialStatus } }
}"""


@pytest.fixture
async def feed(database_url: str) -> AsyncIterator[Feed]:
    async with feed_of(database_url) as feed:
        yield feed


def gid(order: Order) -> str:
    return f"gid://shopwright/Order/{order.id}"


def link(order: Order, *, now: dt.datetime = NOON) -> str:
    return SIGNER.order_link(order.token, now=now)


async def happen(order: Order, kind: str, **changes: object) -> None:
    async with transaction():
        await Order.filter(id=order.id).update(**changes) if changes else None
        await record(kind, aggregate="order", key=order.id, now=NOON)


async def next_of(events: AsyncIterator[Asked]) -> Asked:
    return await asyncio.wait_for(anext(events), 5)


async def kinds(events: AsyncIterator[Asked], count: int) -> list[str]:
    return [(await next_of(events)).data["orderStatus"]["kind"] for _ in range(count)]


async def test_a_stream_begins_with_the_order_as_it_stands_and_goes_on_with_each_change(feed: Feed) -> None:
    order = await an_order()
    async with Counter(SCHEMA, feed=feed).follow(FOLLOW, id=gid(order), token=link(order)) as events:
        first = await next_of(events)
        assert first.data["orderStatus"]["kind"] == "snapshot"
        assert first.data["orderStatus"]["order"]["financialStatus"] == "PENDING"

        await happen(order, "order.paid", financial_status="PAID")

        second = await next_of(events)
        assert second.data["orderStatus"]["kind"] == "order.paid"
        assert second.data["orderStatus"]["order"]["financialStatus"] == "PAID"


async def test_who_comes_back_with_a_cursor_gets_what_happened_meanwhile_in_order(feed: Feed) -> None:
    order = await an_order()
    counter = Counter(SCHEMA, feed=feed)
    async with counter.follow(FOLLOW, id=gid(order), token=link(order)) as events:
        cursor = (await next_of(events)).data["orderStatus"]["cursor"]
    await happen(order, "order.paid")
    await happen(order, "order.fulfilled")

    async with counter.follow(FOLLOW, id=gid(order), token=link(order), after=cursor) as events:
        assert await kinds(events, 2) == ["order.paid", "order.fulfilled"]
        await happen(order, "order.closed")
        assert await kinds(events, 1) == ["order.closed"]


async def test_a_hundred_and_more_changes_missed_are_all_delivered(feed: Feed) -> None:
    order = await an_order()
    counter = Counter(SCHEMA, feed=feed)
    async with counter.follow(FOLLOW, id=gid(order), token=link(order)) as events:
        cursor = (await next_of(events)).data["orderStatus"]["cursor"]
    for number in range(120):
        await happen(order, f"order.edited_{number}")

    async with counter.follow(FOLLOW, id=gid(order), token=link(order), after=cursor) as events:
        assert await kinds(events, 120) == [f"order.edited_{number}" for number in range(120)]


async def test_a_cursor_older_than_what_is_kept_gives_the_order_as_it_stands_and_says_so(feed: Feed) -> None:
    order = await an_order()
    counter = Counter(SCHEMA, feed=feed)
    async with counter.follow(FOLLOW, id=gid(order), token=link(order)) as events:
        cursor = (await next_of(events)).data["orderStatus"]["cursor"]
    await happen(order, "order.paid", financial_status="PAID")
    await happen(order, "order.fulfilled")
    await OutboxEvent.filter(kind="order.paid").delete()

    async with counter.follow(FOLLOW, id=gid(order), token=link(order), after=cursor) as events:
        event = (await next_of(events)).data["orderStatus"]
        assert event["kind"] == "snapshot"
        assert "older than the shop keeps" in event["message"]
        assert event["order"]["financialStatus"] == "PAID"
        await happen(order, "order.closed")
        assert await kinds(events, 1) == ["order.closed"]


@pytest.mark.parametrize("cursor", ["nonsense", "", "WyJvcmRlciIsMSw5OTld"])
async def test_a_cursor_of_another_stream_is_refused(feed: Feed, cursor: str) -> None:
    order = await an_order()
    async with Counter(SCHEMA, feed=feed).follow(FOLLOW, id=gid(order), token=link(order), after=cursor) as events:
        assert (await next_of(events)).codes == ["BAD_CURSOR"]


async def test_nobody_follows_an_order_by_its_id_alone_or_by_the_link_of_another(feed: Feed) -> None:
    order, other = await an_order(), await an_order()
    for token in (None, "", "nonsense", link(other)):
        async with Counter(SCHEMA, feed=feed).follow(FOLLOW, id=gid(order), token=token) as events:
            assert (await next_of(events)).codes == ["NOT_FOUND"]


async def test_staff_may_follow_with_the_scope_to_read_orders(feed: Feed) -> None:
    order = await an_order()
    staff = Counter(SCHEMA, Viewer(staff="tool", scopes=frozenset({"read_orders"})), feed=feed)
    async with staff.follow(FOLLOW, id=gid(order)) as events:
        assert await kinds(events, 1) == ["snapshot"]

    clerk = Counter(SCHEMA, Viewer(staff="tool", scopes=frozenset({"read_products"})), feed=feed)
    async with clerk.follow(FOLLOW, id=gid(order)) as events:
        assert (await next_of(events)).codes == ["NOT_FOUND"]


async def test_who_may_not_see_the_order_any_more_is_told_at_its_next_change(feed: Feed) -> None:
    order = await an_order()
    async with Counter(SCHEMA, feed=feed).follow(FOLLOW, id=gid(order), token=link(order)) as events:
        assert await kinds(events, 1) == ["snapshot"]
        await happen(order, "order.paid", token="another secret")
        assert (await next_of(events)).codes == ["NOT_FOUND"]


async def test_a_link_that_expires_while_the_stream_is_open_ends_it(feed: Feed) -> None:
    order = await an_order()
    moments = iter([NOON, NOON])
    counter = Counter(SCHEMA, feed=feed, clock=lambda: next(moments, NOON + ORDER_LINK_LIFETIME))
    async with counter.follow(FOLLOW, id=gid(order), token=link(order)) as events:
        assert await kinds(events, 1) == ["snapshot"]
        await happen(order, "order.paid")
        assert (await next_of(events)).codes == ["LINK_EXPIRED"]


async def test_an_expired_link_opens_nothing(feed: Feed) -> None:
    order = await an_order()
    expired = link(order, now=NOON - ORDER_LINK_LIFETIME)
    async with Counter(SCHEMA, feed=feed).follow(FOLLOW, id=gid(order), token=expired) as events:
        assert (await next_of(events)).codes == ["LINK_EXPIRED"]


async def test_an_order_is_read_with_its_token_and_not_without() -> None:
    order = await an_order()
    counter = Counter(SCHEMA)
    ask = """query($id: ID!, $token: String) { order(id: $id, token: $token) {
        id name totalPrice { amount currencyCode } lineItems(first: 2) { nodes { title quantity
        discountedTotalPrice { amount } } } } }"""

    assert (await counter.ask(ask, id=gid(order))).data == {"order": None}
    assert (await counter.ask(ask, id=gid(order), token=link(order))).data["order"] == {
        "id": gid(order),
        "name": order.name,
        "totalPrice": {"amount": "95.0", "currencyCode": "EUR"},
        "lineItems": {"nodes": [{"title": "Wool jumper", "quantity": 2, "discountedTotalPrice": {"amount": "90.0"}}]},
    }


async def test_followers_leave_nothing_behind(feed: Feed) -> None:
    order = await an_order()
    async with Counter(SCHEMA, feed=feed).follow(FOLLOW, id=gid(order), token=link(order)) as events:
        await next_of(events)
        assert feed.topics == 1

    assert feed.topics == 0
