"""Discounts as staff make, change and end them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from commerce.discount_terms import terms
from commerce.fitting import Taken, Unfit, kept
from commerce.offers import code_key
from database.transactions import unit_of_work
from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod, DiscountUse
from outbox.record import record

MOST_CODES = 250
LONGEST_CODE = 255


class DiscountInUse(Unfit):
    """A discount that orders speak of."""


@unit_of_work
async def create_discount(
    told: Mapping[str, Any], *, kind: DiscountKind, method: DiscountMethod, currency: str, at: str, now: dt.datetime
) -> int:
    """Make a discount; one by code begins with its code. Answers its id."""
    columns = await terms(told, kind=kind, kept=None, currency=currency, at=(at,))
    columns.setdefault("kind", kind)
    discount = await Discount.create(**columns, method=method, created_at=now, updated_at=now)
    if method is DiscountMethod.CODE:
        await _add_code(discount.id, told.get("code"), at=(at, "code"))
    await _tell("discount.created", discount.id, now=now)
    return discount.id


@unit_of_work
async def update_discount(
    discount_id: int,
    told: Mapping[str, Any],
    *,
    kind: DiscountKind,
    method: DiscountMethod,
    currency: str,
    at: str,
    now: dt.datetime,
) -> None:
    """Change what is told of a discount. Another code takes the place of all it had, where it had one."""
    discount = await _found(discount_id, method, kind)
    columns = await terms(told, kind=kind, kept=discount, currency=currency, at=(at,))
    await Discount.filter(id=discount_id).update(**columns, updated_at=now)
    if method is DiscountMethod.CODE and "code" in told:
        await _replace_code(discount_id, told["code"], at=(at, "code"))
    await _tell("discount.updated", discount_id, now=now)


@unit_of_work
async def delete_discount(discount_id: int, *, method: DiscountMethod, now: dt.datetime) -> None:
    """Forget a discount that nobody has used; a used one is deactivated instead."""
    discount = await _found(discount_id, method)
    if await DiscountUse.filter(discount_id=discount_id).exists():
        raise DiscountInUse("It was used: deactivate it instead.", field=("id",), code="IN_USE")
    await discount.delete()
    await _tell("discount.deleted", discount_id, now=now)


@unit_of_work
async def activate_discount(discount_id: int, *, method: DiscountMethod, now: dt.datetime) -> None:
    """Let it be used from now on, whenever it was to begin or to end."""
    discount = await _found(discount_id, method)
    begun = discount.starts_at is None or discount.starts_at <= now
    ended = discount.ends_at is not None and discount.ends_at <= now
    await Discount.filter(id=discount_id).update(
        active=True,
        starts_at=discount.starts_at if begun else now,
        ends_at=None if ended else discount.ends_at,
        updated_at=now,
    )
    await _tell("discount.activated", discount_id, now=now)


@unit_of_work
async def deactivate_discount(discount_id: int, *, method: DiscountMethod, now: dt.datetime) -> None:
    """Let it be used no more; checkouts under way keep it."""
    await _found(discount_id, method)
    await Discount.filter(id=discount_id).update(active=False, updated_at=now)
    await _tell("discount.deactivated", discount_id, now=now)


@unit_of_work
async def add_codes(discount_id: int, codes: Sequence[str], *, now: dt.datetime) -> None:
    """More codes for a discount, all of them or none."""
    await _found(discount_id, DiscountMethod.CODE, at="discountId")
    if not 1 <= len(codes) <= MOST_CODES:
        raise Unfit(f"Give between 1 and {MOST_CODES} codes.", field=("codes",), code="TOO_MANY")
    for index, code in enumerate(codes):
        await _add_code(discount_id, code, at=("codes", str(index), "code"))
    await _tell("discount.updated", discount_id, now=now)


@unit_of_work
async def remove_codes(discount_id: int, ids: Sequence[int], *, now: dt.datetime) -> None:
    """Fewer codes for a discount; ids of codes it does not have are refused."""
    await _found(discount_id, DiscountMethod.CODE, at="discountId")
    own = DiscountCode.filter(discount_id=discount_id, id__in=list(ids))
    if await own.count() != len(set(ids)):
        raise Unfit("The discount has no such code.", field=("ids",), code="NOT_FOUND")
    await own.delete()
    await _tell("discount.updated", discount_id, now=now)


async def _found(
    discount_id: int, method: DiscountMethod, kind: DiscountKind | None = None, *, at: str = "id"
) -> Discount:
    discount: Discount = await kept(Discount, discount_id, at=(at,), called="discount")
    basic = {DiscountKind.PERCENTAGE, DiscountKind.FIXED_AMOUNT}
    other = kind is not None and discount.kind is not kind and not {discount.kind, kind} <= basic
    if discount.method is not method or other:
        raise Unfit("It is a discount of another kind.", field=(at,), code="NOT_FOUND")
    return discount


async def _replace_code(discount_id: int, code: str | None, *, at: Sequence[str]) -> None:
    own = await DiscountCode.filter(discount_id=discount_id).order_by("id")
    if [each.code for each in own] == [code]:
        return
    await DiscountCode.filter(discount_id=discount_id).delete()
    await _add_code(discount_id, code, at=at)


async def _add_code(discount_id: int, code: str | None, *, at: Sequence[str]) -> None:
    text = (code or "").strip()
    if not text:
        raise Unfit("A code is wanted.", field=at, code="BLANK")
    if max(len(text), len(code_key(text))) > LONGEST_CODE:
        raise Unfit(f"A code has at most {LONGEST_CODE} characters.", field=at, code="TOO_LONG")
    if await DiscountCode.filter(code_key=code_key(text)).exists():
        raise Taken("Another discount has this code.", field=at)
    await DiscountCode.create(discount_id=discount_id, code=text, code_key=code_key(text))


async def _tell(kind: str, discount_id: int, *, now: dt.datetime) -> None:
    await record(kind, aggregate="discount", key=discount_id, now=now)
