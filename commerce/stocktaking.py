"""Stock as it is counted: what a new variant starts with, and a count that corrects what the books say."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from commerce.kept_products import batches, grouped
from commerce.refusals import Refusal
from models.catalog import InventoryPolicy, ProductVariant
from models.stock import Location, MovementReason, StockLevel, StockMovement
from outbox.announcing import announce, topic


class BackordersOpen(Refusal):
    """A variant cannot stop taking backorders while some are open."""


class PromisedBeyondCount(Refusal):
    """Fewer units were counted than are already promised to shoppers."""

    def __init__(self, message: str, *, variant_id: int) -> None:
        super().__init__(message)
        self.variant_id = variant_id


class NowhereToKeep(Refusal):
    """The shop has no place for goods."""


async def first_location() -> Location:
    """Where goods are kept unless said otherwise."""
    location = await Location.filter(active=True).order_by("priority", "id").first()
    if location is None:
        raise NowhereToKeep("The shop has no active location to keep goods at.")
    return location


Elsewhere = Mapping[int, Sequence[tuple[int, int]]]
"""What variants (by id) start with at other places: (place, units)."""


async def start_stock(
    variants: Sequence[ProductVariant],
    quantities: Mapping[int, int],
    *,
    now: dt.datetime,
    elsewhere: Elsewhere = MappingProxyType({}),
) -> None:
    """A level for each of these tracked variants that has none, filled by a movement with what it starts with.

    Quantities lie at the first location, but for those `elsewhere`.
    """
    location = await first_location()
    await _check_places({place for parts in elsewhere.values() for place, _ in parts})
    for some in batches([variant for variant in variants if variant.tracked]):
        ids = [variant.id for variant in some]
        have = {level.variant_id for level in await StockLevel.filter(variant_id__in=ids)}  # type: ignore[attr-defined]
        wanted = {key: {location.id: quantities.get(key, 0), **dict(elsewhere.get(key, ()))} for key in ids}
        await _start_batch([variant for variant in some if variant.id not in have], wanted, now)


async def _check_places(places: set[int]) -> None:
    known = {key for (key,) in await Location.filter(id__in=places).values_list("id")} if places else set()
    if places - known:
        raise NowhereToKeep("There is no such location.", code="NOT_FOUND", field=("inventoryQuantities",))


async def _start_batch(
    variants: Sequence[ProductVariant], wanted: Mapping[int, Mapping[int, int]], now: dt.datetime
) -> None:
    await StockLevel.bulk_create([level for variant in variants for level in _first_levels(variant, wanted)])
    levels = await StockLevel.filter(variant_id__in=[variant.id for variant in variants], on_hand__gt=0)
    await StockMovement.bulk_create(
        [
            StockMovement(level_id=level.id, reason=MovementReason.RECEIVED, on_hand=level.on_hand, occurred_at=now)
            for level in levels
        ]
    )


def _first_levels(variant: ProductVariant, wanted: Mapping[int, Mapping[int, int]]) -> Iterator[StockLevel]:
    oversell = variant.inventory_policy is InventoryPolicy.CONTINUE
    for place, quantity in wanted[variant.id].items():
        yield StockLevel(
            variant_id=variant.id, location_id=place, on_hand=quantity, available=quantity, oversell=oversell
        )


async def follow_policy(variants: Sequence[ProductVariant]) -> None:
    """Let the levels of these variants be oversold exactly when their policy says so."""
    for policy in InventoryPolicy:
        ids = [variant.id for variant in variants if variant.inventory_policy is policy]
        oversell = policy is InventoryPolicy.CONTINUE
        for some in batches(ids):
            if not oversell and await StockLevel.filter(variant_id__in=some, available__lt=0).exists():
                raise BackordersOpen("Backorders are open: count the stock before ending them.")
            if await StockLevel.filter(variant_id__in=some, oversell=not oversell).update(oversell=oversell):
                await announce(*(topic("stock", variant_id) for variant_id in some))


async def count_stock(counts: Mapping[int, int], *, note: str, now: dt.datetime) -> int:
    """Correct the books so that each variant (by id) has this many units left to sell; answers how many differed.

    The difference is one movement at the first location. Variants are locked in the order of their ids.
    """
    location = await first_location()
    differed = 0
    for ids in batches(sorted(counts)):
        rows = await StockLevel.filter(variant_id__in=ids).select_for_update().order_by("variant_id", "id")
        levels = grouped(rows, "variant_id")
        for variant_id in ids:
            difference = counts[variant_id] - sum(level.available for level in levels[variant_id])
            here = [level for level in levels[variant_id] if level.location_id == location.id]  # type: ignore[attr-defined]
            if difference and here:
                await _correct(here[0], difference, note=note, now=now)
                differed += 1
    return differed


async def _correct(level: StockLevel, difference: int, *, note: str, now: dt.datetime) -> None:
    on_hand = level.on_hand + difference
    available = level.available + difference
    if on_hand < 0 or (available < 0 and not level.oversell):
        told = f"{-difference} units fewer than expected: some of them are promised to shoppers already."
        raise PromisedBeyondCount(told, variant_id=level.variant_id)  # type: ignore[attr-defined]
    await StockLevel.filter(id=level.id).update(on_hand=on_hand, available=available)
    await announce(topic("stock", level.variant_id))  # type: ignore[attr-defined]
    await StockMovement.create(
        level_id=level.id, reason=MovementReason.CORRECTION, on_hand=difference, note=note, occurred_at=now
    )
