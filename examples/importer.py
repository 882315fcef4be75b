"""Takes goods from a CSV or JSON file into a shop, by the staff API alone. Running it again changes what differs.

    SHOP_ADDRESS=http://127.0.0.1:8000 SHOP_KEY=swt_… python examples/importer.py examples/goods.csv

The key needs write_products and write_inventory. Columns: handle, title, vendor, type, tags (by ;), sku, price,
quantity.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shop_api import StaffApi

KNOWN = """query($handle: String!) { productByHandle(handle: $handle) {
    id variants(first: 1) { nodes { id } } } }"""
CREATE = """mutation($product: ProductCreateInput!) { productCreate(product: $product) {
    product { id variants(first: 1) { nodes { id } } } userErrors { field message } } }"""
UPDATE = """mutation($product: ProductUpdateInput!) { productUpdate(product: $product) {
    product { id variants(first: 1) { nodes { id } } } userErrors { field message } } }"""
PRICE = """mutation($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
    productVariantsBulkUpdate(productId: $product, variants: $variants) {
        productVariants { inventoryItem { id } } userErrors { field message } } }"""
PUBLISH = """mutation($product: ID!) {
    publishablePublishToCurrentChannel(id: $product) { userErrors { field message } } }"""
PLACE = "{ locations(first: 1) { nodes { id } } }"
STOCK = """mutation($item: ID!, $place: ID!, $input: InventorySetQuantitiesInput!) {
    inventoryActivate(inventoryItemId: $item, locationId: $place) { userErrors { field message } }
    inventorySetQuantities(input: $input) { userErrors { field message } } }"""


def goods_in(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a file: a list of objects in JSON, or lines under a heading in CSV."""
    if file.suffix == ".json":
        yield from json.loads(file.read_text(encoding="utf-8"))
        return
    with file.open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def take_in(api: StaffApi, row: dict[str, str]) -> str:
    """Make or change one product, price it, count its stock, and put it on sale; answers its id."""
    told = {
        "handle": row["handle"],
        "title": row["title"],
        "vendor": row["vendor"],
        "productType": row["type"],
        "tags": [tag.strip() for tag in row["tags"].split(";") if tag.strip()],
        "status": "ACTIVE",
    }
    known = api.ask(KNOWN, handle=row["handle"])["productByHandle"]
    if known is None:
        product = api.ask(CREATE, product=told)["productCreate"]["product"]
    else:
        product = api.ask(UPDATE, product={"id": known["id"], **told})["productUpdate"]["product"]
    count(api, price(api, product, row), int(row["quantity"]))
    api.ask(PUBLISH, product=product["id"])
    return str(product["id"])


def price(api: StaffApi, product: dict[str, Any], row: dict[str, str]) -> str:
    """Price the product's variant; answers the item that lies in stock."""
    variant = {
        "id": product["variants"]["nodes"][0]["id"],
        "price": row["price"],
        "sku": row["sku"],
        "inventoryItem": {"tracked": True},
    }
    changed = api.ask(PRICE, product=product["id"], variants=[variant])["productVariantsBulkUpdate"]
    return str(changed["productVariants"][0]["inventoryItem"]["id"])


def count(api: StaffApi, item: str, quantity: int) -> None:
    """Say how many of an item lie at the shop's first location."""
    place = api.ask(PLACE)["locations"]["nodes"][0]["id"]
    counted = {"inventoryItemId": item, "locationId": place, "quantity": quantity}
    told = {"name": "available", "reason": "correction", "ignoreCompareQuantity": True, "quantities": [counted]}
    api.ask(STOCK, item=item, place=place, input=told)


def main() -> None:
    """Take in every file named on the command line."""
    api = StaffApi.from_environment()
    for name in sys.argv[1:]:
        for row in goods_in(Path(name)):
            print(row["handle"], take_in(api, row))  # noqa: T201 - a command speaks


if __name__ == "__main__":
    main()
