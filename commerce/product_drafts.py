"""A product as somebody wants it to be, whole; and what is wrong with it, if anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from commerce.refusals import Refusal
from models.catalog import InventoryPolicy, ProductStatus

MOST_VARIANTS = 2048
MOST_OPTIONS = 3
MOST_IMAGES = 250
MOST_TAGS = 250
HIGHEST_PRICE = 10**15
DEFAULT_OPTION, DEFAULT_VALUE = "Title", "Default Title"
WEIGHT_UNITS = ("GRAMS", "KILOGRAMS", "OUNCES", "POUNDS")

_HANDLE = re.compile(r"[^\s/?#&%\\\x00-\x1f]{1,255}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


class BadProduct(Refusal):
    """A product cannot be as the draft says."""


@dataclass(frozen=True, slots=True)
class ValueDraft:
    """One value of an option, with its colour (`#rrggbb`) or picture where it has one."""

    name: str
    swatch_color: str | None = None
    swatch_image_url: str | None = None
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """What a shopper chooses by, with its values in the order they are offered.

    Drafts of what a product already has carry its row's `id`, so that it can be called otherwise and stay itself;
    without an id a thing is known by its name, its address or its options.
    """

    name: str
    values: tuple[ValueDraft, ...]
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ImageDraft:
    """A picture: an absolute address, or a path below our own media address; its size in pixels where known."""

    url: str
    alt_text: str | None = None
    width: int | None = None
    height: int | None = None
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class UnitMeasure:
    """How much a variant holds, and the amount its unit price is told for: 750 ml, told per 1 l."""

    quantity: float
    quantity_unit: str
    reference: int
    reference_unit: str


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """One buyable form: prices in minor units, weight in grams, its picture by address.

    `quantity` is the stock it starts with; later it is only moved by stock's own acts, so it does not count when two
    drafts are compared. A `fresh` one never is a variant that the product has already, though its options be the same.
    """

    options: tuple[str, ...]
    price: int
    compare_at_price: int | None = None
    cost: int | None = None
    sku: str | None = None
    barcode: str | None = None
    weight_grams: int = 0
    weight_unit: str = "GRAMS"
    taxable: bool = True
    tax_code: str | None = None
    requires_shipping: bool = True
    tracked: bool = True
    inventory_policy: InventoryPolicy = InventoryPolicy.DENY
    image: str | None = None
    unit: UnitMeasure | None = None
    quantity: int = field(default=0, compare=False)
    elsewhere: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    fresh: bool = field(default=False, compare=False)
    id: int | None = field(default=None, compare=False)

    @property
    def title(self) -> str:
        """The chosen values, as shoppers read them."""
        return " / ".join(self.options)


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product with everything it has. Saving a draft makes the shop's product equal to it."""

    handle: str
    title: str
    options: tuple[OptionDraft, ...]
    variants: tuple[VariantDraft, ...]
    images: tuple[ImageDraft, ...] = ()
    description_html: str = ""
    vendor: str = ""
    product_type: str = ""
    tags: tuple[str, ...] = ()
    status: ProductStatus = ProductStatus.ACTIVE
    published: bool = True
    is_gift_card: bool = False
    seo_title: str | None = None
    seo_description: str | None = None


def tidy(draft: ProductDraft) -> ProductDraft:
    """The same product in the one form it is kept in.

    Tags in order and each once whatever its case, no space around words, nothing where there is only emptiness.
    """
    tags: dict[str, str] = {}
    for tag in draft.tags:
        tags.setdefault(tag.strip().casefold(), tag.strip())
    return replace(
        draft,
        title=draft.title.strip(),
        vendor=draft.vendor.strip(),
        product_type=draft.product_type.strip(),
        tags=tuple(tags[key] for key in sorted(tags)),
        variants=tuple(map(_tidy_variant, draft.variants)),
        images=tuple(replace(image, alt_text=_said(image.alt_text)) for image in draft.images),
        seo_title=_said(draft.seo_title),
        seo_description=_said(draft.seo_description),
    )


def only_taken_values(draft: ProductDraft) -> ProductDraft:
    """The same product, its option values only as far as a variant takes them: as a file of variants tells it."""
    taken = {(at, name) for variant in draft.variants for at, name in enumerate(variant.options)}
    options = (
        replace(option, values=tuple(value for value in option.values if (at, value.name) in taken))
        for at, option in enumerate(draft.options)
    )
    return replace(draft, options=tuple(options))


def _tidy_variant(variant: VariantDraft) -> VariantDraft:
    sku, barcode, code = _said(variant.sku), _said(variant.barcode), _said(variant.tax_code)
    return replace(variant, sku=sku, barcode=barcode, tax_code=code)


def _said(text: str | None) -> str | None:
    return (text or "").strip() or None


def is_handle(text: str) -> bool:
    """Whether a text may be a readable part of an address."""
    return _HANDLE.fullmatch(text) is not None


def problems_of(draft: ProductDraft) -> Iterator[BadProduct]:
    """Everything that keeps this draft from being saved; nothing when it is right."""
    if not is_handle(draft.handle):
        yield BadProduct(
            "A handle has 1 to 255 characters, none of them a space or one of / ? # & %.", field=("handle",)
        )
    for name in ("title", "vendor", "product_type", "seo_title"):
        if len(getattr(draft, name) or "") > 255:
            yield BadProduct(f"The {name.replace('_', ' ')} may have 255 characters.", field=(name,))
    if not draft.title.strip():
        yield BadProduct("A product needs a title.", field=("title",))
    if len(draft.tags) > MOST_TAGS or any(not tag.strip() or len(tag) > 255 for tag in draft.tags):
        yield BadProduct(f"A product may have {MOST_TAGS} tags of 1 to 255 characters.", field=("tags",))
    if len(draft.images) > MOST_IMAGES:
        yield BadProduct(f"A product may have {MOST_IMAGES} images.", field=("images",))
    if len({image.url for image in draft.images}) < len(draft.images):
        yield BadProduct("An image is there twice.", field=("images",))
    yield from _problems_of_options(draft)
    yield from _problems_of_variants(draft)


def _problems_of_options(draft: ProductDraft) -> Iterator[BadProduct]:
    if not 1 <= len(draft.options) <= MOST_OPTIONS:
        yield BadProduct(f"A product has one to {MOST_OPTIONS} options.", field=("options",))
    if len({option.name.casefold() for option in draft.options}) < len(draft.options):
        yield BadProduct("Two options have the same name.", field=("options",))
    for at, option in enumerate(draft.options):
        names = [value.name for value in option.values]
        if not all(text.strip() and len(text) <= 255 for text in [option.name, *names]):
            yield BadProduct("Options and their values have 1 to 255 characters.", field=("options", str(at)))
        if not names or len(set(names)) < len(names):
            yield BadProduct("An option has at least one value, and none twice.", field=("options", str(at)))
        if any(value.swatch_color and not _COLOUR.fullmatch(value.swatch_color) for value in option.values):
            yield BadProduct("A swatch's colour is written like #2f6f4e.", field=("options", str(at)))


def _problems_of_variants(draft: ProductDraft) -> Iterator[BadProduct]:
    if not 1 <= len(draft.variants) <= MOST_VARIANTS:
        yield BadProduct(f"A product has one to {MOST_VARIANTS} variants.", field=("variants",))
    if len({variant.options for variant in draft.variants}) < len(draft.variants):
        yield BadProduct("Two variants have the same options.", field=("variants",))
    known = [{value.name for value in option.values} for option in draft.options]
    images = {image.url for image in draft.images}
    for at, variant in enumerate(draft.variants):
        chosen = variant.options
        if len(chosen) != len(known) or not all(name in names for name, names in zip(chosen, known, strict=True)):
            yield BadProduct("A variant takes one value of each option.", field=("variants", str(at), "options"))
        if variant.image is not None and variant.image not in images:
            yield BadProduct("A variant's image is one of its product's.", field=("variants", str(at), "image"))
        yield from problems_of_figures(variant, at)


def problems_of_figures(variant: VariantDraft, at: int) -> Iterator[BadProduct]:
    for name in ("price", "compare_at_price", "cost"):
        amount = getattr(variant, name)
        if amount is not None and not 0 <= amount <= HIGHEST_PRICE:
            yield BadProduct("A price is neither negative nor beyond all measure.", field=("variants", str(at), name))
    if not 0 <= variant.weight_grams < 2**31:
        yield BadProduct(
            "A weight is not negative and below 2,147 tonnes.", field=("variants", str(at), "weight_grams")
        )
    if not 0 <= variant.quantity < 10**9:
        yield BadProduct("A first stock is between 0 and a thousand million.", field=("variants", str(at), "quantity"))
    if variant.weight_unit not in WEIGHT_UNITS:
        yield BadProduct(
            f"A weight unit is one of {', '.join(WEIGHT_UNITS)}.", field=("variants", str(at), "weight_unit")
        )
    for name, most in (("sku", 255), ("barcode", 255), ("tax_code", 64), ("title", 255)):
        if len(getattr(variant, name) or "") > most:
            yield BadProduct(f"This may have {most} characters.", field=("variants", str(at), name))
