"""Products: finding them, and what is told of one."""

from collections.abc import Sequence

from loaders.catalog import (
    ImagesOfProduct,
    OptionsOfProduct,
    ProductByHandle,
    ProductById,
    TagsOfProduct,
    ValuesOfProduct,
)
from loaders.rows import catalog as rows
from loaders.standings import StandingOfProduct
from models.catalog import CollectionOrder
from models.money import Money
from resolvers.context import Context
from resolvers.found import one_way
from resolvers.given import given
from resolvers.paging import Page, Window
from resolvers.product_filters import Wish, ticks_of
from resolvers.product_lists import BY_ID, BY_RELEVANCE, COLLECTION_ORDERS, ORDERS, Narrowed, page_of_products
from resolvers.searching import PRODUCTS, understood
from resolvers.texts import shortened


async def product(
    context: Context, root: object, *, handle: str | None = None, id: int | None = None
) -> rows.Product | None:
    """The product of this handle or id, if shoppers may see it."""
    one_way(handle=handle, id=id)
    if id is not None:
        return await context.loaders(ProductById, context.now).load(id)
    return await context.loaders(ProductByHandle, context.now).load(handle or "")


async def product_by_handle(context: Context, root: object, *, handle: str) -> rows.Product | None:
    """The product of this handle."""
    return await product(context, root, handle=handle)


async def products(
    context: Context, root: object, *, window: Window, sort_key: str = "ID", query: str | None = None
) -> Page[rows.Product]:
    """A page of the products shoppers may see, all or those that match."""
    asked = await understood(context, PRODUCTS, query)
    order = BY_RELEVANCE if sort_key == "RELEVANCE" and asked.ranking else ORDERS.get(sort_key, BY_ID)
    narrowed = Narrowed(asked.where, ranking=asked.ranking if order is BY_RELEVANCE else None)
    return await page_of_products(context, narrowed, order, window)


async def products_of_collection(
    context: Context,
    collection: rows.Collection,
    *,
    window: Window,
    sort_key: str = "COLLECTION_DEFAULT",
    filters: Sequence[Wish] = (),
) -> Page[rows.Product]:
    """A page of a collection's products, by default in the collection's own order; those that pass the filters."""
    order = ORDERS.get(sort_key) or COLLECTION_ORDERS[CollectionOrder(collection.sort_order)]
    narrowed = Narrowed(ticks=ticks_of(filters, context.shop.currency), collection_id=collection.id)
    return await page_of_products(context, narrowed, order, window)


def description(context: Context, product: rows.Product, *, truncate_at: int | None = None) -> str:
    """The description as plain text, on one line."""
    return shortened(product.description, truncate_at)


@given(TagsOfProduct, by="id")
def tags(context: Context, product: rows.Product, tags: list[rows.ProductTag]) -> list[str]:
    """The product's tags in alphabetical order."""
    return [row.tag for row in tags]


@given(OptionsOfProduct, by="id")
def options(
    context: Context, product: rows.Product, options: list[rows.ProductOption], *, first: int | None = None
) -> Sequence[rows.ProductOption]:
    """What the product is chosen by."""
    return options if first is None else options[: max(first, 0)]


@given(ValuesOfProduct, by="product_id")
def option_values(
    context: Context, option: rows.ProductOption, values: list[rows.ProductOptionValue]
) -> list[rows.ProductOptionValue]:
    """The option's values in order."""
    return [value for value in values if value.option_id == option.id]


@given(ValuesOfProduct, by="product_id")
def option_value_names(
    context: Context, option: rows.ProductOption, values: list[rows.ProductOptionValue]
) -> list[str]:
    """The option's values by name."""
    return [value.name for value in values if value.option_id == option.id]


@given(ImagesOfProduct, by="id")
def featured_image(
    context: Context, product: rows.Product, images: list[rows.ProductImage]
) -> rows.ProductImage | None:
    """The product's first picture."""
    return images[0] if images else None


@given(StandingOfProduct, by="id")
def available_for_sale(context: Context, product: rows.Product, standing: rows.ProductStanding) -> bool:
    """Whether any variant can be bought."""
    return standing.available_for_sale


@given(StandingOfProduct, by="id")
def total_inventory(context: Context, product: rows.Product, standing: rows.ProductStanding) -> int | None:
    """The units left of all counted variants; None when none is counted."""
    context.keep_no_answer()
    return standing.units


@given(StandingOfProduct, by="id")
def variants_count(context: Context, product: rows.Product, standing: rows.ProductStanding) -> rows.Count:
    """How many variants there are."""
    return rows.Count(standing.variants)


def price_range(context: Context, product: rows.Product) -> rows.PriceRange:
    """The lowest and highest price of the variants."""
    currency = context.shop.currency
    return rows.PriceRange(Money.told(product.min_price, currency), Money.told(product.max_price, currency))


@given(StandingOfProduct, by="id")
def compare_at_price_range(context: Context, product: rows.Product, standing: rows.ProductStanding) -> rows.PriceRange:
    """The lowest and highest compare-at price; zero where no variant has one."""
    currency = context.shop.currency
    lowest, highest = standing.lowest_compare_at, standing.highest_compare_at
    return rows.PriceRange(Money.told(lowest, currency), Money.told(highest, currency))


def requires_selling_plan(context: Context, product: rows.Product) -> bool:
    """No product is sold by subscription only."""
    return False
