"""Orders, for who may open them: the customer who placed one, the holder of its signed link, staff."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commerce.access import LinkExpired, OrderLink, link_moment
from commerce.canceling import too_late_because
from loaders.orders import FulfillmentsOfOrder, LinesOfOrder, OrderByKey
from loaders.rows import orders as rows
from models.money import Money
from resolvers import postal
from resolvers.context import Context
from resolvers.mistakes import ExpiredLink
from resolvers.paging import Page, Window, page_of_rows


@dataclass(frozen=True, slots=True)
class Tracking:
    """Where a parcel can be looked up."""

    company: str | None
    number: str | None
    url: str | None


async def order(context: Context, root: object, *, id: int, token: str | None = None) -> rows.Order | None:
    """The order, or None for who may not open it."""
    found = await context.loaders(OrderByKey).load(id)
    if found is None or not may_open(context, found, token):
        return None
    if token is not None and not is_owner(context, found):
        context.links[found.id] = token
    return found


def may_open(context: Context, order: rows.Order, token: str | None) -> bool:
    """Whether this viewer may see this order; raises ExpiredLink for a link to it whose time is over."""
    return is_owner(context, order) or opens(context, link_in(context, token), order)


def link_in(context: Context, token: str | None) -> OrderLink | None:
    """The link that a token is, if the shop wrote it."""
    return None if token is None else context.services.signer.read(token)


def opens(context: Context, link: OrderLink | None, order: rows.Order) -> bool:
    """Whether the link opens this order at this moment; raises ExpiredLink where its time is over."""
    try:
        return link is not None and link.order_at(context.now) == order.token
    except LinkExpired:
        raise ExpiredLink("This link to the order has expired.") from None


def is_owner(context: Context, order: rows.Order) -> bool:
    """Whether this viewer needs no link: staff, and the customer who placed it."""
    if "read_orders" in context.viewer.scopes:
        return True
    return order.customer_id is not None and order.customer_id == context.viewer.customer_id


def _link(context: Context, order: rows.Order) -> str:
    """To the owner a link that has a while to live; to others, who follow the order live, the one it began with."""
    moment = link_moment(order.placed_at, context.now) if is_owner(context, order) else order.placed_at
    return context.services.signer.order_link(order.token, now=moment)


async def lines_of_order(context: Context, order: rows.Order, *, window: Window) -> Page[rows.OrderLine]:
    """What was bought, in the order of the cart."""
    return page_of_rows(await context.loaders(LinesOfOrder).load(order.id), window, key=lambda line: line.id)


async def fulfillments_of_order(
    context: Context, order: rows.Order, *, first: int | None = None
) -> Sequence[rows.Fulfillment]:
    """The parcels that left and were not called back, oldest first."""
    parcels = await context.loaders(FulfillmentsOfOrder).load(order.id)
    return [parcel for parcel in parcels if parcel.state not in ("CANCELED", "FAILURE")][:first]


def total_of_order(context: Context, order: rows.Order) -> Money:
    """What is to be paid."""
    return Money(order.total, order.currency)


def subtotal_of_order(context: Context, order: rows.Order) -> Money:
    """The lines after discounts."""
    return Money(order.subtotal, order.currency)


def shipping_of_order(context: Context, order: rows.Order) -> Money:
    """The delivery after discounts."""
    return Money(order.shipping, order.currency)


def tax_of_order(context: Context, order: rows.Order) -> Money:
    """All taxes."""
    return Money(order.tax, order.currency)


def currency_of_order(context: Context, order: rows.Order) -> str:
    """The one currency of the order."""
    return order.currency


def name_of_order(context: Context, order: rows.Order) -> str:
    """The number as the shop writes it."""
    return order.name or str(order.id)


def number_of_order(context: Context, order: rows.Order) -> int:
    """The number by itself."""
    return order.number if order.number is not None else order.id


def placing_of_order(context: Context, order: rows.Order) -> dt.datetime:
    """When it was placed."""
    return order.placed_at


def quantity_left(context: Context, line: rows.OrderLine) -> int:
    """Units ordered and not canceled."""
    return line.quantity - line.canceled


async def is_cancelable(context: Context, order: rows.Order) -> bool:
    """Whether the shopper may call the order off now."""
    return too_late_because(order, context.now - dt.timedelta(minutes=context.shop.cancel_window_minutes)) is None


def units_sent(context: Context, line: rows.OrderLine) -> int:
    """Units sent."""
    return line.fulfilled


async def price_of_line(context: Context, line: rows.OrderLine) -> Money:
    """Unit price times quantity."""
    return Money(line.unit_price * line.quantity, await currency_of_line(context, line))


async def total_of_line(context: Context, line: rows.OrderLine) -> Money:
    """The line after its discounts."""
    return Money(line.total, await currency_of_line(context, line))


async def currency_of_line(context: Context, line: rows.OrderLine) -> str:
    """The currency of the order that the line is of."""
    order = await context.loaders(OrderByKey).load(line.order_id)
    return order.currency if order else context.shop.currency


def tracking_of_fulfillment(
    context: Context, fulfillment: rows.Fulfillment, *, first: int | None = None
) -> Sequence[Tracking]:
    """The parcel's numbers and addresses."""
    company = fulfillment.tracking_company
    return [Tracking(company, entry.get("number"), entry.get("url")) for entry in fulfillment.tracking][:first]


def shipping_address(context: Context, order: rows.Order) -> postal.MailingAddress | None:
    """Where the goods go."""
    return postal.shown(f"{order.id}-shipping", order.shipping_address)


def billing_address(context: Context, order: rows.Order) -> postal.MailingAddress | None:
    """For whom the invoice is."""
    return postal.shown(f"{order.id}-billing", order.billing_address)


def status_url(context: Context, order: rows.Order) -> str:
    """The order's page, opened by its token behind the #, which never leaves the browser.

    Who holds a link is told that link again: reading an order makes no link live longer.
    """
    token = context.links.get(order.id) or _link(context, order)
    return f"{context.public_url}/orders/{order.id}#{token}"


def customer_url(context: Context, order: rows.Order) -> str | None:
    """The order's page, where a customer placed the order."""
    return None if order.customer_id is None else status_url(context, order)


def locale_of_order(context: Context, order: rows.Order) -> str:
    """The language an order was placed in; the shop's, where none was named."""
    return order.language or context.shop.language.lower()
