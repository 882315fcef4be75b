"""What the staff do about themselves: signing in, keys for tools, and who may what."""

import datetime as dt

import strawberry

from commerce.staff_users import Person
from resolvers import staff_sessions, staff_tokens, staff_users
from resolvers.staff_outcomes import Outcome
from schema.admin.inputs import given, optional, required
from schema.admin.payloads import UserError, deletion, payload
from schema.admin.staff import AccessToken, StaffUser
from schema.binding import Argument, changed_by, described, describes
from schema.ids import id_argument, number_key
from schema.requirements import ANYONE, AS_FOUND, STAFF


@strawberry.input(description="Somebody to be taken onto the staff.")
class StaffUserCreateInput:
    """Somebody to be taken onto the staff."""

    email: str = required("The email they will sign in with.")
    name: str = required("What they are called.")
    owner: bool | None = optional("Whether they may do everything. Only an owner makes an owner.")
    scopes: list[str] | None = optional("What they may, like `write_orders`; nothing you may not yourself.")
    password: str | None = optional("Their first password. Without it they get a letter and choose one.")


@strawberry.input(description="What changes about somebody on the staff; what is left out stays.")
class StaffUserUpdateInput:
    """What changes about somebody on the staff."""

    email: str | None = optional("The email they sign in with.")
    name: str | None = optional("What they are called.")
    owner: bool | None = optional("Whether they may do everything. The last owner stays one.")
    scopes: list[str] | None = optional("What they may, in place of what they might before.")
    active: bool | None = optional("Whether they can sign in. False ends all their sessions.")


@strawberry.type(description="The answer of who signs in.")
@describes(staff_sessions.SignedIn, needs=AS_FOUND)
class StaffLoginPayload:
    """The answer of who signs in."""

    secret: str | None = described(
        "The session's key, told this once: send it as `Authorization: Bearer` or `X-Shopify-Access-Token`."
    )
    expires_at: dt.datetime | None = described("When the session ends.")
    user_errors: list[UserError] = described("Why it was refused; empty when it was done.")


@strawberry.type(description="The answer of `accessTokenCreate`.")
@describes(staff_tokens.TokenMade, needs=AS_FOUND)
class AccessTokenCreatePayload:
    """A key just made."""

    secret: str | None = described("What opens. Keep it well: it is told this once.")
    access_token: AccessToken | None = described("The key.")
    user_errors: list[UserError] = described("Why it was refused; empty when it was done.")


@strawberry.type(description="The answer of `staffPasswordRecover`, the same for every email.")
@describes(Outcome, needs=AS_FOUND)
class StaffPasswordRecoverPayload:
    """Nothing but refusals."""

    user_errors: list[UserError] = described("Why it was refused; empty when it was done.")


def _person(told: StaffUserCreateInput | StaffUserUpdateInput) -> Person:
    values = given(told)
    values.pop("password", None)
    return Person(**values)


def _newcomer(told: StaffUserCreateInput) -> tuple[Person, str | None]:
    return _person(told), given(told).get("password")


USER, TOKEN = number_key("StaffUser"), number_key("AccessToken")
StaffUserCreatePayload = payload("StaffUserCreate", "staff_user", StaffUser, "The person.")
StaffUserUpdatePayload = payload("StaffUserUpdate", "staff_user", StaffUser, "The person, changed.")
StaffUserInvitePayload = payload("StaffUserInvite", "staff_user", StaffUser, "Who is written to.")
StaffPasswordChangePayload = payload("StaffPasswordChange", "staff_user", StaffUser, "Whose password it is.")
AccessTokenRevokePayload = payload("AccessTokenRevoke", "access_token", AccessToken, "The key, ended.")
StaffLogoutPayload = deletion("StaffLogout", "deleted_id", "AccessToken", "The session that ended.")
StaffSessionRevokePayload = deletion("StaffSessionRevoke", "deleted_id", "AccessToken", "The session that ended.")


@strawberry.type
class SessionMutation:
    """Signing in and out."""

    staff_login: StaffLoginPayload | None = changed_by(
        staff_sessions.sign_in,
        "Sign in. Too many wrong tries, in one document or in many, have to wait.",
        needs=ANYONE,
        email="The email.",
        password="The password.",
        session_name="What to call the session, like the device.",
    )
    staff_logout: StaffLogoutPayload | None = changed_by(
        staff_sessions.sign_out, "Sign out: the key that was shown opens nothing any more.", needs=STAFF
    )
    staff_session_revoke: StaffSessionRevokePayload | None = changed_by(
        staff_sessions.end_session,
        "End one of your own sessions, on a device you left behind.",
        needs=STAFF,
        id=id_argument(TOKEN, "The session."),
    )
    staff_password_change: StaffPasswordChangePayload | None = changed_by(
        staff_sessions.change_password,
        "Choose another password. All your other sessions end.",
        needs=STAFF,
        current_password="The password until now.",
        new_password="The password from now on, of at least ten characters.",
    )
    staff_password_recover: StaffPasswordRecoverPayload | None = changed_by(
        staff_sessions.ask_for_link,
        "Have a letter sent with which to choose a password. The answer is the same for every email.",
        needs=ANYONE,
        email="The email.",
    )
    staff_password_reset: StaffLoginPayload | None = changed_by(
        staff_sessions.choose_password,
        "Choose a password with the text from a letter, and be signed in.",
        needs=ANYONE,
        token="The text from the letter.",
        password="The password, of at least ten characters.",
    )


@strawberry.type
class StaffMutation:
    """People and keys."""

    staff_user_create: StaffUserCreatePayload | None = changed_by(
        staff_users.create,
        "Take somebody onto the staff. Without a password they get a letter and choose one.",
        needs="write_staff",
        input=Argument(StaffUserCreateInput, "Who.", _newcomer),
    )
    staff_user_update: StaffUserUpdatePayload | None = changed_by(
        staff_users.update,
        "Change what somebody is called or may, or let them go.",
        needs="write_staff",
        id=id_argument(USER, "Who."),
        input=Argument(StaffUserUpdateInput, "What changes.", _person),
    )
    staff_user_invite: StaffUserInvitePayload | None = changed_by(
        staff_users.invite,
        "Write to somebody on the staff, so that they choose a password.",
        needs="write_staff",
        id=id_argument(USER, "Who."),
    )
    access_token_create: AccessTokenCreatePayload | None = changed_by(
        staff_tokens.create,
        "Make a key for a tool. It may nothing that you may not yourself.",
        needs="write_staff",
        name="What it is for.",
        scopes="What it may, like `read_orders`.",
        expires_at="When it ends; never without it.",
    )
    access_token_revoke: AccessTokenRevokePayload | None = changed_by(
        staff_tokens.revoke,
        "End a key at once, of a tool or of a session; streams it opened end too.",
        needs="write_staff",
        id=id_argument(TOKEN, "The key."),
    )
