"""Discounts as staff see them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tortoise.expressions import Q, Subquery

from commerce.discount_keeping import LONGEST_CODE
from commerce.offers import code_key
from commerce.shares import MILLION
from loaders.discounts import CodesOfDiscount, DiscountByKey
from loaders.rows import discounts as rows
from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod, DiscountTarget
from models.money import Money
from resolvers.context import Context
from resolvers.filtering import Term, conditions, moment_in, number_in, one_of, text_in
from resolvers.mistakes import BadArgument
from resolvers.paging import Page, Sort, Window, page_of, page_of_rows


class DiscountSort(StrEnum):
    """What discounts can be sorted by."""

    CREATED_AT = "CREATED_AT"
    ID = "ID"
    TITLE = "TITLE"
    UPDATED_AT = "UPDATED_AT"


class Status(StrEnum):
    """Whether a discount can be used now."""

    ACTIVE = "ACTIVE"
    SCHEDULED = "SCHEDULED"
    EXPIRED = "EXPIRED"


KINDS = {"CODE": DiscountMethod.CODE, "AUTOMATIC": DiscountMethod.AUTOMATIC}
SORTS = {
    DiscountSort.CREATED_AT: Sort("CREATED_AT", "created_at", dt.datetime),
    DiscountSort.ID: Sort("ID"),
    DiscountSort.TITLE: Sort("TITLE", "title", str),
    DiscountSort.UPDATED_AT: Sort("UPDATED_AT", "updated_at", dt.datetime),
}
TYPES = {
    "percentage": DiscountKind.PERCENTAGE,
    "fixed_amount": DiscountKind.FIXED_AMOUNT,
    "free_shipping": DiscountKind.FREE_SHIPPING,
    "bxgy": DiscountKind.BUY_X_GET_Y,
}
FIELDS = {
    "id": number_in("id"),
    "title": text_in("title"),
    "type": one_of("kind", values=TYPES),
    "method": one_of("method", values={method.value.casefold(): method for method in DiscountMethod}),
    "times_used": number_in("uses"),
    "starts_at": moment_in("starts_at"),
    "ends_at": moment_in("ends_at"),
    "created_at": moment_in("created_at"),
    "updated_at": moment_in("updated_at"),
}


class CodeBasic(rows.Discount):
    """Money off by a code."""


class CodeBxgy(rows.Discount):
    """Some goods cheaper with others, by a code."""


class CodeFreeShipping(rows.Discount):
    """Delivery for nothing, by a code."""


class AutomaticBasic(rows.Discount):
    """Money off by itself."""


class AutomaticBxgy(rows.Discount):
    """Some goods cheaper with others, by itself."""


class AutomaticFreeShipping(rows.Discount):
    """Delivery for nothing, by itself."""


BY_CODE: dict[str, type[rows.Discount]] = {
    DiscountKind.BUY_X_GET_Y: CodeBxgy,
    DiscountKind.FREE_SHIPPING: CodeFreeShipping,
}
BY_ITSELF: dict[str, type[rows.Discount]] = {
    DiscountKind.BUY_X_GET_Y: AutomaticBxgy,
    DiscountKind.FREE_SHIPPING: AutomaticFreeShipping,
}


@dataclass(frozen=True, slots=True)
class Value:
    """What is taken off."""

    percentage: float | None
    amount: Money | None
    applies_on_each_item: bool
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Items:
    """Which goods."""

    products: Sequence[int]
    collections: Sequence[int]

    @property
    def all_items(self) -> bool:
        """Whether it is all of them."""
        return not self.products and not self.collections


@dataclass(frozen=True, slots=True)
class Gets:
    """What customers get."""

    value: Value
    items: Items


@dataclass(frozen=True, slots=True)
class Buys:
    """What customers buy for it."""

    quantity: int
    items: Items


@dataclass(frozen=True, slots=True)
class Combines:
    """What it goes together with."""

    product_discounts: bool
    order_discounts: bool
    shipping_discounts: bool


@dataclass(frozen=True, slots=True)
class Minimum:
    """What a cart must hold."""

    subtotal: Money | None
    quantity: int | None


async def discounts(
    context: Context,
    root: object,
    *,
    window: Window,
    query: str | None = None,
    sort_key: DiscountSort = DiscountSort.CREATED_AT,
) -> Page[rows.Discount]:
    """The shop's discounts."""
    fields = {**FIELDS, "status": lambda term: _standing(term, context.now), "code": _coded}
    found = Discount.filter(conditions(query, fields, words=_named))
    return await page_of(found, rows.Discount, SORTS[sort_key], window)


async def discount(context: Context, root: object, *, id: int) -> rows.Discount | None:
    """One discount."""
    return await context.loaders(DiscountByKey).load(id)


async def by_code(context: Context, root: object, *, code: str) -> rows.Discount | None:
    """The discount of a code."""
    key = code_key(code)
    if len(key) > LONGEST_CODE:
        return None
    found = await DiscountCode.filter(code_key=key).values_list("discount_id")
    return await context.loaders(DiscountByKey).load(found[0][0]) if found else None


def kind_of(context: Context, row: rows.Discount) -> rows.Discount:
    """The same row, as what it is."""
    if row.method == DiscountMethod.CODE:
        return BY_CODE.get(row.kind, CodeBasic)._make(row)
    return BY_ITSELF.get(row.kind, AutomaticBasic)._make(row)


def status(context: Context, row: rows.Discount) -> Status:
    """Whether it can be used now."""
    if row.active and row.starts_at is not None and row.starts_at > context.now:
        return Status.SCHEDULED
    ended = row.ends_at is not None and row.ends_at <= context.now
    return Status.EXPIRED if ended or not row.active else Status.ACTIVE


async def codes(context: Context, row: rows.Discount, *, window: Window) -> Page[rows.DiscountCode]:
    """Its codes."""
    return page_of_rows(await context.loaders(CodesOfDiscount).load(row.id), window, key=lambda code: code.id)


def once_per_customer(context: Context, row: rows.Discount) -> bool:
    """Whether each customer may use it once."""
    return row.customer_limit == 1


def gets(context: Context, row: rows.Discount) -> Gets:
    """What customers get."""
    amount = Money(row.value, context.shop.currency) if row.kind == DiscountKind.FIXED_AMOUNT else None
    share = None if amount else float(Decimal(row.value) / MILLION)
    quantity = row.get_quantity if row.kind == DiscountKind.BUY_X_GET_Y else None
    each = row.kind == DiscountKind.FIXED_AMOUNT and row.target == DiscountTarget.LINES
    return Gets(Value(share, amount, each, quantity), Items(row.product_ids, row.collection_ids))


def buys(context: Context, row: rows.Discount) -> Buys:
    """What customers buy for it."""
    return Buys(row.buy_quantity, Items(row.buy_product_ids, row.buy_collection_ids))


def combines(context: Context, row: rows.Discount) -> Combines:
    """What it goes together with."""
    return Combines(row.combines_with_products, row.combines_with_order, row.combines_with_shipping)


def minimum(context: Context, row: rows.Discount) -> Minimum | None:
    """What a cart must hold."""
    if row.min_subtotal is None and row.min_quantity is None:
        return None
    subtotal = None if row.min_subtotal is None else Money(row.min_subtotal, context.shop.currency)
    return Minimum(subtotal, row.min_quantity)


def _standing(term: Term, now: dt.datetime) -> Q:
    ended = Q(active=False) | Q(ends_at__lte=now)
    match term.value.casefold():
        case "expired":
            return ended
        case "scheduled":
            return Q(active=True, starts_at__gt=now)
        case "active":
            begun = Q(starts_at__isnull=True) | Q(starts_at__lte=now)
            return Q(active=True) & begun & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    raise BadArgument(f"{term.value!r} is none of active, scheduled and expired.", argument="query")


def _coded(term: Term) -> Q:
    found = DiscountCode.filter(code_key__startswith=code_key(term.value.rstrip("*")))
    return Q(id__in=Subquery(found.values("discount_id")))


def _named(term: Term) -> Q:
    return Q(title__icontains=term.value) | _coded(term)
