"""What staff tell of a discount, as its row keeps it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from commerce.fitting import Unfit, argument, counted, fitted, minor_of
from commerce.shares import MILLION
from models.catalog import Collection, Product
from models.customers import Customer
from models.discounts import Discount, DiscountKind, DiscountTarget

Told = Mapping[str, Any]
At = tuple[str, ...]
LISTS = {"product_ids": Product, "collection_ids": Collection, "customer_ids": Customer}
MOST_NAMED = 1_000


class BadTerms(Unfit):
    """Terms of a discount that cannot be."""


async def terms(told: Told, *, kind: DiscountKind, kept: Discount | None, currency: str, at: At) -> dict[str, Any]:
    """The columns that what is told sets; those of `kept` that it does not speak of stay."""
    plain = {name: told[name] for name in ("title", "starts_at", "ends_at", "usage_limit") if name in told}
    columns = fitted(Discount, plain, at=at, needed=("title",) if kept is None or "title" in plain else ())
    if "applies_once_per_customer" in told:
        columns["customer_limit"] = 1 if told["applies_once_per_customer"] else None
    for kind_of, together in (told.get("combines_with") or {}).items():
        columns[COMBINED[kind_of]] = bool(together)
    columns |= _minimum(told, currency, at)
    columns |= await _customers(told, kept, at)
    columns |= _destination(told, kept, at)
    columns |= await _gets(told, kind, kept, currency, at)
    columns |= await _buys(told, kind, kept, at)
    _check(columns, kept, at)
    return columns


COMBINED = {
    "product_discounts": "combines_with_products",
    "order_discounts": "combines_with_order",
    "shipping_discounts": "combines_with_shipping",
}


def _minimum(told: Told, currency: str, at: At) -> dict[str, Any]:
    if "minimum_requirement" not in told:
        return {}
    where = (*at, "minimumRequirement")
    wanted = told["minimum_requirement"] or {}
    subtotal = (wanted.get("subtotal") or {}).get("greater_than_or_equal_to_subtotal")
    quantity = (wanted.get("quantity") or {}).get("greater_than_or_equal_to_quantity")
    return {
        "min_subtotal": minor_of(subtotal, currency, at=(*where, "subtotal", "greaterThanOrEqualToSubtotal")),
        "min_quantity": None
        if quantity is None
        else _units(quantity, (*where, "quantity", "greaterThanOrEqualToQuantity")),
    }


async def _customers(told: Told, kept: Discount | None, at: At) -> dict[str, Any]:
    if "customer_selection" not in told:
        return {}
    chosen = told["customer_selection"] or {}
    if chosen.get("all"):
        return {"customer_ids": []}
    change = chosen.get("customers") or {}
    where = (*at, "customerSelection", "customers")
    old = kept.customer_ids if kept else []
    return {"customer_ids": await _named("customer_ids", old, change.get("add"), change.get("remove"), where)}


def _destination(told: Told, kept: Discount | None, at: At) -> dict[str, Any]:
    if "destination" not in told:
        return {}
    chosen = told["destination"] or {}
    change = chosen.get("countries") or {}
    if chosen.get("all") or not change:
        return {"countries": []}
    old = kept.countries if kept else []
    return {"countries": sorted({*old, *(change.get("add") or ())} - {*(change.get("remove") or ())})}


async def _gets(told: Told, kind: DiscountKind, kept: Discount | None, currency: str, at: At) -> dict[str, Any]:
    if kind is DiscountKind.FREE_SHIPPING:
        return {"kind": kind} if kept is None else {}
    gets = told.get("customer_gets") or {}
    where = (*at, "customerGets")
    columns: dict[str, Any] = {}
    if gets.get("items") is not None:
        columns |= await _items(gets["items"], "", kept, (*where, "items"))
    if gets.get("value") is not None:
        columns |= _value(gets["value"], kind, currency, (*where, "value"))
    elif kept is None:
        raise BadTerms("Say what customers get.", field=(*where, "value"), code="BLANK")
    return columns | _target(columns, kind, kept)


def _target(columns: dict[str, Any], kind: DiscountKind, kept: Discount | None) -> dict[str, Any]:
    """A share of some goods falls on their lines; an amount falls on each of them where that was said."""
    if "target" in columns or kind is DiscountKind.BUY_X_GET_Y:
        return {}
    now = columns.get("kind", kept.kind if kept else kind)
    if now is not DiscountKind.PERCENTAGE:
        return {}
    goods = [columns.get(name, getattr(kept, name, [])) for name in ("product_ids", "collection_ids")]
    return {"target": DiscountTarget.LINES if any(goods) else DiscountTarget.ORDER}


def _value(value: Told, kind: DiscountKind, currency: str, at: At) -> dict[str, Any]:
    if kind is DiscountKind.BUY_X_GET_Y:
        wanted = value.get("discount_on_quantity")
        if not wanted:
            raise BadTerms("Say how many units customers get.", field=(*at, "discountOnQuantity"), code="BLANK")
        where = (*at, "discountOnQuantity")
        return {
            "kind": kind,
            "get_quantity": _units(wanted.get("quantity"), (*where, "quantity")),
            "value": _share((wanted.get("effect") or {}).get("percentage"), (*where, "effect", "percentage")),
        }
    if (value.get("percentage") is None) == (value.get("discount_amount") is None):
        raise BadTerms("Say a percentage or an amount, one of both.", field=at, code="INVALID")
    if value.get("percentage") is not None:
        return {"kind": DiscountKind.PERCENTAGE, "value": _share(value["percentage"], (*at, "percentage"))}
    amount = value["discount_amount"]
    each = amount.get("applies_on_each_item")
    return {
        "kind": DiscountKind.FIXED_AMOUNT,
        "value": minor_of(amount["amount"], currency, at=(*at, "discountAmount", "amount"), lowest=1),
        "target": DiscountTarget.LINES if each else DiscountTarget.ORDER,
    }


async def _buys(told: Told, kind: DiscountKind, kept: Discount | None, at: At) -> dict[str, Any]:
    if kind is not DiscountKind.BUY_X_GET_Y:
        return {}
    buys = told.get("customer_buys") or {}
    where = (*at, "customerBuys")
    columns: dict[str, Any] = {}
    if buys.get("items") is not None:
        columns |= await _items(buys["items"], "buy_", kept, (*where, "items"))
    if buys.get("value") is not None:
        columns["buy_quantity"] = _units(buys["value"].get("quantity"), (*where, "value", "quantity"))
    elif kept is None:
        raise BadTerms("Say how many units customers buy.", field=(*where, "value"), code="BLANK")
    return columns


async def _items(items: Told, prefix: str, kept: Discount | None, at: At) -> dict[str, Any]:
    columns = {}
    for name, key, add, remove in (
        ("product_ids", "products", "products_to_add", "products_to_remove"),
        ("collection_ids", "collections", "add", "remove"),
    ):
        change = {} if items.get("all") else items.get(key) or {}
        old = [] if items.get("all") or kept is None else getattr(kept, prefix + name)
        columns[prefix + name] = await _named(name, old, change.get(add), change.get(remove), (*at, key, argument(add)))
    return columns


async def _named(
    name: str, old: Sequence[int], add: Sequence[int] | None, remove: Sequence[int] | None, at: At
) -> list[int]:
    known = {key for (key,) in await LISTS[name].filter(id__in=list(add or ())).values_list("id")}
    for key in add or ():
        if key not in known:
            raise BadTerms(f"There is none of the id {key}.", field=at, code="NOT_FOUND")
    named = [key for key in dict.fromkeys([*old, *(add or ())]) if key not in set(remove or ())]
    if len(named) > MOST_NAMED:
        raise BadTerms(f"At most {MOST_NAMED} are named one by one; use a collection.", field=at, code="TOO_MANY")
    return named


def _share(percentage: float | None, at: At) -> int:
    if percentage is None or not 0 < percentage <= 1:
        raise BadTerms("A percentage is above 0 and at most 1.0, which is all of it.", field=at, code="INVALID")
    return int((Decimal(str(percentage)) * MILLION).to_integral_value())


def _units(quantity: str | int | None, at: At) -> int:
    text = str(quantity or "")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text)):
        raise BadTerms("A whole number of units is wanted, at least 1.", field=at, code="INVALID")
    return int(text)


def _check(columns: dict[str, Any], kept: Discount | None, at: At) -> None:
    limit = columns.get("usage_limit")
    counted(limit, at=(*at, "usageLimit"), lowest=1)
    if kept and limit is not None and limit < kept.uses:
        told = f"It was used {kept.uses} times already."
        raise BadTerms(told, field=(*at, "usageLimit"), code="GREATER_THAN_OR_EQUAL_TO")
    starts = columns.get("starts_at", kept.starts_at if kept else None)
    ends = columns.get("ends_at", kept.ends_at if kept else None)
    if starts and ends and ends <= starts:
        raise BadTerms("It ends before it begins.", field=(*at, "endsAt"), code="INVALID")
