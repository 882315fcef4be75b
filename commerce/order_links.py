"""A new link to an order for who holds one whose time is over: sent to where the order is confirmed to, never shown."""

import datetime as dt
from typing import ClassVar

from commerce.access import LinkExpired, Signer
from commerce.refusals import Refusal
from commerce.throttling import Limit, count_tries, keys_of, place_of
from database.transactions import unit_of_work
from models.orders import Order
from outbox.record import record

ASKED = "order_link.asked"
FOR_AN_ORDER = Limit("order_link", 3, dt.timedelta(hours=1))
FROM_A_PLACE = Limit("order_link.place", 30, dt.timedelta(hours=1))


class NoLink(Refusal):
    """The text is no link to this order, not even one whose time is over."""

    code: ClassVar[str] = "NOT_FOUND"


async def send_link(order_id: int, token: str, signer: Signer, *, place: str, now: dt.datetime) -> None:
    """Have a new link sent to the order's email; who asks again and again has to wait."""
    await _check(order_id, token, signer, now=now)
    await count_tries(keys_of((FOR_AN_ORDER, str(order_id)), (FROM_A_PLACE, place_of(place))), now=now)
    await _ask(order_id, now=now)


@unit_of_work
async def _ask(order_id: int, *, now: dt.datetime) -> None:
    await record(ASKED, aggregate="order_link", key=order_id, now=now)


async def _check(order_id: int, token: str, signer: Signer, *, now: dt.datetime) -> None:
    try:
        behind = signer.order_of_link(token, now=now)
    except LinkExpired as expired:
        behind = expired.order_token
    order = await Order.get_or_none(id=order_id)
    if order is None or order.token != behind:
        raise NoLink("There is no such order, or this is no link to it.", field=("token",))
