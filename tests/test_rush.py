"""A crowd wants the last of something, through HTTP and two workers: the rush drill, small."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest

from database.connection import address_of, opened
from drills.ground import shelf
from drills.ground.contests import additions, changed_payload, contested, contests, one_token
from drills.ground.crowd import Wish, by_card, crowd_at
from drills.ground.databases import fresh_database
from drills.ground.running import RunningShop, running_shop
from tests.conftest import SERVER

pytestmark = pytest.mark.postgres
SIZE, PRIZES = 40, 3


@pytest.fixture(scope="module")
def selling(template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, RunningShop]]:
    """A shop with two workers, and the address of its database."""
    folder = tmp_path_factory.mktemp("rush")
    with (
        fresh_database(SERVER, folder, like=template_database) as database,
        running_shop(database, folder, "--workers", "2", "--no-demo") as shop,
    ):
        yield database, shop


@pytest.fixture
async def client(selling: tuple[str, RunningShop]) -> AsyncIterator[httpx.AsyncClient]:
    async with crowd_at(selling[1], size=SIZE) as client:
        yield client


@pytest.mark.parametrize("place", [0, 1, 2], ids=["units", "uses of a code", "a gift card"])
async def test_a_crowd_gets_as_many_as_there_are(
    place: int, selling: tuple[str, RunningShop], client: httpx.AsyncClient
) -> None:
    async with opened(address_of(selling[0])):
        await shelf.furnish()
        contest = (await contests(PRIZES))[place]

        played = [await contested(client, contest, number, size=SIZE, prizes=PRIZES) for number in (1, 2)]

        assert [each.broken for each in played] == [[], []]
        assert [each.figures["orders"] for each in played] == [PRIZES, PRIZES]
        assert await shelf.audit() == []


async def test_one_token_is_one_order_and_an_answer_for_everybody(
    selling: tuple[str, RunningShop], client: httpx.AsyncClient
) -> None:
    async with opened(address_of(selling[0])):
        wish = await something()

        assert (await one_token(client, wish, times=20)).broken == []
        assert (await changed_payload(client, wish, times=10)).broken == []


async def test_additions_to_one_cart_all_count(selling: tuple[str, RunningShop], client: httpx.AsyncClient) -> None:
    async with opened(address_of(selling[0])):
        assert (await additions(client, await something(), times=20)).broken == []


async def test_the_contest_finds_a_shop_that_sells_too_much(
    selling: tuple[str, RunningShop], client: httpx.AsyncClient
) -> None:
    async with opened(address_of(selling[0])):
        await shelf.furnish()
        contest = (await contests(PRIZES))[0]

        async def too_many() -> None:
            await shelf.count(shelf.Thing(int(contest.wish.variant.rpartition("/")[2])), PRIZES + 1)

        played = await contested(client, replace(contest, refill=too_many), 1, size=SIZE, prizes=PRIZES)

        assert played.figures["oversold"] == 1
        assert f"units: expected {PRIZES} orders, not {PRIZES + 1}" in played.broken


async def something() -> Wish:
    """Something to buy of which there is enough, by card."""
    await shelf.furnish()
    return Wish((await shelf.a_thing(None)).id, by_card("test:approve"))
