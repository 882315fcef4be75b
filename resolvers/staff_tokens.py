"""Keys for tools: made, listed and ended over the API."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tortoise.expressions import Q

from commerce.refusals import Refusal
from commerce.staff import NewToken, create_token, revoke_token
from loaders.rows import staff as rows
from loaders.staff import StaffUserByKey, TokenByKey
from models.staff import AccessToken
from resolvers.context import Context
from resolvers.filtering import Condition, Term, conditions, moment_in, number_in, text_in
from resolvers.mistakes import BadArgument
from resolvers.paging import Page, Sort, Window, page_of
from resolvers.staff_outcomes import Change, Outcome, UserError, changed, recorded
from resolvers.staff_users import giver_of


class TokenSort(StrEnum):
    """What keys can be sorted by."""

    CREATED_AT = "CREATED_AT"
    ID = "ID"
    NAME = "NAME"


SORTS = {
    TokenSort.CREATED_AT: Sort("CREATED_AT", "id"),
    TokenSort.ID: Sort("ID"),
    TokenSort.NAME: Sort("NAME", "name", str),
}


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A key just made, with the secret that is told this once; or why none was."""

    secret: str | None = None
    access_token: rows.AccessToken | None = None
    user_errors: Sequence[UserError] = ()


async def access_tokens(
    context: Context, root: object, *, window: Window, query: str | None = None, sort_key: TokenSort = TokenSort.ID
) -> Page[rows.AccessToken]:
    """The keys that a search finds, of tools and of people's sessions."""
    fields = {
        "created_at": moment_in("created_at"),
        "expires_at": moment_in("expires_at"),
        "id": number_in("id"),
        "last_used_at": moment_in("last_used_at"),
        "name": text_in("name"),
        "status": _in_state(context.now),
        "user_id": number_in("user_id"),
    }
    found = AccessToken.filter(conditions(query, fields, words=text_in("name")))
    return await page_of(found, rows.AccessToken, SORTS[sort_key], window)


def _in_state(now: dt.datetime) -> Condition:
    def condition(term: Term) -> Q:
        over = Q(expires_at__lte=now)
        states = {
            "active": Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=now)),
            "expired": Q(revoked_at__isnull=True) & over,
            "revoked": Q(revoked_at__isnull=False),
        }
        if term.value.casefold() not in states:
            raise BadArgument(f"{term.value!r} is none of {', '.join(states)}.", argument="query")
        return states[term.value.casefold()]

    return condition


async def user_of_token(context: Context, token: rows.AccessToken) -> rows.StaffUser | None:
    """Whose session it is."""
    return None if token.user_id is None else await context.loaders(StaffUserByKey).load(token.user_id)


async def create(
    context: Context, root: object, *, name: str, scopes: Sequence[str], expires_at: dt.datetime | None = None
) -> TokenMade:
    """Make a key, and tell it this once."""
    made: list[NewToken] = []

    async def act() -> int:
        made[:] = [
            await create_token(name, scopes=scopes, expires_at=expires_at, giver=giver_of(context), now=context.now)
        ]
        return made[0].id

    try:
        key = await recorded(context, Change("accessTokenCreate", AccessToken), act)
    except Refusal as refusal:
        return TokenMade(user_errors=[UserError.of(refusal)])
    context.renew()
    return TokenMade(made[0].secret, await context.loaders(TokenByKey).load(key))


async def revoke(context: Context, root: object, *, id: int) -> Outcome:
    """End a key at once, of a tool or of a session."""

    async def act() -> int:
        return await revoke_token(id, now=context.now)

    return await changed(context, Change("accessTokenRevoke", AccessToken, id), act, read=TokenByKey)
