"""What a product is chosen by, as staff see it."""

import strawberry

from loaders.rows import catalog as rows
from resolvers import pictures, products, staff_catalog
from schema.binding import described, describes, resolved_by
from schema.ids import Node, id_of
from schema.requirements import AS_FOUND
from schema.scalars import Color
from schema.storefront.images import Image


@strawberry.type(description="What an option value looks like: a colour, a picture, or both.")
@describes(rows.Swatch, needs=AS_FOUND)
class ProductOptionValueSwatch:
    """What an option value looks like."""

    color: Color | None = described("The colour.")
    image: Image | None = described("The picture.")


@strawberry.type(description="One value of an option, like M or Green.")
@describes(rows.ProductOptionValue, needs="read_products")
class ProductOptionValue(Node):
    """One value of an option."""

    id: strawberry.ID = id_of("ProductOptionValue")
    name: str = described("The value as shoppers read it.")
    has_variants: bool = resolved_by(staff_catalog.has_variants, "Whether any variant has it.")
    swatch: ProductOptionValueSwatch | None = resolved_by(pictures.swatch, "What it looks like, where the shop says.")


@strawberry.type(description="What a product is chosen by, like Size. A product without options has one, Title.")
@describes(rows.ProductOption, needs="read_products")
class ProductOption(Node):
    """What a product is chosen by."""

    id: strawberry.ID = id_of("ProductOption")
    name: str = described("The option as shoppers read it.")
    position: int = described("Its place among the options, counted from one.")
    values: list[str] = resolved_by(products.option_value_names, "Its values by name, in order.")
    option_values: list[ProductOptionValue] = resolved_by(
        products.option_values, "Its values, in order, also those that no variant has."
    )
