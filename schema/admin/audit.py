"""The record of what staff did, as owners see it."""

import datetime as dt

import strawberry

from loaders.rows import staff as rows
from resolvers import audit_log
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_of
from schema.scalars import JSON

told(
    audit_log.AuditSort,
    "AuditRecordSortKeys",
    "What records can be sorted by.",
    {"ID": "Its number in the database.", "OCCURRED_AT": "When it happened."},
)


@strawberry.type(description="One change made by staff: who, what, when, and the thing before and after.")
@describes(rows.AuditRecord, needs="read_audit")
class AuditRecord(Node):
    """One change made by staff."""

    id: strawberry.ID = id_of("AuditRecord")
    actor: str = described("Who: a person's email, or what a tool's key is called.")
    action: str = described("What was done: the mutation.")
    subject_type: str = described("What kind of thing it was done to.")
    subject_id: str = resolved_by(lambda context, row: row.subject_key, "Which one, by its key.")
    before: JSON | None = described("The thing before; null if it was made. Secrets are left out.")
    after: JSON | None = described("The thing after; null if it is gone. Secrets are left out.")
    changed_fields: list[str] = resolved_by(audit_log.changed_fields, "What is different.")
    occurred_at: dt.datetime = described("When.")


AuditRecordConnection = connection(AuditRecord, "a change made by staff")


@strawberry.type
class AuditQuery:
    """Questions about what was done."""

    audit_log: AuditRecordConnection = resolved_by(
        audit_log.audit_log,
        "What staff did, found by a search and sorted.",
        needs="read_audit",
        query="What to search for, like `actor:eva* action:refundCreate occurred_at:>=2026-04-01`.",
        sort_key="What to sort by.",
    )
