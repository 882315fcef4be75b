"""Narrowing a list of products: what a shopper ticks beside it.

Ticks of one group widen each other, groups narrow each other. What concerns variants must hold for one and the same
variant: a jumper that is green in S and red in M is no green one in M.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, NamedTuple

from database.statements import Sql, all_of, any_of
from models.money import exponent
from resolvers.mistakes import BadArgument
from search.sellable import BUYABLE, LEVELS, SELLABLE

MOST = 100
HIGHEST = Decimal(2**62)
VALUE = "CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END"


@dataclass(frozen=True, slots=True)
class Tick:
    """One condition: the group it belongs to, and whether it is about a variant `v` or the product `p`."""

    group: str
    condition: Sql
    of_variant: bool = False


class Wish(NamedTuple):
    """One filter as it was asked for: its kind, and its values as they came."""

    kind: str
    values: tuple[Any, ...]


def ticks_of(wishes: Sequence[Wish], currency: str) -> tuple[Tick, ...]:
    """The filters, understood in the shop's currency."""
    if len(wishes) > MOST:
        raise BadArgument(f"A list takes at most {MOST} filters.", argument="filters")
    return tuple(_tick(wish, currency) for wish in wishes)


def _tick(wish: Wish, currency: str) -> Tick:
    match wish:
        case Wish("available", (True,)):
            return Tick("available", Sql(BUYABLE), of_variant=True)
        case Wish("available", _):
            return Tick("available", Sql(f"NOT {SELLABLE}"))
        case Wish("price", (low, high)):
            return _priced(low, high, currency)
        case Wish("type", (name,)):
            return Tick("type", Sql("LOWER(p.product_type) = ? OR p.product_type = ?", (name.lower(), name)))
        case Wish("vendor", (name,)):
            return Tick("vendor", Sql("LOWER(p.vendor) = ? OR p.vendor = ?", (name.lower(), name)))
        case Wish("tag", (tag,)):
            text = "p.id IN (SELECT t.product_id FROM product_tag t WHERE LOWER(t.tag) = ? OR t.tag = ?)"
            return Tick("tag", Sql(text, (tag.lower(), tag)))
        case Wish("option", (name, value)):
            return _with_option(name, value)
    return _with_metafield(*wish.values)


def _priced(low: float | None, high: float | None, currency: str) -> Tick:
    """That a variant costs so much, in whole units of the currency."""
    conditions = []
    if low is not None:
        conditions.append(Sql("v.price >= ?", (_minor(low, currency, ROUND_CEILING),)))
    if high is not None:
        conditions.append(Sql("v.price <= ?", (_minor(high, currency, ROUND_FLOOR),)))
    return Tick("price", all_of(conditions), of_variant=True)


def _with_option(name: str, value: str) -> Tick:
    """That a variant has a value of an option."""
    text = (
        "EXISTS (SELECT 1 FROM product_option o WHERE o.product_id = v.product_id"  # noqa: S608 - the texts are ours; values travel as parameters
        f" AND (LOWER(o.name) = ? OR o.name = ?) AND (LOWER({VALUE}) = ? OR {VALUE} = ?))"
    )
    return Tick(f"option:{name.lower()}", Sql(text, (name.lower(), name, value.lower(), value)), of_variant=True)


def _with_metafield(owner: str, namespace: str, key: str, value: str) -> Tick:
    """That a metafield of the product, or of a variant, has a value."""
    of_variant = owner == "ProductVariant"
    text = (
        "EXISTS (SELECT 1 FROM metafield f WHERE f.owner_type = ?"  # noqa: S608 - the texts are ours; values travel as parameters
        f" AND f.owner_id = CAST({'v' if of_variant else 'p'}.id AS VARCHAR(64))"
        " AND f.namespace = ? AND f.key = ? AND f.value = ?)"
    )
    return Tick(f"metafield:{namespace}.{key}", Sql(text, (owner, namespace, key, value)), of_variant=of_variant)


def narrowed_by(ticks: Iterable[Tick], *, without: str | None = None) -> tuple[Sql, ...]:
    """The ticks as conditions on a product `p`; those of one group may be left out, to count what it would bring."""
    product, variant = conditions_of(ticks, without=without)
    if variant:
        inside = all_of(variant)
        text = f"EXISTS (SELECT 1 FROM product_variant v {LEVELS} WHERE v.product_id = p.id AND {inside.text})"  # noqa: S608 - the texts are ours; values travel as parameters
        product.append(Sql(text, inside.values))
    return tuple(product)


def conditions_of(ticks: Iterable[Tick], *, without: str | None = None) -> tuple[list[Sql], list[Sql]]:
    """The ticks as conditions on a product `p` and on a variant `v` with its stock `l`, one a group."""
    groups: defaultdict[tuple[str, bool], list[Sql]] = defaultdict(list)
    for tick in ticks:
        if tick.group != without:
            groups[tick.group, tick.of_variant].append(tick.condition)
    product = [any_of(some) for (_, of_variant), some in groups.items() if not of_variant]
    return product, [any_of(some) for (_, of_variant), some in groups.items() if of_variant]


def _minor(amount: float, currency: str, rounding: str) -> int:
    scaled = Decimal(str(amount)).scaleb(exponent(currency))
    if not scaled.is_finite() or abs(scaled) >= HIGHEST:
        raise BadArgument("A price bound is a number of whole units, like 19.9.", argument="price")
    return int(scaled.to_integral_value(rounding=rounding))
