"""The shop as shoppers see it."""

import strawberry

from loaders.rows import shop as rows
from resolvers import shop
from schema.binding import described, describes, resolved_by
from schema.ids import Node, id_of


@strawberry.type(description="The shop: its name and what it says of itself.")
@describes(rows.Shop)
class Shop(Node):
    """The shop."""

    id: strawberry.ID = id_of("Shop")
    name: str = described("The shop's name.")
    description: str | None = described("What the shop says of itself in a sentence or two.")


@strawberry.type
class ShopQuery:
    """Questions about the shop."""

    shop: Shop = resolved_by(shop.the_shop, "The shop itself.")
