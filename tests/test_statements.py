"""Statements for acts that come by the thousand: written once, for many rows at a time, the same on both databases."""

import datetime as dt

import pytest

from database.inserting import insert
from database.prepared import Prepared
from database.transactions import transaction
from database.updating import add_to_many
from models.stock import Location, MovementReason, StockLevel, StockMovement
from tests.catalogue import counted
from tests.goods import a_variant
from tests.shop import NOON

pytestmark = pytest.mark.usefixtures("database")


async def levels(*available: int) -> list[StockLevel]:
    variants = [await a_variant(available=units) for units in available]
    return [await StockLevel.get(variant_id=variant.id) for variant in variants]


async def test_many_rows_take_one_statement_and_learn_their_ids_in_order() -> None:
    places = [Location(name=name, created_at=NOON) for name in ("Quay", "Attic", "Mill")]

    with counted() as statements:
        await insert(places)

    assert statements.count == 1
    kept = dict(await Location.filter(name__in=["Quay", "Attic", "Mill"]).values_list("name", "id"))
    assert kept == {place.name: place.id for place in places}
    assert sorted(kept.values()) == [place.id for place in places]
    places[0].name = "Pier"
    await places[0].save(update_fields=["name"])
    assert await Location.filter(name="Pier").count() == 1


async def test_no_rows_take_no_statement() -> None:
    with counted() as statements:
        await insert([])
        assert await add_to_many(StockLevel, []) == set()

    assert statements.count == 0


async def test_each_row_gains_its_own_and_one_that_may_not_stays_as_it_is() -> None:
    plenty, few = await levels(5, 1)
    taking = [{"id": level.id, "available": -2, "reserved": 2} for level in (few, plenty)]

    with counted() as statements:
        async with transaction():
            changed = await add_to_many(
                StockLevel, taking, order=("variant_id", "id"), only_if="kept.available + given.available >= 0"
            )

    assert changed == {plenty.id}
    assert statements.count <= 1 + 2  # where the test has no transaction of its own, it begins and ends one
    assert [(level.available, level.reserved) for level in await StockLevel.all().order_by("id")] == [(3, 2), (1, 0)]


async def test_what_is_prepared_is_what_tortoise_says_whatever_fills_its_gaps() -> None:
    first, second = await levels(5, 0)
    move = MovementReason.DAMAGED
    await insert([StockMovement(level_id=second.id, reason=move, on_hand=0, occurred_at=NOON, note="dry")])
    named = Prepared(
        lambda level, before, names: (
            StockMovement.filter(level_id=level, occurred_at__lte=before, id__in=names)
            .order_by("id")
            .values_list("id", "reason", "note", "occurred_at")
        ),
        int,
        dt.datetime,
        list,
    )
    note = Prepared(lambda key, text: StockMovement.filter(id=key).update(note=text), int, str)
    everything = [movement.id for movement in await StockMovement.all()]

    for level in (first, second):
        same = StockMovement.filter(level_id=level.id, occurred_at__lte=NOON).order_by("id")
        assert await named.values(level.id, NOON, everything) == await same.values_list(
            "id", "reason", "note", "occurred_at"
        )
    assert await named.values(second.id, NOON - dt.timedelta(days=9_000), everything) == []
    assert await named.values(second.id, NOON, []) == []
    last = max(everything)
    assert (await note.change(last, None), await note.change(0, "wet")) == (1, 0)
    assert (await StockMovement.get(id=last)).note is None


async def test_a_value_without_a_place_is_refused_when_the_statement_is_written() -> None:
    lost = Prepared(lambda key, text: StockMovement.filter(id=key), int, str)

    with pytest.raises(ValueError, match="Not every value"):
        await lost.rows(StockMovement, 1, "nowhere")
