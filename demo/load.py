"""Filling an empty database with the demo shop: all of it in one transaction, or none."""

import datetime as dt
import tomllib
from collections.abc import Callable
from typing import Any

from commerce.catalog import save_products
from commerce.collection_rules import Column, Relation, Rule
from commerce.collections import CollectionDraft, save_collections
from commerce.gift_card_codes import issue_gift_card
from database.transactions import unit_of_work
from demo import FOLDER
from demo.content import write_content
from demo.goods import goods, sheets, units_sold
from demo.offers import open_offers
from demo.pictures import picture
from models.catalog import CollectionOrder, Product
from models.money import Money
from models.shop import Shop
from models.stock import Location

Progress = Callable[[str], object]
"""Told what is being loaded, in words."""


class NotEmpty(Exception):
    """The database holds a shop already; the message is one line for the person who asked."""


@unit_of_work
async def load(*, now: dt.datetime, progress: Progress = lambda _what: None) -> None:
    """Make this empty database the demo shop. Raises NotEmpty when it holds a shop."""
    if await Shop.exists():
        raise NotEmpty("This database holds a shop already; the demo shop is loaded into an empty one only.")
    data = read("shop.toml")
    currency: str = data["shop"]["currency"]
    progress("the shop")
    await _open_shop(data, now)
    await open_offers(data, currency=currency, now=now)
    card = data["gift_card"]
    await issue_gift_card(card["code"], amount=Money.of(card["amount"], currency).minor, currency=currency, now=now)
    drafts = goods(colors=data["colors"], currency=currency)
    progress(f"{len(drafts)} products")
    await save_products(drafts, now=now)
    await _remember_sales()
    progress("collections, pages and menus")
    await save_collections([_collection(sheet) for sheet in read("collections.toml")["collection"]], now=now)
    await write_content(data["redirects"], now=now)


def read(name: str) -> dict[str, Any]:
    """One of the demo shop's files."""
    return tomllib.loads((FOLDER / name).read_text())


async def _remember_sales() -> None:
    """Write what the shop sold before it came here, so that its best sellers are not in the order of its shelves."""
    sold = {sheet["handle"]: units_sold(sheet) for sheet in sheets()}
    products = await Product.all().only("id", "handle", "units_sold")
    for product in products:
        product.units_sold = sold[product.handle]
    await Product.bulk_update(products, fields=["units_sold"])


async def _open_shop(data: dict[str, Any], now: dt.datetime) -> None:
    told = dict(data["shop"])
    logo = picture(told.pop("logo"), f"{told['name']}'s sign")
    await Shop.create(id=1, logo_url=logo.url, updated_at=now, **told)
    await Location.create(created_at=now, **data["location"])


def _collection(sheet: dict[str, Any]) -> CollectionDraft:
    has_scene = "scene" in sheet
    return CollectionDraft(
        handle=sheet["handle"],
        title=sheet["title"],
        description_html=sheet["body"],
        products=tuple(sheet.get("products", ())),
        rules=tuple(
            Rule(Column(column), Relation(relation), text) for column, relation, text in sheet.get("rules", ())
        ),
        match_any=sheet.get("match_any", False),
        order=CollectionOrder(sheet.get("order", "MANUAL")),
        image=picture(f"collection-{sheet['handle']}.webp", sheet["title"]) if has_scene else None,
        seo_title=f"{sheet['title']} · Larkmoor",
    )
