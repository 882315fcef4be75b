"""Variants as staff see them."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import catalog as rows
from models.catalog import InventoryPolicy
from resolvers import measures, staff_catalog, variants
from schema.admin.inventory import InventoryItem
from schema.admin.metafields import Metafield, MetafieldConnection, metafield_of, metafields_of
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.scalars import MoneyV2, Price
from schema.storefront.images import Image
from schema.storefront.variants import SelectedOption, UnitPriceMeasurement, WeightUnit

if TYPE_CHECKING:
    from schema.admin.products import Product
else:
    Product = Annotated["Product", strawberry.lazy("schema.admin.products")]

told(
    staff_catalog.VariantSort,
    "ProductVariantSortKeys",
    "What variants can be sorted by.",
    {
        "ID": "The order they were made in.",
        "TITLE": "Their values of the options.",
        "POSITION": "Their place within their product.",
        "UPDATED_AT": "When they last changed.",
        "CREATED_AT": "When they were made.",
    },
)


def _policy(context: Any, variant: rows.ProductVariant) -> InventoryPolicy:
    return InventoryPolicy(variant.inventory_policy)


@strawberry.type(description="One buyable form of a product.")
@describes(rows.ProductVariant, needs="read_products")
class ProductVariant(Node):
    """One buyable form of a product."""

    id: strawberry.ID = id_of("ProductVariant")
    title: str = described("Its values of all options, like M / Green.")
    display_name: str = resolved_by(staff_catalog.name_of_variant, "Product and variant together.")
    sku: str | None = described("The shop's own number for it.")
    barcode: str | None = described("The number under its barcode.")
    position: int = described("Its place within its product, counted from one.")
    price: Price = resolved_by(staff_catalog.price_of_variant, "What one costs.")
    compare_at_price: Price | None = resolved_by(
        staff_catalog.compare_at_of_variant, "What one cost before, to be shown struck through."
    )
    unit_cost: MoneyV2 | None = resolved_by(
        staff_catalog.cost_of_variant, "What one costs the shop. Shopwright's own here."
    )
    unit_price_measurement: UnitPriceMeasurement | None = resolved_by(
        measures.unit_price_measurement, "How much it holds, and the amount the unit price is told for."
    )
    taxable: bool = described("Whether tax is due on it.")
    tax_code: str | None = resolved_by(staff_catalog.tax_code_of_variant, "The kind of goods, for taxes.")
    weight: float | None = resolved_by(measures.weight, "Its weight, in `weightUnit`. Shopwright's own here.")
    weight_unit: WeightUnit = described("The unit of `weight`. Shopwright's own here.")
    requires_shipping: bool = described("Whether it has to be delivered somewhere. Shopwright's own here.")
    tracked: bool = described("Whether its stock is counted. Shopwright's own here.")
    inventory_policy: InventoryPolicy = resolved_by(_policy, "What happens when its stock is used up.")
    inventory_quantity: int | None = resolved_by(
        staff_catalog.quantity_of_variant, "The units left to sell; null where they are not counted."
    )
    inventory_item: InventoryItem | None = resolved_by(
        staff_catalog.item_of_variant, "How it lies on shelves; null to who may not see that."
    )
    available_for_sale: bool = resolved_by(variants.available_for_sale, "Whether it can be bought now.")
    selected_options: list[SelectedOption] = resolved_by(variants.selected_options, "Its value of each option.")
    image: Image | None = resolved_by(staff_catalog.image_of_variant, "Its own picture.")
    product: Product = resolved_by(variants.product_of_variant, "The product it is a form of.")
    metafield: Metafield | None = metafield_of()
    metafields: MetafieldConnection = metafields_of()
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it last changed.")


ProductVariantConnection = connection(ProductVariant, "a variant")


@strawberry.type
class VariantQuery:
    """Questions about variants."""

    product_variant: ProductVariant | None = resolved_by(
        staff_catalog.variant,
        "One variant.",
        needs="read_products",
        id=id_argument(number_key("ProductVariant"), "The variant's id."),
    )
    product_variants: ProductVariantConnection = resolved_by(
        staff_catalog.variants,
        "The variants of all products, found by a search and sorted.",
        needs="read_products",
        query="What to search for, like `sku:WJ-* product_status:active`; a word alone begins an SKU, is a barcode, or"
        " is part of a title.",
        sort_key="What to sort by.",
    )
