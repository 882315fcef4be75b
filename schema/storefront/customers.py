"""Customers as they see themselves."""

import datetime as dt

import strawberry

from loaders.rows import customers as rows
from schema.binding import described, describes
from schema.ids import id_of


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
