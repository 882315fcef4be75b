"""Every example of the explorer runs as it is: those before it first, what they gave filled in."""

from typing import Any

import pytest
from graphql import parse, validate
from tortoise.backends.base.client import BaseDBAsyncClient

from pages.explorer import SHOPPERS, STAFF, Explorer, examples_of
from resolvers.context import Viewer
from schema.admin.schema import admin
from schema.storefront.schema import storefront
from tests.catalogue import goods
from tests.goods import a_promised_order, a_variant, a_zone
from tests.shop import Counter

SCHEMAS = {SHOPPERS.name: storefront(), STAFF.name: admin()}
CLERK = Viewer(staff="clerk", scopes=frozenset({"read_orders", "write_orders"}))
EVERY_EXAMPLE = [
    pytest.param(explorer, example, id=example["name"])
    for explorer in (SHOPPERS, STAFF)
    for example in examples_of(explorer)
]


class Newcomer:
    """Somebody who presses play, and whose explorer keeps what answers give."""

    def __init__(self, explorer: Explorer, viewer: Viewer) -> None:
        self.examples = {example["name"]: example for example in examples_of(explorer)}
        self.counter = Counter(SCHEMAS[explorer.name], viewer)
        self.kept: dict[str, Any] = {}

    async def press_play(self, name: str) -> Any:
        """The answer's data, once what comes before was run too."""
        example = self.examples[name]
        if "after" in example:
            await self.press_play(example["after"])
        variables = {
            key: self.kept[key] if value in ("", None) else value for key, value in example["variables"].items()
        }
        if example["query"].count("\nsubscription "):
            async with self.counter.follow(example["query"], **variables) as stream:
                answer = await anext(stream)
        else:
            answer = await self.counter.ask(example["query"], **variables)
        assert answer.codes == []
        for key, path in example.get("keeps", {}).items():
            self.kept[key] = at(answer.data, path)
        self.kept.update(dict.fromkeys(example.get("makes", []), "a-fresh-token"))
        return answer.data


def at(data: Any, path: str) -> Any:
    for step in path.split("."):
        data = data[int(step)] if step.isdigit() else data[step]
    return data


@pytest.mark.parametrize(("explorer", "example"), EVERY_EXAMPLE)
def test_an_example_is_a_valid_operation_of_its_schema(explorer: Explorer, example: dict[str, Any]) -> None:
    assert validate(SCHEMAS[explorer.name]._schema, parse(example["query"])) == []


async def test_a_newcomer_is_led_from_the_listing_to_a_live_order(database: BaseDBAsyncClient) -> None:
    await goods("jumper", price=4_500)
    await a_zone("US", Post=490)
    newcomer = Newcomer(SHOPPERS, Viewer())

    followed = await newcomer.press_play("FollowOrder")

    assert followed["orderStatus"]["order"]["financialStatus"] == "PENDING"


async def test_staff_are_led_from_the_newest_order_to_its_delivery(database: BaseDBAsyncClient) -> None:
    await a_promised_order(await a_variant())
    clerk = Newcomer(STAFF, CLERK)

    paid = await clerk.press_play("MarkAsPaid")
    delivered = await clerk.press_play("Deliver")
    order = (await clerk.press_play("Orders"))["orders"]["nodes"][0]

    assert paid["orderMarkAsPaid"]["userErrors"] == []
    assert delivered["fulfillmentEventCreate"]["userErrors"] == []
    assert (order["displayFinancialStatus"], order["displayFulfillmentStatus"]) == ("PAID", "FULFILLED")
