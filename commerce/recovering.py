"""Coming back into an account: asking for a letter, and choosing a password with what it holds.

What is recorded names the customer and no secret. The token is made when the letter is written, and told in it alone.
"""

import asyncio
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from commerce.customer_tokens import customer_of_token, digest_of, give_token, take_back_tokens
from commerce.customers import HASHER, LONGEST_EMAIL, BadCustomer, check_password, checked
from database.transactions import unit_of_work
from models.customers import Customer, CustomerState, TokenKind
from outbox.record import record

RESET_LINK = re.compile(r"/account/reset/(?P<customer>[0-9]{1,9})/(?P<token>\w{1,64})(?:[?#]|$)", re.ASCII)
ASKED = "recovery.asked"
TOKENS = {TokenKind.RESET: "resetToken", TokenKind.ACTIVATION: "activationToken"}


@unit_of_work
async def ask_to_recover(email: str, *, now: dt.datetime) -> None:
    """Have a letter sent to whose email this is. Nobody can tell from outside whether there is such a customer."""
    address = email.strip().lower()
    found = await Customer.filter(email=address).values_list("id") if len(address) <= LONGEST_EMAIL else []
    payload = {"customer_id": found[0][0] if found else None}
    await record(ASKED, aggregate="recovery", key=key_of(email), now=now, payload=payload)


def key_of(email: str) -> str:
    """What stands for an email that may be nobody's: nothing of it is kept."""
    return digest_of(email.strip().lower())


@unit_of_work
async def invite(told: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Make an account that has no password yet, and have a letter sent with which its owner chooses one."""
    told = checked(told)
    if await Customer.filter(email=told["email"]).exists():
        raise BadCustomer("This email has an account already.", field=("input", "email"), code="TAKEN")
    customer = await Customer.create(state=CustomerState.INVITED, created_at=now, updated_at=now, **told)
    payload = {"customer_id": customer.id}
    await record(ASKED, aggregate="recovery", key=key_of(told["email"]), now=now, payload=payload)
    return customer.id


async def choose_password(
    customer_id: int, token: str, kind: TokenKind, password: str, *, now: dt.datetime
) -> tuple[str, dt.datetime]:
    """Set a password with a token from a letter, which is used up by it; every other token ends. Signs in."""
    check_password(password)
    await _check_token(customer_id, token, kind, now=now)
    return await _choose(customer_id, token, kind, await asyncio.to_thread(HASHER.hash, password), now=now)


@unit_of_work
async def _choose(
    customer_id: int, token: str, kind: TokenKind, password_hash: str, *, now: dt.datetime
) -> tuple[str, dt.datetime]:
    customer = await Customer.select_for_update().get_or_none(id=customer_id)
    await _check_token(customer_id, token, kind, now=now)
    assert customer is not None  # noqa: S101 - whose token is good is there, and customers are never deleted
    await Customer.filter(id=customer_id).update(
        password_hash=password_hash, state=CustomerState.ENABLED, updated_at=now
    )
    for each in TokenKind:
        await take_back_tokens(customer, each)
    return await give_token(customer_id, TokenKind.ACCESS, now=now)


async def _check_token(customer_id: int, token: str, kind: TokenKind, *, now: dt.datetime) -> None:
    if await customer_of_token(token, now=now, kind=kind) != customer_id:
        raise BadCustomer("The token is not valid.", field=("input", TOKENS[kind]), code="TOKEN_INVALID")


def link_path(customer_id: int, token: str, kind: TokenKind) -> str:
    """Where a letter leads, below the storefront's address."""
    return f"/account/{'reset' if kind is TokenKind.RESET else 'activate'}/{customer_id}/{token}"


def read_reset_link(url: str) -> tuple[int, str]:
    """The customer and the token in a letter's link, wherever the storefront is."""
    if found := RESET_LINK.search(url):
        return int(found["customer"]), found["token"]
    raise BadCustomer("This is no link from a letter.", field=("resetUrl",), code="TOKEN_INVALID")
