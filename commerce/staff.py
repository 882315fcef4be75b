"""Keys to the staff API, of tools and of people's sessions: made once, kept as hashes, ended by time or by hand."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tortoise.expressions import Q

from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.scopes import EVERYTHING, Scope, with_reading
from models.staff import AccessToken, StaffRole

PREFIX = "swt_"
SHOWN = 8
LONGEST = 255
USE_NOTED_EVERY = dt.timedelta(minutes=1)


class UnknownScope(Refusal):
    """A scope that this shop does not have."""

    code: ClassVar[str] = "UNKNOWN_SCOPE"


class NoSuchToken(Refusal):
    """There is no such token, or it was revoked already."""

    code: ClassVar[str] = "NOT_FOUND"


class BadToken(Refusal):
    """Something told of a token cannot be kept."""

    code: ClassVar[str] = "INVALID"


class NotYours(Refusal):
    """Nobody gives away what they do not have."""

    code: ClassVar[str] = "FORBIDDEN"


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands out rights: an owner any, others those they have."""

    scopes: frozenset[str] = frozenset()
    owner: bool = False

    def check(self, scopes: Collection[str], *, field: Sequence[str]) -> None:
        """Refuse scopes that do not exist, and those that the giver does not have."""
        for scope in scopes:
            if scope not in list(Scope):
                raise UnknownScope(f"{scope} is no scope; the scopes are {', '.join(Scope)}.", field=field)
            if not self.owner and scope not in self.scopes:
                raise NotYours(f"You cannot give {scope}, which you do not have.", field=field)


SHELL = Giver(owner=True)
"""Whoever can run commands on the server."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made. The secret is shown now and never again."""

    id: int
    secret: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who shows a token, and what that allows."""

    token_id: int
    name: str
    scopes: frozenset[str]
    user_id: int | None = None
    owner: bool = False


@unit_of_work
async def create_token(
    name: str,
    *,
    scopes: Sequence[str],
    now: dt.datetime,
    expires_at: dt.datetime | None = None,
    giver: Giver = SHELL,
) -> NewToken:
    """Make a token for a tool. Its 256 random bits need no slow hash: nobody can guess them."""
    giver.check(scopes, field=("scopes",))
    if not name.strip() or len(name) > LONGEST or "@" in name:
        raise BadToken("A token has a name of at most 255 characters, which is no email address.", field=("name",))
    if expires_at is not None and expires_at <= now:
        raise BadToken("A token ends in the future.", field=("expiresAt",))
    return await give_token(name.strip(), scopes=sorted(set(scopes)), expires_at=expires_at, now=now)


async def give_token(
    name: str,
    *,
    scopes: Sequence[str] = (),
    user_id: int | None = None,
    expires_at: dt.datetime | None,
    now: dt.datetime,
) -> NewToken:
    """Keep a new token: of a tool with its scopes, or of a person, whose rights it follows."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = await AccessToken.create(
        name=name,
        token_hash=hash_of(secret),
        hint=secret[:SHOWN],
        scopes=list(scopes),
        user_id=user_id,
        created_at=now,
        expires_at=expires_at,
    )
    return NewToken(token.id, secret)


@unit_of_work
async def revoke_token(token_id: int, *, now: dt.datetime, of: int | None = None) -> int:
    """End a token at once: streams that it opened end with their next event. `of` is whose session it has to be."""
    tokens = AccessToken.filter(id=token_id, revoked_at__isnull=True)
    if not await (tokens if of is None else tokens.filter(user_id=of)).update(revoked_at=now):
        raise NoSuchToken(f"There is no token {token_id} that could be revoked.", field=("id",))
    return token_id


async def bearer_of(secret: str, *, now: dt.datetime) -> Bearer | None:
    """Who shows this token, None for one that is unknown, expired or revoked, or whose person has left."""
    token = await AccessToken.filter(_in_force(now), token_hash=hash_of(secret)).select_related("user").first()
    if token is None or not _person_active(token):
        return None
    if token.last_used_at is None or now - token.last_used_at >= USE_NOTED_EVERY:
        await AccessToken.filter(id=token.id).update(last_used_at=now)
    user = token.user
    owner = user is not None and user.role is StaffRole.OWNER
    return Bearer(token.id, _shown_name(token), _scopes(token), None if user is None else user.id, owner)


async def scopes_in_force(token_id: int, *, now: dt.datetime) -> frozenset[str] | None:
    """What a token that was good when a stream opened allows by now; None if it is in force no more."""
    token = await AccessToken.filter(_in_force(now), id=token_id).select_related("user").first()
    return None if token is None or not _person_active(token) else _scopes(token)


def hash_of(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _in_force(now: dt.datetime) -> Q:
    return Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=now))


def _person_active(token: AccessToken) -> bool:
    return token.user is None or token.user.active


def _shown_name(token: AccessToken) -> str:
    return token.name if token.user is None else token.user.email


def _scopes(token: AccessToken) -> frozenset[str]:
    if token.user is None:
        return with_reading(token.scopes)
    return EVERYTHING if token.user.role is StaffRole.OWNER else with_reading(token.user.scopes)
