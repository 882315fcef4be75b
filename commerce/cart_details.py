"""Who buys a cart, with which codes, and how it will be paid."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commerce.addresses import problems_of, tidied
from commerce.cart_delivery import BadAddress, camel, code_of
from commerce.cart_lines import CartWarning, Contents
from commerce.customer_tokens import customer_of_token
from commerce.offers import code_key
from commerce.opening_carts import changing, locked_cart, new_token
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.addresses import Address
from models.carts import Cart, CartAddress

EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f.]+(\.[^@\s\x00-\x1f.]+)+")
PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,30}")
MOST_CODES = 250
LONGEST_CODE = 255


class BadIdentity(Refusal):
    """An email or a phone number that is none."""


class TooManyCodes(Refusal):
    """More codes than a cart takes."""

    code = "MAXIMUM_EXCEEDED"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who buys. Only what is named in `given` changes."""

    given: frozenset[str]
    email: str | None = None
    phone: str | None = None
    country_code: str | None = None
    customer_token: str | None = None
    preferences: Mapping[str, Any] | None = None


@unit_of_work
async def change_identity(cart_id: str, identity: Identity, *, now: dt.datetime) -> list[CartWarning]:
    """Say who buys. Nothing said changes nothing."""
    changes = _checked(identity)
    if "customer_token" in identity.given:
        changes["customer_id"] = await _customer(identity.customer_token, now=now)
    async with changing(cart_id, now=now):
        if changes:
            await Cart.filter(id=cart_id).update(**changes)
    return []


def _checked(identity: Identity) -> dict[str, Any]:
    if identity.email and not (EMAIL.fullmatch(identity.email) and len(identity.email) <= 320):
        raise BadIdentity("This is no email address.", field=("buyerIdentity", "email"))
    if identity.phone and not PHONE.fullmatch(identity.phone):
        raise BadIdentity("This is no phone number.", field=("buyerIdentity", "phone"))
    values = {
        "email": identity.email or None,
        "phone": identity.phone or None,
        "country_code": identity.country_code,
        "preferences": identity.preferences,
    }
    return {name: value for name, value in values.items() if name in identity.given}


async def _customer(token: str | None, *, now: dt.datetime) -> int | None:
    if not token:
        return None
    customer_id = await customer_of_token(token, now=now)
    if customer_id is None:
        raise BadIdentity("The customer access token is not valid.", field=("buyerIdentity", "customerAccessToken"))
    return customer_id


@unit_of_work
async def change_codes(cart_id: str, codes: Sequence[str], *, now: dt.datetime) -> list[CartWarning]:
    """Replace the discount codes; equal ones count once. Whether they apply is told with the price."""
    check_codes(codes)
    kept = {code_key(code): code.strip() for code in reversed(codes) if code.strip()}
    async with changing(cart_id, now=now):
        await Cart.filter(id=cart_id).update(discount_codes=list(reversed(kept.values())))
    return []


def check_codes(codes: Sequence[str]) -> None:
    """Refuse more codes, or longer ones, than a cart takes."""
    if len(codes) > MOST_CODES or any(len(code) > LONGEST_CODE for code in codes):
        raise TooManyCodes(
            f"A cart takes at most {MOST_CODES} codes of {LONGEST_CODE} letters.", field=("discountCodes",)
        )


@unit_of_work
async def change_billing(cart_id: str, address: Address | None, *, now: dt.datetime) -> list[CartWarning]:
    """Say whom the invoice is for; None means: who receives the goods."""
    kept = checked_billing(address, at=("billingAddress",))
    async with changing(cart_id, now=now):
        await Cart.filter(id=cart_id).update(billing_address=kept)
    return []


@unit_of_work
async def change_payment(
    cart_id: str, payment: Mapping[str, Any], billing: Address | None, *, now: dt.datetime
) -> list[CartWarning]:
    """Say how the cart will be paid."""
    changes: dict[str, Any] = {"payment": dict(payment)}
    if billing is not None:
        changes["billing_address"] = checked_billing(billing, at=("payment", "billingAddress"))
    async with changing(cart_id, now=now):
        await Cart.filter(id=cart_id).update(**changes)
    return []


def checked_billing(address: Address | None, *, at: Sequence[str]) -> dict[str, str] | None:
    """A billing address to keep; refuses one without a known country."""
    if address is None:
        return None
    tidy = tidied(address)
    for problem in problems_of(tidy, strict=False):
        raise BadAddress(problem.message, field=(*at, camel(problem.part)), code=code_of(problem))
    return tidy.to_keep()


@unit_of_work
async def clone_cart(cart_id: str, *, now: dt.datetime) -> str:
    """A new cart with the same goods and codes, and nothing personal; answers its id."""
    cart = await locked_cart(cart_id)
    clone = await Cart.create(
        id=new_token(),
        currency=cart.currency,
        note=cart.note,
        attributes=cart.attributes,
        country_code=cart.country_code,
        discount_codes=cart.discount_codes,
        created_at=now,
        updated_at=now,
    )
    await (await Contents.of(cart_id)).copied_to(clone.id).save(now=now)
    return clone.id


@unit_of_work
async def forget_buyer(cart_id: str, *, now: dt.datetime) -> list[CartWarning]:
    """Take everything personal off a cart: who buys, where to, and how it would be paid."""
    async with changing(cart_id, now=now):
        await CartAddress.filter(cart_id=cart_id).delete()
        await Cart.filter(id=cart_id).update(
            email=None, phone=None, customer_id=None, preferences=None, billing_address=None, payment=None, note=None
        )
    return []
