"""The rows of customers."""

import datetime as dt
from typing import Any, NamedTuple


class Customer(NamedTuple):
    """Somebody with an account."""

    id: int
    email: str
    first_name: str | None
    last_name: str | None
    phone: str | None
    accepts_marketing: bool
    tags: list[str]
    default_address_id: int | None
    created_at: dt.datetime
    updated_at: dt.datetime

    @property
    def display_name(self) -> str:
        """First and last name, else the email."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or self.email


class KnownToStaff(NamedTuple):
    """What only staff see of a customer."""

    id: int
    state: str
    note: str | None


class CustomerAddress(NamedTuple):
    """An address in a customer's book."""

    id: int
    customer_id: int
    address: dict[str, Any]
