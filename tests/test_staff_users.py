"""The people at the counter: they sign in with passwords, stay a while, and may what an owner lets them."""

import datetime as dt
import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from commerce.letters import Office
from commerce.staff import SHELL, bearer_of
from commerce.staff_users import Person, create_user, hashed
from mail.carriers import Folder
from models.staff import AccessToken, AuditRecord, StaffUser
from outbox.relay import place_facts
from resolvers.context import Viewer
from tests.shop import NOON, SIGNER, Counter, a_shop
from tests.staffing import SCHEMA, act, done, gid, refusal

pytestmark = pytest.mark.usefixtures("database")

PASSWORD = "correct horse"
SIGNED_IN = "secret expiresAt"
ME = "{ currentStaffUser { email owner scopes } currentAccessToken { hint } }"
WEEK = dt.timedelta(days=7)
_hash: list[str] = []


async def eva(**differences: Any) -> StaffUser:
    """Somebody on the staff: an owner, unless told otherwise."""
    if not _hash:
        _hash.append(await hashed(PASSWORD))
    person = Person(**{"email": "eva@example.com", "name": "Eva", "owner": True, **differences})
    return await StaffUser.get(id=await create_user(person, password_hash=_hash[0], giver=SHELL, now=NOON))


def at_the_door(place: str = "10.0.0.1", now: dt.datetime = NOON) -> Counter:
    return Counter(SCHEMA, Viewer(address=place), clock=lambda: now)


async def holding(secret: str, *, now: dt.datetime = NOON) -> Counter:
    """The counter as who shows this secret sees it."""
    bearer = await bearer_of(secret, now=now)
    assert bearer is not None
    viewer = Viewer(
        staff=bearer.name, staff_id=bearer.user_id, owner=bearer.owner, token_id=bearer.token_id, scopes=bearer.scopes
    )
    return Counter(SCHEMA, viewer, clock=lambda: now)


async def signed_in(email: str = "eva@example.com") -> Counter:
    answer = await done("staffLogin", SIGNED_IN, by=at_the_door(), email=email, password=PASSWORD)
    return await holding(answer["secret"])


async def test_who_knows_the_password_gets_a_session_that_opens_what_they_may() -> None:
    await eva(owner=False, scopes=["write_orders"])
    answer = await done("staffLogin", SIGNED_IN, by=at_the_door(), email=" EVA@example.com", password=PASSWORD)

    assert answer["expiresAt"] == "2026-04-08T12:00:00Z"
    me = (await (await holding(answer["secret"])).ask(ME)).data
    assert me["currentStaffUser"] == {"email": "eva@example.com", "owner": False, "scopes": ["write_orders"]}
    assert answer["secret"].startswith(me["currentAccessToken"]["hint"])
    bearer = await bearer_of(answer["secret"], now=NOON)
    assert bearer is not None
    assert (bearer.name, bearer.scopes) == ("eva@example.com", frozenset({"read_orders", "write_orders"}))
    assert await bearer_of(answer["secret"], now=NOON + WEEK) is None


async def test_wrong_passwords_strangers_and_who_has_left_are_refused_in_the_same_words() -> None:
    await eva()
    await eva(email="gone@example.com", active=False)
    told = [
        await act("staffLogin", SIGNED_IN, by=at_the_door(), email=email, password=password)
        for email, password in [
            ("eva@example.com", "wrong password"),
            ("nobody@example.com", PASSWORD),
            ("gone@example.com", PASSWORD),
            ("x" * 10_000, PASSWORD),
        ]
    ]
    assert {answer["userErrors"][0]["code"] for answer in told} == {"UNIDENTIFIED_STAFF"}
    assert len({answer["userErrors"][0]["message"] for answer in told}) == 1
    assert not any(answer["secret"] for answer in told)
    assert await AccessToken.all().count() == 0
    assert await AuditRecord.all().count() == 0


async def test_guessing_by_many_aliases_in_one_document_is_throttled_field_by_field() -> None:
    await eva()
    tries = "\n".join(
        f't{n}: staffLogin(email: "eva@example.com", password: "guess {n}") {{ secret userErrors {{ code }} }}'
        for n in range(9)
    )
    right = f'right: staffLogin(email: "eva@example.com", password: "{PASSWORD}") {{ secret userErrors {{ code }} }}'

    asked = await at_the_door().ask(f"mutation {{ {tries} {right} }}")

    codes = [answer["userErrors"][0]["code"] for answer in asked.data.values()]
    assert codes == ["UNIDENTIFIED_STAFF"] * 5 + ["THROTTLED"] * 5
    assert asked.data["right"]["secret"] is None
    later = at_the_door(now=NOON + dt.timedelta(minutes=16))
    assert (await done("staffLogin", SIGNED_IN, by=later, email="eva@example.com", password=PASSWORD))["secret"]


async def test_who_signs_in_often_is_not_throttled() -> None:
    await eva()
    for _ in range(6):
        await signed_in()


async def test_a_session_ends_by_signing_out_and_from_another_device() -> None:
    await eva()
    here, there = await signed_in(), await signed_in()
    asked = await here.ask("{ currentStaffUser { sessions { id lastUsedAt } } currentAccessToken { id } }")
    sessions = [session["id"] for session in asked.data["currentStaffUser"]["sessions"]]
    assert len(sessions) == 2
    assert asked.data["currentAccessToken"]["id"] == gid("AccessToken", here.viewer.token_id)
    assert asked.data["currentStaffUser"]["sessions"][0]["lastUsedAt"] == "2026-04-01T12:00:00Z"

    await done("staffSessionRevoke", "deletedId", by=here, id=gid("AccessToken", there.viewer.token_id))
    await done("staffLogout", "deletedId", by=here)

    assert await AccessToken.filter(revoked_at__isnull=True).count() == 0


async def test_nobody_ends_the_session_of_somebody_else_as_their_own() -> None:
    await eva()
    await eva(email="kim@example.com", owner=False, scopes=[])
    hers, his = await signed_in(), await signed_in("kim@example.com")

    told = await refusal("staffSessionRevoke", by=his, id=gid("AccessToken", hers.viewer.token_id))

    assert told == ("NOT_FOUND", "id")
    assert await AccessToken.filter(revoked_at__isnull=True).count() == 2


async def test_another_password_needs_the_one_until_now_and_ends_the_other_sessions() -> None:
    await eva()
    here, there = await signed_in(), await signed_in()
    change = "staffPasswordChange"
    wrong = await refusal(change, by=here, currentPassword="no idea at all", newPassword="battery staple")
    short = await refusal(change, by=here, currentPassword=PASSWORD, newPassword="short")
    assert (wrong[0], short) == ("UNIDENTIFIED_STAFF", ("INVALID", "newPassword"))

    await done(change, "staffUser { email }", by=here, currentPassword=PASSWORD, newPassword="battery staple")

    assert (await AccessToken.get(id=here.viewer.token_id)).revoked_at is None
    assert (await AccessToken.get(id=there.viewer.token_id)).revoked_at == NOON
    old = await act("staffLogin", SIGNED_IN, by=at_the_door(), email="eva@example.com", password=PASSWORD)
    assert old["secret"] is None
    assert "hash" not in str(await AuditRecord.all().values("before", "after"))


async def letter(folder: Path) -> str:
    await a_shop()
    await place_facts()
    office = Office(Folder(folder), SIGNER, shop="https://shop.example", storefront="https://front.example")
    await office.send_letters(NOON)
    return emptied(folder)


def emptied(folder: Path) -> str:
    (found,) = folder.glob("*.eml")
    text: Any = message_from_bytes(found.read_bytes(), policy=policy.default)
    found.unlink()
    return str(text.get_content())


def token_in(text: str) -> str:
    found = re.search(r"https://shop\.example/admin#password=(\S+)", text)
    assert found is not None
    return found[1]


async def test_an_invited_person_chooses_a_password_with_the_letter_once(tmp_path: Path) -> None:
    owner = Counter(SCHEMA, Viewer(staff="eva", owner=True, scopes=frozenset({"write_staff"})))
    person = {"email": "kim@example.com", "name": "Kim", "scopes": ["write_orders"]}
    made = await done("staffUserCreate", "staffUser { id }", by=owner, input=person)
    token = token_in(await letter(tmp_path))

    chosen = await done("staffPasswordReset", SIGNED_IN, by=at_the_door(), token=token, password=PASSWORD)

    kim = (await holding(chosen["secret"])).viewer
    assert (kim.staff, kim.scopes) == ("kim@example.com", frozenset({"write_orders", "read_orders"}))
    assert await refusal("staffPasswordReset", by=at_the_door(), token=token, password="battery staple") == (
        "UNIDENTIFIED_STAFF",
        "token",
    )
    await done("staffUserInvite", "staffUser { id }", by=owner, id=made["staffUser"]["id"])
    assert token_in(await letter(tmp_path)) != token


async def test_forgotten_passwords_are_replaced_and_nobody_learns_who_is_on_the_staff(tmp_path: Path) -> None:
    await eva()
    session = await signed_in()
    answers = [
        await act("staffPasswordRecover", "__typename", by=at_the_door(), email=email)
        for email in ("nobody@example.com", "eva@example.com")
    ]
    assert answers[0] == answers[1] == {"__typename": "StaffPasswordRecoverPayload", "userErrors": []}

    token = token_in(await letter(tmp_path))
    await done("staffPasswordReset", SIGNED_IN, by=at_the_door(), token=token, password="battery staple")

    assert (await AccessToken.get(id=session.viewer.token_id)).revoked_at is not None


@pytest.mark.parametrize("token", ["", "x", "\u00e9", "a.b.c", "x" * 9_000])
async def test_a_made_up_link_chooses_nothing(token: str) -> None:
    await eva()
    assert (await refusal("staffPasswordReset", by=at_the_door(), token=token, password=PASSWORD))[1] == "token"


async def test_nobody_gives_rights_they_do_not_have() -> None:
    owner = await eva()
    clerk = Counter(SCHEMA, Viewer(staff="kim", scopes=frozenset({"write_staff", "read_staff", "read_orders"})))
    person = {"email": "lou@example.com", "name": "Lou", "password": PASSWORD}
    for more in ({"scopes": ["write_orders"]}, {"owner": True}):
        assert (await refusal("staffUserCreate", by=clerk, input={**person, **more}))[0] == "FORBIDDEN"
    update = {"id": gid("StaffUser", owner.id), "input": {"name": "Me"}}
    assert await refusal("staffUserUpdate", by=clerk, **update) == ("FORBIDDEN", "id")
    assert await refusal("staffUserInvite", by=clerk, id=update["id"]) == ("FORBIDDEN", "id")
    assert (await refusal("accessTokenCreate", by=clerk, name="bot", scopes=["write_shop"]))[0] == "FORBIDDEN"

    assert await StaffUser.all().count() == 1
    await done("staffUserCreate", "staffUser { id }", by=clerk, input={**person, "scopes": ["read_orders"]})
    await done("accessTokenCreate", "secret", by=clerk, name="bot", scopes=["read_orders"])


async def test_the_last_owner_stays_and_who_is_let_go_is_out_at_once() -> None:
    first, second = await eva(), await eva(email="kim@example.com")
    session = await signed_in("kim@example.com")
    owner = Counter(SCHEMA, Viewer(staff="eva", owner=True, scopes=frozenset({"write_staff"})))
    update = "staffUserUpdate"
    await done(update, "staffUser { active }", by=owner, id=gid("StaffUser", second.id), input={"active": False})

    assert (await AccessToken.get(id=session.viewer.token_id)).revoked_at == NOON
    for change in ({"active": False}, {"owner": False}):
        told = await refusal(update, by=owner, id=gid("StaffUser", first.id), input=change)
        assert told == ("LAST_OWNER", "input")


@pytest.mark.parametrize(
    ("person", "at"),
    [
        ({"email": "no email", "name": "Lou"}, "input.email"),
        ({"email": "EVA@example.com", "name": "Lou"}, "input.email"),
        ({"email": "lou@example.com", "name": "  "}, "input.name"),
        ({"email": "lou@example.com", "name": "Lou", "scopes": ["read_everything"]}, "input.scopes"),
        ({"email": "lou@example.com", "name": "Lou", "password": "short"}, "input.password"),
    ],
)
async def test_what_cannot_be_kept_of_a_person_is_refused_where_it_was_told(person: Any, at: str) -> None:
    await eva()
    owner = Counter(SCHEMA, Viewer(staff="eva", owner=True, scopes=frozenset({"write_staff"})))

    assert (await refusal("staffUserCreate", by=owner, input=person))[1] == at
    assert await StaffUser.all().count() == 1


async def test_a_tools_key_is_told_once_and_found_by_what_it_is() -> None:
    owner = Counter(SCHEMA, Viewer(staff="eva", owner=True, scopes=frozenset({"write_staff", "read_staff"})))
    made = await done(
        "accessTokenCreate",
        "secret accessToken { id hint scopes expiresAt lastUsedAt }",
        by=owner,
        name="importer",
        scopes=["write_products"],
        expiresAt="2026-05-01T00:00:00Z",
    )
    await bearer_of(made["secret"], now=NOON)
    listing = "{ accessTokens(first: 5, query: $q) { nodes { name scopes lastUsedAt revokedAt } } }"
    active = await owner.ask(f"query($q: String) {listing}", q="status:active import*")

    assert active.data["accessTokens"]["nodes"] == [
        {
            "name": "importer",
            "scopes": ["write_products"],
            "lastUsedAt": "2026-04-01T12:00:00Z",
            "revokedAt": None,
        }
    ]
    await done("accessTokenRevoke", "accessToken { revokedAt }", by=owner, id=made["accessToken"]["id"])
    assert (await refusal("accessTokenRevoke", by=owner, id=made["accessToken"]["id"]))[0] == "NOT_FOUND"
    over = await owner.ask(f"query($q: String) {listing}", q="status:revoked")
    assert len(over.data["accessTokens"]["nodes"]) == 1
    assert made["secret"] not in str(await AuditRecord.all().values())


async def test_a_key_is_not_called_like_a_person_nor_over_before_it_begins() -> None:
    owner = Counter(SCHEMA, Viewer(staff="eva", owner=True, scopes=frozenset({"write_staff"})))
    for at, told in (("name", {"name": "eva@example.com"}), ("expiresAt", {"expiresAt": "2026-04-01T12:00:00Z"})):
        given = {"name": "bot", "scopes": ["read_orders"], **told}
        assert (await refusal("accessTokenCreate", by=owner, **given))[1] == at
