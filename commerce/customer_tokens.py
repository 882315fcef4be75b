"""Tokens that prove who somebody is. They are told once; only their digests are kept."""

import datetime as dt
import hashlib
import secrets

from models.customers import Customer, CustomerState, CustomerToken, TokenKind

LIFETIMES = {
    TokenKind.ACCESS: dt.timedelta(days=30),
    TokenKind.RESET: dt.timedelta(hours=2),
    TokenKind.ACTIVATION: dt.timedelta(days=30),
}


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def give_token(customer_id: int, kind: TokenKind, *, now: dt.datetime) -> tuple[str, dt.datetime]:
    """A new token for a customer, and when it ends."""
    token = secrets.token_hex(16)
    expires_at = now + LIFETIMES[kind]
    await CustomerToken.create(
        customer_id=customer_id, kind=kind, digest=digest_of(token), expires_at=expires_at, created_at=now
    )
    return token, expires_at


async def customer_of_token(token: str, *, now: dt.datetime, kind: TokenKind = TokenKind.ACCESS) -> int | None:
    """Whose token this is; None for one that is unknown, over, or of a customer who may not sign in."""
    found = CustomerToken.filter(digest=digest_of(token), kind=kind, expires_at__gt=now)
    records = await found.exclude(customer__state=CustomerState.DISABLED).values_list("customer_id")
    return records[0][0] if records else None


async def still_signed_in(digest: str, *, now: dt.datetime) -> bool:
    """Whether an access token that was good when a stream opened is good still."""
    found = CustomerToken.filter(digest=digest, kind=TokenKind.ACCESS, expires_at__gt=now)
    return await found.exclude(customer__state=CustomerState.DISABLED).exists()


async def take_back_tokens(customer: Customer, kind: TokenKind) -> None:
    """End every token of a kind."""
    await CustomerToken.filter(customer_id=customer.id, kind=kind).delete()
