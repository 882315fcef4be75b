"""Many who follow one order cost as much as one: each change is read once and each document answered once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from graphql import parse

from database.transactions import transaction
from database.watching import watching
from engine import Engine, OperationFacts, SilentObserver
from engine.requests import GraphQLRequest
from engine.sharing import inner_variables
from outbox.feed import Feed, LocalFeed
from outbox.opening import feed_of
from outbox.record import record
from schema.storefront.schema import storefront
from tests.shop import NOON, SIGNER, Counter, an_order

SCHEMA = storefront()
FOLLOW = """subscription($id: ID!, $token: String, $first: Int = 2) { orderStatus(id: $id, token: $token) {
    kind order { name lineItems(first: $first) { nodes { title } } } } }"""
FOLLOWERS = 20


class Runs(SilentObserver):
    """Counts how often an operation or an event was run."""

    count = 0

    def operation_started(self, operation: OperationFacts) -> None:
        self.count += 1


@pytest.fixture
async def feed(database_url: str) -> AsyncIterator[Feed]:
    async with feed_of(database_url) as feed:
        yield feed


@pytest.mark.usefixtures("committed")
async def test_a_change_is_read_and_answered_once_for_all_who_ask_the_same(feed: Feed) -> None:
    order, runs, statements = await an_order(), Runs(), []
    engine, counter = Engine(SCHEMA, observer=runs), Counter(SCHEMA, feed=feed)
    async with AsyncExitStack() as streams:
        followers = []
        for number in range(FOLLOWERS):
            variables = {
                "id": f"gid://shopwright/Order/{order.id}",
                "token": SIGNER.order_link(order.token, now=NOON.replace(second=number)),
            }
            operation = engine.operation(GraphQLRequest(query=FOLLOW, variables=variables), "websocket")
            answers = engine.events(operation, counter.context)
            streams.push_async_callback(answers.aclose)
            followers.append(answers)
        await asyncio.gather(*(anext(follower) for follower in followers))
        waiting = [asyncio.ensure_future(anext(follower)) for follower in followers]
        await _all_wait(feed)
        runs.count = 0
        with watching(lambda sql, _: statements.append(sql)):
            async with transaction():
                await record("order.paid", aggregate="order", key=order.id, now=NOON)
            written = len(statements)
            told = await asyncio.wait_for(asyncio.gather(*waiting), 5)

    assert {answer.payload["data"]["orderStatus"]["kind"] for answer in told} == {"order.paid"}
    assert runs.count == 1
    assert len(statements) - written <= 8


async def _all_wait(feed: Feed) -> None:
    """Until every follower has read what there was and listens for more."""
    for _ in range(200):
        await asyncio.sleep(0)
    assert feed.topics == 1


async def test_a_reading_is_shared_until_its_topic_is_announced_again() -> None:
    feed, reads = LocalFeed(), []

    async def read() -> int:
        reads.append(1)
        await asyncio.sleep(0)
        return len(reads)

    with feed.listening("order:7"):
        assert await asyncio.gather(*(feed.moment(("order:7",), "order", read) for _ in range(5))) == [1] * 5
        feed.deliver(["order:8"])
        assert await feed.moment(("order:7",), "order", read) == 1
        feed.deliver(["order:7"])
        assert await feed.moment(("order:7",), "order", read) == 2
    assert await feed.moment(("order:7",), "order", read) == 3


async def test_a_reading_begun_before_an_announcement_is_not_handed_to_who_asks_after_it() -> None:
    feed, state, began, go_on = LocalFeed(), ["old"], asyncio.Event(), asyncio.Event()

    async def slow() -> str:
        seen = state[0]
        began.set()
        await go_on.wait()
        return seen

    async def quick() -> str:
        return state[0]

    with feed.listening("order:7"):
        early = asyncio.ensure_future(feed.moment(("order:7",), "order", slow))
        await began.wait()
        state[0] = "new"
        feed.deliver(["order:7"])
        assert await feed.moment(("order:7",), "order", quick) == "new"
        go_on.set()
        assert await early == "old"


async def test_a_reading_outlives_the_reader_who_asked_first_and_a_failed_one_is_not_kept() -> None:
    feed, go_on = LocalFeed(), asyncio.Event()

    async def slow() -> str:
        await go_on.wait()
        return "read"

    async def broken() -> str:
        raise ConnectionError

    with feed.listening("order:7"):
        first = asyncio.ensure_future(feed.moment(("order:7",), "order", slow))
        second = asyncio.ensure_future(feed.moment(("order:7",), "order", slow))
        await asyncio.sleep(0)
        first.cancel()
        go_on.set()
        assert await second == "read"
        with pytest.raises(ConnectionError):
            await feed.moment(("order:7",), "another", broken)
        assert await feed.moment(("order:7",), "another", slow) == "read"


def test_only_variables_below_the_subscription_itself_tell_answers_apart() -> None:
    document = parse(
        """subscription($id: ID!, $token: String, $more: Boolean!, $first: Int) {
            ...root }
        fragment root on Subscription { orderStatus(id: $id, token: $token) @include(if: $more) { ...event } }
        fragment event on OrderStatusEvent { order { lineItems(first: $first) { nodes { title } } } }"""
    )
    operation = document.definitions[0]
    assert inner_variables(document, operation) == {"more", "first"}  # type: ignore[arg-type]
