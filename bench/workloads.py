"""What is asked: a product page, two listings, and a cart."""

from dataclasses import dataclass, field
from typing import Any

CARD = """
fragment Card on Product {
  id handle title description vendor productType tags availableForSale
  featuredImage { url altText width height }
  priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
  compareAtPriceRange { minVariantPrice { amount currencyCode } }
  options { id name optionValues { id name } }
  variants(first: 10) { nodes {
    id title sku availableForSale selectedOptions { name value }
    price { amount currencyCode } compareAtPrice { amount currencyCode }
    image { url altText width height }
  } }
}
"""
LISTING = (
    "query Listing($first: Int!) { products(first: $first) { nodes { ...Card } pageInfo { hasNextPage endCursor } } }"
)
PAGE = """query Page($handle: String!) { product(handle: $handle) {
  ...Card
  descriptionHtml seo { title description }
  images(first: 10) { nodes { url altText width height } }
  media(first: 10) { nodes { __typename mediaContentType alt previewImage { url } } }
  selectedOrFirstAvailableVariant { id title price { amount currencyCode } }
  adjacentVariants { id title }
} shop { name } }"""
FILL = """mutation Fill($lines: [CartLineInput!]) { cartCreate(input: {lines: $lines}) {
  cart { id } userErrors { field message } } }"""
CART = """query Cart($id: ID!) { cart(id: $id) {
  id checkoutUrl totalQuantity
  cost { subtotalAmount { amount currencyCode } totalAmount { amount currencyCode } }
  lines(first: 50) { nodes {
    id quantity cost { amountPerQuantity { amount currencyCode } totalAmount { amount currencyCode } }
    merchandise { ... on ProductVariant {
      id title image { url altText } product { handle title } selectedOptions { name value } price { amount } } }
  } }
} }"""


@dataclass(frozen=True, slots=True)
class Workload:
    """A document with its variables, and what it is called in the results."""

    name: str
    about: str
    query: str
    variables: dict[str, Any] = field(default_factory=dict)


Q1 = Workload("Q1", "a product page", PAGE + CARD, {"handle": "thing-17"})
Q2 = Workload("Q2", "a listing of 24 products with variants", LISTING + CARD, {"first": 24})
Q3 = Workload("Q3", "a listing of 100 products with variants", LISTING + CARD, {"first": 100})


def a_cart(cart_id: str) -> Workload:
    """Reading a cart of five lines."""
    return Workload("cart", "a cart of five lines", CART, {"id": cart_id})
