"""Who runs the shop, as they and their tools see themselves."""

import datetime as dt
from typing import Annotated

import strawberry

from loaders.rows import staff as rows
from resolvers import staff_tokens
from resolvers import staff_users as people
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.requirements import STAFF

told(
    people.StaffUserSort,
    "StaffUserSortKeys",
    "What people on the staff can be sorted by.",
    {
        "CREATED_AT": "When they came.",
        "EMAIL": "Their email.",
        "ID": "Their number in the database.",
        "NAME": "What they are called.",
    },
)
told(
    staff_tokens.TokenSort,
    "AccessTokenSortKeys",
    "What keys can be sorted by.",
    {"CREATED_AT": "When it was made.", "ID": "Its number in the database.", "NAME": "What it is called."},
)


@strawberry.type(description="A key to the staff API: of a tool, or of a person's session. What opens is never shown.")
@describes(rows.AccessToken, needs=STAFF)
class AccessToken(Node):
    """A key to the staff API."""

    id: strawberry.ID = id_of("AccessToken")
    name: str = described("What it is for.")
    hint: str = described("How it begins, to tell it from others.")
    scopes: list[str] = described("What a tool may; empty for a session, which may what its person may.")
    created_at: dt.datetime = described("When it was made.")
    expires_at: dt.datetime | None = described("When it ends; null for never.")
    last_used_at: dt.datetime | None = described("When it last opened something, to the minute.")
    revoked_at: dt.datetime | None = described("When it was ended by hand.")
    staff_user: Annotated["StaffUser", strawberry.lazy("schema.admin.staff")] | None = resolved_by(
        staff_tokens.user_of_token, "Whose session it is; null for a tool.", needs="read_staff"
    )


AccessTokenConnection = connection(AccessToken, "a key to the staff API")


@strawberry.type(description="A person on the staff.")
@describes(rows.StaffUser, needs=STAFF)
class StaffUser(Node):
    """A person on the staff."""

    id: strawberry.ID = id_of("StaffUser")
    email: str = described("The email they sign in with.")
    name: str = described("What they are called.")
    owner: bool = resolved_by(people.is_owner, "Whether they may do everything.")
    scopes: list[str] = described("What they may, unless they are an owner.")
    active: bool = described("Whether they can sign in.")
    created_at: dt.datetime = described("When they came onto the staff.")
    updated_at: dt.datetime = described("When this last changed.")
    sessions: list[AccessToken] = resolved_by(people.sessions, "Where they are signed in, the newest first.")


StaffUserConnection = connection(StaffUser, "a person on the staff")


@strawberry.type
class StaffQuery:
    """Questions about the staff."""

    current_staff_user: StaffUser | None = resolved_by(people.current_user, "Who asks; null for a tool.", needs=STAFF)
    current_access_token: AccessToken | None = resolved_by(
        people.current_token, "The key that was shown with the question.", needs=STAFF
    )
    staff_users: StaffUserConnection = resolved_by(
        people.staff_users,
        "The people on the staff, found by a search and sorted.",
        needs="read_staff",
        query="What to search for, like `role:owner active:true eva*`.",
        sort_key="What to sort by.",
    )
    staff_user: StaffUser | None = resolved_by(
        people.staff_user,
        "One person on the staff.",
        needs="read_staff",
        id=id_argument(number_key("StaffUser"), "The person's id."),
    )
    access_tokens: AccessTokenConnection = resolved_by(
        staff_tokens.access_tokens,
        "The keys of tools and sessions, found by a search and sorted.",
        needs="read_staff",
        query="What to search for, like `status:active name:importer`.",
        sort_key="What to sort by.",
    )
