"""Carts: making one, and putting goods in and out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commerce.cart_lines import (
    Attributes,
    CartWarning,
    Contents,
    InvalidLine,
    Place,
    checked_call,
    checked_quantity,
)
from commerce.opening_carts import changing, new_token
from commerce.refusals import Refusal
from commerce.stock import sellable
from database.transactions import unit_of_work
from models.carts import Cart
from models.catalog import ProductStatus, ProductVariant

LONGEST_NOTE = 5_000
MOST_ATTRIBUTES = 250


@dataclass(frozen=True, slots=True)
class NewLine:
    """Goods to be put into a cart, alone or as an addition to another line."""

    variant_id: int
    quantity: int = 1
    attributes: Attributes = ()
    parent_line: int | None = None
    parent_variant: int | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """What a line shall be. What is None stays as it is; a quantity of zero removes the line."""

    line_id: int
    variant_id: int | None = None
    quantity: int | None = None
    attributes: Attributes | None = None


@dataclass(frozen=True, slots=True)
class NewCart:
    """What a cart starts with."""

    currency: str
    note: str | None = None
    attributes: Attributes = ()
    lines: Sequence[NewLine] = field(default_factory=tuple)
    country_code: str | None = None


class NoteTooLong(Refusal):
    """A note beyond what is kept."""

    code = "NOTE_TOO_LONG"


class NotSold(Refusal):
    """There is no such variant for shoppers."""

    code = "INVALID_MERCHANDISE_LINE"


class BadParent(Refusal):
    """A line cannot be added to that one."""

    code = "PARENT_LINE_NOT_FOUND"


@unit_of_work
async def create_cart(new: NewCart, *, now: dt.datetime) -> tuple[str, list[CartWarning]]:
    """Make a cart with an id nobody can guess; answers the id and what could be done only in part."""
    cart = await Cart.create(
        id=new_token(),
        currency=new.currency,
        note=_note(new.note),
        attributes=_attributes(new.attributes),
        country_code=new.country_code,
        created_at=now,
        updated_at=now,
    )
    contents = Contents(cart.id, [])
    await _add(contents, new.lines, now=now, at=("input", "lines"))
    return cart.id, contents.warnings


@unit_of_work
async def add_lines(cart_id: str, lines: Sequence[NewLine], *, now: dt.datetime) -> list[CartWarning]:
    """Put goods into a cart. Equal lines merge; more than the stock is clamped and warned of."""
    async with changing(cart_id, now=now):
        contents = await Contents.of(cart_id)
        await _add(contents, lines, now=now, at=("lines",))
    return contents.warnings


@unit_of_work
async def update_lines(cart_id: str, changes: Sequence[LineChange], *, now: dt.datetime) -> list[CartWarning]:
    """Change quantity, variant or attributes of lines; refuses all when one of them is not in the cart."""
    checked_call(changes)
    async with changing(cart_id, now=now):
        contents = await Contents.of(cart_id)
        changed = []
        for index, change in enumerate(changes):
            place = contents.line(change.line_id, at=("lines", str(index), "id"))
            changed.append(_change(contents, place, change, at=("lines", str(index))))
        await _check_sold([place.variant_id for place in changed if place in contents.places], now=now, at=("lines",))
        await _settle(contents, changed, now=now)
    return contents.warnings


@unit_of_work
async def remove_lines(cart_id: str, line_ids: Sequence[int], *, now: dt.datetime) -> list[CartWarning]:
    """Take lines out; refuses all when one of them is not in the cart."""
    checked_call(line_ids)
    async with changing(cart_id, now=now):
        contents = await Contents.of(cart_id)
        places = [contents.line(key, at=("lineIds", str(index))) for index, key in enumerate(line_ids)]
        for place in places:
            contents.remove(place)
        await contents.save(now=now)
    return []


@unit_of_work
async def change_note(cart_id: str, note: str | None, *, now: dt.datetime) -> list[CartWarning]:
    """Write the shopper's note; an empty one takes it away."""
    text = _note(note)
    async with changing(cart_id, now=now):
        await Cart.filter(id=cart_id).update(note=text)
    return []


@unit_of_work
async def change_attributes(cart_id: str, attributes: Attributes, *, now: dt.datetime) -> list[CartWarning]:
    """Replace the cart's attributes."""
    kept = _attributes(attributes)
    async with changing(cart_id, now=now):
        await Cart.filter(id=cart_id).update(attributes=kept)
    return []


async def _add(contents: Contents, lines: Sequence[NewLine], *, now: dt.datetime, at: Sequence[str]) -> None:
    checked_call(lines)
    await _check_sold([line.variant_id for line in lines], now=now, at=at)
    changed = []
    for index, line in enumerate(lines):
        quantity = checked_quantity(line.quantity, at=(*at, str(index), "quantity"))
        parent = _parent(contents, line, at=(*at, str(index), "parent"))
        if quantity:
            attributes = _attributes(line.attributes)
            changed.append(contents.put(Place(line.variant_id, quantity, attributes, parent)))
    await _settle(contents, changed, now=now)


async def _settle(contents: Contents, changed: Sequence[Place], *, now: dt.datetime) -> None:
    if changed:
        contents.clamp(await sellable({place.variant_id for place in changed}), changed)
    contents.check_limits()
    await contents.save(now=now)


def _change(contents: Contents, place: Place, change: LineChange, *, at: Sequence[str]) -> Place:
    if change.quantity is not None:
        place.quantity = checked_quantity(change.quantity, at=(*at, "quantity"))
    if place.quantity == 0:
        contents.remove(place)
        return place
    if change.variant_id is not None:
        place.variant_id = change.variant_id
    if change.attributes is not None:
        place.attributes = _attributes(change.attributes)
    return contents.settle(place)


def _parent(contents: Contents, line: NewLine, *, at: Sequence[str]) -> Place | None:
    if line.parent_line is None and line.parent_variant is None:
        return None
    for place in contents.places:
        if place.id == line.parent_line if line.parent_line is not None else place.variant_id == line.parent_variant:
            if place.parent is not None:
                raise BadParent("That line is itself an addition.", field=at, code="PARENT_LINE_NESTING_TOO_DEEP")
            return place
    raise BadParent("The cart has no such line to add to.", field=at)


async def _check_sold(variant_ids: Sequence[int], *, now: dt.datetime, at: Sequence[str]) -> None:
    wanted = set(variant_ids)
    if not wanted:
        return
    shown = ProductVariant.filter(id__in=wanted, product__status=ProductStatus.ACTIVE, product__published_at__lte=now)
    found = {key for (key,) in await shown.values_list("id")}
    for index, variant_id in enumerate(variant_ids):
        if variant_id not in found:
            raise NotSold("This is not for sale.", field=(*at, str(index), "merchandiseId"))


def _note(note: str | None) -> str | None:
    if note is not None and len(note) > LONGEST_NOTE:
        raise NoteTooLong(f"A note has at most {LONGEST_NOTE} characters.", field=("note",))
    return note or None


def _attributes(attributes: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The attributes to keep: the last one of each key, in the order the keys first came."""
    if len(attributes) > MOST_ATTRIBUTES:
        raise InvalidLine(f"There are at most {MOST_ATTRIBUTES} attributes.", field=("attributes",), code="INVALID")
    latest = {pair["key"]: pair["value"] for pair in attributes}
    return [{"key": key, "value": value} for key, value in latest.items()]
