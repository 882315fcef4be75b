"""Products as shoppers read them."""

import datetime as dt

import pytest

from models.catalog import Product, ProductStatus
from schema.storefront.schema import storefront
from tests.catalogue import collection, counted, goods
from tests.shop import NOON, Counter, a_shop

pytestmark = pytest.mark.usefixtures("database")
SHOPFRONT = Counter(storefront())

PRODUCT = """query ($handle: String, $id: ID) { product(handle: $handle, id: $id) {
  id handle title description(truncateAt: 10) descriptionHtml vendor productType tags isGiftCard availableForSale
  totalInventory publishedAt createdAt updatedAt onlineStoreUrl trackingParameters requiresSellingPlan
  seo { title description } variantsCount { count precision }
  priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount } }
  compareAtPriceRange { minVariantPrice { amount } maxVariantPrice { amount } }
  options { id name values optionValues { id name swatch { color } firstSelectableVariant { title } } }
  featuredImage { url altText width height id }
  images(first: 1) { nodes { url(transform: {maxWidth: 100, scale: 2, crop: TOP}) } pageInfo { hasNextPage } }
  media(first: 5) { nodes { __typename id alt mediaContentType previewImage { url } } }
  variants(first: 2) { nodes {
    id title sku price { amount } compareAtPrice { amount } weight weightUnit taxable requiresShipping barcode
    quantityAvailable currentlyNotInStock availableForSale selectedOptions { name value } image { url }
    unitPrice { amount } product { handle } } }
  collections(first: 3) { nodes { handle } }
  encodedVariantExistence encodedVariantAvailability
} }"""


async def test_a_product_is_told_in_full() -> None:
    await goods("jumper")
    await collection("warm", ("jumper",))

    answer = await SHOPFRONT.ask(PRODUCT, handle="jumper")

    assert answer.codes == []
    told = answer.data["product"]
    assert told["description"] == "A fine..."
    assert told["totalInventory"] == 20
    assert told["priceRange"]["maxVariantPrice"] == {"amount": "48.0"}
    assert told["featuredImage"]["url"] == "https://shop.example/media/demo/jumper-0.jpg"
    assert told["images"]["nodes"] == [{"url": "https://shop.example/media/demo/jumper-0.jpg?width=200&crop=top"}]
    assert told["options"][1]["optionValues"][1]["firstSelectableVariant"] == {"title": "S / Red"}
    assert told["variants"]["nodes"][1]["selectedOptions"] == [
        {"name": "Size", "value": "S"},
        {"name": "Colour", "value": "Red"},
    ]
    assert told["encodedVariantExistence"] == "v1_0:0-1,1:0-1,"
    assert told["collections"]["nodes"] == [{"handle": "warm"}]
    assert told["tags"] == ["winter", "wool"]


async def test_a_product_is_found_by_its_id_of_any_authority() -> None:
    key = await goods("jumper")

    answer = await SHOPFRONT.ask(PRODUCT, id=f"gid://shopify/Product/{key}")

    assert answer.data["product"]["handle"] == "jumper"


@pytest.mark.parametrize(
    ("status", "days"), [(ProductStatus.DRAFT, -1), (ProductStatus.ARCHIVED, -1), (ProductStatus.ACTIVE, 1)]
)
async def test_what_is_not_shown_is_not_found_by_any_road(status: ProductStatus, days: int) -> None:
    key = await goods("secret")
    await collection("warm", ("secret",))
    await Product.filter(id=key).update(status=status, published_at=NOON + dt.timedelta(days=days))

    answer = await SHOPFRONT.ask(
        """query ($id: ID!) { product(handle: "secret") { id } byId: product(id: $id) { id } node(id: $id) { id }
        nodes(ids: [$id]) { id } products(first: 5) { nodes { id } }
        collection(handle: "warm") { products(first: 5) { nodes { id } } } sitemap(type: PRODUCT) {
        resources(page: 1) { items { handle } } pagesCount { count } } }""",
        id=f"gid://shopwright/Product/{key}",
    )

    assert answer.codes == []
    assert answer.data == {
        "product": None,
        "byId": None,
        "node": None,
        "nodes": [None],
        "products": {"nodes": []},
        "collection": {"products": {"nodes": []}},
        "sitemap": {"resources": {"items": []}, "pagesCount": {"count": 0}},
    }


async def test_a_listing_costs_the_same_whatever_its_length() -> None:
    document = """query ($first: Int!) { products(first: $first, sortKey: TITLE) { nodes { title tags
      availableForSale featuredImage { url } priceRange { minVariantPrice { amount } }
      options { name optionValues { name swatch { color } firstSelectableVariant { id } } }
      images(first: 3) { nodes { url } }
      variants(first: 10) { nodes { title price { amount } availableForSale quantityAvailable
        selectedOptions { name value } image { url } product { title } } } } } }"""
    for number in range(6):
        await goods(f"jumper-{number}")
    await a_shop()

    counts = []
    for first in (1, 6):
        with counted() as statements:
            answer = await SHOPFRONT.ask(document, first=first)
        assert len(answer.data["products"]["nodes"]) == first
        counts.append(statements.count)

    assert counts[0] == counts[1] <= 12
