"""Customers and their addresses, in batches."""

from typing import Any

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import customers as rows
from models.customers import Customer, CustomerAddress


class CustomerByKey(ByKey[int, rows.Customer]):
    """Customers by id. Who may see one is for the resolver to say."""

    row = rows.Customer

    def query(self) -> QuerySet[Any]:
        """Every customer."""
        return Customer.all()


class AddressesOfCustomer(ByParent[int, rows.CustomerAddress]):
    """A customer's address book."""

    row = rows.CustomerAddress
    parent = "customer_id"

    def query(self) -> QuerySet[Any]:
        """Oldest first."""
        return CustomerAddress.all().order_by("id")
