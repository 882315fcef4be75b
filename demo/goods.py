"""The demo shop's goods, from the files in `goods/` to product drafts."""

import tomllib
from collections.abc import Iterator
from itertools import product
from typing import Any
from zlib import crc32

from commerce.product_drafts import (
    DEFAULT_OPTION,
    DEFAULT_VALUE,
    ImageDraft,
    OptionDraft,
    ProductDraft,
    UnitMeasure,
    ValueDraft,
    VariantDraft,
)
from demo import FOLDER
from demo.pictures import pictures_of
from models.catalog import InventoryPolicy, ProductStatus
from models.money import Money

FILES = ("wear", "camp", "home", "garden")
COLOR = "Color"

Sheet = dict[str, Any]


def sheets() -> list[Sheet]:
    """Every product as its file describes it, in order."""
    texts = [(FOLDER / "goods" / f"{name}.toml").read_text() for name in FILES]
    return [sheet for text in texts for sheet in tomllib.loads(text)["product"]]


def goods(*, colors: dict[str, str], currency: str) -> list[ProductDraft]:
    """Every product of the demo shop."""
    return [_draft(sheet, number, colors, currency) for number, sheet in enumerate(sheets(), 1)]


def units_sold(sheet: Sheet) -> int:
    """How often a thing went over the old counter: what is tagged as coming back for, well before the rest."""
    if sheet.get("stock") == 0 or sheet.get("status", "ACTIVE") != "ACTIVE":
        return 0
    usual = 240 if "bestseller" in sheet["tags"] else 60
    return usual + crc32(sheet["handle"].encode()) % usual


def _draft(sheet: Sheet, number: int, colors: dict[str, str], currency: str) -> ProductDraft:
    options: dict[str, list[str]] = sheet.get("options", {DEFAULT_OPTION: [DEFAULT_VALUE]})
    by_color, images = pictures_of(sheet["handle"], sheet["title"], tuple(options.get(COLOR, ())))
    return ProductDraft(
        handle=sheet["handle"],
        title=sheet["title"],
        description_html=sheet["body"].strip(),
        vendor=sheet["vendor"],
        product_type=sheet["type"],
        tags=tuple(sheet["tags"]),
        status=ProductStatus(sheet.get("status", "ACTIVE")),
        is_gift_card=sheet.get("gift_card", False),
        seo_title=f"{sheet['title']} · Larkmoor",
        seo_description=_first_sentence(sheet["body"]),
        options=tuple(
            OptionDraft(name, tuple(ValueDraft(value, colors.get(value)) for value in values))
            for name, values in options.items()
        ),
        images=images,
        variants=tuple(_variants(sheet, number, options, by_color, currency)),
    )


def _variants(
    sheet: Sheet, number: int, options: dict[str, list[str]], by_color: dict[str, ImageDraft], currency: str
) -> Iterator[VariantDraft]:
    color_at = list(options).index(COLOR) if COLOR in options else None
    for place, chosen in enumerate(product(*options.values()), 1):
        title = " / ".join(chosen)
        if title in sheet.get("without", ()):
            continue
        price = Money.of(_by_choice(sheet.get("prices", {}), chosen, sheet["price"]), currency).minor
        compare_at = sheet.get("compare_at")
        gift_card = sheet.get("gift_card", False)
        yield VariantDraft(
            options=chosen,
            price=price,
            compare_at_price=Money.of(compare_at, currency).minor if compare_at else None,
            cost=price * 45 // 100,
            sku=f"{sheet['sku']}-{place:02}",
            barcode=_barcode(number, place),
            weight_grams=sheet["weight"],
            taxable=not gift_card,
            tax_code=sheet.get("taxed"),
            requires_shipping=not gift_card,
            tracked=not sheet.get("untracked", False),
            inventory_policy=InventoryPolicy.CONTINUE if sheet.get("backorder") else InventoryPolicy.DENY,
            image=by_color[chosen[color_at] if color_at is not None else ""].url,
            unit=_unit(sheet, chosen),
            quantity=0 if title in sheet.get("sold_out", ()) else _stock(sheet, title),
        )


def _by_choice(known: dict[str, Any], chosen: tuple[str, ...], otherwise: Any) -> Any:
    """What is said of the whole choice, or of one of its values."""
    return next((known[key] for key in (" / ".join(chosen), *chosen) if key in known), otherwise)


def _unit(sheet: Sheet, chosen: tuple[str, ...]) -> UnitMeasure | None:
    told = _by_choice(sheet.get("units", {}), chosen, sheet.get("unit"))
    return UnitMeasure(**{**told, "quantity": float(told["quantity"])}) if told else None


def _stock(sheet: Sheet, title: str) -> int:
    """About what the sheet says, unevenly, as on a shelf, and always the same."""
    if sheet.get("untracked") or sheet.get("stock") == 0:
        return 0
    usual: int = sheet.get("stock", 15)
    return max(1, usual * (60 + crc32(f"{sheet['sku']} {title}".encode()) % 80) // 100)


def _barcode(number: int, place: int) -> str:
    """An EAN-13 from the range that every shop may use inside its own doors."""
    digits = f"20{number:05}{place:05}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    return f"{digits}{-(odd + 3 * even) % 10}"


def _first_sentence(body: str) -> str:
    text = body.partition("<p>")[2].partition("</p>")[0]
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]
