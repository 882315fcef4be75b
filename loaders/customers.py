"""Customers and their addresses, in batches."""

from typing import Any

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent, Loader
from loaders.rows import customers as rows
from models.customers import Customer, CustomerAddress
from models.orders import Order


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


class AddressByKey(ByKey[int, rows.CustomerAddress]):
    """Addresses of all books by id. Whose they are is for the resolver to say."""

    row = rows.CustomerAddress

    def query(self) -> QuerySet[CustomerAddress]:
        """Every address."""
        return CustomerAddress.all()


class StateOfCustomer(ByKey[int, rows.KnownToStaff]):
    """What only staff see of customers, by id."""

    row = rows.KnownToStaff

    def query(self) -> QuerySet[Customer]:
        """Every customer."""
        return Customer.all()


class OrdersCounted(Loader[int, int]):
    """How many orders a customer placed."""

    async def batch_load_fn(self, keys: list[int]) -> list[int]:
        """One query for all customers."""
        counted = Order.filter(customer_id__in=keys).annotate(number=Count("id")).group_by("customer_id")
        found: dict[Any, Any] = dict(await counted.values_list("customer_id", "number"))
        return [found.get(key, 0) for key in keys]
