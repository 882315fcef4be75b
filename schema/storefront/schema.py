"""The storefront schema, put together from its slices."""

from typing import Any

import strawberry
from strawberry.directive import DirectiveLocation, StrawberryDirective
from strawberry.schema.config import StrawberryConfig

from schema.codes import CountryCode, LanguageCode
from schema.scalars import SCALARS
from schema.storefront.blogs import BlogQuery
from schema.storefront.cart_lines import ComponentizableCartLine
from schema.storefront.cart_metafields import CartMetafieldMutation
from schema.storefront.cart_mutations import CartMutation
from schema.storefront.carts import CartQuery
from schema.storefront.checkout import CheckoutMutation, CheckoutQuery
from schema.storefront.collections import CollectionQuery
from schema.storefront.customer_mutations import CustomerMutation
from schema.storefront.customer_recovery import CustomerRecoveryMutation
from schema.storefront.customers import CustomerQuery
from schema.storefront.discounts import (
    CartAutomaticDiscountAllocation,
    CartCodeDiscountAllocation,
    CartCustomDiscountAllocation,
)
from schema.storefront.images import MediaImage
from schema.storefront.live import LiveSubscription
from schema.storefront.localization import LocalizationQuery
from schema.storefront.menus import MenuQuery
from schema.storefront.node import NodeQuery
from schema.storefront.order_acts import OrderMutation
from schema.storefront.order_discounts import AutomaticDiscountApplication, DiscountCodeApplication
from schema.storefront.orders import OrderQuery
from schema.storefront.pages import PageQuery
from schema.storefront.products import ProductQuery
from schema.storefront.search import SearchQuery
from schema.storefront.shop import ShopQuery
from schema.storefront.sitemap import SitemapQuery, SitemapResource, SitemapResourceMetaobject


@strawberry.directive(
    locations=[DirectiveLocation.QUERY, DirectiveLocation.MUTATION, DirectiveLocation.SUBSCRIPTION],
    name="inContext",
    description="Ask on behalf of a country and a language; the shop answers with what it has for them.",
)
def in_context(
    country: CountryCode | None = strawberry.UNSET, language: LanguageCode | None = strawberry.UNSET
) -> None:
    """Read by the front door before the operation runs."""


@strawberry.type(name="QueryRoot", description="Everything a shopper may ask.")
class Query(
    ProductQuery,
    CollectionQuery,
    PageQuery,
    BlogQuery,
    MenuQuery,
    ShopQuery,
    LocalizationQuery,
    SitemapQuery,
    SearchQuery,
    NodeQuery,
    CartQuery,
    CheckoutQuery,
    CustomerQuery,
    OrderQuery,
):
    """Everything a shopper may ask."""


@strawberry.type(description="Everything a shopper may do.")
class Mutation(
    CartMutation, CartMetafieldMutation, CheckoutMutation, OrderMutation, CustomerMutation, CustomerRecoveryMutation
):
    """Everything a shopper may do."""


@strawberry.type(description="Everything a shopper may follow live. Shopwright's own.")
class Subscription(LiveSubscription):
    """Everything a shopper may follow live."""


UNREACHED: list[Any] = [
    MediaImage,
    SitemapResource,
    SitemapResourceMetaobject,
    ComponentizableCartLine,
    CartAutomaticDiscountAllocation,
    CartCodeDiscountAllocation,
    CartCustomDiscountAllocation,
    DiscountCodeApplication,
    AutomaticDiscountApplication,
]
"""Types that only an interface leads to."""


def storefront() -> strawberry.Schema:
    """Build the storefront schema."""
    directives: list[StrawberryDirective[None]] = [in_context]
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=UNREACHED,
        directives=directives,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )
