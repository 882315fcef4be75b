"""Staff follow every order of the shop, in the order of positions, for as long as their token is in force."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from commerce.staff import bearer_of, create_token, revoke_token
from database.transactions import transaction
from models.outbox import OutboxEvent
from outbox.feed import Feed
from outbox.opening import feed_of
from outbox.record import record
from outbox.relay import forget_facts, place_facts
from resolvers.context import Viewer
from schema.admin.schema import admin
from settings import Settings
from tests.shop import NOON, Asked, Counter, an_order
from worker import duties, office_of

pytestmark = pytest.mark.usefixtures("committed")

SCHEMA = admin()
CLERK = Viewer(staff="clerk", scopes=frozenset({"read_orders"}))
FOLLOW = "subscription($after: String) { orders(after: $after) { cursor kind order { name } } }"


@pytest.fixture
async def feed(database_url: str) -> AsyncIterator[Feed]:
    async with feed_of(database_url) as feed:
        yield feed


async def happen(key: int, kind: str) -> None:
    async with transaction():
        await record(kind, aggregate="order", key=key, now=NOON)
    await place_facts()


async def next_of(events: AsyncIterator[Asked]) -> Asked:
    return await asyncio.wait_for(anext(events), 5)


async def told(events: AsyncIterator[Asked]) -> tuple[str, str]:
    event = (await next_of(events)).data["orders"]
    return event["order"]["name"], event["kind"]


async def test_staff_see_every_order_from_now_on_and_nothing_from_before(feed: Feed) -> None:
    old = await an_order(number=1)
    await place_facts()
    async with Counter(SCHEMA, CLERK, feed=feed).follow(FOLLOW) as events:
        upcoming = asyncio.ensure_future(told(events))
        while not upcoming.done():
            await happen(old.id, "order.paid")
        assert upcoming.result() == ("#1", "order.paid")


async def test_who_comes_back_with_a_cursor_misses_nothing(feed: Feed) -> None:
    for number in (1, 2, 3):
        await an_order(number=number)
    await place_facts()
    counter = Counter(SCHEMA, CLERK, feed=feed)
    from_the_start = "WyJvcmRlcnMiLDBd"
    async with counter.follow(FOLLOW, after=from_the_start) as events:
        cursor = (await next_of(events)).data["orders"]["cursor"]
    async with counter.follow(FOLLOW, after=cursor) as events:
        assert [await told(events), await told(events)] == [("#2", "order.placed"), ("#3", "order.placed")]


async def test_a_cursor_into_what_is_forgotten_is_refused_clearly(feed: Feed) -> None:
    await an_order(number=1)
    await place_facts()
    await forget_facts(before=NOON.replace(year=2027))
    assert await OutboxEvent.all().count() == 0

    async with Counter(SCHEMA, CLERK, feed=feed).follow(FOLLOW, after="WyJvcmRlcnMiLDBd") as events:
        assert (await next_of(events)).codes == ["CURSOR_EXPIRED"]


async def test_a_revoked_token_ends_the_stream_at_the_next_event(feed: Feed) -> None:
    order = await an_order(number=1)
    await place_facts()
    token = await create_token("bot", scopes=["read_orders"], now=NOON)
    bearer = await bearer_of(token.secret, now=NOON)
    assert bearer
    viewer = Viewer(staff=bearer.name, token_id=bearer.token_id, scopes=bearer.scopes)
    async with Counter(SCHEMA, viewer, feed=feed).follow(FOLLOW, after="WyJvcmRlcnMiLDBd") as events:
        assert await told(events) == ("#1", "order.placed")
        await revoke_token(token.id, now=NOON)
        await happen(order.id, "order.paid")
        assert (await next_of(events)).codes == ["UNAUTHENTICATED"]


async def test_nobody_without_the_scope_follows_the_orders(feed: Feed) -> None:
    async with Counter(SCHEMA, feed=feed).follow(FOLLOW) as events:
        assert (await next_of(events)).codes == ["UNAUTHENTICATED"]


async def test_forgetting_keeps_what_is_young_and_what_is_not_placed() -> None:
    await an_order(number=1)
    assert await forget_facts(before=NOON.replace(year=2027)) == 0
    await place_facts()
    assert await forget_facts(before=NOON) == 0
    assert await forget_facts(before=NOON.replace(year=2027)) == 1


async def test_the_worker_forgets_what_is_older_than_the_shop_wants_to_keep(tmp_path: Path) -> None:
    for number in (1, 2):
        await an_order(number=number)
    await place_facts()
    office = office_of(Settings(data=tmp_path, signing_keys=("a key for the tests, long enough",)))
    forget = {
        duty.name: duty for duty in duties(office, {}, kept=dt.timedelta(days=7), carts_kept=dt.timedelta(days=7))
    }["forgetting"]

    await forget.act(NOON + dt.timedelta(days=7))
    assert await OutboxEvent.all().count() == 2
    await forget.act(NOON + dt.timedelta(days=7, seconds=1))
    assert await OutboxEvent.all().count() == 0


async def test_forgetting_goes_on_batch_by_batch() -> None:
    for number in (1, 2, 3):
        await an_order(number=number)
    await place_facts()
    before = NOON.replace(year=2027)

    assert [await forget_facts(before=before, batch=2) for _ in range(3)] == [2, 1, 0]
