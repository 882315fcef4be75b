"""What the lines of a cart stand for while it is paid: read once, to decide, to take from the shelf, to write down."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from commerce.shelves import Shelves, left_on, shelves_of
from database.prepared import Prepared
from models.catalog import InventoryPolicy, ProductStatus, ProductVariant


class Sold(NamedTuple):
    """A variant, whether it is sold now, and what an order says of it."""

    id: int
    status: ProductStatus
    published_at: dt.datetime | None
    tracked: bool
    policy: InventoryPolicy
    product_title: str
    title: str
    sku: str | None
    image_url: str | None
    option1: str | None
    option2: str | None
    option3: str | None

    def is_on_sale(self, now: dt.datetime) -> bool:
        """Whether shoppers see it."""
        return self.status == ProductStatus.ACTIVE and self.published_at is not None and self.published_at <= now


@dataclass(frozen=True, slots=True)
class Merchandise:
    """Variants by their ids, and where the units lie of those that are counted."""

    variants: Mapping[int, Sold]
    shelves: Shelves

    def left(self, variant_id: int) -> int | None:
        """How many units can be sold now; None where nothing limits it."""
        variant = self.variants.get(variant_id)
        if variant is None or not variant.tracked or variant.policy != InventoryPolicy.DENY:
            return None
        return left_on(self.shelves[variant_id])


_SOLD = Prepared(
    lambda variant_ids: ProductVariant.filter(id__in=variant_ids).values_list(
        "id",
        "product__status",
        "product__published_at",
        "tracked",
        "inventory_policy",
        "product__title",
        "title",
        "sku",
        "image__url",
        "option1",
        "option2",
        "option3",
    ),
    list,
)


async def merchandise_of(variant_ids: Iterable[int]) -> Merchandise:
    """These variants as they are sold now."""
    variants = {record[0]: Sold(*record) for record in await _SOLD.values(list(variant_ids))}
    return Merchandise(variants, await shelves_of(key for key, variant in variants.items() if variant.tracked))
