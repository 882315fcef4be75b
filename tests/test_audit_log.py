"""Every change by staff leaves a record, which owners find by who, what and when; secrets are never in it."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from models.staff import AuditRecord
from resolvers.context import Viewer
from resolvers.staff_outcomes import Outcome, UserError
from resolvers.witnesses import Unrecorded, witnessed
from tests.shop import NOON, Counter, an_order
from tests.staffing import SCHEMA, done, gid, look

LOG = """query($q: String, $reverse: Boolean) { auditLog(first: 10, query: $q, reverse: $reverse) {
    nodes { actor action subjectType subjectId before after changedFields occurredAt } } }"""
database = pytest.mark.usefixtures("database")


@pytest.mark.once
def test_every_mutation_of_the_staff_is_watched_for_its_record() -> None:
    root: Any = SCHEMA._schema.mutation_type
    unwatched = [name for name, field in root.fields.items() if not getattr(_bound(field), "is_witnessed", False)]
    assert unwatched == []


def _bound(field: Any) -> Any:
    return field.extensions["strawberry-definition"].base_resolver.wrapped_func.__bound_to__


async def _forgets(context: Any, root: Any) -> Outcome:
    return Outcome("done, and nobody wrote it down")


async def _refuses(context: Any, root: Any) -> Outcome:
    return Outcome(None, [UserError("No.")])


@pytest.mark.once
async def test_a_mutation_that_forgets_its_record_fails_and_a_refusal_needs_none() -> None:
    with pytest.raises(Unrecorded, match="_forgets"):
        await witnessed(_forgets)(SimpleNamespace(), None)

    assert (await witnessed(_refuses)(SimpleNamespace(), None)).user_errors


@database
async def test_owners_find_what_was_done_with_the_thing_before_and_after() -> None:
    order = await an_order(note="ring twice")
    key = gid("Order", order.id)
    await done("orderUpdate", "order { id }", input={"id": key, "note": "ring once"})
    await done("orderMarkAsPaid", "order { id }", input={"id": key})

    (found,) = (await look(LOG, q=f"actor:clerk action:orderUpdate subject_id:{order.id}"))["auditLog"]["nodes"]

    assert found["changedFields"] == ["note"]
    assert (found["subjectType"], found["occurredAt"]) == ("Order", "2026-04-01T12:00:00Z")
    assert "ring twice" in found["before"]
    assert "ring once" in found["after"]
    assert order.token not in str(found)
    newest = (await look(LOG, reverse=True))["auditLog"]["nodes"]
    assert [record["action"] for record in newest] == ["orderMarkAsPaid", "orderUpdate"]


@database
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("actor:eva*", ["b"]),
        ("kim", ["a"]),
        ("-actor:kim", ["b"]),
        ("occurred_at:>=2026-04-02", ["b"]),
        ("occurred_at:2026-04-01", ["a"]),
        ("subject_type:order", ["a", "b"]),
    ],
)
async def test_records_are_found_by_who_what_and_when(query: str, found: list[str]) -> None:
    for actor, action, day in (("kim", "a", 0), ("eva@example.com", "b", 1)):
        at = NOON + dt.timedelta(days=day)
        await AuditRecord.create(actor=actor, action=action, subject_type="Order", subject_key="1", occurred_at=at)

    told = await look(LOG, q=query)

    assert [record["action"] for record in told["auditLog"]["nodes"]] == found


@database
async def test_who_has_every_other_right_does_not_read_the_records() -> None:
    clerk = Counter(SCHEMA, Viewer(staff="clerk", scopes=frozenset({"write_staff", "read_staff", "read_orders"})))
    assert (await clerk.ask(LOG)).codes == ["FORBIDDEN"]
