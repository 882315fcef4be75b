"""What Vendure answers, beside the goods it was filled with: the proof that it was asked for the same."""

from collections.abc import Mapping, Sequence
from typing import Any

CURRENCY = "USD"


class Differs(RuntimeError):
    """Vendure does not tell of the goods it was given."""


def checked(products: Sequence[Mapping[str, Any]], goods: Sequence[Mapping[str, Any]], *, pictures: str) -> None:
    """Refuse to measure anything but whole answers: every product in its place, with all that belongs to it.

    `pictures` is the address that pictures are below.
    """
    if len(products) != len(goods):
        raise Differs(f"Vendure told of {len(products)} products where {len(goods)} were asked for")
    for product, given in zip(products, goods, strict=True):
        if (found := as_told(product)) != (expected := as_given(given, pictures=pictures)):
            raise Differs(f"Vendure told\n{found}\nwhere it was given\n{expected}")


def as_told(product: Mapping[str, Any]) -> dict[str, Any]:
    """A product of an answer. The order of options and variants is not Vendure's promise, so it does not count."""
    groups = {group["name"]: {value["name"] for value in group["options"]} for group in product["optionGroups"]}
    return {
        "words": [product["name"], product["slug"], product["description"]],
        "more": product["customFields"],
        "picture": _picture_told(product["featuredAsset"]),
        "options": groups,
        "variants": {variant["sku"]: _variant_told(variant) for variant in product["variants"]},
    }


def _variant_told(variant: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": variant["name"],
        "price": (variant["priceWithTax"], variant["currencyCode"]),
        "inStock": variant["stockLevel"] == "IN_STOCK",
        "more": variant["customFields"],
        "picture": _picture_told(variant["featuredAsset"]),
        "options": {f"{option['group']['name']}={option['name']}" for option in variant["options"]},
    }


def _picture_told(asset: Mapping[str, Any]) -> list[Any]:
    return [asset["name"], asset["preview"], asset["width"], asset["height"]]


def as_given(product: Mapping[str, Any], *, pictures: str) -> dict[str, Any]:
    """What an answer has to tell of a product of `goods`."""
    picture = _picture_given(product["images"][0], pictures)
    return {
        "words": [product["name"], product["slug"], product["description"]],
        "more": product["customFields"],
        "picture": picture,
        "options": {option["name"]: {value["name"] for value in option["values"]} for option in product["options"]},
        "variants": {variant["sku"]: _variant_given(variant, picture) for variant in product["variants"]},
    }


def _variant_given(variant: Mapping[str, Any], picture: list[Any]) -> dict[str, Any]:
    return {
        "name": variant["name"],
        "price": (variant["price"], CURRENCY),
        "inStock": variant["stock"] > 0,
        "more": variant["customFields"],
        "picture": picture,
        "options": set(variant["options"]),
    }


def _picture_given(image: Mapping[str, Any], pictures: str) -> list[Any]:
    return [image["name"], f"{pictures}/{image['source']}", image["width"], image["height"]]
