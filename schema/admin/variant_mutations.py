"""What staff do to variants, one or thousands at once."""

import strawberry

from commerce.variant_edits import Standalone
from models.catalog import InventoryPolicy
from resolvers import staff_variants
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import UserError
from schema.admin.product_mutations import OPTION, VALUE, MetafieldInput
from schema.admin.products import PRODUCT, Product
from schema.admin.variants import ProductVariant
from schema.binding import changed_by, described, describes
from schema.enums import told
from schema.ids import id_argument, ids_argument, number_key
from schema.requirements import AS_FOUND
from schema.scalars import Amount, Price
from schema.storefront.variants import UnitPriceMeasurementMeasuredUnit, WeightUnit

VARIANT, LOCATION, MEDIA = (
    number_key("ProductVariant"),
    number_key("Location"),
    number_key("MediaImage", "ProductImage"),
)
told(
    Standalone,
    "ProductVariantsBulkCreateStrategy",
    "What becomes of the one variant a product starts with, when others come.",
    {
        "DEFAULT": "It goes if it is the one without a choice.",
        "REMOVE_STANDALONE_VARIANT": "It goes.",
        "PRESERVE_STANDALONE_VARIANT": "It stays.",
    },
)


@strawberry.input(description="A variant's value of an option; each by its name or by its id.")
class VariantOptionValueInput:
    """A variant's value of an option."""

    option_name: str | None = optional("The option.")
    option_id: strawberry.ID | None = optional("The option.", decode=OPTION)
    name: str | None = optional("The value. One that the option does not have yet is added to it.")
    id: strawberry.ID | None = optional("The value.", decode=VALUE)


@strawberry.input(description="A weight.")
class WeightInput:
    """A weight."""

    value: float = required("How much.")
    unit: WeightUnit = required("Of what.")


@strawberry.input(description="How large something is.")
class InventoryItemMeasurementInput:
    """How large something is."""

    weight: WeightInput | None = optional("How heavy.")


@strawberry.input(description="A variant as it lies on shelves.")
class VariantItemInput:
    """A variant as it lies on shelves."""

    sku: str | None = optional("The shop's own number for it.")
    cost: Amount | None = optional("What one costs the shop.")
    tracked: bool | None = optional("Whether its stock is counted; what is not counted can always be sold.")
    requires_shipping: bool | None = optional("Whether it has to be delivered somewhere.")
    measurement: InventoryItemMeasurementInput | None = optional("How heavy it is.")


@strawberry.input(description="The stock that a new variant starts with at a place.")
class InventoryLevelInput:
    """The stock that a new variant starts with at a place."""

    location_id: strawberry.ID = required("The place.", decode=LOCATION)
    available_quantity: int = required("How many units.")


@strawberry.input(description="How much a variant holds, and the amount its unit price is told for.")
class UnitPriceMeasurementInput:
    """How much a variant holds, and the amount its unit price is told for."""

    quantity_value: float = required("How much it holds.")
    quantity_unit: UnitPriceMeasurementMeasuredUnit = required("The unit of what it holds.")
    reference_value: int = required("The amount priced.")
    reference_unit: UnitPriceMeasurementMeasuredUnit = required("The unit of the amount priced.")


@strawberry.input(description="A new variant, or what shall be otherwise about one. What is left out stays as it is.")
class ProductVariantsBulkInput:
    """A new variant, or what shall be otherwise about one."""

    id: strawberry.ID | None = optional("The variant, where it is there already.", decode=VARIANT)
    option_values: list[VariantOptionValueInput] | None = optional("Its values of the options.")
    price: Price | None = optional("What one costs.")
    compare_at_price: Price | None = optional("What one cost before; null for nothing.")
    sku: str | None = optional("The shop's own number for it. Shopwright's own here.")
    barcode: str | None = optional("The number under its barcode.")
    taxable: bool | None = optional("Whether tax is due on it.")
    tax_code: str | None = optional("The kind of goods, for taxes.")
    inventory_policy: InventoryPolicy | None = optional("What happens when its stock is used up.")
    inventory_item: VariantItemInput | None = optional("How it lies on shelves.")
    inventory_quantities: list[InventoryLevelInput] | None = optional(
        "The stock that a new variant starts with. Later it is changed by `inventorySetQuantities` and its like."
    )
    unit_price_measurement: UnitPriceMeasurementInput | None = optional("How much it holds; null for nothing.")
    media_id: strawberry.ID | None = optional("Its picture, one of its product's.", decode=MEDIA)
    metafields: list[MetafieldInput] | None = optional("Metafields to set.")


@strawberry.input(description="A variant's new place.")
class ProductVariantPositionInput:
    """A variant's new place."""

    id: strawberry.ID = required("The variant.", decode=VARIANT)
    position: int = required("Its place afterwards, counted from one.")


def _payload(name: str) -> type:
    """The answer of a mutation of variants."""
    annotations = {
        "product": Product | None,
        "product_variants": list[ProductVariant] | None,
        "user_errors": list[UserError],
    }
    namespace = {
        "__annotations__": annotations,
        "__module__": __name__,
        "product": described("The product, where all the variants are of one."),
        "product_variants": described("The variants."),
        "user_errors": described("Why it was refused; empty when it was done."),
    }
    made = type(f"{name}Payload", (), namespace)
    text = f"The answer of `{name[0].lower()}{name[1:]}`."
    payload: type = strawberry.type(describes(staff_variants.VariantsOutcome, needs=AS_FOUND)(made), description=text)
    return payload


CreatePayload = _payload("ProductVariantsBulkCreate")
UpdatePayload = _payload("ProductVariantsBulkUpdate")
DeletePayload = _payload("ProductVariantsBulkDelete")
ReorderPayload = _payload("ProductVariantsBulkReorder")
THIS = id_argument(PRODUCT, "The product.")
Variants = list[ProductVariantsBulkInput]


@strawberry.type
class VariantMutation:
    """What staff do to variants."""

    product_variants_bulk_create: CreatePayload | None = changed_by(
        staff_variants.create,
        "Make variants of a product.",
        needs="write_products",
        product_id=THIS,
        variants=told_as(Variants, "The variants."),
        strategy="What becomes of the one variant a product starts with.",
    )
    product_variants_bulk_update: UpdatePayload | None = changed_by(
        staff_variants.update,
        "Change variants, all of them or none. Without a product they may be of many: 10,000 prices are one call.",
        needs="write_products",
        product_id=id_argument(PRODUCT, "The product, where all are of one.", optional=True),
        variants=told_as(Variants, "What shall be otherwise, at most 20,000."),
    )
    product_variants_bulk_delete: DeletePayload | None = changed_by(
        staff_variants.delete,
        "Delete variants of a product; it keeps at least one. Orders keep what was bought, carts lose it.",
        needs="write_products",
        product_id=THIS,
        variants_ids=ids_argument(VARIANT, "The variants."),
    )
    product_variants_bulk_reorder: ReorderPayload | None = changed_by(
        staff_variants.reorder,
        "Move variants to other places within their product.",
        needs="write_products",
        product_id=THIS,
        positions=told_as(list[ProductVariantPositionInput], "The places."),
    )
