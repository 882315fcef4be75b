"""Customers: making an account, signing in, and keeping one's own things."""

import asyncio
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from commerce.addresses import problems_of, tidied
from commerce.cart_details import EMAIL, PHONE
from commerce.customer_tokens import customer_of_token, digest_of, give_token, take_back_tokens
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.addresses import Address
from models.customers import Customer, CustomerAddress, CustomerState, CustomerToken, TokenKind

HASHER = PasswordHasher()
NOBODY = HASHER.hash("a password that nobody has")
MARKUP = re.compile(r"<[^>]*>|https?://")
SHORTEST, LONGEST, LONGEST_EMAIL = 5, 255, 320


class BadCustomer(Refusal):
    """Something told of a customer cannot be kept."""


class NotKnown(Refusal):
    """Nobody is known by this email and password, or by this token."""

    code = "UNIDENTIFIED_CUSTOMER"


async def create_customer(told: Mapping[str, Any], password: str, *, now: dt.datetime) -> int:
    """Make an account; answers its id. An email has one account."""
    tidy = checked(told)
    check_password(password)
    return await _create(tidy, await asyncio.to_thread(HASHER.hash, password), now=now)


@unit_of_work
async def _create(tidy: Mapping[str, Any], password_hash: str, *, now: dt.datetime) -> int:
    if await Customer.filter(email=tidy["email"]).exists():
        raise BadCustomer("This email has an account already.", field=("input", "email"), code="TAKEN")
    customer = await Customer.create(password_hash=password_hash, created_at=now, updated_at=now, **tidy)
    return customer.id


async def sign_in(email: str, password: str, *, now: dt.datetime) -> tuple[str, dt.datetime]:
    """A token for who knows the password, and when it ends. Takes as long for an email nobody has."""
    address = email.strip().lower()
    customer = await Customer.filter(email=address).first() if len(address) <= LONGEST_EMAIL else None
    kept = customer.password_hash if customer and customer.password_hash else NOBODY
    right = await asyncio.to_thread(is_right, kept, password)
    if customer is None or not right or customer.state != CustomerState.ENABLED:
        raise NotKnown("Email and password do not go together.", field=("input",))
    return await give_token(customer.id, TokenKind.ACCESS, now=now)


async def signed_in(token: str, *, now: dt.datetime) -> int:
    """Whose token it is; refuses one that is nobody's."""
    customer_id = await customer_of_token(token, now=now)
    if customer_id is None:
        raise NotKnown("The token is not valid.", field=("customerAccessToken",), code="TOKEN_INVALID")
    return customer_id


@unit_of_work
async def renew_token(token: str, *, now: dt.datetime) -> tuple[str, dt.datetime]:
    """A new token for an old one, which ends."""
    customer_id = await signed_in(token, now=now)
    await CustomerToken.filter(digest=digest_of(token)).delete()
    return await give_token(customer_id, TokenKind.ACCESS, now=now)


async def sign_out(token: str) -> bool:
    """End a token; False if it opened nothing."""
    return bool(await CustomerToken.filter(digest=digest_of(token), kind=TokenKind.ACCESS).delete())


async def update_customer(
    customer_id: int, told: Mapping[str, Any], password: str | None, *, now: dt.datetime
) -> tuple[str, dt.datetime] | None:
    """Change what is told. A new password ends every token; a new one is answered then."""
    tidy = checked(told, whole=False)
    hashed = None
    if password is not None:
        check_password(password)
        hashed = await asyncio.to_thread(HASHER.hash, password)
    return await _update(customer_id, tidy, hashed, now=now)


@unit_of_work
async def _update(
    customer_id: int, tidy: Mapping[str, Any], password_hash: str | None, *, now: dt.datetime
) -> tuple[str, dt.datetime] | None:
    if "email" in tidy and await Customer.filter(email=tidy["email"]).exclude(id=customer_id).exists():
        raise BadCustomer("This email has an account already.", field=("customer", "email"), code="TAKEN")
    await Customer.filter(id=customer_id).update(**tidy, updated_at=now)
    if password_hash is None:
        return None
    await Customer.filter(id=customer_id).update(password_hash=password_hash)
    customer = await Customer.get(id=customer_id)
    for kind in TokenKind:
        await take_back_tokens(customer, kind)
    return await give_token(customer_id, TokenKind.ACCESS, now=now)


@unit_of_work
async def keep_address(customer_id: int, address: Address, *, now: dt.datetime, instead_of: int | None = None) -> int:
    """Add an address to the book, or change one in it; answers its id. The first one becomes the usual one."""
    tidy = tidied(address)
    for problem in problems_of(tidy, strict=False):
        raise BadCustomer(problem.message, field=("address", problem.part))
    if instead_of is not None:
        kept = await _own(customer_id, instead_of)
        await CustomerAddress.filter(id=kept.id).update(address=tidy.to_keep())
        return kept.id
    kept = await CustomerAddress.create(customer_id=customer_id, address=tidy.to_keep(), created_at=now)
    await Customer.filter(id=customer_id, default_address_id=None).update(default_address_id=kept.id)
    return kept.id


@unit_of_work
async def forget_address(customer_id: int, address_id: int) -> None:
    """Take an address out of the book."""
    await (await _own(customer_id, address_id)).delete()
    await Customer.filter(id=customer_id, default_address_id=address_id).update(default_address_id=None)


@unit_of_work
async def use_address(customer_id: int, address_id: int) -> None:
    """Make an address the usual one."""
    await Customer.filter(id=customer_id).update(default_address_id=(await _own(customer_id, address_id)).id)


async def _own(customer_id: int, address_id: int) -> CustomerAddress:
    own = await CustomerAddress.filter(id=address_id, customer_id=customer_id).first()
    if own is None:
        raise BadCustomer("The address book has no such address.", field=("id",), code="NOT_FOUND")
    return own


def checked(told: Mapping[str, Any], *, whole: bool = True) -> dict[str, Any]:
    """What is told of a customer, tidied and found fit to be kept; the email may be left out unless it is whole."""
    tidy = {name: value for name, value in told.items() if value is not None}
    if whole or "email" in tidy:
        tidy["email"] = str(tidy.get("email", "")).strip().lower()
        if not EMAIL.fullmatch(tidy["email"]) or len(tidy["email"]) > LONGEST_EMAIL:
            raise BadCustomer("This is no email address.", field=("input", "email"), code="INVALID")
    if tidy.get("phone") and not PHONE.fullmatch(tidy["phone"]):
        raise BadCustomer("This is no phone number.", field=("input", "phone"), code="INVALID")
    for name, argument in (("first_name", "firstName"), ("last_name", "lastName")):
        if len(tidy.get(name) or "") > LONGEST:
            raise BadCustomer("The name is too long.", field=("input", argument), code="TOO_LONG")
        if MARKUP.search(tidy.get(name) or ""):
            raise BadCustomer("A name has no markup in it.", field=("input", argument), code="CONTAINS_HTML_TAGS")
    return tidy


def check_password(password: str) -> None:
    """Refuse a password that is too short, too long, or looks like a slip."""
    at = ("input", "password")
    if password != password.strip():
        code = "PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE"
        raise BadCustomer("A password neither starts nor ends with a space.", field=at, code=code)
    if len(password) < SHORTEST:
        raise BadCustomer(f"A password has at least {SHORTEST} characters.", field=at, code="TOO_SHORT")
    if len(password) > LONGEST:
        raise BadCustomer(f"A password has at most {LONGEST} characters.", field=at, code="TOO_LONG")


def is_right(kept: str, password: str) -> bool:
    """Whether the kept hash is that of the password. Slow on purpose: ask in a thread."""
    try:
        return HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
