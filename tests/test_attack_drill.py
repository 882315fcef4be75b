"""The attack drill at the smallest size that can fail: refused by name, at little cost, and found out if it is not."""

from pathlib import Path

import pytest

from drills.ground.rounds import Ground, Record, Round
from drills.siege import scenes
from drills.siege.addresses import addresses
from drills.siege.shots import asked, fired
from drills.siege.slow import LONG, slow
from drills.siege.values import values


@pytest.mark.postgres
async def test_attacks_are_refused_and_what_is_not_is_found(shop_database: str, tmp_path: Path) -> None:
    async with scenes.besieged(Ground(shop_database, tmp_path), SHOPWRIGHT_DEMO="no") as siege:
        shots = [*scenes.posted(), *values(), *addresses()][::9]
        hits = [await fired(siege.client, siege.meter, shot, times=1) for shot in shots]
        hits += await slow(siege.shop.address, siege.meter, each=2, kinds=LONG)
        good = await fired(siege.client, siege.meter, asked("good", "{ shop { name } }", "NO_CODE"), times=1)
        thrown = siege.told("small", hits)
        made = await scenes.generated(siege, 1, size=40)

    assert thrown.broken == made.broken == []
    assert thrown.figures["attacks"] > 25
    assert 0 < thrown.figures["worst small ms"] <= 50
    assert good.wrong.startswith("good: NO_CODE, not []")
    assert made.figures["generated"] == 40
    assert 5 < made.figures["refused"] < 35


@pytest.mark.once
def test_of_the_worst_figures_the_largest_is_kept(tmp_path: Path) -> None:
    rounds = [Round({"attacks": 2, "worst ms": 7}), Round({"attacks": 3, "worst ms": 4})]

    assert Record(tmp_path / "none", rounds).figures == {"attacks": 5, "worst ms": 7}
