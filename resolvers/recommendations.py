"""What else a shopper may like."""

from loaders.catalog import ProductById
from loaders.recommendations import RecommendedFor
from loaders.rows import catalog as rows
from resolvers.context import Context
from resolvers.products import product


async def product_recommendations(
    context: Context,
    root: object,
    *,
    product_id: int | None = None,
    product_handle: str | None = None,
    intent: str = "RELATED",
) -> list[rows.Product] | None:
    """Up to ten products that go with one, best first; None only if shoppers may not see that one."""
    to = await product(context, root, id=product_id, handle=product_handle)
    if to is None:
        return None
    ids = await context.loaders(RecommendedFor, context.now, intent).load(to.id)
    found = await context.loaders(ProductById, context.now).load_many(ids)
    return [row for row in found if row is not None]
