"""The shop itself."""

from loaders.rows.shop import Shop
from resolvers.context import Context


def the_shop(context: Context, root: object) -> Shop:
    """The shop this server serves."""
    return context.shop
