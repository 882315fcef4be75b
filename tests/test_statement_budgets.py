"""What carts and orders cost the database: as many statements for a dozen of something as for two."""

import pytest

from resolvers.context import Viewer
from schema.admin.schema import admin
from tests.buying import CART, Basket, line
from tests.catalogue import counted
from tests.goods import a_promised_order, a_variant, a_zone
from tests.shop import Counter, a_shop

pytestmark = pytest.mark.usefixtures("database")

STAFF = Counter(admin(), Viewer(staff="clerk", scopes=frozenset({"read_orders"})))
GOODS_IN_CART = """query($id: ID!) { cart(id: $id) { ...Whole lines(first: 250) { nodes {
  cost { totalAmount { amount } }
  merchandise { ... on ProductVariant {
    title image { url } selectedOptions { name value } price { amount } compareAtPrice { amount } availableForSale
    product { handle title tags featuredImage { url } priceRange { minVariantPrice { amount } }
      images(first: 20) { nodes { url } } options { name values }
      variants(first: 250) { nodes { title availableForSale selectedOptions { name value } price { amount } } } }
  } }
} } } }"""
ORDERS = """{ orders(first: 50) { nodes {
  name displayFinancialStatus displayFulfillmentStatus
  lineItems(first: 10) { nodes { title quantity } }
  fulfillments { displayStatus }
  fulfillmentOrders(first: 5) { nodes { id } }
} } }"""


async def test_a_cart_of_a_dozen_goods_costs_no_more_statements_than_one_of_two() -> None:
    await a_zone("DE", standard=500)
    await a_shop()
    counts = []
    for goods in (2, 12):
        basket = Basket()
        cart = await basket.create(lines=[line(await a_variant()) for _ in range(goods)])
        with counted() as statements:
            asked = await basket.counter.ask(GOODS_IN_CART + CART, id=cart["id"])
        assert len(asked.data["cart"]["lines"]["nodes"]) == goods
        counts.append(statements.count)

    assert counts[0] == counts[1] <= 24


async def test_a_list_of_a_dozen_orders_costs_no_more_statements_than_one_of_two() -> None:
    await a_shop()
    counts = []
    for more in (2, 10):
        for _ in range(more):
            await a_promised_order(await a_variant())
        with counted() as statements:
            asked = await STAFF.ask(ORDERS)
        counts.append(statements.count)

    assert len(asked.data["orders"]["nodes"]) == 12
    assert counts[0] == counts[1] <= 12
