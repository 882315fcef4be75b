"""The record of changes to products: what of each was otherwise before, and what it is now."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from commerce.audit import witness
from commerce.kept_products import KeptProduct
from models.staff import AuditRecord

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, and what that is called."""

    actor: str
    action: str


async def record_products(
    by: By, *, before: Mapping[int, KeptProduct], after: Mapping[int, KeptProduct], now: dt.datetime
) -> None:
    """One record for each product that is there afterwards, or else was before, of the parts that differ."""
    records = []
    for product_id in after or before:
        was, now_is = _facts(before.get(product_id)), _facts(after.get(product_id))
        if was is not None and now_is is not None:
            was, now_is = different(was, now_is), different(now_is, was)
        records.append(
            AuditRecord(
                actor=by.actor,
                action=by.action,
                subject_type="Product",
                subject_key=str(product_id),
                before=was,
                after=now_is,
                occurred_at=now,
            )
        )
    await AuditRecord.bulk_create(records, batch_size=500)
    witness(by.action)


def different(one: Facts, other: Facts) -> Facts:
    """What of `one` is not the same in `other`, part by part."""
    told: Facts = {}
    for name, value in one.items():
        others = other.get(name)
        if isinstance(value, dict) and isinstance(others, dict):
            if part := different(value, others):
                told[name] = part
        elif value != others or name not in other:
            told[name] = value
    return told


def _facts(kept: KeptProduct | None) -> Facts | None:
    if kept is None:
        return None
    told = dataclasses.asdict(kept.draft)
    for many in ("variants", "images"):
        told[many] = {str(each["id"]): each for each in told[many]}
    told["published_at"] = kept.row.published_at
    plain: Facts = orjson.loads(orjson.dumps(told, default=str))
    return plain
