"""Messages of a provider to two workers at once, over HTTP: the callbacks drill, small."""

from pathlib import Path

import pytest

from database.connection import address_of, opened
from drills.callbacks import one_round, stripe_settings
from drills.ground import shelf
from drills.ground.crowd import crowd_at
from drills.ground.running import running_shop
from drills.ground.stripe_stand_in import open_stand_in


@pytest.mark.postgres
async def test_200_messages_20_of_them_distinct_leave_exact_books(shop_database: str, tmp_path: Path) -> None:
    async with opened(address_of(shop_database)), open_stand_in() as stand_in:
        await shelf.furnish()
        thing = await shelf.a_thing(None)
        settings = stripe_settings(stand_in)
        with running_shop(shop_database, tmp_path, "--workers", "2", "--no-demo", **settings) as shop:
            async with crowd_at(shop, size=20) as client:
                played = await one_round(client, stand_in, thing.id, 1, confirmed=4, refused=2)
                figures = shop.get("/metrics").text

        assert played.broken == []
        assert played.figures == {"messages": 200, "distinct": 20, "orders": 4}
        assert 'shopwright_payment_callbacks_total{gateway="stripe",outcome="applied"} 20.0' in figures
        assert 'shopwright_payment_callbacks_total{gateway="stripe",outcome="repeated"} 180.0' in figures
        assert (
            'shopwright_payment_request_seconds_count{act="authorize",gateway="stripe",outcome="ACTION_REQ' in figures
        )
        assert "sk_test" not in shop.log + figures
        assert "whsec_" not in shop.log + figures
