"""Lists of orders for staff, filtered and sorted."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from tortoise.expressions import Q, Subquery
from tortoise.models import Model

from commerce.fulfillment import NEXT
from loaders.catalog import AnyProductById, AnyVariantById
from loaders.customers import CustomerByKey
from loaders.orders import FulfillmentsOfOrder, LinesOfFulfillment, LinesOfOrder, OrderByKey, OrderLineByKey
from loaders.rows import catalog, customers
from loaders.rows import orders as rows
from models.fulfillment import FulfillmentState, Return
from models.money import Money
from models.orders import FinancialStatus, FulfillmentStatus, Order, OrderLifecycle, OrderLine, OrderTag
from models.payments import Payment
from resolvers.context import Context
from resolvers.filtering import Condition, Term, amount_in, conditions, moment_in, number_in, one_of, text_in
from resolvers.orders import currency_of_line
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows


class OrderSort(StrEnum):
    """What orders can be sorted by."""

    CREATED_AT = "CREATED_AT"
    PROCESSED_AT = "PROCESSED_AT"
    UPDATED_AT = "UPDATED_AT"
    TOTAL_PRICE = "TOTAL_PRICE"
    ID = "ID"
    ORDER_NUMBER = "ORDER_NUMBER"
    FINANCIAL_STATUS = "FINANCIAL_STATUS"
    FULFILLMENT_STATUS = "FULFILLMENT_STATUS"


SORTS = {
    OrderSort.CREATED_AT: Sort("CREATED_AT", "placed_at", dt.datetime),
    OrderSort.PROCESSED_AT: Sort("PROCESSED_AT", "placed_at", dt.datetime),
    OrderSort.UPDATED_AT: Sort("UPDATED_AT", "updated_at", dt.datetime),
    OrderSort.TOTAL_PRICE: Sort("TOTAL_PRICE", "total"),
    OrderSort.ID: Sort("ID"),
    OrderSort.ORDER_NUMBER: Sort("ORDER_NUMBER", "number"),
    OrderSort.FINANCIAL_STATUS: Sort("FINANCIAL_STATUS", "financial_status", str),
    OrderSort.FULFILLMENT_STATUS: Sort("FULFILLMENT_STATUS", "fulfillment_status", str),
}


def _among(table: type[Model], order: str, column: str) -> Condition:
    """Orders that have such a thing with this text in a column, whatever its case."""

    def condition(term: Term) -> Q:
        return Q(id__in=Subquery(table.filter(**{f"{column}__iexact": term.value}).values(order)))

    return condition


FIELDS = {
    "status": one_of("lifecycle", values={state.value.casefold(): state for state in OrderLifecycle}),
    "financial_status": one_of("financial_status", values={state.value.casefold(): state for state in FinancialStatus}),
    "fulfillment_status": one_of(
        "fulfillment_status", values={state.value.casefold(): state for state in FulfillmentStatus}
    ),
    "name": text_in("name"),
    "email": text_in("email"),
    "created_at": moment_in("placed_at"),
    "processed_at": moment_in("placed_at"),
    "updated_at": moment_in("updated_at"),
    "order_number": number_in("number"),
    "id": number_in("id"),
    "customer_id": number_in("customer_id"),
    "gateway": _among(Payment, "order_id", "gateway"),
    "return_status": _among(Return, "order_id", "state"),
    "sku": _among(OrderLine, "order_id", "sku"),
    "tag": _among(OrderTag, "order_id", "tag"),
}


async def orders(
    context: Context,
    root: object,
    *,
    window: Window,
    query: str | None = None,
    sort_key: OrderSort = OrderSort.PROCESSED_AT,
) -> Page[rows.Order]:
    """The orders that a search finds."""
    fields = {**FIELDS, "total_price": amount_in("total", context.shop.currency)}
    found = Order.filter(conditions(query, fields, words=_named))
    return await page_of(found, rows.Order, SORTS[sort_key], window)


async def order(context: Context, root: object, *, id: int) -> rows.Order | None:
    """One order."""
    return await context.loaders(OrderByKey).load(id)


async def fulfillments(context: Context, order: rows.Order, *, first: int | None = None) -> list[rows.Fulfillment]:
    """Every parcel of an order, called back ones too."""
    return (await context.loaders(FulfillmentsOfOrder).load(order.id))[:first]


def _named(term: Term) -> Q:
    """A word without a field is a name, a number or an address."""
    by_text = Q(name__iexact=term.value) | Q(email__istartswith=term.value)
    digits = term.value.removeprefix("#")
    return by_text | Q(number=int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 10 else by_text


def name_of_line(context: Context, line: rows.OrderLine) -> str:
    """Product and variant together."""
    return f"{line.title} - {line.variant_title}" if line.variant_title else line.title


def units_to_send(context: Context, line: rows.OrderLine) -> int:
    """Units neither sent nor canceled."""
    return line.quantity - line.canceled - line.fulfilled


async def unit_price_of_line(context: Context, line: rows.OrderLine) -> Money:
    """What one unit costs."""
    return Money(line.unit_price, await currency_of_line(context, line))


def units_back(context: Context, line: rows.OrderLine) -> int:
    """Units sent that have not come back."""
    return line.fulfilled - line.returned


def next_states_of_parcel(context: Context, parcel: rows.Fulfillment) -> Sequence[FulfillmentState]:
    """What can become of it."""
    return NEXT.get(FulfillmentState(parcel.state), ())


def itself(context: Context, row: Any) -> Any:
    """The same row, seen as another type."""
    return row


def state_of_parcel(context: Context, parcel: rows.Fulfillment) -> str:
    """Where the parcel is."""
    return parcel.state


async def customer(context: Context, order: rows.Order) -> customers.Customer | None:
    """Who placed the order, where they were signed in and are still a customer."""
    return await context.loaders(CustomerByKey).load(order.customer_id) if order.customer_id else None


async def variant_of_line(context: Context, line: rows.OrderLine) -> catalog.ProductVariant | None:
    """The variant that was bought, as it is now."""
    return await context.loaders(AnyVariantById).load(line.variant_id) if line.variant_id else None


async def product_of_line(context: Context, line: rows.OrderLine) -> catalog.Product | None:
    """The product that was bought, as it is now."""
    return await context.loaders(AnyProductById).load(line.product_id) if line.product_id else None


async def line_in_parcel(context: Context, packed: rows.FulfillmentLine) -> rows.OrderLine | None:
    """The line that was packed."""
    return await context.loaders(OrderLineByKey).load(packed.order_line_id)


async def lines_of_parcel(context: Context, parcel: rows.Fulfillment, *, window: Window) -> Page[rows.FulfillmentLine]:
    """What is in the parcel."""
    return page_of_rows(await context.loaders(LinesOfFulfillment).load(parcel.id), window, key=lambda line: line.id)


def to_send(context: Context, order: rows.Order, *, window: Window) -> Page[rows.Order]:
    """The one list of what is to be sent for an order, which is the order itself."""
    return page_of_rows([order], window, key=lambda row: row.id)


async def lines_to_send(context: Context, order: rows.Order, *, window: Window) -> Page[rows.OrderLine]:
    """The lines that have to be sent."""
    lines = [line for line in await context.loaders(LinesOfOrder).load(order.id) if line.requires_shipping]
    return page_of_rows(lines, window, key=lambda line: line.id)


def financial_status(context: Context, order: rows.Order) -> str:
    """How far the order is paid."""
    return order.financial_status


def fulfillment_status(context: Context, order: rows.Order) -> str:
    """How far the order has been sent."""
    return order.fulfillment_status
