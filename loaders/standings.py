"""What stock and variants amount to: can it be bought, how many are left, what did it cost before."""

from typing import Any

from database.statements import among, records_of
from loaders.reading import Loader
from loaders.rows.catalog import ProductStanding, VariantStanding
from search.sellable import BUYABLE, LEVELS


class StandingOfVariant(Loader[int, VariantStanding]):
    """The stock of variants over all active locations, by the variant's id."""

    async def batch_load_fn(self, keys: list[int]) -> list[VariantStanding]:
        """One statement for all variants."""
        wanted = among("v.id", keys)
        text = f"""SELECT v.id, SUM(CASE WHEN v.tracked THEN COALESCE(l.available, 0) END),
            MAX(CASE WHEN {BUYABLE} THEN 1 ELSE 0 END)
            FROM product_variant v {LEVELS} WHERE {wanted.text} GROUP BY v.id"""  # noqa: S608 - no value in the text
        found = {record[0]: _variant(record) for record in await records_of(wanted._replace(text=text))}
        return [found.get(key) or VariantStanding(key, 0, available_for_sale=False) for key in keys]


class StandingOfProduct(Loader[int, ProductStanding]):
    """The same over all variants of a product, by the product's id, with the range of its compare-at prices."""

    async def batch_load_fn(self, keys: list[int]) -> list[ProductStanding]:
        """One statement for all products."""
        wanted = among("v.product_id", keys)
        text = f"""SELECT v.product_id, COUNT(DISTINCT v.id), MAX(CASE WHEN {BUYABLE} THEN 1 ELSE 0 END),
            SUM(CASE WHEN v.tracked THEN COALESCE(l.available, 0) END),
            COALESCE(MIN(v.compare_at_price), 0), COALESCE(MAX(v.compare_at_price), 0)
            FROM product_variant v {LEVELS} WHERE {wanted.text} GROUP BY v.product_id"""  # noqa: S608 - the same
        found = {record[0]: _product(record) for record in await records_of(wanted._replace(text=text))}
        return [found.get(key) or ProductStanding(key, 0, False, None, 0, 0) for key in keys]


def _variant(record: Any) -> VariantStanding:
    variant_id, units, sellable = record
    return VariantStanding(variant_id, units if units is None else int(units), bool(sellable))


def _product(record: Any) -> ProductStanding:
    product_id, variants, sellable, units, lowest, highest = record
    return ProductStanding(product_id, variants, bool(sellable), None if units is None else int(units), lowest, highest)
