"""A few random lives of a shop against the model; `./shopwright drill model` plays 2,000."""

import pytest

from drills.ground.machine import ShopMachine
from drills.ground.till import Shelf
from drills.model import one_round

FEW, STEPS = 8, 20


def test_the_shop_does_what_the_model_says(shop_database: str) -> None:
    played = one_round(shop_database, 1, examples=FEW, steps=STEPS)

    assert not played.broken, "\n".join(played.broken)


@pytest.mark.once
def test_the_model_finds_a_shop_that_counts_wrongly(shop_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shelf, "available", property(lambda shelf: shelf.on_hand))

    assert one_round(shop_database, 1, examples=100, steps=STEPS, shrink=False).broken


def test_every_life_begins_anew(shop_database: str) -> None:
    assert not any(one_round(shop_database, 2, examples=2, steps=5).broken for _ in range(2))
    assert not hasattr(ShopMachine, "counter")
