"""Where units lie, and choosing which of them are taken. Read to choose, never to decide: one statement does that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tortoise.expressions import F

from commerce.refusals import Refusal
from database.prepared import Prepared
from database.updating import add_to_many
from models.stock import StockLevel

BY_VARIANT = ("variant_id", "id")
"""The order in which levels are locked."""
ENOUGH = "kept.available + given.available >= 0 OR kept.oversell"


class OutOfStock(Refusal):
    """Fewer units are left than are wanted."""

    code = "MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE"

    def __init__(self, variant_id: int, *, wanted: int) -> None:
        super().__init__(f"Fewer than {wanted} of this are left.", field=("cart", "lines"))
        self.variant_id = variant_id
        self.wanted = wanted


class Level(NamedTuple):
    """What of a variant can be taken at one place."""

    variant_id: int
    id: int
    available: int
    oversell: bool


Shelves = Mapping[int, Sequence[Level]]
"""The levels of variants whose units are counted, those to be emptied first in front; none for what lies nowhere."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Units of a variant (0 for one that is sold no more), taken from one level."""

    variant_id: int
    level_id: int
    quantity: int


_LEVELS = Prepared(
    lambda variant_ids: (
        StockLevel.filter(location__active=True, variant_id__in=variant_ids)
        .order_by("variant_id", "location__priority", "location_id")
        .values_list("variant_id", "id", "available", "oversell")
    ),
    list,
)


async def shelves_of(variant_ids: Iterable[int]) -> Shelves:
    """Where units of these variants lie now, at places goods are sent from."""
    wanted = list(variant_ids)
    shelves: dict[int, list[Level]] = {variant_id: [] for variant_id in wanted}
    for record in await _LEVELS.values(wanted) if wanted else []:
        level = Level(*record)
        shelves[level.variant_id].append(level)
    return shelves


def left_on(levels: Iterable[Level]) -> int:
    """How many units lie there to be sold."""
    return max(sum(level.available for level in levels), 0)


async def take(wanted: Mapping[int, int], shelves: Shelves, into: str) -> list[Taken]:
    """Take units off the shelves, all that are wanted of those variants, or refuse.

    As a rule a place holds enough of each, and one statement takes everything. Whoever finds less than was seen, or
    nowhere enough, looks again shelf by shelf.
    """
    first = [_first(variant_id, wanted[variant_id], shelves[variant_id]) for variant_id in sorted(shelves)]
    taken = await _take_at_once([part for part in first if part], into) if all(first) else []
    done = {part.variant_id for part in taken}
    for variant_id in sorted(shelves):
        if variant_id not in done:
            taken += await _take_variant(variant_id, wanted[variant_id], shelves[variant_id], into)
    return taken


def _first(variant_id: int, quantity: int, levels: Sequence[Level]) -> Taken | None:
    enough = [level for level in levels if level.available >= quantity] or [level for level in levels if level.oversell]
    return Taken(variant_id, enough[0].id, quantity) if enough else None


async def _take_at_once(parts: Sequence[Taken], into: str) -> list[Taken]:
    changes = [{"id": part.level_id, "available": -part.quantity, into: part.quantity} for part in parts]
    changed = await add_to_many(StockLevel, changes, order=BY_VARIANT, only_if=ENOUGH)
    return [part for part in parts if part.level_id in changed]


async def _take_variant(variant_id: int, quantity: int, levels: Sequence[Level], into: str) -> list[Taken]:
    for level in sorted(levels, key=lambda level: level.available < quantity):
        if await _take_from(level.id, quantity, into):
            return [Taken(variant_id, level.id, quantity)]
    return await _take_in_parts(variant_id, quantity, levels, into)


async def _take_in_parts(variant_id: int, quantity: int, levels: Sequence[Level], into: str) -> list[Taken]:
    """No single place holds enough: take what each place has, in their order."""
    taken: list[Taken] = []
    for level in levels:
        part = min(level.available, quantity)
        if part > 0 and await _take_from(level.id, part, into):
            taken.append(Taken(variant_id, level.id, part))
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
