"""Stock: what can be sold, and taking, holding, giving back and sending units. Never read-then-write.

Every act locks levels in the order of their ids and writes a movement for each change.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tortoise.expressions import F

from commerce.refusals import Refusal
from models.catalog import InventoryPolicy, ProductVariant
from models.stock import MovementReason, StockLevel, StockMovement
from outbox.announcing import announce, topic


class OutOfStock(Refusal):
    """Fewer units are left than are wanted."""

    code = "MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE"

    def __init__(self, variant_id: int, *, wanted: int) -> None:
        super().__init__(f"Fewer than {wanted} of this are left.", field=("cart", "lines"))
        self.variant_id = variant_id
        self.wanted = wanted


class NotOnHand(Refusal):
    """Promised units do not lie on the shelf."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Units of a variant (0 for one that is sold no more), taken from one level."""

    variant_id: int
    level_id: int
    quantity: int


async def sellable(variant_ids: Iterable[int]) -> dict[int, int | None]:
    """How many units of each variant can be sold now; None where nothing limits it."""
    wanted = list(variant_ids)
    records = await ProductVariant.filter(id__in=wanted).values_list("id", "tracked", "inventory_policy")
    limited = [key for key, tracked, policy in records if tracked and policy == InventoryPolicy.DENY]
    left: dict[int, int] = dict.fromkeys(limited, 0)
    levels = StockLevel.filter(variant_id__in=limited, location__active=True)
    for key, available in await levels.values_list("variant_id", "available") if limited else []:
        left[key] += available
    return {key: max(left[key], 0) if key in left else None for key, _, _ in records}


async def reserve(wanted: Mapping[int, int], *, now: dt.datetime, note: str | None = None) -> list[Taken]:
    """Hold units for a checkout under way, from the locations in their order; all of them, or refuses."""
    return await _take(wanted, "reserved", MovementReason.RESERVED, now=now, note=note)


async def commit(wanted: Mapping[int, int], *, order_id: int | None, now: dt.datetime) -> list[Taken]:
    """Promise units to an order straight from the shelf, all of them or none."""
    return await _take(wanted, "committed", MovementReason.SOLD, now=now, order_id=order_id)


async def name_order(taken: Sequence[Taken], order_id: int) -> None:
    """Write the order's number, known only after its goods were found, on the movements of this transaction."""
    levels = [part.level_id for part in taken]
    unnamed = StockMovement.filter(level_id__in=levels, reason=MovementReason.SOLD, order_id=None)
    await unnamed.update(order_id=order_id)


async def commit_reserved(held: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Turn held units into units promised to an order."""
    for part in sorted(held, key=_place):
        await StockLevel.filter(id=part.level_id).update(
            reserved=F("reserved") - part.quantity, committed=F("committed") + part.quantity
        )
        await _moved(
            part, MovementReason.SOLD, reserved=-part.quantity, committed=part.quantity, order_id=order_id, now=now
        )


async def release(held: Sequence[Taken], *, now: dt.datetime) -> None:
    """Put held units back on the shelf."""
    for part in sorted(held, key=_place):
        await StockLevel.filter(id=part.level_id).update(
            reserved=F("reserved") - part.quantity, available=F("available") + part.quantity
        )
        await _moved(part, MovementReason.RELEASED, reserved=-part.quantity, now=now)
    await _told(held)


async def uncommit(promised: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Put units promised to a canceled order back on the shelf."""
    for part in sorted(promised, key=_place):
        await StockLevel.filter(id=part.level_id).update(
            committed=F("committed") - part.quantity, available=F("available") + part.quantity
        )
        await _moved(part, MovementReason.CANCELED, committed=-part.quantity, order_id=order_id, now=now)
    await _told(promised)


async def ship(promised: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Send units that were promised to an order: they leave the shelf. Refuses backorders that have not come in."""
    for part in sorted(promised, key=_place):
        lying_there = StockLevel.filter(id=part.level_id, on_hand__gte=part.quantity)
        if not await lying_there.update(on_hand=F("on_hand") - part.quantity, committed=F("committed") - part.quantity):
            raise NotOnHand("These units are promised but have not come in yet.", field=("lineItems",))
        await _moved(
            part,
            MovementReason.SHIPPED,
            on_hand=-part.quantity,
            committed=-part.quantity,
            order_id=order_id,
            now=now,
        )


async def unship(sent: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Take back a parcel that never left: its units lie on the shelf again, still promised to the order."""
    for part in sorted(sent, key=_place):
        await StockLevel.filter(id=part.level_id).update(
            on_hand=F("on_hand") + part.quantity, committed=F("committed") + part.quantity
        )
        await _moved(
            part,
            MovementReason.CANCELED,
            on_hand=part.quantity,
            committed=part.quantity,
            order_id=order_id,
            now=now,
        )


async def restock(returned: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Put returned units back on the shelf, to be sold again."""
    for part in sorted(returned, key=_place):
        await StockLevel.filter(id=part.level_id).update(
            on_hand=F("on_hand") + part.quantity, available=F("available") + part.quantity
        )
        await _moved(part, MovementReason.RESTOCKED, on_hand=part.quantity, order_id=order_id, now=now)
    await _told(returned)


async def _told(parts: Iterable[Taken]) -> None:
    """Wake who follows the availability of these variants."""
    topics = {topic("stock", part.variant_id) for part in parts}
    if topics:
        await announce(*sorted(topics))


def _place(part: Taken) -> tuple[int, int]:
    return part.variant_id, part.level_id


async def _take(
    wanted: Mapping[int, int],
    into: str,
    reason: MovementReason,
    *,
    now: dt.datetime,
    order_id: int | None = None,
    note: str | None = None,
) -> list[Taken]:
    tracked = await ProductVariant.filter(id__in=list(wanted), tracked=True).values_list("id")
    levels = await _levels_of([key for (key,) in tracked])
    taken: list[Taken] = []
    for variant_id in sorted(levels):
        taken += await _take_variant(variant_id, wanted[variant_id], levels[variant_id], into)
    for part in taken:
        change = {into: part.quantity}
        await _moved(part, reason, order_id=order_id, note=note, now=now, **change)
    await _told(taken)
    return taken


async def _levels_of(variant_ids: Sequence[int]) -> dict[int, list[tuple[int, int, bool]]]:
    """(level id, available, oversell) of each variant's active levels by priority. Read to choose, never to decide."""
    levels: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for variant_id in variant_ids:
        levels[variant_id] = []
    query = StockLevel.filter(variant_id__in=variant_ids, location__active=True)
    ordered = query.order_by("variant_id", "location__priority", "location_id")
    for key, level, available, oversell in await ordered.values_list("variant_id", "id", "available", "oversell"):
        levels[key].append((level, available, bool(oversell)))
    return levels


async def _take_variant(variant_id: int, quantity: int, levels: list[tuple[int, int, bool]], into: str) -> list[Taken]:
    for level_id, _, _ in sorted(levels, key=lambda level: level[1] < quantity):
        if await _take_from(level_id, quantity, into):
            return [Taken(variant_id, level_id, quantity)]
    return await _take_in_parts(variant_id, quantity, levels, into)


async def _take_in_parts(variant_id: int, quantity: int, levels: list[tuple[int, int, bool]], into: str) -> list[Taken]:
    """No single place holds enough: take what each place has, in their order."""
    taken: list[Taken] = []
    for level_id, available, _ in levels:
        part = min(available, quantity)
        if part > 0 and await _take_from(level_id, part, into):
            taken.append(Taken(variant_id, level_id, part))
            quantity -= part
    if quantity == 0:
        return taken
    raise OutOfStock(variant_id, wanted=quantity + sum(part.quantity for part in taken))


async def _take_from(level_id: int, quantity: int, into: str) -> bool:
    """The one conditional statement that sells: two shoppers cannot share the last unit."""
    change = {"available": F("available") - quantity, into: F(into) + quantity}
    enough = StockLevel.filter(id=level_id, available__gte=quantity)
    if await enough.update(**change):
        return True
    return bool(await StockLevel.filter(id=level_id, oversell=True).update(**change))


async def _moved(
    part: Taken,
    reason: MovementReason,
    *,
    now: dt.datetime,
    order_id: int | None = None,
    note: str | None = None,
    on_hand: int = 0,
    reserved: int = 0,
    committed: int = 0,
) -> None:
    await StockMovement.create(
        level_id=part.level_id,
        reason=reason,
        on_hand=on_hand,
        reserved=reserved,
        committed=committed,
        order_id=order_id,
        note=note,
        occurred_at=now,
    )
