"""Stock: what can be sold, and taking, holding, giving back and sending units. Never read-then-write.

Every act locks levels in the order of their ids and writes a movement for each change.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tortoise.expressions import F

from commerce.refusals import Refusal
from commerce.shelves import BY_VARIANT, Shelves, Taken, left_on, shelves_of, take
from database.inserting import insert
from database.prepared import Prepared
from database.updating import add_to_many
from models.catalog import InventoryPolicy, ProductVariant
from models.stock import MovementReason, StockLevel, StockMovement
from outbox.announcing import announce, topic

_COUNTING = Prepared(
    lambda variant_ids: ProductVariant.filter(id__in=variant_ids).values_list("id", "tracked", "inventory_policy"),
    list,
)


class NotOnHand(Refusal):
    """Promised units do not lie on the shelf."""


async def sellable(variant_ids: Iterable[int]) -> dict[int, int | None]:
    """How many units of each variant can be sold now; None where nothing limits it."""
    records = await _COUNTING.values(list(variant_ids))
    limited = [key for key, tracked, policy in records if tracked and policy == InventoryPolicy.DENY]
    shelves = await shelves_of(limited)
    return {key: left_on(shelves[key]) if key in shelves else None for key, _, _ in records}


async def reserve(
    wanted: Mapping[int, int], shelves: Shelves, *, now: dt.datetime, note: str | None = None
) -> list[Taken]:
    """Hold units for a checkout under way, from the locations in their order; all of them, or refuses."""
    taken = await take(wanted, shelves, "reserved")
    await _moved(taken, MovementReason.RESERVED, reserved=1, note=note, now=now)
    await _told(taken)
    return taken


async def commit(wanted: Mapping[int, int], shelves: Shelves) -> list[Taken]:
    """Promise units to an order straight from the shelf, all of them or none. `sold` has to follow."""
    taken = await take(wanted, shelves, "committed")
    await _told(taken)
    return taken


async def sold(taken: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Write down for which order units were committed in this transaction, now that the order has its number."""
    await _moved(taken, MovementReason.SOLD, committed=1, order_id=order_id, now=now)


async def commit_reserved(held: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Turn held units into units promised to an order."""
    await _shift(held, MovementReason.SOLD, reserved=-1, committed=1, order_id=order_id, now=now)


async def release(held: Sequence[Taken], *, now: dt.datetime) -> None:
    """Put held units back on the shelf."""
    await _shift(held, MovementReason.RELEASED, reserved=-1, now=now)
    await _told(held)


async def uncommit(promised: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Put units promised to a canceled order back on the shelf."""
    await _shift(promised, MovementReason.CANCELED, committed=-1, order_id=order_id, now=now)
    await _told(promised)


async def ship(promised: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Send units that were promised to an order: they leave the shelf. Refuses backorders that have not come in."""
    sent = sorted(promised, key=_place)
    for part in sent:
        lying_there = StockLevel.filter(id=part.level_id, on_hand__gte=part.quantity)
        if not await lying_there.update(on_hand=F("on_hand") - part.quantity, committed=F("committed") - part.quantity):
            raise NotOnHand("These units are promised but have not come in yet.", field=("lineItems",))
    await _moved(sent, MovementReason.SHIPPED, on_hand=-1, committed=-1, order_id=order_id, now=now)


async def unship(sent: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Take back a parcel that never left: its units lie on the shelf again, still promised to the order."""
    await _shift(sent, MovementReason.CANCELED, on_hand=1, committed=1, order_id=order_id, now=now)


async def restock(returned: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Put returned units back on the shelf, to be sold again."""
    await _shift(returned, MovementReason.RESTOCKED, on_hand=1, order_id=order_id, now=now)
    await _told(returned)


async def _told(parts: Iterable[Taken]) -> None:
    """Wake who follows the availability of these variants."""
    topics = {topic("stock", part.variant_id) for part in parts}
    if topics:
        await announce(*sorted(topics))


def _place(part: Taken) -> tuple[int, int]:
    return part.variant_id, part.level_id


async def _shift(
    parts: Sequence[Taken],
    reason: MovementReason,
    *,
    now: dt.datetime,
    order_id: int | None = None,
    on_hand: int = 0,
    reserved: int = 0,
    committed: int = 0,
) -> None:
    """Move units between the parts of their levels; each part gains or loses them, as its sign says."""
    units: dict[int, int] = defaultdict(int)
    for part in parts:
        units[part.level_id] += part.quantity
    signs = {
        "on_hand": on_hand,
        "reserved": reserved,
        "committed": committed,
        "available": on_hand - reserved - committed,
    }
    told = {name: sign for name, sign in signs.items() if sign}
    changes = [{"id": level, **{name: sign * moved for name, sign in told.items()}} for level, moved in units.items()]
    await add_to_many(StockLevel, changes, order=BY_VARIANT)
    await _moved(parts, reason, on_hand=on_hand, reserved=reserved, committed=committed, order_id=order_id, now=now)


async def _moved(
    parts: Sequence[Taken],
    reason: MovementReason,
    *,
    now: dt.datetime,
    order_id: int | None = None,
    note: str | None = None,
    on_hand: int = 0,
    reserved: int = 0,
    committed: int = 0,
) -> None:
    """Write a movement down for each change of a level, which has the same signs as the change."""
    await insert(
        [
            StockMovement(
                level_id=part.level_id,
                reason=reason,
                on_hand=on_hand * part.quantity,
                reserved=reserved * part.quantity,
                committed=committed * part.quantity,
                order_id=order_id,
                note=note,
                occurred_at=now,
            )
            for part in sorted(parts, key=_place)
        ]
    )
