"""Customers and their things, for who shows their token."""

import datetime as dt
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commerce import customers, recovering
from commerce.customer_tokens import customer_of_token
from commerce.refusals import Refusal
from commerce.throttling import Limit, count_tries, keys_of, place_of, succeeded
from loaders.customers import AddressesOfCustomer, CustomerByKey
from loaders.rows import customers as rows
from loaders.rows import orders as order_rows
from models.addresses import Address
from models.customers import TokenKind
from models.orders import Order
from resolvers.context import Context
from resolvers.outcomes import UserError
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows
from resolvers.postal import MailingAddress

SIGN_INS = Limit("sign_in", 10)
SIGN_INS_FROM = Limit("sign_in.place", 50)
SIGN_INS_AS = Limit("sign_in.email", 100)
"""For one email from one place; from one place, which may be a storefront's server; for one email from anywhere."""
RECOVERIES = Limit("recovery", 5)
RECOVERIES_FROM = Limit("recovery.place", 50)
SORTS = {
    "ID": Sort("ID", "id"),
    "PROCESSED_AT": Sort("PROCESSED_AT", "placed_at"),
    "TOTAL_PRICE": Sort("TOTAL_PRICE", "total"),
}


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token and when it ends."""

    access_token: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class CustomerOutcome:
    """What became of a mutation on a customer."""

    customer: rows.Customer | None = None
    customer_access_token: AccessToken | None = None
    customer_address: MailingAddress | None = None
    deleted: str | None = None
    customer_user_errors: Sequence[UserError] = ()

    @property
    def user_errors(self) -> Sequence[UserError]:
        """The same errors, by their older name."""
        return self.customer_user_errors


async def customer(context: Context, root: object, *, customer_access_token: str) -> rows.Customer | None:
    """Whose token this is."""
    key = await customer_of_token(customer_access_token, now=context.now)
    return None if key is None else await context.loaders(CustomerByKey).load(key)


async def create(context: Context, root: object, *, input: tuple[Mapping[str, Any], str]) -> CustomerOutcome:
    """Make an account."""
    told, password = input
    return await _outcome(context, customers.create_customer(told, password, now=context.now))


async def sign_in(context: Context, root: object, *, input: tuple[str, str]) -> CustomerOutcome:
    """A token for who knows the password; who guesses has to wait."""
    email, password = input
    who, place = email.strip().lower(), place_of(context.viewer.address)
    keys = keys_of((SIGN_INS, f"{who} from {place}"), (SIGN_INS_FROM, place), (SIGN_INS_AS, who))
    try:
        await count_tries(keys, now=context.now)
        token = await customers.sign_in(email, password, now=context.now)
    except Refusal as refusal:
        return _refused(refusal)
    await succeeded(keys)
    return CustomerOutcome(customer_access_token=AccessToken(*token))


async def renew(context: Context, root: object, *, customer_access_token: str) -> CustomerOutcome:
    """A new token for an old one."""
    try:
        token = await customers.renew_token(customer_access_token, now=context.now)
    except Refusal as refusal:
        return _refused(refusal)
    return CustomerOutcome(customer_access_token=AccessToken(*token))


async def sign_out(context: Context, root: object, *, customer_access_token: str) -> CustomerOutcome:
    """End a token."""
    if await customers.sign_out(customer_access_token):
        return CustomerOutcome(deleted=customer_access_token)
    return CustomerOutcome(customer_user_errors=[UserError("There is no such token.", ("customerAccessToken",))])


async def recover(context: Context, root: object, *, email: str) -> CustomerOutcome:
    """Have a letter sent with which to choose a new password; who asks again and again has to wait."""
    keys = keys_of((RECOVERIES, email.strip().lower()), (RECOVERIES_FROM, place_of(context.viewer.address)))
    try:
        await count_tries(keys, now=context.now)
    except Refusal as refusal:
        return _refused(refusal)
    await recovering.ask_to_recover(email, now=context.now)
    return CustomerOutcome()


async def reset(context: Context, root: object, *, id: int, input: tuple[str, str]) -> CustomerOutcome:
    """Choose a new password with the token from a letter, and be signed in."""
    return await _choose(context, id, TokenKind.RESET, *input)


async def activate(context: Context, root: object, *, id: int, input: tuple[str, str]) -> CustomerOutcome:
    """Choose the first password with the token from a letter, and be signed in."""
    return await _choose(context, id, TokenKind.ACTIVATION, *input)


async def reset_by_url(context: Context, root: object, *, reset_url: str, password: str) -> CustomerOutcome:
    """The same, with the letter's whole link."""
    try:
        key, token = recovering.read_reset_link(reset_url)
    except Refusal as refusal:
        return _refused(refusal)
    return await _choose(context, key, TokenKind.RESET, token, password)


async def _choose(context: Context, key: int, kind: TokenKind, token: str, password: str) -> CustomerOutcome:
    try:
        access = await recovering.choose_password(key, token, kind, password, now=context.now)
    except Refusal as refusal:
        return _refused(refusal)
    changed = await _outcome(context, _known(key))
    return CustomerOutcome(changed.customer, AccessToken(*access))


async def update(
    context: Context, root: object, *, customer_access_token: str, customer: tuple[Mapping[str, Any], str | None]
) -> CustomerOutcome:
    """Change what is told of oneself."""
    told, password = customer
    try:
        key = await customers.signed_in(customer_access_token, now=context.now)
        token = await customers.update_customer(key, told, password, now=context.now)
    except Refusal as refusal:
        return _refused(refusal)
    changed = await _outcome(context, _known(key))
    return CustomerOutcome(changed.customer, AccessToken(*token) if token else None)


async def add_address(
    context: Context, root: object, *, customer_access_token: str, address: Address
) -> CustomerOutcome:
    """An address more in the book."""
    return await _book(context, customer_access_token, address, None)


async def update_address(
    context: Context, root: object, *, customer_access_token: str, id: int, address: Address
) -> CustomerOutcome:
    """Another address in the place of one in the book."""
    return await _book(context, customer_access_token, address, id)


async def delete_address(context: Context, root: object, *, customer_access_token: str, id: int) -> CustomerOutcome:
    """An address less in the book."""
    try:
        key = await customers.signed_in(customer_access_token, now=context.now)
        await customers.forget_address(key, id)
    except Refusal as refusal:
        return _refused(refusal)
    return CustomerOutcome(deleted=f"gid://shopwright/MailingAddress/{id}")


async def use_address(
    context: Context, root: object, *, customer_access_token: str, address_id: int
) -> CustomerOutcome:
    """The usual address."""
    try:
        key = await customers.signed_in(customer_access_token, now=context.now)
        await customers.use_address(key, address_id)
    except Refusal as refusal:
        return _refused(refusal)
    return await _outcome(context, _known(key))


async def orders_of_customer(
    context: Context, customer: rows.Customer, *, window: Window, sort_key: str = "ID"
) -> Page[order_rows.Order]:
    """The customer's orders."""
    sort = SORTS.get(sort_key, SORTS["ID"])
    return await page_of(Order.filter(customer_id=customer.id), order_rows.Order, sort, window)


async def number_of_orders(context: Context, customer: rows.Customer) -> str:
    """How many orders there are, as the dialect writes large numbers."""
    return str(await Order.filter(customer_id=customer.id).count())


async def addresses_of_customer(context: Context, customer: rows.Customer, *, window: Window) -> Page[MailingAddress]:
    """The address book."""
    kept = await context.loaders(AddressesOfCustomer).load(customer.id)
    shown = [MailingAddress(str(row.id), Address.kept(row.address)) for row in kept]
    return page_of_rows(shown, window, key=lambda address: address.id)


async def default_address(context: Context, customer: rows.Customer) -> MailingAddress | None:
    """The usual address."""
    kept = await context.loaders(AddressesOfCustomer).load(customer.id)
    usual = [row for row in kept if row.id == customer.default_address_id]
    return MailingAddress(str(usual[0].id), Address.kept(usual[0].address)) if usual else None


async def _book(context: Context, token: str, address: Address, instead_of: int | None) -> CustomerOutcome:
    try:
        key = await customers.signed_in(token, now=context.now)
        kept = await customers.keep_address(key, address, now=context.now, instead_of=instead_of)
    except Refusal as refusal:
        return _refused(refusal)
    context.renew()
    book = await context.loaders(AddressesOfCustomer).load(key)
    row = next(row for row in book if row.id == kept)
    return CustomerOutcome(customer_address=MailingAddress(str(row.id), Address.kept(row.address)))


async def _outcome(context: Context, act: Awaitable[int]) -> CustomerOutcome:
    try:
        key = await act
    except Refusal as refusal:
        return _refused(refusal)
    context.renew()
    return CustomerOutcome(await context.loaders(CustomerByKey).load(key))


async def _known(key: int) -> int:
    return key


def _refused(refusal: Refusal) -> CustomerOutcome:
    return CustomerOutcome(customer_user_errors=[UserError.of(refusal)])
