"""What letters tell about orders: that one was placed, sent, called off, paid back, or can come back."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from commerce.access import Signer, link_moment
from commerce.order_links import ASKED as LINK_ASKED
from mail.letters import Sender
from models.fulfillment import Fulfillment, FulfillmentLine, Return, ReturnLine
from models.money import Money
from models.orders import Order, OrderLine
from outbox.read import Fact


@dataclass(frozen=True, slots=True)
class Desk:
    """What a letter is written with: who writes, and where links lead."""

    sender: Sender
    signer: Signer
    shop: str
    storefront: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter about an order: which text, and the words that this text alone has."""

    text: str
    words: Mapping[str, str]


Part = Callable[[Order, Fact], Awaitable[Draft | None]]


async def letter_about_order(desk: Desk, fact: Fact, now: dt.datetime) -> EmailMessage | None:
    """The letter a fact about an order asks for, to whom the order is confirmed to; None where there is nobody."""
    write = PARTS[fact.kind]
    order_id = int(fact.key)
    order = await Order.get_or_none(id=order_id)
    if order is None or not order.email or (draft := await write(order, fact)) is None:
        return None
    link = desk.signer.order_link(order.token, now=link_moment(order.placed_at, now))
    return desk.sender.letter(
        draft.text,
        to=order.email,
        message_id=fact.event_id,
        when=now,
        name=order.name or "",
        link=f"{desk.shop}/orders/{order.id}#{link}",
        **draft.words,
    )


async def _placed(order: Order, fact: Fact) -> Draft:
    lines = await OrderLine.filter(order_id=order.id).order_by("position")
    listed = "\n".join(f"{line.quantity} x {line.title}  {_money(line.total, order.currency)}" for line in lines)
    return Draft("order_placed", {"lines": listed, "total": _money(order.total, order.currency)})


async def _sent(order: Order, fact: Fact) -> Draft | None:
    """Told where staff want it told; the goods are those of this parcel alone."""
    parcel = await Fulfillment.get_or_none(id=fact.payload["fulfillment_id"])
    if parcel is None or not fact.payload.get("notify"):
        return None
    packed = FulfillmentLine.filter(fulfillment_id=parcel.id).order_by("id")
    units: dict[str, int] = {}
    for title, quantity in await packed.values_list("order_line__title", "quantity"):
        units[title] = units.get(title, 0) + quantity
    listed = "\n".join(f"{quantity} x {title}" for title, quantity in units.items())
    return Draft("order_sent", {"lines": listed, "tracking": _tracking(parcel)})


async def _tracked(order: Order, fact: Fact) -> Draft | None:
    parcel = await Fulfillment.get_or_none(id=fact.payload["fulfillment_id"])
    if parcel is None or not fact.payload.get("notify"):
        return None
    return Draft("order_tracked", {"tracking": _tracking(parcel)})


async def _canceled(order: Order, fact: Fact) -> Draft:
    return Draft("order_canceled", {})


async def _refunded(order: Order, fact: Fact) -> Draft:
    return Draft("order_refunded", {"amount": _money(fact.payload["amount"], order.currency)})


async def _return_approved(order: Order, fact: Fact) -> Draft:
    return Draft("return_approved", {"lines": await _returned(fact)})


async def _return_declined(order: Order, fact: Fact) -> Draft:
    request = await Return.get(id=fact.payload["return_id"])
    return Draft("return_declined", {"lines": await _returned(fact), "reason": request.decline_reason or ""})


async def _link(order: Order, fact: Fact) -> Draft:
    return Draft("order_link", {})


async def _returned(fact: Fact) -> str:
    parts = ReturnLine.filter(request_id=fact.payload["return_id"]).order_by("id")
    titles = await parts.values_list("order_line__title", "quantity")
    return "\n".join(f"{quantity} x {title}" for title, quantity in titles)


def _tracking(parcel: Fulfillment) -> str:
    """How to look the parcel up with its carrier, a line for each number."""
    told = [
        " ".join(part for part in (parcel.tracking_company, entry.get("number"), entry.get("url")) if part)
        for entry in parcel.tracking
    ]
    return "\n".join(told or [parcel.tracking_company or ""])


def _money(minor: int, currency: str) -> str:
    return f"{Money(minor, currency).amount} {currency}"


PARTS: Mapping[str, Part] = {
    "order.placed": _placed,
    "order.fulfilled": _sent,
    "order.partially_fulfilled": _sent,
    "fulfillment.tracked": _tracked,
    "order.canceled": _canceled,
    "order.refunded": _refunded,
    "return.approved": _return_approved,
    "return.declined": _return_declined,
    LINK_ASKED: _link,
}
