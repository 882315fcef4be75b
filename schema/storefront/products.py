"""Products as shoppers see them."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import catalog as rows
from resolvers import collections, labels, pictures, products, recommendations
from resolvers import variants as choosing
from schema.binding import Argument, described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_argument, id_of, number_key
from schema.requirements import AS_FOUND
from schema.scalars import HTML, MoneyV2
from schema.storefront.filters import filters
from schema.storefront.images import Image, ImageConnection, MediaConnection
from schema.storefront.metafields import HasMetafields
from schema.storefront.online import OnlineStorePublishable, Trackable
from schema.storefront.options import ProductOption
from schema.storefront.seo import SEO, seo
from schema.storefront.sort_keys import (
    ProductImageSortKeys,
    ProductMediaSortKeys,
    ProductSortKeys,
    ProductVariantSortKeys,
)
from schema.storefront.variants import ProductVariant, ProductVariantConnection, SelectedOptionInput

if TYPE_CHECKING:
    from schema.storefront.collections import CollectionConnection

    ProductConnection = StringConnection = Any
    CountPrecision = ProductRecommendationIntent = str
else:
    from schema.enums import enumeration

    CollectionConnection = Annotated["CollectionConnection", strawberry.lazy("schema.storefront.collections")]
    CountPrecision = enumeration(
        "CountPrecision",
        "How exact a count is.",
        {"EXACT": "Exactly so many.", "AT_LEAST": "So many or more."},
    )
    ProductRecommendationIntent = enumeration(
        "ProductRecommendationIntent",
        "What kind of company is wanted for a product.",
        {
            "RELATED": "Products like it, and those bought together with it.",
            "COMPLEMENTARY": "Products bought together with it.",
        },
    )


def _pairs(options: list[SelectedOptionInput]) -> list[tuple[str, str]]:
    return [(option.name, option.value) for option in options]


def sorting(keys: Any, default: str, description: str = "The order.") -> Argument:
    """A `sortKey` argument."""
    return Argument(keys | None, description, str, default=keys(default))


IGNORE_CASE = "Take `m` for `M`."
IGNORE_UNKNOWN = "Leave out options the product does not have, instead of finding nothing."


@strawberry.type(description="A number of things.")
@describes(rows.Count, needs=AS_FOUND)
class Count:
    """A number of things."""

    count: int = described("How many.")
    precision: CountPrecision = described("How exact `count` is.")


@strawberry.type(description="The lowest and highest price among a product's variants.")
@describes(rows.PriceRange, needs=AS_FOUND)
class ProductPriceRange:
    """The lowest and highest price."""

    min_variant_price: MoneyV2 = described("The lowest.")
    max_variant_price: MoneyV2 = described("The highest.")


@strawberry.type(description="Something the shop sells, in one variant or many.")
@describes(rows.Product)
class Product(HasMetafields, OnlineStorePublishable, Trackable, Node):
    """Something the shop sells."""

    id: strawberry.ID = id_of("Product")
    handle: str = described("The readable part of its address.")
    title: str = described("Its name.")
    description: str = resolved_by(
        products.description,
        "What it is, as plain text on one line.",
        truncate_at="At most so many characters, the dots that show a cut included.",
    )
    description_html: HTML = described("What it is, as HTML.")
    vendor: str = described("Who makes or brands it.")
    product_type: str = described("What kind of thing it is, in the shop's words.")
    tags: list[str] = resolved_by(products.tags, "The words the shop groups it by, in alphabetical order.")
    is_gift_card: bool = described("Whether it is a gift card.")
    available_for_sale: bool = resolved_by(products.available_for_sale, "Whether any variant can be bought now.")
    total_inventory: int | None = resolved_by(
        products.total_inventory, "The units left over all variants whose stock is counted; null if none is."
    )
    price_range: ProductPriceRange = resolved_by(products.price_range, "The range of its variants' prices.")
    compare_at_price_range: ProductPriceRange = resolved_by(
        products.compare_at_price_range, "The range of its variants' compare-at prices; zero where none has one."
    )
    options: list[ProductOption] = resolved_by(
        products.options, "What it is chosen by, in order.", first="At most so many of them."
    )
    variants: ProductVariantConnection = resolved_by(
        choosing.variants, "Its variants.", sort_key=sorting(ProductVariantSortKeys, "POSITION")
    )
    variants_count: Count | None = resolved_by(products.variants_count, "How many variants it has.")
    variant_by_selected_options: ProductVariant | None = resolved_by(
        choosing.variant_by_selected_options,
        "The variant with all these values; null unless every option is chosen.",
        selected_options=Argument(list[SelectedOptionInput], "A value for every option.", _pairs),
        ignore_unknown_options=IGNORE_UNKNOWN,
        case_insensitive_match=IGNORE_CASE,
    )
    selected_or_first_available_variant: ProductVariant | None = resolved_by(
        choosing.selected_or_first_available_variant,
        "The variant with these values; else the first that can be bought; else the first.",
        selected_options=Argument(list[SelectedOptionInput] | None, "The values chosen.", _pairs, default=None),
        ignore_unknown_options=IGNORE_UNKNOWN,
        case_insensitive_match=IGNORE_CASE,
    )
    adjacent_variants: list[ProductVariant] = resolved_by(
        choosing.adjacent_variants,
        "The variants that differ in exactly one value from those chosen; without a choice, from the first variant "
        "that can be bought.",
        selected_options=Argument(list[SelectedOptionInput] | None, "The values chosen.", _pairs, default=None),
        ignore_unknown_options=IGNORE_UNKNOWN,
        case_insensitive_match=IGNORE_CASE,
    )
    encoded_variant_existence: str | None = resolved_by(
        choosing.encoded_existence, "Every combination of option values there is, as a `v1_` trie of value indexes."
    )
    encoded_variant_availability: str | None = resolved_by(
        choosing.encoded_availability, "Every combination of option values that can be bought, in the same writing."
    )
    featured_image: Image | None = resolved_by(products.featured_image, "Its first picture.")
    images: ImageConnection = resolved_by(
        pictures.images, "Its pictures.", sort_key=sorting(ProductImageSortKeys, "POSITION")
    )
    media: MediaConnection = resolved_by(
        pictures.images, "Its pictures as media.", sort_key=sorting(ProductMediaSortKeys, "POSITION")
    )
    collections: CollectionConnection = resolved_by(collections.collections_of_product, "The collections it is in.")
    requires_selling_plan: bool = resolved_by(
        products.requires_selling_plan, "Whether it is sold by subscription only; this shop sells nothing that way."
    )
    seo: SEO = seo()
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it was last changed.")
    published_at: dt.datetime = described("When it was published.")


if not TYPE_CHECKING:
    ProductConnection = connection(Product, "a product", filters=filters())
    StringConnection = connection(str, "a text", name="String")
PRODUCT_ID = id_argument(number_key("Product"), "The product's global id.", optional=True)


@strawberry.type
class ProductQuery:
    """Questions about products."""

    product: Product | None = resolved_by(
        products.product,
        "One product, by its handle or its id; null if shoppers may not see it.",
        handle="The product's handle.",
        id=PRODUCT_ID,
        lasting=True,
    )
    product_by_handle: Product | None = resolved_by(
        products.product_by_handle,
        "One product by its handle.",
        deprecated="Use `product`.",
        handle="The product's handle.",
        lasting=True,
    )
    product_recommendations: list[Product] | None = resolved_by(
        recommendations.product_recommendations,
        "Up to ten products that go with one, best first: bought together with it, then like it by collections, tags "
        "and type. Null only if shoppers may not see that one.",
        product_id=id_argument(number_key("Product"), "The product's global id.", optional=True),
        product_handle="The product's handle.",
        intent=sorting(ProductRecommendationIntent, "RELATED", "What kind of company is wanted."),
    )
    product_tags: StringConnection = resolved_by(
        labels.product_tags,
        "The tags in use, in alphabetical order.",
        first="How many of them; at most 250.",
        lasting=True,
    )
    product_types: StringConnection = resolved_by(
        labels.product_types,
        "The types in use, in alphabetical order.",
        first="How many of them; at most 250.",
        lasting=True,
    )
    products: ProductConnection = resolved_by(
        products.products,
        "The products shoppers may see.",
        sort_key=sorting(ProductSortKeys, "ID"),
        query="Only products that match: words, and fields like `title:`, `tag:`, `vendor:` or `variants.price:>20`.",
        lasting=True,
    )
