"""What staff write on an order, and that it is done."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from commerce.cart_details import EMAIL, PHONE
from commerce.moving_money import locked_order
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.orders import Order, OrderLifecycle, OrderTag
from outbox.record import record

MOST_TAGS = 250
LONGEST_TAG, LONGEST_NOTE, MOST_ATTRIBUTES, LONGEST_EMAIL = 255, 5_000, 100, 320


class BadDetail(Refusal):
    """Something that cannot be written on an order."""

    code: ClassVar[str] = "INVALID"


class NotOpen(Refusal):
    """The order is not worked on any more."""

    code: ClassVar[str] = "INVALID_STATE"


@dataclass(frozen=True, slots=True)
class Details:
    """What is written on an order: columns by name, and its tags; what is left out stays."""

    columns: Mapping[str, Any]
    tags: Sequence[str] | None = None


@unit_of_work
async def update_order(order_id: int, details: Details, *, now: dt.datetime) -> int:
    """Change what is written on an order."""
    await locked_order(order_id)
    _check(details.columns)
    if details.tags is not None:
        await OrderTag.filter(order_id=order_id).delete()
        await _tag(order_id, details.tags, at=("input", "tags"))
    await Order.filter(id=order_id).update(**details.columns, updated_at=now)
    await record("order.updated", aggregate="order", key=order_id, now=now)
    return order_id


@unit_of_work
async def add_tags(order_id: int, tags: Sequence[str], *, now: dt.datetime) -> int:
    """Put tags on an order, beside those it has."""
    await locked_order(order_id)
    await _tag(order_id, tags, at=("tags",))
    return await _touched(order_id, now=now)


@unit_of_work
async def remove_tags(order_id: int, tags: Sequence[str], *, now: dt.datetime) -> int:
    """Take tags off an order, however they are spelled."""
    await locked_order(order_id)
    gone = {tag.strip().casefold() for tag in tags}
    for kept in await OrderTag.filter(order_id=order_id):
        if kept.tag.casefold() in gone:
            await kept.delete()
    return await _touched(order_id, now=now)


@unit_of_work
async def close_order(order_id: int, *, now: dt.datetime) -> int:
    """Say that nothing is left to do on an order. A closed one stays closed."""
    order = await locked_order(order_id)
    if order.lifecycle is OrderLifecycle.CANCELED:
        raise NotOpen("The order is canceled.", field=("input", "id"))
    if order.lifecycle is OrderLifecycle.OPEN:
        await Order.filter(id=order_id).update(lifecycle=OrderLifecycle.CLOSED, closed_at=now, updated_at=now)
        await record("order.closed", aggregate="order", key=order_id, now=now)
    return order_id


async def _touched(order_id: int, *, now: dt.datetime) -> int:
    await Order.filter(id=order_id).update(updated_at=now)
    await record("order.updated", aggregate="order", key=order_id, now=now)
    return order_id


async def _tag(order_id: int, tags: Sequence[str], *, at: Sequence[str]) -> None:
    """Add those tags that are not there; the same word in another case is the same tag."""
    had = {kept.tag.casefold() for kept in await OrderTag.filter(order_id=order_id)}
    for text in tags:
        tag = " ".join(text.split())
        if not 0 < len(tag) <= LONGEST_TAG or "," in tag:
            raise BadDetail("A tag has between 1 and 255 characters and no comma.", field=at)
        if tag.casefold() not in had:
            had.add(tag.casefold())
            await OrderTag.create(order_id=order_id, tag=tag)
    if len(had) > MOST_TAGS:
        raise BadDetail(f"An order has at most {MOST_TAGS} tags.", field=at)


def _check(columns: Mapping[str, Any]) -> None:
    email, phone = columns.get("email"), columns.get("phone")
    if email is not None and (not EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL):
        raise BadDetail("This is no email address.", field=("input", "email"))
    if phone is not None and not PHONE.fullmatch(phone):
        raise BadDetail("This is no phone number.", field=("input", "phone"))
    if len(columns.get("note") or "") > LONGEST_NOTE:
        raise BadDetail(f"A note has at most {LONGEST_NOTE} characters.", field=("input", "note"))
    if len(columns.get("attributes") or ()) > MOST_ATTRIBUTES:
        raise BadDetail(f"An order has at most {MOST_ATTRIBUTES} attributes.", field=("input", "customAttributes"))
