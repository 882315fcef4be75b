"""The staff themselves: who asks, who there is, and who may what."""

from enum import StrEnum

from commerce import staff_users as acts
from commerce.refusals import Refusal
from commerce.staff import Giver
from commerce.staff_users import Person
from loaders.rows import staff as rows
from loaders.staff import SessionsOfUser, StaffUserByKey, TokenByKey
from models.staff import StaffRole, StaffUser
from resolvers.context import Context
from resolvers.filtering import conditions, moment_in, number_in, one_of, text_in
from resolvers.paging import Page, Sort, Window, page_of
from resolvers.staff_outcomes import Change, Outcome, changed, refused


class StaffUserSort(StrEnum):
    """What people can be sorted by."""

    CREATED_AT = "CREATED_AT"
    EMAIL = "EMAIL"
    ID = "ID"
    NAME = "NAME"


SORTS = {
    StaffUserSort.CREATED_AT: Sort("CREATED_AT", "id"),
    StaffUserSort.EMAIL: Sort("EMAIL", "email", str),
    StaffUserSort.ID: Sort("ID"),
    StaffUserSort.NAME: Sort("NAME", "name", str),
}
FIELDS = {
    "active": one_of("active", values={"true": True, "false": False}),
    "created_at": moment_in("created_at"),
    "email": text_in("email"),
    "id": number_in("id"),
    "name": text_in("name"),
    "role": one_of("role", values={role.value.casefold(): role for role in StaffRole}),
}


async def staff_users(
    context: Context,
    root: object,
    *,
    window: Window,
    query: str | None = None,
    sort_key: StaffUserSort = StaffUserSort.ID,
) -> Page[rows.StaffUser]:
    """The people that a search finds."""
    found = StaffUser.filter(conditions(query, FIELDS, words=text_in("name")))
    return await page_of(found, rows.StaffUser, SORTS[sort_key], window)


async def staff_user(context: Context, root: object, *, id: int) -> rows.StaffUser | None:
    """One person."""
    return await context.loaders(StaffUserByKey).load(id)


async def current_user(context: Context, root: object) -> rows.StaffUser | None:
    """Who asks; None for a tool."""
    key = context.viewer.staff_id
    return None if key is None else await context.loaders(StaffUserByKey).load(key)


async def current_token(context: Context, root: object) -> rows.AccessToken | None:
    """The key that was shown."""
    key = context.viewer.token_id
    return None if key is None else await context.loaders(TokenByKey).load(key)


def is_owner(context: Context, user: rows.StaffUser) -> bool:
    """Whether they may do everything."""
    return user.role == StaffRole.OWNER


async def sessions(context: Context, user: rows.StaffUser) -> list[rows.AccessToken]:
    """Their sessions that are open."""
    open_ones = await context.loaders(SessionsOfUser).load(user.id)
    return [each for each in open_ones if each.expires_at is None or each.expires_at > context.now]


async def create(context: Context, root: object, *, input: tuple[Person, str | None]) -> Outcome:
    """Take somebody onto the staff."""
    person, password = input
    try:
        kept = None if password is None else await acts.hashed(password, field=("input", "password"))
    except Refusal as refusal:
        return refused(refusal)

    async def act() -> int:
        return await acts.create_user(person, password_hash=kept, giver=giver_of(context), now=context.now)

    return await changed(context, Change("staffUserCreate", StaffUser), act, read=StaffUserByKey)


async def update(context: Context, root: object, *, id: int, input: Person) -> Outcome:
    """Change what somebody is called, or may."""

    async def act() -> int:
        return await acts.update_user(id, input, giver=giver_of(context), now=context.now)

    return await changed(context, Change("staffUserUpdate", StaffUser, id), act, read=StaffUserByKey)


async def invite(context: Context, root: object, *, id: int) -> Outcome:
    """Write to somebody, so that they choose a password."""

    async def act() -> int:
        return await acts.send_link(id, giver=giver_of(context), now=context.now)

    return await changed(context, Change("staffUserInvite", StaffUser, id), act, read=StaffUserByKey)


def giver_of(context: Context) -> Giver:
    """What the viewer may give to others."""
    return Giver(context.viewer.scopes, context.viewer.owner)
