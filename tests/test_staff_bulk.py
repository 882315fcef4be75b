"""Staff send more in one request than others may, and thousands of variants change in one call."""

from pathlib import Path

import httpx
import pytest

from commerce.catalog import save_products
from commerce.staff import create_token
from database.connection import address_of, opened
from drills import bulk
from drills.ground import shelf
from drills.ground.running import RunningShop, running_shop
from models.catalog import ProductVariant
from tests.shop import NOON


def sent(shop: RunningShop, path: str, token: str | None, *, size: int) -> int:
    """The status of the answer to a request of so many bytes."""
    headers = {"X-Shopify-Access-Token": token} if token else {}
    body = {"query": "{ __typename }", "variables": {"padding": "x" * size}}
    return httpx.post(shop.url(path), json=body, headers=headers, timeout=30).status_code


@pytest.mark.once
async def test_one_call_changes_many_variants_and_only_staff_may_send_so_much(
    shop_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "SIZES", 30)
    async with opened(address_of(shop_database)):
        await shelf.furnish()
        await save_products([bulk.a_product(number) for number in range(20)], now=NOON)
        token = (await create_token("bulk", scopes=["write_products"], now=NOON)).secret
        keys = [key for (key,) in await ProductVariant.all().values_list("id")]
    with running_shop(shop_database, tmp_path, "--no-demo") as shop:
        assert sent(shop, "/admin/graphql", token, size=300_000) == 200
        assert sent(shop, "/admin/graphql", None, size=300_000) == 413
        assert sent(shop, "/admin/graphql", "swt_made_up", size=300_000) == 413
        assert sent(shop, "/admin/graphql", token, size=9_000_000) == 413
        assert sent(shop, "/graphql", token, size=300_000) == 413
        async with opened(address_of(shop_database)):
            played = await bulk.one_round(shop, token, keys, 1)

    assert played.broken == []
    assert played.figures["variants changed"] == 600
