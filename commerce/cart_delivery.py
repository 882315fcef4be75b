"""Where a cart goes, and how it gets there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commerce.addresses import Problem, problems_of, tidied
from commerce.cart_lines import CartWarning
from commerce.opening_carts import changing
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.addresses import Address
from models.carts import Cart, CartAddress
from models.customers import CustomerAddress

MOST_ADDRESSES = 250
CODES = {
    "REQUIRED": "ADDRESS_FIELD_IS_REQUIRED",
    "TOO_LONG": "ADDRESS_FIELD_IS_TOO_LONG",
    "INVALID": "INVALID_ZIP_CODE_FOR_COUNTRY",
    "NOT_FOUND": "PROVINCE_NOT_FOUND",
}


class BadAddress(Refusal):
    """An address that cannot be used."""

    code = "INVALID"


class NoSuchAddress(Refusal):
    """The cart has no such address."""

    code = "INVALID_DELIVERY_ADDRESS_ID"


class NoSuchOption(Refusal):
    """The cart cannot be sent that way."""

    code = "INVALID_DELIVERY_OPTION"


class NoSuchGroup(Refusal):
    """The cart has no such delivery group."""

    code = "INVALID_DELIVERY_GROUP"


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address to be added: itself, or one from the buyer's address book."""

    address: Address | None = None
    copy_of: int | None = None
    selected: bool | None = None
    one_time_use: bool | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class AddressChange:
    """What an address shall be. What is None stays as it is."""

    id: int
    new: NewAddress


@unit_of_work
async def add_addresses(cart_id: str, addresses: Sequence[NewAddress], *, now: dt.datetime) -> list[CartWarning]:
    """Add places the cart may be sent to. The first of a cart is selected unless told otherwise."""
    _one_selected(addresses)
    async with changing(cart_id, now=now) as cart:
        return await _add(cart, addresses)


@unit_of_work
async def replace_addresses(cart_id: str, addresses: Sequence[NewAddress], *, now: dt.datetime) -> list[CartWarning]:
    """Forget all places and keep these."""
    _one_selected(addresses)
    async with changing(cart_id, now=now) as cart:
        await CartAddress.filter(cart_id=cart_id).delete()
        return await _add(cart, addresses)


@unit_of_work
async def update_addresses(cart_id: str, changes: Sequence[AddressChange], *, now: dt.datetime) -> list[CartWarning]:
    """Change places; selecting one deselects the others."""
    _one_selected([change.new for change in changes])
    async with changing(cart_id, now=now) as cart:
        for index, change in enumerate(changes):
            kept = await _kept(cart_id, change.id, at=("addresses", str(index), "id"))
            if change.new.address is not None or change.new.copy_of is not None:
                kept.address = (await _checked(cart, change.new, index)).to_keep()
            if change.new.one_time_use is not None:
                kept.one_time_use = change.new.one_time_use
            if change.new.selected is not None:
                await _select(cart_id, kept, selected=change.new.selected)
            await kept.save(update_fields=["address", "one_time_use", "selected"])
    return []


@unit_of_work
async def remove_addresses(cart_id: str, ids: Sequence[int], *, now: dt.datetime) -> list[CartWarning]:
    """Forget places."""
    async with changing(cart_id, now=now):
        for index, key in enumerate(ids):
            await (await _kept(cart_id, key, at=("addressIds", str(index)))).delete()
    return []


@unit_of_work
async def choose_option(
    cart_id: str, handle: str, *, offered: Sequence[str] | None, now: dt.datetime
) -> list[CartWarning]:
    """Send the cart this way, of those offered to it now; none are offered where there is no such group."""
    async with changing(cart_id, now=now):
        if offered is None:
            raise NoSuchGroup("The cart has no such delivery group.", field=("selectedDeliveryOptions",))
        if handle not in offered:
            raise NoSuchOption("The cart cannot be sent that way.", field=("selectedDeliveryOptions",))
        await Cart.filter(id=cart_id).update(delivery_option=handle)
    return []


async def _add(cart: Cart, addresses: Sequence[NewAddress]) -> list[CartWarning]:
    had = await CartAddress.filter(cart_id=cart.id)
    if len(had) + len(addresses) > MOST_ADDRESSES:
        raise BadAddress(
            f"A cart has at most {MOST_ADDRESSES} addresses.", field=("addresses",), code="TOO_MANY_DELIVERY_ADDRESSES"
        )
    warnings = []
    for index, new in enumerate(addresses):
        address = (await _checked(cart, new, index)).to_keep()
        if any(other.address == address for other in had):
            warnings.append(CartWarning("DUPLICATE_DELIVERY_ADDRESS", "The cart has this address already."))
            continue
        kept = CartAddress(cart_id=cart.id, address=address, one_time_use=bool(new.one_time_use), strict=new.strict)
        first = not had and new.selected is None and not any(other.selected for other in addresses)
        await _select(cart.id, kept, selected=bool(new.selected) or first)
        await kept.save()
        had.append(kept)
    return warnings


async def _select(cart_id: str, address: CartAddress, *, selected: bool) -> None:
    if selected:
        await CartAddress.filter(cart_id=cart_id, selected=True).update(selected=False)
    address.selected = selected


async def _kept(cart_id: str, key: int, *, at: Sequence[str]) -> CartAddress:
    kept = await CartAddress.filter(cart_id=cart_id, id=key).first()
    if kept is None:
        raise NoSuchAddress("The cart has no such address.", field=at)
    return kept


async def _checked(cart: Cart, new: NewAddress, index: int) -> Address:
    at = ("addresses", str(index), "address")
    address = tidied(await _copied(cart, new.copy_of, at) if new.copy_of is not None else new.address or Address())
    for problem in problems_of(address, strict=new.strict):
        raise BadAddress(problem.message, field=(*at, "deliveryAddress", camel(problem.part)), code=code_of(problem))
    return address


async def _copied(cart: Cart, key: int, at: Sequence[str]) -> Address:
    customer_id = cart.customer_id  # type: ignore[attr-defined]
    own = await CustomerAddress.filter(id=key, customer_id=customer_id).first() if customer_id else None
    if own is None:
        raise NoSuchAddress("The buyer has no such address.", field=(*at, "copyFromCustomerAddressId"))
    return Address.kept(own.address)


def _one_selected(addresses: Sequence[NewAddress]) -> None:
    if sum(bool(address.selected) for address in addresses) > 1:
        raise BadAddress(
            "One address can be selected.", field=("addresses",), code="ONLY_ONE_DELIVERY_ADDRESS_CAN_BE_SELECTED"
        )


def code_of(problem: Problem) -> str:
    """The cart's error code for a problem of an address."""
    return CODES[problem.kind]


def camel(name: str) -> str:
    """A name as the schema writes it."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
