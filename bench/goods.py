"""A generated catalogue: every product alike in shape, none alike in content."""

import datetime as dt
from collections.abc import Iterator
from itertools import product as combined

from commerce.catalog import save_products
from commerce.product_drafts import ImageDraft, OptionDraft, ProductDraft, ValueDraft, VariantDraft

COLOURS = ("Moss", "Rust")
SIZES = ("Small", "Large")
AT_ONCE = 100


def drafts(count: int) -> Iterator[ProductDraft]:
    """So many products of four variants each."""
    for number in range(count):
        handle = f"thing-{number}"
        yield ProductDraft(
            handle=handle,
            title=f"Thing number {number}",
            description_html=f"<p>The <b>{number}th</b> of many things, made to be listed and read.</p>",
            vendor=f"Vendor {number % 20}",
            product_type=f"Type {number % 10}",
            tags=(f"tag-{number % 7}", f"tag-{number % 11}"),
            images=tuple(ImageDraft(f"bench/{handle}-{n}.jpg", f"{handle} from side {n}", 1200, 900) for n in range(3)),
            options=(
                OptionDraft("Colour", tuple(ValueDraft(name) for name in COLOURS)),
                OptionDraft("Size", tuple(ValueDraft(name) for name in SIZES)),
            ),
            variants=tuple(
                VariantDraft(
                    chosen,
                    price=1_000 + number % 90 * 100 + place,
                    compare_at_price=20_000 if number % 3 == 0 else None,
                    sku=f"{handle}-{place}",
                    quantity=100_000,
                    weight_grams=300,
                )
                for place, chosen in enumerate(combined(COLOURS, SIZES))
            ),
        )


async def fill(count: int, *, now: dt.datetime) -> None:
    """Save them, some at a time."""
    waiting = list(drafts(count))
    for start in range(0, len(waiting), AT_ONCE):
        await save_products(waiting[start : start + AT_ONCE], now=now)
