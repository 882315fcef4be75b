"""What a product is chosen by."""

import strawberry

from loaders.rows import catalog as rows
from resolvers import pictures, products, variants
from schema.binding import described, describes, resolved_by
from schema.ids import Node, id_of
from schema.scalars import Color
from schema.storefront.images import Media
from schema.storefront.variants import ProductVariant


@strawberry.type(description="What an option value looks like: a colour, a picture, or both.")
@describes(rows.Swatch)
class ProductOptionValueSwatch:
    """What an option value looks like."""

    color: Color | None = described("The colour.")
    image: Media | None = described("The picture.")


@strawberry.type(description="One value of an option, like M or Green.")
@describes(rows.ProductOptionValue)
class ProductOptionValue(Node):
    """One value of an option."""

    id: strawberry.ID = id_of("ProductOptionValue")
    name: str = described("The value as shoppers read it.")
    first_selectable_variant: ProductVariant | None = resolved_by(
        variants.first_selectable_variant,
        "The variant that has this value and, of the other options, the values that stand first; null only where no "
        "variant has it.",
    )
    swatch: ProductOptionValueSwatch | None = resolved_by(pictures.swatch, "What it looks like, where the shop says.")


@strawberry.type(description="What a product is chosen by, like Size. A product without options has one, Title.")
@describes(rows.ProductOption)
class ProductOption(Node):
    """What a product is chosen by."""

    id: strawberry.ID = id_of("ProductOption")
    name: str = described("The option as shoppers read it.")
    option_values: list[ProductOptionValue] = resolved_by(products.option_values, "Its values, in order.")
    values: list[str] = resolved_by(
        products.option_value_names, "Its values by name, in order.", deprecated="Use `optionValues`."
    )
