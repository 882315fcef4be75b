"""No field costs more statements for many objects than for few: one, or what `statement_budgets.toml` agrees."""

import pytest
from graphql import get_named_type
from tortoise import Tortoise

from schema.admin.schema import admin
from tests.budgets import costs, differences
from tests.buying import SCHEMA
from tests.every_field import Ways
from tests.shop import Counter
from tests.staffing import CLERK
from tests.whole_shop import WholeShop

pytestmark = pytest.mark.usefixtures("database")

NEVER = {
    "ComponentizableCartLine.discountAllocations": "the shop sells no bundles",
    "ComponentizableCartLine.merchandise": "the shop sells no bundles",
}
"""Storefront fields that a whole shop answers with nothing, and why."""


async def test_no_field_of_the_storefront_costs_more_for_many_than_for_few() -> None:
    shop = WholeShop()
    await shop.open()
    found = []
    for more in (2, 4):
        await shop.grow(more)
        ways = shop.ways(SCHEMA._schema)
        found.append(await costs(ways, Counter(SCHEMA), ways.places()))
    few, many = found

    assert {name: (few[name], many[name]) for name in few if few[name].statements != many[name].statements} == {}
    assert {name for name, cost in many.items() if not cost.answered} == NEVER.keys()
    assert differences("storefront", many) == ""


async def test_no_field_of_the_counter_costs_more_for_many_than_for_few() -> None:
    shop = WholeShop()
    await shop.open()
    found = []
    for more in (2, 4):
        await shop.grow(more)
        ways = await counter_ways()
        to = ways.to()
        can_be_asked = [place for place in ways.places() if place.owner in to and ways.given(place) is not None]
        found.append(await costs(ways, CLERK, can_be_asked))
    few, many = found

    assert {name: (few[name], many[name]) for name in few if few[name].statements != many[name].statements} == {}
    assert differences("admin", many) == ""


async def counter_ways() -> Ways:
    """The ways of the staff schema. What is asked for by id alone is asked with the id of the first of its kind."""
    schema = admin()._schema
    assert schema.query_type is not None
    by_id = {
        f"QueryRoot.{name}": await first_of(get_named_type(field.type).name)
        for name, field in schema.query_type.fields.items()
        if set(field.args) == {"id"}
    }
    return Ways(schema, {}, {**by_id, "metafield": 'key: "like"'})


async def first_of(kind: str) -> str:
    """The argument that names the first row of a type kept under its own name."""
    assert Tortoise.apps is not None
    kept = Tortoise.apps["models"].get(kind)
    row = await kept.all().order_by("id").first() if kept else None
    return f'id: "gid://shopwright/{kind}/{row.pk if row else 1}"'
