"""What staff do to products."""

import strawberry

from models.catalog import ProductStatus
from resolvers import staff_products
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import deletion, payload
from schema.admin.products import COLLECTION, PRODUCT, Product
from schema.binding import changed_by
from schema.ids import id_argument, number_key
from schema.scalars import URL, Color
from schema.storefront.images import MediaContentType

OPTION, VALUE = number_key("ProductOption"), number_key("ProductOptionValue")


@strawberry.input(description="What search engines are told of something.")
class SEOInput:
    """What search engines are told."""

    title: str | None = optional("The title for search results, where it differs.")
    description: str | None = optional("The text for search results.")


@strawberry.input(description="What an option value looks like. Shopwright's own.")
class OptionValueSwatchInput:
    """What an option value looks like."""

    color: Color | None = optional("The colour.")
    image_url: URL | None = optional("The address of a picture.")


@strawberry.input(description="A new value of an option.")
class OptionValueCreateInput:
    """A new value of an option."""

    name: str = required("The value as shoppers read it.")
    swatch: OptionValueSwatchInput | None = optional("What it looks like. Shopwright's own.")


@strawberry.input(description="A new option, like Size, with its values.")
class OptionCreateInput:
    """A new option."""

    name: str = required("The option as shoppers read it.")
    position: int | None = optional("Its place among the options, counted from one; last unless given.")
    values: list[OptionValueCreateInput] | None = optional("Its values, in order.")


@strawberry.input(description="A metafield of what is being made or changed.")
class MetafieldInput:
    """A metafield of what is being made or changed."""

    namespace: str | None = optional("Its namespace; `custom` unless given.")
    key: str = required("Its key.")
    type: str | None = optional("How the value is to be read; needed for a new one.")
    value: str = required("The value, written as text.")


@strawberry.input(description="A picture for a product.")
class CreateMediaInput:
    """A picture for a product."""

    original_source: URL = required("Where it is: an address to fetch it from, or that of an upload.")
    alt: str | None = optional("What it shows, for those who do not see it.")
    media_content_type: MediaContentType | None = optional("What it is; IMAGE is all there is.")


@strawberry.input(description="A new product.")
class ProductCreateInput:
    """A new product."""

    title: str = required("Its name.")
    handle: str | None = optional("The readable part of its address; made of the title unless given.")
    description_html: str | None = optional("What it is, as HTML. It is kept as it is: only staff write it.")
    vendor: str | None = optional("Who makes or brands it.")
    product_type: str | None = optional("What kind of thing it is, in the shop's words.")
    tags: list[str] | None = optional("The words the shop groups it by.")
    status: ProductStatus | None = optional("Whether it is offered; ACTIVE unless given.")
    gift_card: bool | None = optional("Whether it is a gift card.")
    seo: SEOInput | None = optional("What search engines are told.")
    product_options: list[OptionCreateInput] | None = optional(
        "What it is chosen by. It starts with one variant, of the first value of each."
    )
    collections_to_join: list[strawberry.ID] | None = optional(
        "Collections chosen by hand that it is put into.", decode=COLLECTION
    )
    metafields: list[MetafieldInput] | None = optional("Its metafields, at most 25.")


@strawberry.input(description="What shall be otherwise about a product. What is left out stays as it is.")
class ProductUpdateInput:
    """What shall be otherwise about a product."""

    id: strawberry.ID = required("The product.", decode=PRODUCT)
    title: str | None = optional("Its name.")
    handle: str | None = optional("The readable part of its address.")
    description_html: str | None = optional("What it is, as HTML. It is kept as it is: only staff write it.")
    vendor: str | None = optional("Who makes or brands it.")
    product_type: str | None = optional("What kind of thing it is, in the shop's words.")
    tags: list[str] | None = optional("All the words the shop groups it by.")
    status: ProductStatus | None = optional("Whether it is offered.")
    gift_card: bool | None = optional("Whether it is a gift card.")
    seo: SEOInput | None = optional("What search engines are told.")
    collections_to_join: list[strawberry.ID] | None = optional(
        "Collections chosen by hand that it is put into.", decode=COLLECTION
    )
    collections_to_leave: list[strawberry.ID] | None = optional(
        "Collections chosen by hand that it is taken out of.", decode=COLLECTION
    )
    metafields: list[MetafieldInput] | None = optional("Metafields to set, at most 25.")


@strawberry.input(description="A product that shall be no more.")
class ProductDeleteInput:
    """A product that shall be no more."""

    id: strawberry.ID = required("The product.", decode=PRODUCT)


ProductCreatePayload = payload("ProductCreate", "product", Product, "The product.")
ProductUpdatePayload = payload("ProductUpdate", "product", Product, "The product.")
ProductChangeStatusPayload = payload("ProductChangeStatus", "product", Product, "The product.")
ProductDeletePayload = deletion("ProductDelete", "deleted_product_id", "Product", "The id of what is gone.")


@strawberry.type
class ProductMutation:
    """What staff do to products."""

    product_create: ProductCreatePayload | None = changed_by(
        staff_products.create,
        "Make a product. It is not offered until it is published with `publishablePublish`.",
        needs="write_products",
        product=told_as(ProductCreateInput | None, "The product.", default=None),
        media=told_as(list[CreateMediaInput] | None, "Its pictures, at most 50.", default=None),
        input=told_as(ProductCreateInput | None, "The same, under an older name.", default=None),
    )
    product_update: ProductUpdatePayload | None = changed_by(
        staff_products.update,
        "Change a product.",
        needs="write_products",
        product=told_as(ProductUpdateInput | None, "What shall be otherwise.", default=None),
        media=told_as(list[CreateMediaInput] | None, "Pictures more, at most 50.", default=None),
        input=told_as(ProductUpdateInput | None, "The same, under an older name.", default=None),
    )
    product_change_status: ProductChangeStatusPayload | None = changed_by(
        staff_products.set_status,
        "Offer a product, go back to working on it, or put it away.",
        needs="write_products",
        product_id=id_argument(PRODUCT, "The product."),
        status="What it shall be.",
    )
    product_delete: ProductDeletePayload | None = changed_by(
        staff_products.delete,
        "Delete a product with its variants and pictures. Orders keep what was bought, carts lose it.",
        needs="write_products",
        input=told_as(ProductDeleteInput, "The product."),
    )
