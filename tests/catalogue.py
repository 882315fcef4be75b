"""Goods for tests: products and collections saved the way the shop saves them, and a count of statements."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product as combined
from typing import Any

from commerce.catalog import save_product
from commerce.collections import CollectionDraft, save_collections
from commerce.product_drafts import ImageDraft, OptionDraft, ProductDraft, ValueDraft, VariantDraft
from commerce.shop import ensure_shop_defaults
from tests.both_ways import ONCE
from tests.shop import NOON, a_shop

BEFORE = NOON - dt.timedelta(days=30)


async def goods(
    handle: str,
    *,
    sizes: tuple[str, ...] = ("S", "M"),
    colours: tuple[str, ...] = ("Green", "Red"),
    price: int = 4_500,
    quantity: int = 5,
    images: int = 2,
    **differences: Any,
) -> int:
    """A product in sizes and colours, each in stock; answers with its id."""
    await a_shop()
    await ensure_shop_defaults(now=BEFORE)
    options = (("Size", sizes), ("Colour", colours))
    used = [(name, values) for name, values in options if values]
    if not used:
        used = [("Title", ("Default Title",))]
    pictures = tuple(ImageDraft(f"demo/{handle}-{at}.jpg", f"{handle} {at}", 800, 600) for at in range(images))
    variants = tuple(
        VariantDraft(chosen, price=price + 100 * at, sku=f"{handle}-{at}", quantity=quantity, weight_grams=250)
        for at, chosen in enumerate(combined(*(values for _, values in used)))
    )
    values: dict[str, Any] = {
        "title": handle.replace("-", " ").capitalize(),
        "description_html": f"<p>A fine <b>{handle}</b>.</p>",
        "vendor": "Fjord",
        "product_type": "Jumpers",
        "tags": ("wool", "winter"),
        "images": pictures,
        "variants": variants,
        "options": tuple(OptionDraft(name, tuple(ValueDraft(value) for value in some)) for name, some in used),
    }
    return await save_product(ProductDraft(handle=handle, **{**values, **differences}), now=BEFORE)


async def collection(handle: str, products: tuple[str, ...], **differences: Any) -> None:
    """A collection of these products, in this order."""
    draft = CollectionDraft(handle=handle, title=handle.capitalize(), products=products, **differences)
    await save_collections([draft], now=BEFORE)


@dataclass
class Statements:
    """What the database was asked."""

    texts: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many statements."""
        return len(self.texts)


class _Listening(logging.Handler):
    def __init__(self, statements: Statements) -> None:
        super().__init__()
        self._statements = statements

    def emit(self, record: logging.LogRecord) -> None:
        self._statements.texts.append(record.getMessage())


@contextmanager
def counted() -> Iterator[Statements]:
    """The statements run inside the block."""
    statements = Statements()
    listening = _Listening(statements)
    log = logging.getLogger("tortoise.db_client")
    level = log.level
    log.addHandler(listening)
    log.setLevel(logging.DEBUG)
    once = ONCE.set(True)
    try:
        yield statements
    finally:
        ONCE.reset(once)
        log.removeHandler(listening)
        log.setLevel(level)
