"""What staff do to what products are chosen by."""

import strawberry

from commerce.option_edits import Deletion, NewVariants
from resolvers import staff_variants
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import payload
from schema.admin.product_mutations import (
    OPTION,
    VALUE,
    OptionCreateInput,
    OptionValueCreateInput,
    OptionValueSwatchInput,
)
from schema.admin.products import PRODUCT, Product
from schema.binding import changed_by
from schema.enums import told
from schema.ids import id_argument, ids_argument

told(
    NewVariants,
    "ProductOptionVariantStrategy",
    "What a change of options does to variants. One enum of Shopwright's own for what has two elsewhere.",
    {
        "LEAVE_AS_IS": "None is made or deleted.",
        "CREATE": "Every combination that is missing is made.",
        "MANAGE": "Every combination that is missing is made, those of deleted values are deleted.",
    },
)
told(
    Deletion,
    "ProductOptionDeleteStrategy",
    "What happens to variants that differ only in an option that goes.",
    {
        "DEFAULT": "The option stays: it is refused.",
        "NON_DESTRUCTIVE": "The option stays: it is refused.",
        "POSITION": "The first of them stays.",
    },
)


@strawberry.input(description="What shall be otherwise about an option.")
class OptionUpdateInput:
    """What shall be otherwise about an option."""

    id: strawberry.ID = required("The option.", decode=OPTION)
    name: str | None = optional("The option as shoppers read it.")
    position: int | None = optional("Its place among the options, counted from one.")


@strawberry.input(description="What shall be otherwise about a value of an option.")
class OptionValueUpdateInput:
    """What shall be otherwise about a value of an option."""

    id: strawberry.ID = required("The value.", decode=VALUE)
    name: str | None = optional("The value as shoppers read it.")
    swatch: OptionValueSwatchInput | None = optional("What it looks like. Shopwright's own.")


@strawberry.input(description="Names a value of an option.")
class OptionValueReorderInput:
    """Names a value of an option."""

    id: strawberry.ID | None = optional("Its id.", decode=VALUE)
    name: str | None = optional("Its name.")


@strawberry.input(description="Names an option, with its values in their new order.")
class OptionReorderInput:
    """Names an option."""

    id: strawberry.ID | None = optional("Its id.", decode=OPTION)
    name: str | None = optional("Its name.")
    values: list[OptionValueReorderInput] | None = optional("Its values in their new order; others follow.")


ProductOptionsCreatePayload = payload("ProductOptionsCreate", "product", Product, "The product.")
ProductOptionUpdatePayload = payload("ProductOptionUpdate", "product", Product, "The product.")
ProductOptionsDeletePayload = payload("ProductOptionsDelete", "product", Product, "The product.")
ProductOptionsReorderPayload = payload("ProductOptionsReorder", "product", Product, "The product.")
THIS = id_argument(PRODUCT, "The product.")


@strawberry.type
class OptionMutation:
    """What staff do to what products are chosen by."""

    product_options_create: ProductOptionsCreatePayload | None = changed_by(
        staff_variants.create_options,
        "Let a product be chosen by something more. Its variants take the first value.",
        needs="write_products",
        product_id=THIS,
        options=told_as(list[OptionCreateInput], "The options."),
        variant_strategy="Whether variants of all combinations are made.",
    )
    product_option_update: ProductOptionUpdatePayload | None = changed_by(
        staff_variants.update_option,
        "Change an option: its name, its place, its values.",
        needs="write_products",
        product_id=THIS,
        option=told_as(OptionUpdateInput, "The option."),
        option_values_to_add=told_as(list[OptionValueCreateInput] | None, "Values more.", default=None),
        option_values_to_update=told_as(list[OptionValueUpdateInput] | None, "Values otherwise.", default=None),
        option_values_to_delete=ids_argument(VALUE, "Values no more.", optional=True),
        variant_strategy="What happens to variants.",
    )
    product_options_delete: ProductOptionsDeletePayload | None = changed_by(
        staff_variants.delete_options,
        "Let a product be chosen by something no more.",
        needs="write_products",
        product_id=THIS,
        options=ids_argument(OPTION, "The options."),
        strategy="What happens to variants that differ in nothing else.",
    )
    product_options_reorder: ProductOptionsReorderPayload | None = changed_by(
        staff_variants.reorder_options,
        "Put a product's options, and their values, in another order; its variants follow.",
        needs="write_products",
        product_id=THIS,
        options=told_as(list[OptionReorderInput], "All the options, in their new order."),
    )
