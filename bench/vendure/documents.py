"""Our workloads as a storefront would ask Vendure's Shop API for them: the same goods, no field more than ours.

Where Vendure has no such field (a range of prices over variants, a search engine's title) nothing is asked instead.
"""

from typing import Any

CARD = """
fragment Picture on Asset { preview name width height }
fragment Card on Product {
  id slug name description
  customFields { vendor productType tags }
  featuredAsset { ...Picture }
  optionGroups { id name options { id name } }
  variants {
    id name sku stockLevel priceWithTax currencyCode
    options { name group { name } }
    customFields { compareAtPrice }
    featuredAsset { ...Picture }
  }
}
"""
LISTING = "query Listing($options: ProductListOptions) { products(options: $options) { items { ...Card } totalItems } }"
PAGE = """query Page($slug: String!) {
  product(slug: $slug) { ...Card assets { ...Picture } }
  activeChannel { code }
}"""
ADD = """mutation Add($variant: ID!, $quantity: Int!) {
  addItemToOrder(productVariantId: $variant, quantity: $quantity) {
    __typename ... on Order { id } ... on ErrorResult { errorCode }
  }
}"""
CART = """query Cart { activeOrder {
  id code totalQuantity subTotalWithTax totalWithTax currencyCode
  lines {
    id quantity unitPriceWithTax linePriceWithTax
    productVariant {
      id name priceWithTax featuredAsset { preview name } product { slug name } options { name group { name } }
    }
  }
} }"""


def page(handle: str) -> dict[str, Any]:
    """The product page."""
    return {"query": PAGE + CARD, "variables": {"slug": handle}}


def listing(first: int) -> dict[str, Any]:
    """The first so many products, in the order in which ours are listed."""
    return {"query": LISTING + CARD, "variables": {"options": {"take": first, "sort": {"id": "ASC"}}}}


def adding(variant: int, quantity: int) -> dict[str, Any]:
    """One more line for the cart of whoever asks."""
    return {"query": ADD, "variables": {"variant": str(variant), "quantity": quantity}}


def cart() -> dict[str, Any]:
    """The cart of whoever asks."""
    return {"query": CART, "variables": {}}
