"""Taking variants out of the catalogue: orders keep their snapshots, open carts lose the lines, stock its owner."""

import datetime as dt
from collections.abc import Sequence

from tortoise.expressions import F

from commerce.kept_products import batches
from models.carts import Cart, CartLine, CartState
from models.catalog import ProductVariant
from models.content import Metafield
from models.stock import StockLevel, StockMovement
from outbox.announcing import announce, topic


async def remove_variants(ids: Sequence[int], *, now: dt.datetime) -> None:
    """Delete these variants in the running transaction.

    Carts that hold them are without them at once, and those who look at these carts are told. What lies in stock stays
    on the books, with its movements and what is promised of it to orders, but belongs to nothing that is sold. A level
    where nothing ever lay has nothing to tell and goes with its variant.
    """
    for some in batches(sorted(ids)):
        await _empty_carts_of(some, now)
        await Metafield.filter(owner_type="ProductVariant", owner_id__in=list(map(str, some))).delete()
        await _forget_unused_levels(some)
        await ProductVariant.filter(id__in=some).delete()
        await announce(*(topic("stock", variant_id) for variant_id in some))


async def _forget_unused_levels(variant_ids: Sequence[int]) -> None:
    """Locked first, so that what somebody promises of one meanwhile is seen."""
    locked = await StockLevel.filter(variant_id__in=variant_ids).select_for_update().order_by("variant_id", "id")
    ids = [level.id for level in locked]
    for some in batches(ids):
        used = {key for (key,) in await StockMovement.filter(level_id__in=some).distinct().values_list("level_id")}
        await StockLevel.filter(id__in=[key for key in some if key not in used]).delete()


async def _empty_carts_of(variant_ids: Sequence[int], now: dt.datetime) -> None:
    lines = CartLine.filter(variant_id__in=variant_ids, cart__state=CartState.OPEN)
    carts = sorted({cart_id for (cart_id,) in await lines.values_list("cart_id")})
    for some in batches(carts):
        await Cart.filter(id__in=some).update(version=F("version") + 1, updated_at=now)
        await announce(*(topic("cart", cart_id) for cart_id in some))
    await CartLine.filter(variant_id__in=variant_ids).delete()
