"""Weights and unit prices: grams into the unit shown, and the price of a litre when 750 ml are sold."""

from decimal import ROUND_HALF_UP, Decimal

from loaders.rows.catalog import ProductVariant, UnitMeasure
from models.money import Money
from resolvers.context import Context

OUNCE, POUND = Decimal("28.349523125"), Decimal("453.59237")
GRAMS = {
    "GRAMS": Decimal(1),
    "KILOGRAMS": Decimal(1000),
    "OUNCES": OUNCE,
    "POUNDS": POUND,
}

KINDS = {
    "VOLUME": {
        "ML": Decimal(1), "CL": Decimal(10), "L": Decimal(1000), "M3": Decimal(1_000_000),
        "FLOZ": Decimal("29.5735295625"), "PT": Decimal("473.176473"), "QT": Decimal("946.352946"),
        "GAL": Decimal("3785.411784"),
    },
    "WEIGHT": {
        "MG": Decimal("0.001"), "G": Decimal(1), "KG": Decimal(1000), "OZ": OUNCE, "LB": POUND,
    },
    "LENGTH": {
        "MM": Decimal(1), "CM": Decimal(10), "M": Decimal(1000), "IN": Decimal("25.4"), "FT": Decimal("304.8"),
        "YD": Decimal("914.4"),
    },
    "AREA": {"M2": Decimal(1), "FT2": Decimal("0.09290304")},
    "COUNT": {"ITEM": Decimal(1)},
}  # fmt: skip
"""Units by what they measure, each in its kind's smallest."""


def weight(context: Context, variant: ProductVariant) -> float:
    """The variant's weight in its own unit."""
    return float(round(variant.weight_grams / GRAMS.get(variant.weight_unit, Decimal(1)), 4))


def unit_price_measurement(context: Context, variant: ProductVariant) -> UnitMeasure | None:
    """How much the variant holds and the amount its unit price is told for."""
    if variant.unit_quantity is None or variant.unit_reference is None:
        return None
    unit, reference_unit = _unit(variant.unit_quantity_unit), _unit(variant.unit_reference_unit)
    kind = _kind(unit)
    return UnitMeasure(kind, unit, variant.unit_quantity, reference_unit, variant.unit_reference)


def unit_price(context: Context, variant: ProductVariant) -> Money | None:
    """The price of the reference amount; None where the two units cannot be compared."""
    measure = unit_price_measurement(context, variant)
    if measure is None or measure.quantity_value <= 0:
        return None
    sizes = KINDS.get(measure.measured_type, {})
    if measure.quantity_unit not in sizes or measure.reference_unit not in sizes:
        return None
    held = Decimal(str(measure.quantity_value)) * sizes[measure.quantity_unit]
    told = measure.reference_value * sizes[measure.reference_unit]
    minor = (variant.price * told / held).to_integral_value(rounding=ROUND_HALF_UP)
    return Money(int(minor), context.shop.currency)


def _unit(name: str | None) -> str:
    unit = (name or "").upper()
    return unit if _kind(unit) != "UNKNOWN" else "UNKNOWN"


def _kind(unit: str) -> str:
    return next((kind for kind, sizes in KINDS.items() if unit in sizes), "UNKNOWN")
