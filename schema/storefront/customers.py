"""Customers as they see themselves."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import strawberry

from loaders.rows import customers as rows
from resolvers import customers
from schema.binding import Argument, described, describes, resolved_by
from schema.connections import connection
from schema.enums import enumeration
from schema.ids import id_of
from schema.scalars import UnsignedInt64
from schema.storefront.addresses import MailingAddress
from schema.storefront.orders import Order

if TYPE_CHECKING:
    OrderConnection = MailingAddressConnection = Any
    OrderSortKeys = str
else:
    OrderConnection = connection(Order, "an order")
    MailingAddressConnection = connection(MailingAddress, "an address")
    OrderSortKeys = enumeration(
        "OrderSortKeys",
        "How orders are sorted.",
        {
            "ID": "By their ids.",
            "PROCESSED_AT": "By when they were placed.",
            "RELEVANCE": "By how well they fit a search; without one, by their ids.",
            "TOTAL_PRICE": "By what they cost.",
        },
    )


@strawberry.type(description="Somebody with an account in the shop.")
@describes(rows.Customer)
class Customer:
    """Somebody with an account."""

    id: strawberry.ID = id_of("Customer")
    email: str | None = described("Where letters to the customer go.")
    phone: str | None = described("The customer's phone number.")
    first_name: str | None = described("The first name.")
    last_name: str | None = described("The last name.")
    display_name: str = described("The name to greet the customer by.")
    accepts_marketing: bool = described("Whether the customer wants letters about offers.")
    tags: list[str] = described("Words the shop has sorted the customer under.")
    created_at: dt.datetime = described("When the account was made.")
    updated_at: dt.datetime = described("When it was last changed.")
    number_of_orders: UnsignedInt64 = resolved_by(customers.number_of_orders, "How many orders the customer placed.")
    orders: OrderConnection = resolved_by(
        customers.orders_of_customer,
        "The customer's orders.",
        sort_key=Argument(OrderSortKeys | None, "How they are sorted.", str, default="ID"),
    )
    addresses: MailingAddressConnection = resolved_by(customers.addresses_of_customer, "The address book.")
    default_address: MailingAddress | None = resolved_by(customers.default_address, "The usual address.")


@strawberry.type
class CustomerQuery:
    """Questions about customers."""

    customer: Customer | None = resolved_by(
        customers.customer,
        "The customer who shows a token; null for a token that is nobody's.",
        customer_access_token="The token.",
    )
