"""Compilers from npm that frontends run on our schema: Relay's, and the one that makes typed clients."""

import shutil
from pathlib import Path

import pytest

from tests.clients import node
from tests.running import ROOT

pytestmark = pytest.mark.usefixtures("node_modules")
SCHEMA = ROOT / "schema" / "storefront.graphql"


async def test_relays_compiler_accepts_the_schema_with_pages_and_live_orders(tmp_path: Path) -> None:
    shutil.copy(SCHEMA, tmp_path / "schema.graphql")

    compiled = await node.run("compile_relay.mjs", str(tmp_path))

    assert set(compiled["files"]) == {
        "ListingAddMutation.graphql.ts",
        "ListingNextPage.graphql.ts",
        "ListingOrderSubscription.graphql.ts",
        "ListingProductQuery.graphql.ts",
        "ListingQuery.graphql.ts",
        "Listing_shop.graphql.ts",
    }
    assert "pageInfo" in compiled["files"]["ListingNextPage.graphql.ts"]


async def test_codegen_makes_a_typed_client_that_refuses_wrong_uses() -> None:
    found = await node.run("typed_client.mjs", str(SCHEMA))

    assert found["right"] == []
    assert found["wrong"] == ["Type 'string' is not assignable to type 'number'."]
