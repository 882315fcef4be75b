"""Stock as it is counted: what a new variant starts with, and a count that corrects what the books say."""

import datetime as dt
from collections.abc import Mapping, Sequence

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


async def start_stock(variants: Sequence[ProductVariant], quantities: Mapping[int, int], *, now: dt.datetime) -> None:
    """A level for each of these tracked variants that has none, filled by a movement with what it starts with."""
    location = await first_location()
    for some in batches([variant for variant in variants if variant.tracked]):
        await _start_batch(some, quantities, location, now)


async def _start_batch(
    variants: Sequence[ProductVariant], quantities: Mapping[int, int], location: Location, now: dt.datetime
) -> None:
    ids = [variant.id for variant in variants]
    have = {level.variant_id for level in await StockLevel.filter(variant_id__in=ids)}  # type: ignore[attr-defined]
    new = [variant for variant in variants if variant.id not in have]
    await StockLevel.bulk_create([_first_level(variant, quantities.get(variant.id, 0), location) for variant in new])
    levels = await StockLevel.filter(variant_id__in=[variant.id for variant in new], on_hand__gt=0)
    await StockMovement.bulk_create(
        [
            StockMovement(level_id=level.id, reason=MovementReason.RECEIVED, on_hand=level.on_hand, occurred_at=now)
            for level in levels
        ]
    )


def _first_level(variant: ProductVariant, quantity: int, location: Location) -> StockLevel:
    oversell = variant.inventory_policy is InventoryPolicy.CONTINUE
    return StockLevel(
        variant_id=variant.id, location_id=location.id, on_hand=quantity, available=quantity, oversell=oversell
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
