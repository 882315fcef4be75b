"""Customers as staff keep them: accounts made for them, what is told of them, their addresses, and their end."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from commerce.customers import BadCustomer, checked, forget_address, keep_address, use_address
from commerce.fitting import Unfit, fitted, kept, tagged
from commerce.recovering import ASKED, key_of
from database.transactions import unit_of_work
from models.addresses import Address
from models.content import Metafield
from models.customers import Customer, CustomerAddress, CustomerState
from models.orders import Order
from outbox.record import record

MOST_ADDRESSES = 100
CLEARABLE = ("first_name", "last_name", "phone", "note")


class HasOrders(Unfit):
    """A customer whose orders are kept."""

    code = "HAS_ORDERS"


@unit_of_work
async def create_customer(input: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Make an account without a password; a letter goes out when it is invited. Answers its id."""
    columns = _columns(input, whole=True)
    await _refuse_known(columns["email"], None)
    customer = await Customer.create(state=CustomerState.INVITED, created_at=now, updated_at=now, **columns)
    for index, parts in enumerate(input.get("addresses") or ()):
        await _keep(customer.id, parts, None, ("input", "addresses", str(index)), now=now)
    await _tell("created", customer.id, now=now)
    return customer.id


@unit_of_work
async def update_customer(input: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Change what is told of a customer; answers the id."""
    key = input["id"]
    await kept(Customer, key, at=("input", "id"), called="customer")
    columns = _columns({name: value for name, value in input.items() if name != "id"}, whole=False)
    if "email" in columns:
        await _refuse_known(columns["email"], key)
    await Customer.filter(id=key).update(**columns, updated_at=now)
    await _tell("updated", key, now=now)
    return int(key)


@unit_of_work
async def delete_customer(id: int, *, now: dt.datetime) -> None:
    """Forget a customer; one with orders stays, because orders say who bought."""
    customer = await kept(Customer, id, at=("input", "id"), called="customer")
    if await Order.filter(customer_id=id).exists():
        raise HasOrders("The customer has orders, which are kept.", field=("input", "id"))
    await customer.delete()
    await Metafield.filter(owner_type="Customer", owner_id=str(id)).delete()
    await _tell("deleted", id, now=now)


@unit_of_work
async def invite_customer(customer_id: int, *, now: dt.datetime) -> None:
    """Have a letter sent with which a customer without a password chooses one."""
    customer = await kept(Customer, customer_id, at=("customerId",), called="customer")
    if customer.state is not CustomerState.INVITED:
        told = "The customer has a password already, or may not sign in."
        raise Unfit(told, field=("customerId",), code="CANNOT_INVITE")
    await record(ASKED, aggregate="recovery", key=key_of(customer.email), now=now, payload={"customer_id": customer_id})


@unit_of_work
async def create_address(
    customer_id: int, address: Mapping[str, Any], *, now: dt.datetime, set_as_default: bool = False
) -> int:
    """One address more in a customer's book; answers its id."""
    await kept(Customer, customer_id, at=("customerId",), called="customer")
    key = await _keep(customer_id, address, None, ("address",), now=now)
    return await _used(customer_id, key, set_as_default, now=now)


@unit_of_work
async def update_address(
    customer_id: int, address_id: int, address: Mapping[str, Any], *, now: dt.datetime, set_as_default: bool = False
) -> int:
    """Another address in the place of one in the book; answers its id."""
    await kept(Customer, customer_id, at=("customerId",), called="customer")
    key = await _keep(customer_id, address, address_id, ("address",), now=now)
    return await _used(customer_id, key, set_as_default, now=now)


@unit_of_work
async def delete_address(customer_id: int, address_id: int, *, now: dt.datetime) -> None:
    """One address less in a customer's book."""
    await kept(Customer, customer_id, at=("customerId",), called="customer")
    await forget_address(customer_id, address_id)
    await _tell("updated", customer_id, now=now)


async def _used(customer_id: int, address_id: int, usual: bool, *, now: dt.datetime) -> int:
    if usual:
        await use_address(customer_id, address_id)
    await _tell("updated", customer_id, now=now)
    return address_id


async def _keep(
    customer_id: int, parts: Mapping[str, Any], instead_of: int | None, at: tuple[str, ...], *, now: dt.datetime
) -> int:
    if instead_of is None and await CustomerAddress.filter(customer_id=customer_id).count() >= MOST_ADDRESSES:
        raise Unfit(f"At most {MOST_ADDRESSES} addresses are kept.", field=at, code="TOO_MANY")
    try:
        return await keep_address(customer_id, Address(**parts), now=now, instead_of=instead_of)
    except BadCustomer as bad:
        field = ("addressId",) if bad.refused_as == "NOT_FOUND" else (*at, *(bad.field or ())[1:])
        raise BadCustomer(bad.message, field=field, code=bad.refused_as) from bad


def _columns(told: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """What is told of a customer by its columns; null empties what may be empty."""
    plain = {name: value for name, value in told.items() if name not in {"addresses", "tags"}}
    fitted(Customer, plain, at=("input",))
    columns = checked(plain, whole=whole)
    columns |= {name: None for name in CLEARABLE if name in told and told[name] is None}
    if "tags" in told:
        columns["tags"] = tagged(told["tags"], at=("input", "tags"))
    return columns


async def _refuse_known(email: str, but: int | None) -> None:
    if await Customer.filter(email=email).exclude(id=but or 0).exists():
        raise BadCustomer("This email has an account already.", field=("input", "email"), code="TAKEN")


async def _tell(became: str, key: int, *, now: dt.datetime) -> None:
    await record(f"customer.{became}", aggregate="customer", key=key, now=now)
