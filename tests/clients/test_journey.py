"""A shopper's whole way, cart to order to live status, through clients from npm against the server as it is started."""

from collections.abc import Iterator

import pytest

from drills.ground.databases import fresh_database
from tests.clients import node
from tests.conftest import SERVER
from tests.running import RunningShop, command, running_shop

pytestmark = pytest.mark.usefixtures("node_modules")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningShop, str]]:
    """A running shop with the demo's goods, and a token for its staff."""
    folder = tmp_path_factory.mktemp("journey")
    with fresh_database(SERVER, folder) as url, running_shop(url, folder) as running:
        scopes = ["--scope", "read_orders", "--scope", "write_orders"]
        made = command("token", "create", "--name", "journey", *scopes, folder=folder, SHOPWRIGHT_DATABASE_URL=url)
        assert made.returncode == 0, made.stderr
        yield running, made.stdout.split()[-1]


@pytest.mark.parametrize("transport", ["graphql-ws", "graphql-sse"])
async def test_a_shopper_buys_and_watches_the_order_arrive(shop: tuple[RunningShop, str], transport: str) -> None:
    running, token = shop

    journey = await node.run("journey.mjs", transport, running.address, token)

    assert journey["refusals"] == []
    assert journey["first"]["__typename"] == "SubmitSuccess"
    assert journey["again"]["attemptId"] == journey["first"]["attemptId"]
    assert journey["outcome"]["__typename"] == "CartCompletionSuccess"
    states = [(event["order"]["financialStatus"], event["order"]["fulfillmentStatus"]) for event in journey["told"]]
    assert states[0] == ("PENDING", "UNFULFILLED")
    assert states[-1] == ("PAID", "FULFILLED")
    assert len({event["cursor"] for event in journey["told"]}) == len(states)
    assert journey["gone"] is None
