"""Variants: finding them by options, and what is told of one."""

from collections.abc import Sequence
from typing import cast

from loaders.catalog import AnyProductById, ImagesOfProduct, OptionsOfProduct, ValuesOfProduct, VariantsOfProduct
from loaders.rows import catalog as rows
from loaders.standings import StandingOfVariant
from models.money import Money
from resolvers.context import Context
from resolvers.encoded_variants import encoded
from resolvers.given import given
from resolvers.option_choices import Choice, adjacent, first_with, value_of
from resolvers.paging import Page, Window, page_of_rows

Pairs = Sequence[tuple[str, str]]
SORTS = {
    "ID": lambda variant: variant.id,
    "TITLE": lambda variant: (variant.title, variant.id),
    "SKU": lambda variant: (variant.sku or "", variant.id),
}


@given(VariantsOfProduct, by="id")
def variants(
    context: Context,
    product: rows.Product,
    found: list[rows.ProductVariant],
    *,
    window: Window,
    sort_key: str = "POSITION",
) -> Page[rows.ProductVariant]:
    """A page of the product's variants."""
    if sort_key in SORTS:
        found = sorted(found, key=SORTS[sort_key])
    return page_of_rows(found, window, key=lambda variant: variant.id)


async def variant_by_selected_options(
    context: Context,
    product: rows.Product,
    *,
    selected_options: Pairs,
    ignore_unknown_options: bool = True,
    case_insensitive_match: bool = False,
) -> rows.ProductVariant | None:
    """The variant with all these values; None unless every option of the product is chosen."""
    options = await context.loaders(OptionsOfProduct).load(product.id)
    choice = Choice.of(options, selected_options, ignore_case=case_insensitive_match)
    if len(choice.wanted) < len(options) or (choice.unknown and not ignore_unknown_options):
        return None
    matching = choice.matching(await context.loaders(VariantsOfProduct).load(product.id))
    return matching[0] if matching else None


async def selected_or_first_available_variant(
    context: Context,
    product: rows.Product,
    *,
    selected_options: Pairs | None = None,
    ignore_unknown_options: bool = True,
    case_insensitive_match: bool = False,
) -> rows.ProductVariant | None:
    """The variant with these values; else the first that can be bought; else the first."""
    variants = await context.loaders(VariantsOfProduct).load(product.id)
    options = await context.loaders(OptionsOfProduct).load(product.id)
    choice = Choice.of(options, selected_options or (), ignore_case=case_insensitive_match)
    if choice.wanted and not (choice.unknown and not ignore_unknown_options):
        matching = choice.matching(variants)
        if len(matching) == 1:
            return matching[0]
        variants = matching or variants
    return await _first_available(context, variants)


async def adjacent_variants(
    context: Context,
    product: rows.Product,
    *,
    selected_options: Pairs | None = None,
    ignore_unknown_options: bool = True,
    case_insensitive_match: bool = False,
) -> list[rows.ProductVariant]:
    """The variants one value away from a choice, by default from the first variant that can be bought."""
    variants = await context.loaders(VariantsOfProduct).load(product.id)
    options = await context.loaders(OptionsOfProduct).load(product.id)
    choice = Choice.of(options, selected_options or (), ignore_case=case_insensitive_match)
    if choice.unknown and not ignore_unknown_options:
        return []
    if not choice.wanted:
        start = await _first_available(context, variants)
        if start is None:
            return []
        pairs = [(option.name, value_of(start, option.position)) for option in options]
        choice = Choice.of(options, pairs, ignore_case=False)
    return adjacent(variants, choice)


async def encoded_existence(context: Context, product: rows.Product) -> str:
    """Every combination of values there is a variant of."""
    return await _encoded(context, product, await context.loaders(VariantsOfProduct).load(product.id))


async def encoded_availability(context: Context, product: rows.Product) -> str:
    """Every combination of values of which a variant can be bought."""
    variants = await context.loaders(VariantsOfProduct).load(product.id)
    standings = await context.loaders(StandingOfVariant).load_many([variant.id for variant in variants])
    sellable = {standing.variant_id for standing in standings if standing.available_for_sale}
    return await _encoded(context, product, [variant for variant in variants if variant.id in sellable])


@given(VariantsOfProduct, ValuesOfProduct, by="product_id")
def first_selectable_variant(
    context: Context,
    value: rows.ProductOptionValue,
    variants: list[rows.ProductVariant],
    values: list[rows.ProductOptionValue],
) -> rows.ProductVariant | None:
    """The variant that has this value and otherwise the first values."""
    return first_with(value, variants, values)


@given(StandingOfVariant, by="id")
def available_for_sale(context: Context, variant: rows.ProductVariant, standing: rows.VariantStanding) -> bool:
    """Whether the variant can be bought now."""
    return standing.available_for_sale


@given(StandingOfVariant, by="id")
def quantity_available(context: Context, variant: rows.ProductVariant, standing: rows.VariantStanding) -> int | None:
    """The units left to sell; None when the variant's stock is not counted."""
    context.keep_no_answer()
    return standing.units


@given(StandingOfVariant, by="id")
def currently_not_in_stock(context: Context, variant: rows.ProductVariant, standing: rows.VariantStanding) -> bool:
    """Whether it can be bought although none is left."""
    return standing.available_for_sale and standing.units is not None and standing.units <= 0


@given(OptionsOfProduct, by="product_id")
def selected_options(
    context: Context, variant: rows.ProductVariant, options: list[rows.ProductOption]
) -> list[rows.SelectedOption]:
    """The variant's value of each option."""
    values = (variant.option1, variant.option2, variant.option3)
    return [rows.SelectedOption(option.name, values[option.position - 1]) for option in options]


@given(ImagesOfProduct, by="product_id")
def image(context: Context, variant: rows.ProductVariant, images: list[rows.ProductImage]) -> rows.ProductImage | None:
    """The variant's own picture, else the product's first."""
    if variant.image_id is not None:
        for each in images:
            if each.id == variant.image_id:
                return each
    return images[0] if images else None


@given(AnyProductById, by="product_id")
def product_of_variant(context: Context, variant: rows.ProductVariant, product: rows.Product | None) -> rows.Product:
    """The product this is a variant of."""
    return cast("rows.Product", product)


def price(context: Context, variant: rows.ProductVariant) -> Money:
    """What one costs."""
    return Money.told(variant.price, context.shop.currency)


def compare_at_price(context: Context, variant: rows.ProductVariant) -> Money | None:
    """What one cost before."""
    return None if variant.compare_at_price is None else Money.told(variant.compare_at_price, context.shop.currency)


async def _first_available(context: Context, variants: Sequence[rows.ProductVariant]) -> rows.ProductVariant | None:
    standings = await context.loaders(StandingOfVariant).load_many([variant.id for variant in variants])
    sellable = (variant for variant, its in zip(variants, standings, strict=True) if its.available_for_sale)
    return next(sellable, variants[0] if variants else None)


async def _encoded(context: Context, product: rows.Product, variants: Sequence[rows.ProductVariant]) -> str:
    options = await context.loaders(OptionsOfProduct).load(product.id)
    return encoded(variants, options, await context.loaders(ValuesOfProduct).load(product.id))
