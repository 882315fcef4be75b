"""The people who run the shop: making them, what they may do, and their passwords."""

import asyncio
import datetime as dt
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from commerce.access import Signer
from commerce.cart_details import EMAIL
from commerce.customers import HASHER, is_right
from commerce.refusals import Refusal
from commerce.staff import SHELL, Giver, NewToken, NotYours, give_token
from database.transactions import unit_of_work
from models.staff import AccessToken, StaffRole, StaffUser
from outbox.record import record

SESSION = dt.timedelta(days=7)
SHORTEST, LONGEST = 10, 255
NOBODY = HASHER.hash("a password that nobody on the staff has")
NO_PASSWORD = ""
LETTER_ASKED = "staff.letter_asked"


class BadStaffUser(Refusal):
    """Something told of a person on the staff cannot be kept."""

    code: ClassVar[str] = "INVALID"


class NoSuchUser(Refusal):
    """There is no such person on the staff."""

    code: ClassVar[str] = "NOT_FOUND"


class NotKnown(Refusal):
    """Email and password do not go together, or the link is none."""

    code: ClassVar[str] = "UNIDENTIFIED_STAFF"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the staff as told; None is left as it is."""

    email: str | None = None
    name: str | None = None
    owner: bool | None = None
    scopes: Sequence[str] | None = None
    active: bool | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What is kept of it."""
        role = None if self.owner is None else StaffRole.OWNER if self.owner else StaffRole.STAFF
        scopes = None if self.scopes is None else sorted(set(self.scopes))
        told = {"email": self.email, "name": self.name, "role": role, "scopes": scopes, "active": self.active}
        return {name: value for name, value in told.items() if value is not None}


def tidied(person: Person) -> Person:
    """The same with its texts as they are kept; refuses what cannot be."""
    email = None if person.email is None else person.email.strip().lower()
    name = None if person.name is None else " ".join(person.name.split())
    if email is not None and (not EMAIL.fullmatch(email) or len(email) > LONGEST):
        raise BadStaffUser("This is no email address.", field=("input", "email"))
    if name is not None and not 0 < len(name) <= LONGEST:
        raise BadStaffUser("A name has between 1 and 255 characters.", field=("input", "name"))
    return Person(email, name, person.owner, person.scopes, person.active)


@unit_of_work
async def create_user(person: Person, *, password_hash: str | None, giver: Giver, now: dt.datetime) -> int:
    """Take somebody onto the staff; answers their id. Without a password they get a letter to choose one."""
    person = tidied(person)
    if person.email is None or person.name is None:
        raise BadStaffUser("A person on the staff has an email and a name.", field=("input",))
    _check_rights(person, giver)
    if await StaffUser.filter(email=person.email).exists():
        raise BadStaffUser("This email is on the staff already.", field=("input", "email"), code="TAKEN")
    columns = {"scopes": [], **person.columns, "password_hash": password_hash or NO_PASSWORD}
    user = await StaffUser.create(created_at=now, updated_at=now, **columns)
    if password_hash is None:
        await _ask_for_letter(user.id, now=now)
    return user.id


@unit_of_work
async def update_user(user_id: int, person: Person, *, giver: Giver, now: dt.datetime) -> int:
    """Change what is told of somebody. A shop is never left without an owner who can sign in."""
    person = tidied(person)
    user = await _locked(user_id, giver)
    _check_rights(person, giver)
    if person.email and await StaffUser.filter(email=person.email).exclude(id=user_id).exists():
        raise BadStaffUser("This email is on the staff already.", field=("input", "email"), code="TAKEN")
    leaves = person.owner is False or person.active is False
    if user.role is StaffRole.OWNER and user.active and leaves and not await _another_owner(user_id):
        raise BadStaffUser("The shop would have no owner left.", field=("input",), code="LAST_OWNER")
    await StaffUser.filter(id=user_id).update(**person.columns, updated_at=now)
    if person.active is False:
        await end_sessions(user_id, now=now)
    return user_id


@unit_of_work
async def send_link(user_id: int, *, now: dt.datetime, giver: Giver = SHELL) -> int:
    """Have a letter sent to somebody with which they choose a password."""
    await _locked(user_id, giver)
    await _ask_for_letter(user_id, now=now)
    return user_id


async def known_by(email: str) -> StaffUser | None:
    """Who signs in with this email, unless they have left."""
    return await StaffUser.filter(email=email.strip().lower()[:LONGEST], active=True).first()


async def password_is_right(email: str, password: str) -> StaffUser:
    """Who signs in with this password; refuses everybody else, and takes as long for an email nobody has."""
    address = email.strip().lower()
    user = await StaffUser.filter(email=address).first() if len(address) <= LONGEST else None
    kept = user.password_hash if user and user.password_hash else NOBODY
    right = await asyncio.to_thread(is_right, kept, password)
    if user is None or not right or not user.active:
        raise NotKnown("Email and password do not go together.", field=("password",))
    return user


async def hashed(password: str, *, field: Sequence[str] = ("password",)) -> str:
    """What is kept of a password; refuses one that is too short, too long, or looks like a slip."""
    if password != password.strip():
        raise BadStaffUser("A password neither starts nor ends with a space.", field=field)
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadStaffUser(f"A password has between {SHORTEST} and {LONGEST} characters.", field=field)
    return await asyncio.to_thread(HASHER.hash, password)


@unit_of_work
async def open_session(user_id: int, name: str, *, now: dt.datetime) -> NewToken:
    """A token for somebody who has just proved who they are."""
    return await give_token(name.strip()[:LONGEST] or "session", user_id=user_id, expires_at=now + SESSION, now=now)


@unit_of_work
async def change_password(
    user_id: int, password_hash: str, *, replaces: str, now: dt.datetime, keep: int | None = None
) -> int:
    """Keep another password in place of the one given as `replaces`; every session but one to `keep` ends."""
    if not await StaffUser.filter(id=user_id, password_hash=replaces, active=True).update(
        password_hash=password_hash, updated_at=now
    ):
        raise NotKnown("The password was changed meanwhile.", field=("token",))
    await end_sessions(user_id, now=now, keep=keep)
    return user_id


async def end_sessions(user_id: int, *, now: dt.datetime, keep: int | None = None) -> None:
    """End every session of somebody, but one to keep."""
    await AccessToken.filter(user_id=user_id, revoked_at__isnull=True).exclude(id=keep or 0).update(revoked_at=now)


async def user_of_link(link: str, signer: Signer, *, now: dt.datetime) -> StaffUser:
    """Whose letter the link is from; it is used up once a password was chosen."""
    told = signer.staff_of_link(link, now=now)
    user = None if told is None else await StaffUser.get_or_none(id=told[0])
    if told is None or user is None or not user.active or not hmac.compare_digest(mark_of(user), told[1]):
        raise NotKnown("The link is used up, too old, or not from a letter of this shop.", field=("token",))
    return user


def mark_of(user: StaffUser) -> str:
    """What stands for a password in a link."""
    return sha256(user.password_hash.encode()).hexdigest()[:16]


def _check_rights(person: Person, giver: Giver) -> None:
    giver.check(person.scopes or (), field=("input", "scopes"))
    if person.owner and not giver.owner:
        raise NotYours("Only an owner makes somebody an owner.", field=("input", "owner"))


async def _locked(user_id: int, giver: Giver) -> StaffUser:
    user = await StaffUser.select_for_update().get_or_none(id=user_id)
    if user is None:
        raise NoSuchUser("There is no such person on the staff.", field=("id",))
    beyond = set(user.scopes) - giver.scopes
    if not giver.owner and (user.role is StaffRole.OWNER or beyond):
        raise NotYours("This person may do more than you: ask an owner.", field=("id",))
    return user


async def _another_owner(user_id: int) -> bool:
    """Locks every owner in the order of their ids, so that two who leave at once do not both find the other."""
    owners = StaffUser.filter(role=StaffRole.OWNER, active=True).order_by("id").select_for_update()
    return any(owner.id != user_id for owner in await owners)


async def _ask_for_letter(user_id: int, *, now: dt.datetime) -> None:
    await record(LETTER_ASKED, aggregate="staff", key=user_id, now=now, payload={"user_id": user_id})
