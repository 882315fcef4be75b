"""What staff told of products and variants, as commerce takes it: drafts, and changes to drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from commerce.fitting import minor_of
from commerce.product_drafts import (
    DEFAULT_OPTION,
    DEFAULT_VALUE,
    OptionDraft,
    ProductDraft,
    UnitMeasure,
    ValueDraft,
    VariantDraft,
)
from commerce.refusals import Refusal
from commerce.variant_edits import Chosen, VariantChange
from resolvers.measures import GRAMS

Told = Mapping[str, Any]
PLAIN = {
    "title": "title",
    "handle": "handle",
    "description_html": "description_html",
    "vendor": "vendor",
    "product_type": "product_type",
    "gift_card": "is_gift_card",
    "status": "status",
}
TEXTS = {"title", "description_html", "vendor", "product_type"}
COLUMNS = ("sku", "barcode", "taxable", "tax_code", "inventory_policy")
ITEM_COLUMNS = ("sku", "tracked", "requires_shipping")
MOST_GRAMS = 2**31


def product_columns(told: Told) -> dict[str, Any]:
    """The parts of a draft that were told; a text that is null is emptied."""
    columns: dict[str, Any] = {}
    for name, column in PLAIN.items():
        if name in told and (told[name] is not None or name in TEXTS):
            columns[column] = told[name] if told[name] is not None else ""
    if "tags" in told:
        columns["tags"] = tuple(told["tags"] or ())
    if "seo" in told:
        seo = told["seo"] or {"title": None, "description": None}
        columns |= {f"seo_{name}": seo[name] for name in ("title", "description") if name in seo}
    return columns


def new_product(told: Told) -> ProductDraft:
    """A product that is not offered yet, with one variant, of the first values of its options."""
    options = tuple(option_draft(each) for each in told.get("product_options") or ())
    options = options or (OptionDraft(DEFAULT_OPTION, (ValueDraft(DEFAULT_VALUE),)),)
    for at, option in enumerate(options):
        if not option.values:
            raise Refusal("An option needs a value.", field=("productOptions", str(at), "values"), code="BLANK")
    first = VariantDraft(tuple(option.values[0].name for option in options), price=0)
    return replace(ProductDraft("", "", options, (first,), published=False), **product_columns(told))


def option_draft(told: Told) -> OptionDraft:
    """An option with its values."""
    values = tuple(value_draft(each) for each in told.get("values") or ())
    return OptionDraft((told.get("name") or "").strip(), values, told.get("id"))


def value_draft(told: Told) -> ValueDraft:
    """A value of an option, with its looks."""
    swatch = told.get("swatch") or {}
    return ValueDraft((told.get("name") or "").strip(), swatch.get("color"), swatch.get("image_url"), told.get("id"))


def variant_changes(told: Sequence[Told], *, currency: str) -> list[VariantChange]:
    """What is told of variants; refuses by the place in the list what cannot be."""
    return [variant_change(each, at, currency=currency) for at, each in enumerate(told)]


def variant_change(told: Told, at: int, *, currency: str) -> VariantChange:
    """What is told of one variant."""
    path = ("variants", str(at))
    item = told.get("inventory_item") or {}
    columns = {
        name: told[name] for name in COLUMNS if (name in told and told[name] is not None) or _emptied(told, name)
    }
    columns |= {name: item[name] for name in ITEM_COLUMNS if item.get(name) is not None or _emptied(item, name)}
    for name, source in (("price", told), ("compare_at_price", told), ("cost", item)):
        if name in source and (source[name] is not None or name != "price"):
            columns[name] = minor_of(source[name], currency, at=(*path, name))
    columns |= _weight(item.get("measurement") or {}, path) | _unit(told, path) | _stock(told, path)
    media_source = next(iter(told.get("media_src") or ()), None)
    return VariantChange(at, told.get("id"), _chosen(told), told.get("media_id"), media_source, columns)


def _emptied(told: Told, name: str) -> bool:
    """Whether a text was told to be nothing."""
    return name in {"sku", "barcode", "tax_code"} and name in told


def _chosen(told: Told) -> list[Chosen]:
    return [
        Chosen(each.get("option_name"), each.get("option_id"), each.get("name"), each.get("id"))
        for each in told.get("option_values") or ()
    ]


def _weight(measurement: Told, path: tuple[str, ...]) -> dict[str, Any]:
    weight = measurement.get("weight")
    if not weight:
        return {}
    grams = Decimal(str(weight["value"])) * GRAMS[str(weight["unit"])]
    if not grams.is_finite() or not 0 <= grams < MOST_GRAMS:
        at = (*path, "inventoryItem", "measurement", "weight")
        raise Refusal("A weight is not negative and below 2,147 tonnes.", field=at, code="INVALID")
    return {"weight_grams": int(grams.to_integral_value()), "weight_unit": str(weight["unit"])}


def _unit(told: Told, path: tuple[str, ...]) -> dict[str, Any]:
    if "unit_price_measurement" not in told:
        return {}
    unit = told["unit_price_measurement"]
    if unit is None:
        return {"unit": None}
    value, reference = unit["quantity_value"], unit["reference_value"]
    if not 0 < value < 10**9 or not 0 < reference < 10**9:
        raise Refusal("A measure is above zero.", field=(*path, "unitPriceMeasurement"), code="INVALID")
    return {"unit": UnitMeasure(value, _short(unit["quantity_unit"]), reference, _short(unit["reference_unit"]))}


def _short(unit: object) -> str:
    return str(unit).lower()


def _stock(told: Told, path: tuple[str, ...]) -> dict[str, Any]:
    quantities = told.get("inventory_quantities") or ()
    for each in quantities:
        if not 0 <= each["available_quantity"] < 10**9:
            at = (*path, "inventoryQuantities")
            raise Refusal("A first stock is between 0 and a thousand million.", field=at, code="INVALID")
    return {"elsewhere": tuple((q["location_id"], q["available_quantity"]) for q in quantities)} if quantities else {}
