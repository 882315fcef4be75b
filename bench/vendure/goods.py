"""The generated goods, told in Vendure's words; rows.js makes its tables' rows of them."""

from typing import Any

from bench.goods import drafts
from commerce.product_drafts import ImageDraft, OptionDraft, ProductDraft, VariantDraft


def goods(count: int) -> list[dict[str, Any]]:
    """The very products that our own shop is filled with."""
    return [_product(draft) for draft in drafts(count)]


def _product(draft: ProductDraft) -> dict[str, Any]:
    return {
        "name": draft.title,
        "slug": draft.handle,
        "description": draft.description_html,
        "customFields": {"vendor": draft.vendor, "productType": draft.product_type, "tags": sorted(set(draft.tags))},
        "images": [_image(image) for image in draft.images],
        "options": [_option(option, draft.handle) for option in draft.options],
        "variants": [_variant(variant, draft) for variant in draft.variants],
    }


def _image(draft: ImageDraft) -> dict[str, Any]:
    return {"source": draft.url, "name": draft.alt_text, "width": draft.width, "height": draft.height}


def _option(draft: OptionDraft, handle: str) -> dict[str, Any]:
    values = [{"code": value.name.lower(), "name": value.name} for value in draft.values]
    return {"code": f"{handle}-{draft.name.lower()}", "name": draft.name, "values": values}


def _variant(draft: VariantDraft, product: ProductDraft) -> dict[str, Any]:
    return {
        "name": draft.title,
        "sku": draft.sku,
        "price": draft.price,
        "stock": draft.quantity,
        "customFields": {"compareAtPrice": draft.compare_at_price},
        "options": [f"{option.name}={value}" for option, value in zip(product.options, draft.options, strict=True)],
    }
