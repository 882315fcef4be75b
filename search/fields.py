"""Fields of the search syntax as conditions. A value that makes no sense for its field matches nothing."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from database.statements import FALSE, TRUE, Sql
from models.catalog import ProductStatus
from models.money import Money
from search.sellable import SELLABLE
from search.syntax import Field

COMPARED = {":": "=", "=": "=", ">": ">", "<": "<", ">=": ">=", "<=": "<="}
LARGEST = 2**31 - 1
Condition = Callable[[Field], Sql]


def equal(expression: str) -> Condition:
    """A text, whatever its case; `wool*` is its beginning."""

    def condition(field: Field) -> Sql:
        value = field.value.strip()
        if value == "*":
            return Sql(f"{expression} <> ''")
        if value.endswith("*"):
            start = value[:-1].lower()
            return Sql(f"SUBSTR(LOWER({expression}), 1, {len(start)}) = ?", (start,))
        return Sql(f"LOWER({expression}) = ? OR {expression} = ?", (value.lower(), value))

    return condition


def moment(column: str) -> Condition:
    """A date or a moment: `>=2026-04-01`, `2026-04-01` for the whole day."""

    def condition(field: Field) -> Sql:
        text = field.value.strip()
        try:
            start = dt.datetime.fromisoformat(text)
            start = start.astimezone(dt.UTC) if start.tzinfo else start.replace(tzinfo=dt.UTC)
            end = start + (dt.timedelta(days=1) if len(text) == 10 else dt.timedelta(seconds=1))
        except (ValueError, OverflowError):
            return FALSE
        match field.comparator:
            case ">":
                return Sql(f"{column} >= ?", (end,))
            case "<":
                return Sql(f"{column} < ?", (start,))
            case ">=":
                return Sql(f"{column} >= ?", (start,))
            case "<=":
                return Sql(f"{column} < ?", (end,))
        return Sql(f"{column} >= ? AND {column} < ?", (start, end))

    return condition


def number(column: str) -> Condition:
    """A whole number; an id may also be a global id."""

    def condition(field: Field) -> Sql:
        text = field.value.strip().rpartition("/")[2]
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST):
            return FALSE
        return Sql(f"{column} {COMPARED[field.comparator]} ?", (int(text),))

    return condition


def truth(condition_when_true: str) -> Condition:
    """`true` or `false`."""

    def condition(field: Field) -> Sql:
        match field.value.strip().lower():
            case "true" | "1":
                return Sql(condition_when_true)
            case "false" | "0":
                return Sql(f"NOT ({condition_when_true})")
        return FALSE

    return condition


def amount(column: str, currency: str) -> Condition:
    """An amount of money in the shop's currency."""

    def condition(field: Field) -> Sql:
        try:
            minor = Money.of(Decimal(field.value.strip()), currency).minor
        except (ValueError, InvalidOperation, OverflowError):
            return FALSE
        if abs(minor) >= 2**62:
            return FALSE
        return Sql(f"{column} {COMPARED[field.comparator]} ?", (minor,))

    return condition


def within(start: str, inner: Condition) -> Condition:
    """A condition on something the thing has: `start` selects the things' ids, where `inner` holds."""

    def condition(field: Field) -> Sql:
        found = inner(field)
        return Sql(f"{start} ({found.text}))", found.values)

    return condition


def unless(inner: Condition) -> Condition:
    """Where the inner condition does not hold."""

    def condition(field: Field) -> Sql:
        found = inner(field)
        return Sql(f"NOT ({found.text})", found.values)

    return condition


OF_TAG = "p.id IN (SELECT t.product_id FROM product_tag t WHERE"
OF_VARIANT = "p.id IN (SELECT v.product_id FROM product_variant v WHERE"


def product_fields(currency: str) -> Mapping[str, Condition]:
    """What products `p` can be searched by, besides their words."""
    return {
        "tag": within(OF_TAG, equal("t.tag")),
        "tag_not": unless(within(OF_TAG, equal("t.tag"))),
        "vendor": equal("p.vendor"),
        "product_type": equal("p.product_type"),
        "handle": equal("p.handle"),
        "id": number("p.id"),
        "gift_card": truth("p.is_gift_card"),
        "available_for_sale": truth(SELLABLE),
        "created_at": moment("p.created_at"),
        "updated_at": moment("p.updated_at"),
        "published_at": moment("p.published_at"),
        "price": within(OF_VARIANT, amount("v.price", currency)),
        "variants.price": within(OF_VARIANT, amount("v.price", currency)),
        "variants.compare_at_price": within(OF_VARIANT, amount("v.compare_at_price", currency)),
        "sku": within(OF_VARIANT, equal("v.sku")),
        "variants.sku": within(OF_VARIANT, equal("v.sku")),
        "barcode": within(OF_VARIANT, equal("v.barcode")),
        "variants.barcode": within(OF_VARIANT, equal("v.barcode")),
        "variants.title": within(OF_VARIANT, equal("v.title")),
    }


COLLECTION_FIELDS: Mapping[str, Condition] = {
    "id": number("c.id"),
    "handle": equal("c.handle"),
    "updated_at": moment("c.updated_at"),
}
"""What collections `c` can be searched by."""

PAGE_FIELDS: Mapping[str, Condition] = {
    "id": number("c.id"),
    "handle": equal("c.handle"),
    "created_at": moment("c.created_at"),
    "updated_at": moment("c.updated_at"),
}
"""What pages `c` can be searched by."""

BLOG_FIELDS: Mapping[str, Condition] = {**PAGE_FIELDS, "title": equal("c.title")}
"""What blogs `c` can be searched by: they have no words of their own in the index."""

ARTICLE_FIELDS: Mapping[str, Condition] = {
    **PAGE_FIELDS,
    "author": equal("c.author_name"),
    "blog_title": within("c.blog_id IN (SELECT b.id FROM blog b WHERE", equal("b.title")),
    "published_at": moment("c.published_at"),
}
"""What articles `c` can be searched by."""


def staff_product_fields(currency: str) -> Mapping[str, Condition]:
    """What staff can search products by besides."""
    return {
        **product_fields(currency),
        "status": among_words("p.status", ProductStatus),
        "published_status": PUBLISHED,
        "collection_id": within(
            "p.id IN (SELECT m.product_id FROM collection_product m WHERE", number("m.collection_id")
        ),
        "inventory_total": within(
            "p.id IN (SELECT v.product_id FROM product_variant v JOIN stock_level s ON s.variant_id = v.id"
            " GROUP BY v.product_id HAVING",
            number("SUM(s.available)"),
        ),
    }


def among_words(column: str, words: type[StrEnum]) -> Condition:
    """One of a few words, whatever its case; commas are alternatives."""

    def condition(field: Field) -> Sql:
        asked = {word.strip().upper() for word in field.value.split(",")}
        found = sorted(word.value for word in words if word.value in asked)
        places = ", ".join("?" * len(found))
        return Sql(f"{column} IN ({places})", tuple(found)) if found else FALSE

    return condition


def _published(field: Field) -> Sql:
    match field.value.strip().lower():
        case "published":
            return Sql("p.published_at IS NOT NULL")
        case "unpublished":
            return Sql("p.published_at IS NULL")
        case "any":
            return TRUE
    return FALSE


PUBLISHED: Condition = _published
"""`published`, also if that is still to come, `unpublished` or `any`."""

STAFF_COLLECTION_FIELDS: Mapping[str, Condition] = {
    **COLLECTION_FIELDS,
    "collection_type": lambda field: Sql(
        {"smart": "c.rules IS NOT NULL", "custom": "c.rules IS NULL"}.get(field.value.strip().lower(), "1 = 0")
    ),
    "product_id": within("c.id IN (SELECT m.collection_id FROM collection_product m WHERE", number("m.product_id")),
}
"""What staff can search collections `c` by."""
