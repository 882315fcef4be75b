"""Customers, for staff."""

from enum import StrEnum
from typing import Any

from tortoise.expressions import Q

from commerce import customer_keeping as acts
from loaders.customers import AddressByKey, AddressesOfCustomer, CustomerByKey, OrdersCounted, StateOfCustomer
from loaders.rows import customers as rows
from models.addresses import Address
from models.customers import Customer, CustomerAddress, CustomerState
from resolvers import postal
from resolvers.context import Context
from resolvers.filtering import Term, moment_in, number_in, one_of, text_in
from resolvers.paging import Page, Window, page_of_rows
from resolvers.postal import MailingAddress
from resolvers.staff_acts import listing, made_by, one
from resolvers.staff_outcomes import Change, Outcome, changed, deleted


class CustomerSort(StrEnum):
    """What customers can be sorted by."""

    CREATED_AT = "CREATED_AT"
    ID = "ID"
    EMAIL = "EMAIL"
    UPDATED_AT = "UPDATED_AT"


FIELDS = {
    "id": number_in("id"),
    "email": text_in("email"),
    "first_name": text_in("first_name"),
    "last_name": text_in("last_name"),
    "phone": text_in("phone"),
    "state": one_of("state", values={state.value.casefold(): state for state in CustomerState}),
    "accepts_marketing": one_of("accepts_marketing", values={"true": True, "false": False}),
    "created_at": moment_in("created_at"),
    "updated_at": moment_in("updated_at"),
}


def _named(term: Term) -> Q:
    """A word without a field is the beginning of an email, or a name."""
    word = term.value
    return Q(email__istartswith=word) | Q(first_name__istartswith=word) | Q(last_name__istartswith=word)


customers = listing(Customer, rows.Customer, CustomerSort, fields=FIELDS, words=_named)
customer = one(CustomerByKey)
create = made_by(acts.create_customer, "customerCreate", Customer, read=CustomerByKey, input=dict)
invite = made_by(
    acts.invite_customer,
    "customerSendAccountInviteEmail",
    Customer,
    read=CustomerByKey,
    key="customer_id",
    customer_id=int,
)
create_address = made_by(
    acts.create_address,
    "customerAddressCreate",
    CustomerAddress,
    read=AddressByKey,
    customer_id=int,
    address=dict,
    set_as_default=bool,
)
update_address = made_by(
    acts.update_address,
    "customerAddressUpdate",
    CustomerAddress,
    read=AddressByKey,
    key="address_id",
    customer_id=int,
    address_id=int,
    address=dict,
    set_as_default=bool,
)


async def update(context: Context, root: object, *, input: dict[str, Any]) -> Outcome:
    """Other things told of a customer."""

    async def act() -> int:
        return await acts.update_customer(input, now=context.now)

    return await changed(context, Change("customerUpdate", Customer, input["id"]), act, read=CustomerByKey)


async def delete(context: Context, root: object, *, input: dict[str, Any]) -> Outcome:
    """A customer is forgotten."""

    async def act() -> None:
        await acts.delete_customer(input["id"], now=context.now)

    return await deleted(context, Change("customerDelete", Customer, input["id"]), act)


async def delete_address(context: Context, root: object, *, customer_id: int, address_id: int) -> Outcome:
    """An address less."""

    async def act() -> None:
        await acts.delete_address(customer_id, address_id, now=context.now)

    return await deleted(context, Change("customerAddressDelete", CustomerAddress, address_id), act)


async def state(context: Context, customer: rows.Customer) -> str:
    """Whether the customer may sign in."""
    known = await context.loaders(StateOfCustomer).load(customer.id)
    return known.state if known else CustomerState.DISABLED


async def note(context: Context, customer: rows.Customer) -> str | None:
    """What staff wrote of the customer."""
    known = await context.loaders(StateOfCustomer).load(customer.id)
    return known.note if known else None


async def number_of_orders(context: Context, customer: rows.Customer) -> str:
    """How many orders there are."""
    return str(await context.loaders(OrdersCounted).load(customer.id))


async def addresses(context: Context, customer: rows.Customer, *, window: Window) -> Page[rows.CustomerAddress]:
    """The address book."""
    return page_of_rows(await context.loaders(AddressesOfCustomer).load(customer.id), window, key=lambda row: row.id)


async def default_address(context: Context, customer: rows.Customer) -> rows.CustomerAddress | None:
    """The usual address."""
    book = await context.loaders(AddressesOfCustomer).load(customer.id)
    return next((row for row in book if row.id == customer.default_address_id), None)


def part(name: str) -> Any:
    """A part of an address in the book."""

    def read(context: Context, row: rows.CustomerAddress) -> str | None:
        value: str | None = row.address.get(name)
        return value

    return read


def formatted(context: Context, row: rows.CustomerAddress) -> list[str]:
    """The address line by line."""
    from_book = MailingAddress(str(row.id), Address.kept(row.address))
    return postal.formatted(context, from_book, with_name=True)
