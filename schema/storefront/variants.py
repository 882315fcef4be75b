"""Variants: what can be put into a cart."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import catalog as rows
from resolvers import measures, variants
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import enumeration
from schema.ids import Node, id_of
from schema.requirements import AS_FOUND
from schema.scalars import MoneyV2
from schema.storefront.images import Image
from schema.storefront.metafields import HasMetafields

if TYPE_CHECKING:
    from schema.storefront.products import Product

    WeightUnit = UnitPriceMeasurementMeasuredType = UnitPriceMeasurementMeasuredUnit = str
    ProductVariantConnection = Any
else:
    Product = Annotated["Product", strawberry.lazy("schema.storefront.products")]
    WeightUnit = enumeration(
        "WeightUnit",
        "The units weights are told in.",
        {
            "GRAMS": "Grams.",
            "KILOGRAMS": "Kilograms: 1000 grams.",
            "OUNCES": "Ounces: a sixteenth of a pound.",
            "POUNDS": "Pounds: about 454 grams.",
        },
    )
    UnitPriceMeasurementMeasuredType = enumeration(
        "UnitPriceMeasurementMeasuredType",
        "What a unit price measures.",
        {
            "VOLUME": "How much room it takes.",
            "WEIGHT": "How heavy it is.",
            "LENGTH": "How long it is.",
            "AREA": "How much it covers.",
            "COUNT": "How many pieces there are.",
            "UNKNOWN": "Something else.",
        },
    )
    UNITS = (
        "ML:Millilitres. CL:Centilitres. L:Litres. M3:Cubic metres. FLOZ:US fluid ounces. PT:US pints. QT:US quarts. "
        "GAL:US gallons. MG:Milligrams. G:Grams. KG:Kilograms. OZ:Ounces. LB:Pounds. MM:Millimetres. CM:Centimetres. "
        "M:Metres. IN:Inches. FT:Feet. YD:Yards. M2:Square metres. FT2:Square feet. ITEM:Pieces. "
        "UNKNOWN:Another unit."
    )
    UnitPriceMeasurementMeasuredUnit = enumeration(
        "UnitPriceMeasurementMeasuredUnit",
        "The units a unit price is told for.",
        {code: f"{text}." for code, text in (unit.split(":") for unit in UNITS.rstrip(".").split(". "))},
    )


@strawberry.type(description="A variant's value of one option.")
@describes(rows.SelectedOption, needs=AS_FOUND)
class SelectedOption:
    """A variant's value of one option."""

    name: str = described("The option, like Size.")
    value: str = described("The value, like M.")


@strawberry.input(description="A value chosen for an option.")
class SelectedOptionInput:
    """A value chosen for an option."""

    name: str = strawberry.field(description="The option, like Size.")
    value: str = strawberry.field(description="The value, like M.")


@strawberry.type(description="How much a variant holds, and the amount its unit price is told for: 750 ml, per 1 l.")
@describes(rows.UnitMeasure, needs=AS_FOUND)
class UnitPriceMeasurement:
    """How much a variant holds, and the amount its unit price is told for."""

    measured_type: UnitPriceMeasurementMeasuredType | None = described("What is measured.")
    quantity_unit: UnitPriceMeasurementMeasuredUnit | None = described("The unit of what it holds.")
    quantity_value: float = described("How much it holds.")
    reference_unit: UnitPriceMeasurementMeasuredUnit | None = described("The unit of the amount priced.")
    reference_value: int = described("The amount priced.")


@strawberry.type(description="One buyable form of a product.")
@describes(rows.ProductVariant)
class ProductVariant(HasMetafields, Node):
    """One buyable form of a product."""

    id: strawberry.ID = id_of("ProductVariant")
    title: str = described("Its values of all options, like M / Green.")
    sku: str | None = described("The shop's own number for it.")
    barcode: str | None = described("The number under its barcode.")
    price: MoneyV2 = resolved_by(variants.price, "What one costs.")
    compare_at_price: MoneyV2 | None = resolved_by(
        variants.compare_at_price, "What one cost before, to be shown struck through."
    )
    price_v2: MoneyV2 = resolved_by(variants.price, "What one costs.", renamed="priceV2", deprecated="Use `price`.")
    compare_at_price_v2: MoneyV2 | None = resolved_by(
        variants.compare_at_price,
        "What one cost before.",
        renamed="compareAtPriceV2",
        deprecated="Use `compareAtPrice`.",
    )
    unit_price: MoneyV2 | None = resolved_by(
        measures.unit_price, "The price of the reference amount of `unitPriceMeasurement`."
    )
    unit_price_measurement: UnitPriceMeasurement | None = resolved_by(
        measures.unit_price_measurement, "How much it holds, and the amount the unit price is told for."
    )
    weight: float | None = resolved_by(measures.weight, "Its weight, in `weightUnit`.")
    weight_unit: WeightUnit = described("The unit of `weight`.")
    taxable: bool = described("Whether tax is due on it.")
    requires_shipping: bool = described("Whether it has to be delivered somewhere.")
    available_for_sale: bool = resolved_by(variants.available_for_sale, "Whether it can be bought now.")
    quantity_available: int | None = resolved_by(
        variants.quantity_available, "The units left to sell; null when its stock is not counted."
    )
    currently_not_in_stock: bool = resolved_by(
        variants.currently_not_in_stock, "Whether it can be ordered although none is left."
    )
    selected_options: list[SelectedOption] = resolved_by(variants.selected_options, "Its value of each option.")
    image: Image | None = resolved_by(variants.image, "Its own picture, else the product's first.")
    product: Product = resolved_by(variants.product_of_variant, "The product it is a form of.")


if not TYPE_CHECKING:
    ProductVariantConnection = connection(ProductVariant, "a variant")
