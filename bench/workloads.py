"""What is asked: a product page, two listings, and a cart."""

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
CART = """query Cart($id: ID!) { cart(id: $id) {
  id checkoutUrl totalQuantity
  cost { subtotalAmount { amount currencyCode } totalAmount { amount currencyCode } }
  lines(first: 50) { nodes {
    id quantity cost { amountPerQuantity { amount currencyCode } totalAmount { amount currencyCode } }
    merchandise { ... on ProductVariant {
      id title image { url altText } product { handle title } selectedOptions { name value } price { amount } } }
  } }
} }"""

SUBMIT = """mutation Submit($cart: ID!, $token: String!) {
  cartSubmitForCompletion(cartId: $cart, attemptToken: $token) {
  result {
    __typename
    ... on SubmitSuccess { attemptId redirectUrl }
    ... on SubmitFailed { reasons: errors { code message } }
  }
  userErrors { code field message }
} }"""
PAGE_OF = "thing-17"
SMALL, BIG = 24, 100
LINES = tuple((n * 4 + 1, 2) for n in range(5))
"""The variants in the cart, and how many of each."""
BOUGHT = ((1, 1), (5, 2))
"""The same of the carts that become orders."""

FOLLOWERS = 1_000

ABOUT = {
    "Q1": "a product page",
    "Q2": f"a listing of {SMALL} products with variants, options, prices and pictures",
    "Q3": f"the same with {BIG} products",
    "cart": f"a cart of {len(LINES)} lines",
    "checkout": f"a cart of {len(BOUGHT)} lines becomes a paid order",
    "cached": "Q2 again and again, the answer cache on",
    "live": f"one order's changes to {FOLLOWERS:,} open streams; a request is one event told to one of them",
    "growth": "Q2 in a shop with a hundred times the products",
}


def page() -> dict[str, Any]:
    """The product page, as a client posts it."""
    return {"query": PAGE + CARD, "variables": {"handle": PAGE_OF}}


def listing(first: int) -> dict[str, Any]:
    """A listing of so many products, as a client posts it."""
    return {"query": LISTING + CARD, "variables": {"first": first}}


def cart(key: str) -> dict[str, Any]:
    """Reading it, as a client posts it."""
    return {"query": CART, "variables": {"id": f"gid://shopwright/Cart/{key}"}}


def reads(cart_key: str) -> dict[str, dict[str, Any]]:
    """What is read, by the names of the workloads."""
    return {"Q1": page(), "Q2": listing(SMALL), "Q3": listing(BIG), "cart": cart(cart_key)}


def submission(key: str) -> dict[str, Any]:
    """Turning a cart into an order, as a client posts it."""
    return {"query": SUBMIT, "variables": {"cart": f"gid://shopwright/Cart/{key}", "token": "first"}}
