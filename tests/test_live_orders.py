"""Following an order live: nothing is missed, nothing comes twice, and only who may open the order sees it."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from commerce.access import ORDER_LINK_LIFETIME
from commerce.customer_tokens import digest_of, give_token
from commerce.staff import create_token
from database.transactions import transaction
from database.watching import watching
from models.customers import Customer, CustomerToken, TokenKind
from models.orders import Order
from models.outbox import OutboxEvent
from models.staff import AccessToken
from outbox.feed import Feed
from outbox.opening import feed_of
from outbox.record import record
from resolvers.context import Viewer
from schema.storefront.schema import storefront
from tests.shop import NOON, SIGNER, Asked, Counter, an_order

pytestmark = pytest.mark.usefixtures("committed")

SCHEMA = storefront()
FOLLOW = """subscription($id: ID!, $token: String, $after: String) {
    orderStatus(id: $id, token: $token, after: $after) { cursor kind message code order { name financialStatus } }
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
        assert event["code"] == "CURSOR_EXPIRED"
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


async def a_signed_in_customer() -> tuple[Viewer, str]:
    """A viewer who showed an access token, and the token."""
    customer = await Customer.create(email="ada@example.com", created_at=NOON, updated_at=NOON)
    token, _ = await give_token(customer.id, TokenKind.ACCESS, now=NOON)
    return Viewer(customer_id=customer.id, customer_token=digest_of(token)), token


async def test_an_owner_follows_without_a_link_as_long_as_the_token_is_in_force(feed: Feed) -> None:
    viewer, _ = await a_signed_in_customer()
    order = await an_order(customer_id=viewer.customer_id)
    async with Counter(SCHEMA, viewer, feed=feed).follow(FOLLOW, id=gid(order)) as events:
        assert await kinds(events, 1) == ["snapshot"]
        await happen(order, "order.paid")
        assert await kinds(events, 1) == ["order.paid"]

        await CustomerToken.all().delete()
        await happen(order, "order.fulfilled")

        assert (await next_of(events)).codes == ["UNAUTHENTICATED"]


async def test_a_link_serves_an_owner_whose_token_has_ended(feed: Feed) -> None:
    viewer, _ = await a_signed_in_customer()
    order = await an_order(customer_id=viewer.customer_id)
    async with Counter(SCHEMA, viewer, feed=feed).follow(FOLLOW, id=gid(order), token=link(order)) as events:
        assert await kinds(events, 1) == ["snapshot"]
        await CustomerToken.all().delete()
        await happen(order, "order.paid")
        assert await kinds(events, 1) == ["order.paid"]


async def test_staff_who_lose_the_scope_are_told_nothing_more_and_a_token_is_asked_for_once(feed: Feed) -> None:
    order = await an_order()
    token = await create_token("bot", scopes=["read_orders"], now=NOON)
    viewer = Viewer(staff="bot", token_id=token.id, scopes=frozenset({"read_orders"}))
    counter, asked = Counter(SCHEMA, viewer, feed=feed), []
    async with (
        counter.follow(FOLLOW, id=gid(order)) as one,
        counter.follow(FOLLOW, id=gid(order)) as two,
    ):
        await asyncio.gather(kinds(one, 1), kinds(two, 1))
        waiting = [asyncio.ensure_future(next_of(events)) for events in (one, two)]
        await asyncio.sleep(0)
        with watching(lambda sql, _: asked.append(sql)):
            await happen(order, "order.paid")
            await asyncio.gather(*waiting)
        assert len([sql for sql in asked if "access_token" in sql]) == 1

        await AccessToken.filter(id=token.id).update(scopes=["read_products"])
        await happen(order, "order.fulfilled")

        assert (await next_of(one)).codes == ["FORBIDDEN"]
