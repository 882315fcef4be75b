"""The lines of a cart as they are changed: equal lines merge, nothing exceeds the stock, none beyond the limits."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from commerce.opening_carts import TooMany
from commerce.refusals import Refusal
from models.carts import CartLine

MOST_IN_A_CALL = 250
MOST_IN_A_CART = 500
MOST_OF_A_LINE = 1_000_000

Attributes = Sequence[Mapping[str, str]]


class InvalidLine(Refusal):
    """A line that this cart does not have, or cannot."""

    code = "INVALID_MERCHANDISE_LINE"


@dataclass(frozen=True, slots=True)
class CartWarning:
    """Something done only in part."""

    code: str
    message: str
    line_id: int | None = None
    variant_id: int | None = None


@dataclass(slots=True, eq=False)
class Place:
    """One line while a cart is being changed. Without `id` it is not kept yet."""

    variant_id: int
    quantity: int
    attributes: Attributes = ()
    parent: "Place | None" = None
    id: int | None = None
    before: tuple[int, int, str] | None = None

    @property
    def merge_key(self) -> str:
        """Equal for lines that differ in nothing but quantity and variant."""
        pairs = sorted((pair["key"], pair["value"]) for pair in self.attributes)
        parent = (self.parent.id or id(self.parent)) if self.parent else None
        return hashlib.sha256(orjson.dumps([pairs, parent])).hexdigest()

    @property
    def now(self) -> tuple[int, int, str]:
        """What is kept of a line and may change."""
        return self.variant_id, self.quantity, self.merge_key


@dataclass(slots=True)
class Contents:
    """All lines of one cart while it is being changed, and the warnings about them."""

    cart_id: str
    places: list[Place]
    warnings: list[CartWarning] = field(default_factory=list)
    gone: list[Place] = field(default_factory=list)

    @classmethod
    async def of(cls, cart_id: str) -> "Contents":
        """The lines as they are kept. The cart must be locked."""
        kept = await CartLine.filter(cart_id=cart_id).order_by("id")
        places = {
            line.id: Place(line.variant_id, line.quantity, line.attributes, id=line.id)  # type: ignore[attr-defined]
            for line in kept
        }
        for line in kept:
            places[line.id].parent = places.get(line.parent_id)  # type: ignore[attr-defined]
        for line in kept:
            places[line.id].before = (line.variant_id, line.quantity, line.merge_key)  # type: ignore[attr-defined]
        return cls(cart_id, list(places.values()))

    def copied_to(self, cart_id: str) -> "Contents":
        """The same lines for an empty cart, additions to their own parents' copies."""
        copies = {place: Place(place.variant_id, place.quantity, place.attributes) for place in self.places}
        for place, copy in copies.items():
            copy.parent = copies.get(place.parent) if place.parent else None
        return Contents(cart_id, list(copies.values()))

    def line(self, line_id: int, *, at: Sequence[str]) -> Place:
        """The line with this id, or a refusal that names the argument."""
        for place in self.places:
            if place.id == line_id:
                return place
        raise InvalidLine("The cart has no such line.", field=at)

    def put(self, new: Place) -> Place:
        """Add a line, or raise the quantity of its equal."""
        for place in self.places:
            if (place.variant_id, place.merge_key) == (new.variant_id, new.merge_key):
                place.quantity += new.quantity
                return place
        self.places.append(new)
        return new

    def settle(self, place: Place) -> Place:
        """After a change: merge the line into its equal, if there is one now; answers the line that remains."""
        for other in self.places:
            if other is not place and other.now[::2] == place.now[::2]:
                other.quantity += place.quantity
                self._drop(place, heir=other)
                return other
        return place

    def remove(self, place: Place) -> None:
        """Take a line out, and what was added to it."""
        for child in [child for child in self.places if child.parent is place]:
            self._drop(child)
        self._drop(place)

    def _drop(self, place: Place, heir: Place | None = None) -> None:
        for child in [child for child in self.places if child.parent is place]:
            child.parent = heir
        if place in self.places:
            self.places.remove(place)
            self.gone.append(place)

    def clamp(self, left: Mapping[int, int | None], changed: Sequence[Place]) -> None:
        """Let no changed line ask for more than can be sold, and warn of each that did."""
        for place in [place for place in changed if place in self.places]:
            most = left.get(place.variant_id)
            if most is None:
                continue
            others = sum(p.quantity for p in self.places if p.variant_id == place.variant_id and p is not place)
            most = max(0, most - others)
            if place.quantity > most:
                place.quantity = most
                self.warnings.append(_shortage(place, most))
            if place.quantity == 0:
                self.remove(place)

    def check_limits(self) -> None:
        """Refuse a cart beyond what one may hold."""
        if len(self.places) > MOST_IN_A_CART:
            raise TooMany(f"A cart holds at most {MOST_IN_A_CART} lines.", field=("lines",), code="CART_TOO_LARGE")
        if any(place.quantity > MOST_OF_A_LINE for place in self.places):
            raise TooMany(f"A line holds at most {MOST_OF_A_LINE} units.", field=("lines",))

    async def save(self, *, now: dt.datetime) -> None:
        """Keep what changed: what left first, so that no equal line is in the way."""
        if gone := [place.id for place in self.gone if place.id is not None]:
            await CartLine.filter(id__in=gone).delete()
        await self._save_kept([place for place in self.places if place.id is not None and place.before != place.now])
        new = [place for place in self.places if place.id is None]
        for place in sorted(new, key=lambda place: place.parent is not None):
            line = await CartLine.create(
                cart_id=self.cart_id,
                variant_id=place.variant_id,
                parent_id=place.parent.id if place.parent else None,
                quantity=place.quantity,
                attributes=list(place.attributes),
                merge_key=place.merge_key,
                created_at=now,
            )
            place.id = line.id

    async def _save_kept(self, changed: Sequence[Place]) -> None:
        moving = [place for place in changed if place.before and place.before[::2] != place.now[::2]]
        for place in moving if len(moving) > 1 else []:
            await CartLine.filter(id=place.id).update(merge_key=f"moving-{place.id}")
        for place in changed:
            await CartLine.filter(id=place.id).update(
                variant_id=place.variant_id,
                parent_id=place.parent.id if place.parent else None,
                quantity=place.quantity,
                attributes=list(place.attributes),
                merge_key=place.merge_key,
            )


def checked_call(lines: Sequence[object]) -> None:
    """Refuse a call with more lines than one may bring."""
    if len(lines) > MOST_IN_A_CALL:
        raise TooMany(f"One call takes at most {MOST_IN_A_CALL} lines.", field=("lines",))


def checked_quantity(quantity: int, *, at: Sequence[str]) -> int:
    """A quantity a line may have."""
    if quantity < 0:
        raise InvalidLine("A quantity is not below zero.", field=at, code="INVALID")
    if quantity > MOST_OF_A_LINE:
        raise TooMany(f"A line holds at most {MOST_OF_A_LINE} units.", field=at)
    return quantity


def _shortage(place: Place, most: int) -> CartWarning:
    if most == 0:
        return CartWarning(
            "MERCHANDISE_OUT_OF_STOCK", "This is sold out; it was left out.", variant_id=place.variant_id
        )
    return CartWarning(
        "MERCHANDISE_NOT_ENOUGH_STOCK",
        f"Only {most} can be had; the quantity was lowered to that.",
        line_id=place.id,
        variant_id=place.variant_id,
    )
