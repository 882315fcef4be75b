"""Refused acts of customers, and of the staff who invite them."""

import secrets
from functools import partial
from typing import Any

from commerce import customers, recovering
from commerce.staff import create_token, revoke_token
from models.addresses import Address
from models.customers import Customer, TokenKind
from models.scopes import Scope
from tests.refusals import Arranged, case
from tests.shop import NOON

PASSWORD = "difference engine"
NEW = partial(customers.create_customer, password=PASSWORD, now=NOON)


async def ada() -> Customer:
    email = f"{secrets.token_hex(4)}@example.com"
    return await Customer.create(email=email, created_at=NOON, updated_at=NOON)


async def somebody(**told: Any) -> Arranged:
    return partial(NEW, {"email": "ada@example.com", **told})


for told in (
    {"email": "nobody"},
    {"phone": "no phone"},
    {"first_name": "x" * 256},
    {"last_name": "<b>bold</b>"},
):
    case(partial(somebody, **told))


async def a_password(password: str) -> Arranged:
    return partial(customers.update_customer, (await ada()).id, {"first_name": "Ada"}, password, now=NOON)


for password in (" engine", "four", "x" * 256):
    case(partial(a_password, password))


@case
async def an_email_that_has_an_account() -> Arranged:
    return partial(NEW, {"email": (await ada()).email})


@case
async def an_email_that_somebody_else_has() -> Arranged:
    changed = {"email": (await ada()).email, "first_name": "Ada"}
    return partial(customers.update_customer, (await ada()).id, changed, None, now=NOON)


@case
async def signing_in_as_nobody() -> Arranged:
    return partial(customers.sign_in, "nobody@example.com", PASSWORD, now=NOON)


@case
async def renewing_a_token_that_is_none() -> Arranged:
    return partial(customers.renew_token, "none", now=NOON)


@case
async def an_address_of_no_country() -> Arranged:
    return partial(customers.keep_address, (await ada()).id, Address(country_code="XX"), now=NOON)


@case
async def forgetting_somebody_else_s_address() -> Arranged:
    kept = await customers.keep_address((await ada()).id, Address(country_code="DE"), now=NOON)
    return partial(customers.forget_address, (await ada()).id, kept)


@case
async def inviting_who_has_an_account() -> Arranged:
    return partial(recovering.invite, {"email": (await ada()).email}, now=NOON)


@case
async def a_password_with_a_token_that_is_none() -> Arranged:
    reset = partial(recovering.choose_password, (await ada()).id, "none", TokenKind.RESET)
    return partial(reset, PASSWORD, now=NOON)


@case
async def a_link_that_no_letter_held() -> Arranged:
    async def read() -> object:
        return recovering.read_reset_link("https://front.example/")

    return read


@case
async def a_token_of_a_scope_that_is_none() -> Arranged:
    return partial(create_token, "me", scopes=[next(iter(Scope)), "everything_else"], now=NOON)


@case
async def revoking_a_token_that_is_none() -> Arranged:
    return partial(revoke_token, 0, now=NOON)
