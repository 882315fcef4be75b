"""The live drill at the smallest size that can fail: cuts, kills and a server that ends, with everybody told all."""

from pathlib import Path

import pytest

from database.connection import address_of, opened
from drills.audience.scenes import cuts_and_crashes, full_house, the_house_closes
from drills.ground import shelf
from drills.ground.rounds import Ground

pytestmark = pytest.mark.postgres


async def test_followers_who_drop_and_workers_who_are_killed_lose_no_event(shop_database: str, tmp_path: Path) -> None:
    async with opened(address_of(shop_database)):
        await shelf.furnish()
        ground = Ground(shop_database, tmp_path)

        played = await cuts_and_crashes(ground, followers=40, orders=8, changes=8, cuts=20)

    assert played.broken == []
    assert played.figures["events"] == 40 * 8
    assert played.figures["resumed"] > 0


async def test_who_is_told_to_come_again_goes_on_elsewhere(shop_database: str, tmp_path: Path) -> None:
    async with opened(address_of(shop_database)):
        await shelf.furnish()
        ground = Ground(shop_database, tmp_path)

        played = await the_house_closes(ground, followers=40, orders=5)

    assert played.broken == []
    assert played.figures["resumed"] >= 40  # whoever comes back too soon is told twice


async def test_a_full_house_takes_little_room_and_leaves_as_much_as_it_found(
    shop_database: str, tmp_path: Path
) -> None:
    async with opened(address_of(shop_database)):
        await shelf.furnish()
        ground = Ground(shop_database, tmp_path)

        played = await full_house(ground, followers=100, events=2, quiet=1)

    assert played.broken == []
    assert played.figures["streams"] == 100
