"""Who may ask the staff schema: every field names its scope, and a token opens what its scopes say while in force."""

import datetime as dt

import pytest

from commerce.refusals import Refusal
from commerce.staff import bearer_of, create_token, revoke_token, scopes_in_force
from models.scopes import EVERYTHING
from models.staff import AccessToken, StaffRole, StaffUser
from resolvers.context import Viewer
from schema.admin.schema import admin
from tests.shop import NOON, Counter, an_order

SCHEMA = admin()
LATER = NOON + dt.timedelta(days=1)


@pytest.mark.usefixtures("database")
async def test_a_guest_and_a_customer_are_not_let_in() -> None:
    for viewer in (Viewer(), Viewer(customer_id=1)):
        asked = await Counter(SCHEMA, viewer).ask("{ orders(first: 1) { nodes { id } } }")
        assert asked.codes == ["UNAUTHENTICATED"]
        assert asked.data is None


@pytest.mark.usefixtures("database")
async def test_staff_without_the_scope_is_told_which_one_is_missing() -> None:
    order = await an_order()
    clerk = Viewer(staff="clerk", scopes=EVERYTHING - {"read_orders"})
    asked = await Counter(SCHEMA, clerk).ask(f'{{ order(id: "gid://shopwright/Order/{order.id}") {{ id }} }}')
    assert asked.codes == ["FORBIDDEN"]
    assert asked.data == {"order": None}


@pytest.mark.usefixtures("database")
async def test_a_token_opens_what_its_scopes_say_and_writing_includes_reading() -> None:
    token = await create_token("bot", scopes=["write_orders"], now=NOON)

    bearer = await bearer_of(token.secret, now=NOON)

    assert bearer is not None
    assert bearer.name == "bot"
    assert bearer.scopes == {"write_orders", "read_orders"}


@pytest.mark.usefixtures("database")
async def test_only_the_hash_of_a_token_is_kept() -> None:
    token = await create_token("bot", scopes=["read_orders"], now=NOON)

    kept = await AccessToken.all().values()

    assert token.secret not in str(kept)
    assert len(token.secret) > 40


@pytest.mark.usefixtures("database")
async def test_a_token_ends_by_time_and_by_hand() -> None:
    brief = await create_token("brief", scopes=["read_orders"], now=NOON, expires_at=LATER)
    lasting = await create_token("lasting", scopes=["read_orders"], now=NOON)
    assert await bearer_of(brief.secret, now=LATER - dt.timedelta(seconds=1))
    assert await bearer_of(brief.secret, now=LATER) is None
    assert await bearer_of(lasting.secret, now=LATER)

    await revoke_token(lasting.id, now=LATER)

    assert await bearer_of(lasting.secret, now=LATER) is None
    assert await scopes_in_force(lasting.id, now=LATER) is None
    with pytest.raises(Refusal):
        await revoke_token(lasting.id, now=LATER)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("secret", ["", "swt_", "swt_" + "A" * 43, "\ud800", "x" * 10_000])
async def test_a_made_up_token_opens_nothing(secret: str) -> None:
    await create_token("bot", scopes=["read_orders"], now=NOON)

    assert await bearer_of(secret, now=NOON) is None


@pytest.mark.usefixtures("database")
async def test_a_token_is_not_made_for_a_scope_that_does_not_exist() -> None:
    with pytest.raises(Refusal, match="read_everything is no scope"):
        await create_token("bot", scopes=["read_orders", "read_everything"], now=NOON)

    assert await AccessToken.all().count() == 0


@pytest.mark.usefixtures("database")
async def test_the_last_use_of_a_token_is_noted_to_the_minute() -> None:
    token = await create_token("bot", scopes=["read_orders"], now=NOON)
    for seconds in (0, 30, 90):
        await bearer_of(token.secret, now=NOON + dt.timedelta(seconds=seconds))

    kept = await AccessToken.get(id=token.id)
    assert kept.last_used_at == NOON + dt.timedelta(seconds=90)


@pytest.mark.usefixtures("database")
async def test_a_persons_token_follows_the_persons_rights_and_ends_when_they_leave() -> None:
    owner = await StaffUser.create(
        email="eva@example.com",
        name="Eva",
        role=StaffRole.OWNER,
        scopes=[],
        password_hash="-",
        created_at=NOON,
        updated_at=NOON,
    )
    token = await create_token("session", scopes=[], now=NOON)
    await AccessToken.filter(id=token.id).update(user_id=owner.id)
    bearer = await bearer_of(token.secret, now=NOON)
    assert bearer is not None
    assert bearer.scopes == EVERYTHING

    await StaffUser.filter(id=owner.id).update(active=False)

    assert await bearer_of(token.secret, now=NOON) is None
