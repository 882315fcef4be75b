"""Products: a model as the source of each type, and a resolver for whatever is not a plain column."""

from typing import Any

import strawberry

from bench.plain.loaders import loaders
from bench.plain.money import MoneyV2, PriceRange, gid, money
from bench.plain.pictures import Image, Images, Media, MediaImage, first_of, image


@strawberry.type
class SelectedOption:
    """An option's value."""

    name: str
    value: str


@strawberry.type
class ProductOptionValue:
    """A value."""

    name: str

    @strawberry.field
    def id(self: Any) -> strawberry.ID:
        return gid("ProductOptionValue", self.id)


@strawberry.type
class ProductOption:
    """An option."""

    name: str

    @strawberry.field
    def id(self: Any) -> strawberry.ID:
        return gid("ProductOption", self.id)

    @strawberry.field
    async def option_values(self: Any, info: strawberry.Info) -> list[ProductOptionValue]:
        return list(await loaders(info).values.load(self.id))


@strawberry.type
class ProductVariant:
    """A variant."""

    title: str
    sku: str | None

    @strawberry.field
    def id(self: Any) -> strawberry.ID:
        return gid("ProductVariant", self.id)

    @strawberry.field
    async def available_for_sale(self: Any, info: strawberry.Info) -> bool:
        return await is_for_sale(self, info)

    @strawberry.field
    async def selected_options(self: Any, info: strawberry.Info) -> list[SelectedOption]:
        options = await loaders(info).options.load(self.product_id)
        return [SelectedOption(name=o.name, value=v) for o, v in zip(options, values_of(self), strict=False) if v]

    @strawberry.field
    def price(self: Any) -> MoneyV2:
        return money(self.price)

    @strawberry.field
    def compare_at_price(self: Any) -> MoneyV2 | None:
        return None if self.compare_at_price is None else money(self.compare_at_price)

    @strawberry.field
    async def image(self: Any, info: strawberry.Info) -> Image | None:
        return first_of(await loaders(info).images.load(self.product_id))

    @strawberry.field
    async def product(self: Any, info: strawberry.Info) -> "Product":
        found: Product = await loaders(info).products.load(self.product_id)
        return found


@strawberry.type
class ProductVariants:
    """Variants."""

    nodes: list[ProductVariant]


@strawberry.type
class SEO:
    """Words for search engines."""

    title: str | None
    description: str | None


@strawberry.type
class Product:
    """A product."""

    handle: str
    title: str
    description: str
    description_html: str
    vendor: str
    product_type: str

    @strawberry.field
    def id(self: Any) -> strawberry.ID:
        return gid("Product", self.id)

    @strawberry.field
    async def available_for_sale(self: Any, info: strawberry.Info) -> bool:
        return await first_for_sale(self, info) is not None

    @strawberry.field
    async def tags(self: Any, info: strawberry.Info) -> list[str]:
        return [row.tag for row in await loaders(info).tags.load(self.id)]

    @strawberry.field
    async def featured_image(self: Any, info: strawberry.Info) -> Image | None:
        return first_of(await loaders(info).images.load(self.id))

    @strawberry.field
    async def images(self: Any, info: strawberry.Info, first: int) -> Images:
        return Images(nodes=[image(row) for row in (await loaders(info).images.load(self.id))[:first]])

    @strawberry.field
    async def media(self: Any, info: strawberry.Info, first: int) -> Media:
        rows = (await loaders(info).images.load(self.id))[:first]
        return Media(
            nodes=[MediaImage(media_content_type="IMAGE", alt=row.alt_text, preview_image=image(row)) for row in rows]
        )

    @strawberry.field
    def price_range(self: Any) -> PriceRange:
        return PriceRange(min_variant_price=money(self.min_price), max_variant_price=money(self.max_price))

    @strawberry.field
    async def compare_at_price_range(self: Any, info: strawberry.Info) -> PriceRange:
        rows = await loaders(info).variants.load(self.id)
        prices = [row.compare_at_price for row in rows if row.compare_at_price] or [0]
        return PriceRange(min_variant_price=money(min(prices)), max_variant_price=money(max(prices)))

    @strawberry.field
    async def options(self: Any, info: strawberry.Info) -> list[ProductOption]:
        return list(await loaders(info).options.load(self.id))

    @strawberry.field
    async def variants(self: Any, info: strawberry.Info, first: int) -> ProductVariants:
        return ProductVariants(nodes=(await loaders(info).variants.load(self.id))[:first])

    @strawberry.field
    async def selected_or_first_available_variant(self: Any, info: strawberry.Info) -> ProductVariant | None:
        found: ProductVariant | None = await first_for_sale(self, info)
        return found

    @strawberry.field
    async def adjacent_variants(self: Any, info: strawberry.Info) -> list[ProductVariant]:
        chosen = values_of(await first_for_sale(self, info))
        rows = await loaders(info).variants.load(self.id)
        return [row for row in rows if sum(a != b for a, b in zip(values_of(row), chosen, strict=True)) == 1]

    @strawberry.field
    def seo(self: Any) -> SEO:
        return SEO(title=self.seo_title, description=self.seo_description)


def values_of(variant: Any) -> tuple[str | None, str | None, str | None]:
    """A variant's value of each option."""
    return variant.option1, variant.option2, variant.option3


async def is_for_sale(variant: Any, info: strawberry.Info) -> bool:
    """Whether a variant can be bought now."""
    if not variant.tracked:
        return True
    return any(level.available > 0 or level.oversell for level in await loaders(info).levels.load(variant.id))


async def first_for_sale(product: Any, info: strawberry.Info) -> Any:
    """The first variant of a product that can be bought now."""
    for variant in await loaders(info).variants.load(product.id):
        if await is_for_sale(variant, info):
            return variant
    return None
