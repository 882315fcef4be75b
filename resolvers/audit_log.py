"""What staff did, for owners: who, what, when, and the thing before and after."""

from enum import StrEnum
from typing import Any

from tortoise.expressions import Q

from loaders.rows import staff as rows
from models.staff import AuditRecord
from resolvers.context import Context
from resolvers.filtering import Term, conditions, moment_in, number_in, text_in
from resolvers.paging import Page, Sort, Window, page_of


class AuditSort(StrEnum):
    """What records can be sorted by."""

    ID = "ID"
    OCCURRED_AT = "OCCURRED_AT"


FIELDS = {
    "action": text_in("action"),
    "actor": text_in("actor"),
    "id": number_in("id"),
    "occurred_at": moment_in("occurred_at"),
    "subject_id": text_in("subject_key"),
    "subject_type": text_in("subject_type"),
}


async def audit_log(
    context: Context,
    root: object,
    *,
    window: Window,
    query: str | None = None,
    sort_key: AuditSort = AuditSort.ID,
) -> Page[rows.AuditRecord]:
    """The records that a search finds. They are written in the order of time, so one order serves both keys."""
    found = AuditRecord.filter(conditions(query, FIELDS, words=_any_text))
    return await page_of(found, rows.AuditRecord, Sort(sort_key), window)


def changed_fields(context: Context, record: rows.AuditRecord) -> list[str]:
    """What is different after it."""
    before: dict[str, Any] = record.before or {}
    after: dict[str, Any] = record.after or {}
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _any_text(term: Term) -> Q:
    """A word without a field is who or what."""
    return Q(actor__istartswith=term.value) | Q(action__iexact=term.value)
