"""Staff at the door: signing in and out, and one's own password."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from commerce import staff_users as acts
from commerce.audit import audited, columns_of
from commerce.refusals import Refusal
from commerce.staff import NewToken, revoke_token
from commerce.throttling import Limit, count_tries, keys_of, place_of, succeeded
from loaders.staff import StaffUserByKey
from models.staff import AccessToken, StaffUser
from resolvers.context import Context
from resolvers.staff_outcomes import Change, Outcome, UserError, changed, deleted, refused

SIGN_INS = Limit("staff_sign_in", 5)
SIGN_INS_FROM = Limit("staff_sign_in.place", 50)
SIGN_INS_AS = Limit("staff_sign_in.email", 30)
"""For one email from one place; from one place; for one email from anywhere. Every field that tries counts."""
LINKS = Limit("staff_link", 5)
LINKS_FROM = Limit("staff_link.place", 20)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just opened, with the secret that is told this once; or why none was."""

    secret: str | None = None
    expires_at: dt.datetime | None = None
    user_errors: Sequence[UserError] = ()


async def sign_in(
    context: Context, root: object, *, email: str, password: str, session_name: str | None = None
) -> SignedIn:
    """Open a session for who knows the password; who guesses has to wait."""
    who, place = email.strip().lower(), place_of(context.viewer.address)
    keys = keys_of((SIGN_INS, f"{who} from {place}"), (SIGN_INS_FROM, place), (SIGN_INS_AS, who))
    try:
        await count_tries(keys, now=context.now)
        user = await acts.password_is_right(email, password)
    except Refusal as refusal:
        return _not(refusal)
    await succeeded(keys)
    return await _opened(context, user, "staffLogin", session_name)


async def sign_out(context: Context, root: object) -> Outcome:
    """End the session, or the token, that was shown."""
    key = context.viewer.token_id

    async def act() -> int:
        return await revoke_token(key or 0, now=context.now)

    return await deleted(context, Change("staffLogout", AccessToken, key), act)


async def end_session(context: Context, root: object, *, id: int) -> Outcome:
    """End one of one's own sessions."""

    async def act() -> int:
        return await revoke_token(id, now=context.now, of=context.viewer.staff_id or 0)

    return await deleted(context, Change("staffSessionRevoke", AccessToken, id), act)


async def change_password(context: Context, root: object, *, current_password: str, new_password: str) -> Outcome:
    """Choose another password; every other session ends."""
    who = context.viewer.staff or ""
    keys = keys_of((SIGN_INS, f"{who} changes"), (SIGN_INS_AS, who))
    try:
        await count_tries(keys, now=context.now, field=("currentPassword",))
        user = await acts.password_is_right(who, current_password)
        kept = await acts.hashed(new_password, field=("newPassword",))
    except Refusal as refusal:
        return refused(refusal)
    await succeeded(keys)

    async def act() -> int:
        keep, replaces = context.viewer.token_id, user.password_hash
        return await acts.change_password(user.id, kept, replaces=replaces, keep=keep, now=context.now)

    return await changed(context, Change("staffPasswordChange", StaffUser, user.id), act, read=StaffUserByKey)


async def ask_for_link(context: Context, root: object, *, email: str) -> Outcome:
    """Have a letter sent with which to choose a password; the answer is the same for everybody."""
    keys = keys_of((LINKS, email.strip().lower()), (LINKS_FROM, place_of(context.viewer.address)))
    try:
        await count_tries(keys, now=context.now, field=("email",))
    except Refusal as refusal:
        return refused(refusal)
    user = await acts.known_by(email)
    if user is not None:
        key = user.id

        async def act() -> int:
            return await acts.send_link(key, now=context.now)

        await _recorded(context, user, "staffPasswordRecover", StaffUser, act)
    return Outcome(nothing_done=user is None)


async def choose_password(context: Context, root: object, *, token: str, password: str) -> SignedIn:
    """Choose a password with the text from a letter, and be signed in."""
    keys = keys_of((LINKS_FROM, f"choosing from {place_of(context.viewer.address)}"))
    try:
        await count_tries(keys, now=context.now, field=("token",))
        user = await acts.user_of_link(token, context.services.signer, now=context.now)
        kept = await acts.hashed(password)
    except Refusal as refusal:
        return _not(refusal)
    await succeeded(keys)

    async def act() -> int:
        return await acts.change_password(user.id, kept, replaces=user.password_hash, now=context.now)

    try:
        await _recorded(context, user, "staffPasswordReset", StaffUser, act)
    except Refusal as refusal:
        return _not(refusal)
    return await _opened(context, user, "staffLogin", None)


async def _opened(context: Context, user: StaffUser, action: str, name: str | None) -> SignedIn:
    opened: list[NewToken] = []

    async def act() -> int:
        opened[:] = [await acts.open_session(user.id, name or "", now=context.now)]
        return opened[0].id

    await _recorded(context, user, action, AccessToken, act)
    return SignedIn(opened[0].secret, context.now + acts.SESSION)


async def _recorded(
    context: Context, user: StaffUser, action: str, table: type[Any], act: Callable[[], Awaitable[int]]
) -> int:
    """Carry out what somebody does who has not signed in yet, under their own name."""

    async def look(key: int | None) -> dict[str, Any] | None:
        return None if key is None else await columns_of(table, key)

    subject = (table.__name__, lambda key: key)
    return await audited(act, actor=user.email, action=action, subject=subject, look=look, now=context.now)


def _not(refusal: Refusal) -> SignedIn:
    return SignedIn(user_errors=[UserError.of(refusal)])
