"""What of an order comes back, and what still may."""

import datetime as dt
from collections.abc import Sequence

from commerce.returning import UNDER_WAY, late_because
from loaders.catalog import VariantById
from loaders.orders import (
    FulfillmentsOfOrder,
    LinesOfFulfillment,
    LinesOfReturn,
    OrderLineByKey,
    ReturnsOfOrder,
)
from loaders.rows import orders as rows
from loaders.rows.catalog import ProductVariant
from resolvers.context import Context
from resolvers.paging import Page, Window, page_of_rows


async def returns_of_order(context: Context, order: rows.Order) -> Sequence[rows.Return]:
    """What the shopper asked to send back, oldest first."""
    return await context.loaders(ReturnsOfOrder).load(order.id)


async def lines_of_return(context: Context, request: rows.Return) -> Sequence[rows.ReturnLine]:
    """The goods of a return."""
    return await context.loaders(LinesOfReturn).load(request.id)


async def line_of_part(context: Context, part: rows.ReturnLine | rows.FulfillmentLine) -> rows.OrderLine | None:
    """The order's line that a part of a return or of a parcel is of."""
    return await context.loaders(OrderLineByKey).load(part.order_line_id)


async def packed_in(context: Context, fulfillment: rows.Fulfillment, *, window: Window) -> Page[rows.FulfillmentLine]:
    """What is in a parcel."""
    return page_of_rows(
        await context.loaders(LinesOfFulfillment).load(fulfillment.id), window, key=lambda part: part.id
    )


async def returnable_units(context: Context, line: rows.OrderLine) -> int:
    """How many units of a line the shopper may ask to send back now."""
    parcels = await context.loaders(FulfillmentsOfOrder).load(line.order_id)
    since = context.now - dt.timedelta(days=context.shop.return_window_days)
    if late_because(parcels, since):
        return 0
    requests = await context.loaders(ReturnsOfOrder).load(line.order_id)
    under_way = [request.id for request in requests if request.state in UNDER_WAY]
    parts = await context.loaders(LinesOfReturn).load_many(under_way)
    asked = sum(part.quantity for some in parts for part in some if part.order_line_id == line.id)
    return max(0, line.fulfilled - line.returned - asked)


async def variant_of_line(context: Context, line: rows.OrderLine) -> ProductVariant | None:
    """The variant that was bought, as long as shoppers may see it."""
    if line.variant_id is None:
        return None
    return await context.loaders(VariantById, context.now).load(line.variant_id)


def units_back(context: Context, line: rows.OrderLine) -> int:
    """Units that came back."""
    return line.returned
