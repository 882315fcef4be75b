"""What a product file says, a shopper's frontend reads back, cell by cell; and it can be bought at once."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commerce.product_import import import_products
from demo.load import load
from schema.storefront.schema import storefront
from tests.shop import NOON, Counter

pytestmark = pytest.mark.usefixtures("database")
SHOPFRONT = Counter(storefront())
YESTERDAY = NOON - dt.timedelta(days=1)
FILE = Path(__file__).parent / "csv" / "shopfront.csv"
PRODUCTS = """{ products(first: 50) { nodes {
  handle title descriptionHtml vendor productType tags isGiftCard seo { title description }
  options { name optionValues { name } }
  images(first: 20) { nodes { url altText } }
  variants(first: 50) { nodes {
    title sku barcode taxable requiresShipping availableForSale quantityAvailable weight weightUnit
    price { amount currencyCode } compareAtPrice { amount } selectedOptions { name value } image { url }
  } }
} } }"""


async def read_back() -> dict[str, Any]:
    answer = await SHOPFRONT.ask(PRODUCTS)
    assert answer.codes == []
    return {product["handle"]: product for product in answer.data["products"]["nodes"]}


def rows_by_handle() -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["Handle"], []).append(row)
    return rows


def options_of(row: dict[str, str], names: list[str]) -> list[dict[str, str]]:
    return [{"name": name, "value": row[f"Option{at} Value"]} for at, name in enumerate(names, 1)]


async def test_every_cell_of_a_file_is_read_back() -> None:
    await import_products(FILE.read_bytes(), file="shopfront.csv", recount=False, now=YESTERDAY)

    shown, rows = await read_back(), rows_by_handle()

    assert shown.keys() == rows.keys()
    for handle, some in rows.items():
        assert_product(shown[handle], some)


def assert_product(shown: dict[str, Any], rows: list[dict[str, str]]) -> None:
    first = rows[0]
    assert [shown["title"], shown["vendor"], shown["productType"]] == [first["Title"], first["Vendor"], first["Type"]]
    assert shown["descriptionHtml"] == first["Body (HTML)"]
    assert sorted(shown["tags"]) == sorted(tag.strip() for tag in first["Tags"].split(",") if tag.strip())
    assert shown["seo"] == {"title": first["SEO Title"] or None, "description": first["SEO Description"] or None}
    names = [first[f"Option{at} Name"] for at in (1, 2, 3) if first[f"Option{at} Name"]]
    assert [option["name"] for option in shown["options"]] == names
    pictures = [(row["Image Src"], row["Image Alt Text"] or None) for row in rows if row["Image Src"]]
    assert [(image["url"], image["altText"]) for image in shown["images"]["nodes"]] == pictures
    variants = [row for row in rows if row["Variant Price"]]
    assert len(shown["variants"]["nodes"]) == len(variants)
    for variant, row in zip(shown["variants"]["nodes"], variants, strict=True):
        assert_variant(variant, row, names)


def assert_variant(shown: dict[str, Any], row: dict[str, str], names: list[str]) -> None:
    assert shown["selectedOptions"] == options_of(row, names)
    assert Decimal(shown["price"]["amount"]) == Decimal(row["Variant Price"])
    compared = row["Variant Compare At Price"]
    assert (shown["compareAtPrice"] or {}).get("amount") == (
        str(Decimal(compared) + Decimal("0.0")) if compared else None
    )
    assert [shown["sku"], shown["barcode"]] == [row["Variant SKU"] or None, row["Variant Barcode"] or None]
    assert shown["taxable"] is (row["Variant Taxable"] == "true")
    assert shown["requiresShipping"] is (row["Variant Requires Shipping"] == "true")
    tracked, count = row["Variant Inventory Tracker"], int(row["Variant Inventory Qty"])
    assert shown["quantityAvailable"] == (count if tracked else None)
    assert shown["availableForSale"] is (not tracked or count > 0 or row["Variant Inventory Policy"] == "continue")
    if row["Variant Image"]:
        assert shown["image"]["url"] == row["Variant Image"]


async def test_imported_goods_can_be_bought_at_once() -> None:
    await import_products(FILE.read_bytes(), file="shopfront.csv", recount=False, now=YESTERDAY)
    found = await SHOPFRONT.ask("""{ product(handle: "reed-lamp") { variants(first: 1) { nodes { id } } } }""")
    variant = found.data["product"]["variants"]["nodes"][0]["id"]

    answer = await SHOPFRONT.ask(
        """mutation ($variant: ID!) { cartCreate(input: {
          lines: [{merchandiseId: $variant}],
          delivery: {addresses: [{selected: true, address: {deliveryAddress: {
            lastName: "Sato", address1: "1 Quay", city: "Nagoya", zip: "450-0002", countryCode: JP}}}]}
        }) {
          cart { deliveryGroups(first: 1) { nodes { deliveryOptions { title estimatedCost { amount } } } } }
          userErrors { message } } }""",
        variant=variant,
    )

    assert answer.codes == []
    created = answer.data["cartCreate"]
    assert created["userErrors"] == []
    options = created["cart"]["deliveryGroups"]["nodes"][0]["deliveryOptions"]
    assert options == [{"title": "Free delivery", "estimatedCost": {"amount": "0.0"}}]


async def test_the_demo_shop_s_pictures_have_addresses_that_say_their_version() -> None:
    await load(now=YESTERDAY)

    answer = await SHOPFRONT.ask(
        """{ product(handle: "enamel-mug") {
          featuredImage { url small: url(transform: {maxWidth: 80}) width height }
        } }"""
    )

    image = answer.data["product"]["featuredImage"]
    assert image["url"].startswith("https://shop.example/media/demo/enamel-mug-cream.webp?v=")
    assert image["small"] == f"{image['url']}&width=80"
    assert (image["width"], image["height"]) == (1000, 1000)
