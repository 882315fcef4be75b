"""What a list of products can be narrowed by, and how many products each choice would leave."""

import asyncio
from dataclasses import dataclass
from typing import Any

from database.statements import Sql, all_of
from loaders.facets import Tallies
from resolvers.choices import Facet, availability_facet, list_facet, metafield_facets, option_facets, price_facet
from resolvers.context import Context
from resolvers.paging import Page
from resolvers.product_filters import VALUE, Tick, conditions_of, narrowed_by
from search.sellable import LEVELS, SELLABLE

MOST_VALUES = 100
NO_COLOUR = "CAST(NULL AS VARCHAR(9)) AS color"
COUNTED = "('single_line_text_field', 'boolean', 'number_integer', 'number_decimal')"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of products before a shopper narrows it, and what the shopper has ticked."""

    where: tuple[Sql, ...]
    ticks: tuple[Tick, ...] = ()
    collection_id: int | None = None
    total: int = 0


async def facets(context: Context, page: Page[Any]) -> list[Facet]:
    """The groups that hold a choice: availability, price, options, type, vendor, tag, metafields."""
    shelf: Shelf | None = page.extra
    if shelf is None:
        return []
    ticked = sorted({tick.group for tick in shelf.ticks if tick.group.startswith("option:")})
    asked = [
        _availability(shelf),
        _price(shelf),
        _plain(shelf, "type", "p.product_type"),
        _plain(shelf, "vendor", "p.vendor"),
        _tags(shelf),
        _metafields(shelf),
        _options(shelf),
        *(_options(shelf, group) for group in ticked),
    ]
    found = await asyncio.gather(*(context.loaders(Tallies).load(statement) for statement in asked))
    availability, price, types, vendors, tags, metafields, options, *again = found
    open_options = [tally for tally in options if f"option:{tally.name.lower()}" not in ticked]
    return [
        *availability_facet(availability),
        *price_facet(price, context.shop.currency),
        *option_facets([*open_options, *(tally for some in again for tally in some)]),
        *list_facet("filter.p.product_type", "Type", types, "productType"),
        *list_facet("filter.p.vendor", "Vendor", vendors, "productVendor"),
        *list_facet("filter.p.tag", "Tag", tags, "tag"),
        *metafield_facets(metafields),
    ]


def _base(shelf: Shelf, without: str | None) -> tuple[str, Sql]:
    """Where the products come from, and which of them count."""
    source = "product p"
    conditions = [*shelf.where, *narrowed_by(shelf.ticks, without=without)]
    if shelf.collection_id is not None:
        source += " JOIN collection_product m ON m.product_id = p.id"
        conditions.append(Sql("m.collection_id = ?", (shelf.collection_id,)))
    return source, all_of(conditions)


def _availability(shelf: Shelf) -> Sql:
    source, where = _base(shelf, "available")
    text = f"""SELECT 'available' AS name, b.label, COUNT(*) AS n, {NO_COLOUR} FROM (
        SELECT CASE WHEN {SELLABLE} THEN '1' ELSE '0' END AS label FROM {source} WHERE {where.text}
        ) b GROUP BY b.label"""  # noqa: S608 - the texts are ours; values travel as parameters
    return Sql(text, where.values)


def _price(shelf: Shelf) -> Sql:
    source, where = _base(shelf, "price")
    text = f"""SELECT CAST(MIN(p.min_price) AS VARCHAR(24)) AS name, CAST(MAX(p.max_price) AS VARCHAR(24)) AS label,
        COUNT(*) AS n, {NO_COLOUR} FROM {source} WHERE {where.text}"""  # noqa: S608 - the texts are ours; values travel as parameters
    return Sql(text, where.values)


def _plain(shelf: Shelf, group: str, column: str) -> Sql:
    source, where = _base(shelf, group)
    text = f"""SELECT '{group}' AS name, {column} AS label, COUNT(*) AS n, {NO_COLOUR} FROM {source}
        WHERE {where.text} AND {column} <> '' GROUP BY {column} ORDER BY n DESC, {column} LIMIT {MOST_VALUES}"""  # noqa: S608 - the texts are ours; values travel as parameters
    return Sql(text, where.values)


def _tags(shelf: Shelf) -> Sql:
    source, where = _base(shelf, "tag")
    text = f"""SELECT 'tag' AS name, t.tag AS label, COUNT(*) AS n, {NO_COLOUR} FROM {source}
        JOIN product_tag t ON t.product_id = p.id
        WHERE {where.text} GROUP BY t.tag ORDER BY n DESC, t.tag LIMIT {MOST_VALUES}"""  # noqa: S608 - the texts are ours; values travel as parameters
    return Sql(text, where.values)


def _metafields(shelf: Shelf) -> Sql:
    source, where = _base(shelf, None)
    text = f"""SELECT f.namespace || '.' || f.key AS name, f.value AS label, COUNT(*) AS n, {NO_COLOUR} FROM {source}
        JOIN metafield f ON f.owner_type = 'Product' AND f.owner_id = CAST(p.id AS VARCHAR(64))
        WHERE {where.text} AND f.type IN {COUNTED} GROUP BY f.namespace, f.key, f.value
        ORDER BY n DESC, f.namespace, f.key, f.value LIMIT {MOST_VALUES}"""  # noqa: S608 - the texts are ours; values travel as parameters
    return Sql(text, where.values)


def _options(shelf: Shelf, group: str | None = None) -> Sql:
    """The values of all options, or of the one whose own ticks are left out; counted by variants that fit the rest."""
    source, where = _base(shelf, group)
    _, of_variant = conditions_of(shelf.ticks, without=group)
    fits = all_of(
        [where, *of_variant, *([Sql("LOWER(o.name) = ?", (group.removeprefix("option:"),))] if group else [])]
    )
    text = f"""SELECT o.name AS name, {VALUE} AS label, COUNT(DISTINCT p.id) AS n, MIN(w.swatch_color) AS color
        FROM {source} JOIN product_variant v ON v.product_id = p.id JOIN product_option o ON o.product_id = p.id
        LEFT JOIN product_option_value w ON w.option_id = o.id AND w.name = {VALUE} {LEVELS}
        WHERE {fits.text} AND NOT (o.name = 'Title' AND v.option1 = 'Default Title')
        GROUP BY o.name, {VALUE} ORDER BY n DESC, o.name, {VALUE} LIMIT {5 * MOST_VALUES}"""  # noqa: S608 - the texts are ours; values travel as parameters
    return Sql(text, fits.values)
