"""The rows of who runs the shop, and of what they did."""

import datetime as dt
from typing import Any, NamedTuple


class StaffUser(NamedTuple):
    """A person on the staff. The password is not among what is read."""

    id: int
    email: str
    name: str
    role: str
    scopes: list[str]
    active: bool
    created_at: dt.datetime
    updated_at: dt.datetime


class AccessToken(NamedTuple):
    """A key to the staff API, without what opens."""

    id: int
    name: str
    hint: str
    scopes: list[str]
    user_id: int | None
    created_at: dt.datetime
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None


class AuditRecord(NamedTuple):
    """One change made by staff."""

    id: int
    actor: str
    action: str
    subject_type: str
    subject_key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    occurred_at: dt.datetime
