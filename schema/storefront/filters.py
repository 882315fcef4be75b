"""Narrowing lists of products."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import strawberry

from loaders.rows.catalog import Swatch as SwatchRow
from resolvers import choices, facets
from resolvers.product_filters import Wish
from schema.binding import Argument, described, describes, resolved_by
from schema.enums import enumeration
from schema.scalars import JSON, Color
from schema.storefront.images import MediaImage

if TYPE_CHECKING:
    FilterType = FilterPresentation = str
else:
    FilterType = enumeration(
        "FilterType",
        "What a group of filters holds.",
        {"LIST": "Values to tick.", "PRICE_RANGE": "A lowest and a highest price.", "BOOLEAN": "Yes or no."},
    )
    FilterPresentation = enumeration(
        "FilterPresentation",
        "How the values of a group are best shown.",
        {"TEXT": "As words.", "SWATCH": "As colours.", "IMAGE": "As pictures."},
    )


@strawberry.input(description="A range of prices, in whole units of the shop's currency.")
class PriceRangeFilter:
    """A range of prices."""

    min: float | None = strawberry.field(default=0, description="The lowest.")
    max: float | None = strawberry.field(default=None, description="The highest; without it, any.")


@strawberry.input(description="A value of an option.")
class VariantOptionFilter:
    """A value of an option."""

    name: str = strawberry.field(description="The option, like Size.")
    value: str = strawberry.field(description="The value, like M.")


@strawberry.input(description="A value of a metafield.")
class MetafieldFilter:
    """A value of a metafield."""

    namespace: str = strawberry.field(description="Its namespace.")
    key: str = strawberry.field(description="Its key.")
    value: str = strawberry.field(description="Its value.")


@strawberry.input(
    description="Something products must have. Filters of one kind widen each other, different kinds narrow each other."
)
class ProductFilter:
    """Something products must have."""

    available: bool | None = strawberry.field(default=None, description="Whether they can be bought.")
    price: PriceRangeFilter | None = strawberry.field(default=None, description="What a variant costs.")
    product_type: str | None = strawberry.field(default=None, description="Their type.")
    product_vendor: str | None = strawberry.field(default=None, description="Their vendor.")
    tag: str | None = strawberry.field(default=None, description="A tag of theirs.")
    variant_option: VariantOptionFilter | None = strawberry.field(
        default=None, description="A value that a variant has."
    )
    product_metafield: MetafieldFilter | None = strawberry.field(default=None, description="A metafield of theirs.")
    variant_metafield: MetafieldFilter | None = strawberry.field(default=None, description="A metafield of a variant.")


def _wishes(filters: list[ProductFilter]) -> list[Wish]:
    return [wish for each in filters for wish in _wishes_of(each)]


def _wishes_of(asked: ProductFilter) -> Iterator[Wish]:
    if asked.available is not None:
        yield Wish("available", (asked.available,))
    if asked.price is not None:
        yield Wish("price", (asked.price.min, asked.price.max))
    for kind, text in (("type", asked.product_type), ("vendor", asked.product_vendor), ("tag", asked.tag)):
        if text is not None:
            yield Wish(kind, (text,))
    if asked.variant_option is not None:
        yield Wish("option", (asked.variant_option.name, asked.variant_option.value))
    for owner, field in (("Product", asked.product_metafield), ("ProductVariant", asked.variant_metafield)):
        if field is not None:
            yield Wish("metafield", (owner, field.namespace, field.key, field.value))


FILTERS = Argument(list[ProductFilter] | None, "Only products that have all this.", _wishes, default=None)


@strawberry.type(description="What a value looks like: a colour, a picture, or both.")
@describes(SwatchRow)
class Swatch:
    """What a value looks like."""

    color: Color | None = described("The colour.")
    image: MediaImage | None = described("The picture.")


@strawberry.type(description="A value a list can be narrowed to.")
@describes(choices.Choice)
class FilterValue:
    """A value a list can be narrowed to."""

    id: str = described("Its name among all values of all groups.")
    label: str = described("What to write beside the tick.")
    count: int = described("How many products it would leave, with the ticks of all other groups.")
    input: JSON = described("The `ProductFilter` it stands for, as JSON.")
    swatch: Swatch | None = described("What it looks like, where the shop says.")


@strawberry.type(description="A group of values a list can be narrowed by.")
@describes(choices.Facet)
class Filter:
    """A group of values a list can be narrowed by."""

    id: str = described("Its name among all groups.")
    label: str = described("What to write above it.")
    type: FilterType = described("What it holds.")
    presentation: FilterPresentation | None = described("How its values are best shown; null for a range.")
    values: list[FilterValue] = described("Its values, most products first.")


def filters() -> tuple[Any, Any]:
    """The field with the groups a connection of products can be narrowed by."""
    return list[Filter], resolved_by(
        facets.facets, "What the list can be narrowed by, counted over the whole list, not this page."
    )
