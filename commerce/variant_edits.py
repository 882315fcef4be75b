"""Changes to the variants of a product. Pure: a draft in, a changed draft or a refusal out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from commerce.product_drafts import (
    DEFAULT_VALUE,
    MOST_VARIANTS,
    ImageDraft,
    OptionDraft,
    ProductDraft,
    ValueDraft,
    VariantDraft,
    problems_of_figures,
)
from commerce.refusals import Refusal


class BadVariant(Refusal):
    """A variant cannot be as somebody wants it."""


class NoSuchVariant(Refusal):
    """The product has no such variant."""

    code = "PRODUCT_VARIANT_DOES_NOT_EXIST"


class Standalone(StrEnum):
    """What becomes of the one variant a product starts with, when others come."""

    DEFAULT = "DEFAULT"
    REMOVE_STANDALONE_VARIANT = "REMOVE_STANDALONE_VARIANT"
    PRESERVE_STANDALONE_VARIANT = "PRESERVE_STANDALONE_VARIANT"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value of an option, both by name or by id."""

    option: str | None = None
    option_id: int | None = None
    value: str | None = None
    value_id: int | None = None


@dataclass(frozen=True, slots=True)
class VariantChange:
    """What shall be otherwise about a variant: its values of options, its picture by id or address, its columns.

    `columns` are fields of a VariantDraft by name. `at` is the variant's place in the call, for refusals.
    """

    at: int = 0
    id: int | None = None
    chosen: Sequence[Chosen] = ()
    image_id: int | None = None
    image_url: str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)

    def refused(self, message: str, *path: str, code: str = "INVALID") -> BadVariant:
        """The refusal of this change."""
        return BadVariant(message, field=("variants", str(self.at), *path), code=code)


def with_new_variants(draft: ProductDraft, new: Sequence[VariantChange], *, standalone: Standalone) -> ProductDraft:
    """The product with these variants more, and with the values of options that they bring."""
    if len(draft.variants) + len(new) > MOST_VARIANTS + 1:
        raise BadVariant(f"A product has at most {MOST_VARIANTS} variants.", field=("variants",), code="TOO_MANY")
    first = draft.variants[0] if len(draft.variants) == 1 else None
    gone = first is not None and bool(new) and _leaves(first, standalone)
    for change in new:
        if not change.chosen and not gone and len(draft.variants):
            raise change.refused("A new variant needs its values of the options.", "optionValues", code="BLANK")
    kept = replace(draft, variants=() if gone else draft.variants)
    start = VariantDraft((DEFAULT_VALUE,), price=first.price if first else 0, fresh=True)
    for change in new:
        kept, variant = _changed(kept, start, change)
        kept = replace(kept, variants=(*kept.variants, variant))
    return _distinct(kept, new)


def with_changed_variants(draft: ProductDraft, changes: Sequence[VariantChange]) -> ProductDraft:
    """The product with these variants changed."""
    variants = {variant.id: variant for variant in draft.variants}
    for change in changes:
        if change.id not in variants:
            raise NoSuchVariant(
                "The product has no such variant.", field=("variants", str(change.at), "id"), code=NoSuchVariant.code
            )
        draft, variants[change.id] = _changed(draft, variants[change.id], change)
    return _distinct(replace(draft, variants=tuple(variants.values())), changes)


def without_variants(draft: ProductDraft, ids: Iterable[int]) -> ProductDraft:
    """The product without these variants."""
    gone = set(ids)
    if gone - {variant.id for variant in draft.variants}:
        raise NoSuchVariant("The product has no such variant.", field=("variantsIds",))
    left = tuple(variant for variant in draft.variants if variant.id not in gone)
    if not left:
        raise BadVariant("A product keeps one variant.", field=("variantsIds",), code="CANNOT_DELETE_LAST_VARIANT")
    return replace(draft, variants=left)


def reordered_variants(draft: ProductDraft, positions: Mapping[int, int]) -> ProductDraft:
    """The product with these variants (by id) at these places, counted from one; the others keep their order."""
    if set(positions) - {variant.id for variant in draft.variants}:
        raise NoSuchVariant("The product has no such variant.", field=("positions",))
    rest = [variant for variant in draft.variants if variant.id not in positions]
    moved = {variant.id: variant for variant in draft.variants if variant.id in positions}
    for key, place in sorted(positions.items(), key=lambda pair: pair[1]):
        rest.insert(max(place - 1, 0), moved[key])
    return replace(draft, variants=tuple(rest))


def _leaves(first: VariantDraft, standalone: Standalone) -> bool:
    if standalone is Standalone.DEFAULT:
        return first.options == (DEFAULT_VALUE,)
    return standalone is Standalone.REMOVE_STANDALONE_VARIANT


def _changed(draft: ProductDraft, variant: VariantDraft, change: VariantChange) -> tuple[ProductDraft, VariantDraft]:
    if change.chosen or variant.id is None:
        draft, options = _choose(draft, variant, change)
        variant = replace(variant, options=options)
    if change.image_id is not None or change.image_url is not None:
        draft, variant = _pictured(draft, variant, change)
    variant = replace(variant, **change.columns)
    for problem in problems_of_figures(variant, change.at):
        raise problem
    return draft, variant


def _choose(draft: ProductDraft, variant: VariantDraft, change: VariantChange) -> tuple[ProductDraft, tuple[str, ...]]:
    known = variant.id is not None
    values: list[str | None] = list(variant.options) if known else [None] * len(draft.options)
    if not known and not change.chosen and len(draft.options) == 1:
        values = [DEFAULT_VALUE]
    options = list(draft.options)
    for chosen in change.chosen:
        at = _place(options, chosen, change)
        options[at], values[at] = _valued(options[at], chosen, change)
    if None in values:
        missing = options[values.index(None)].name
        raise change.refused(f"The value of {missing} is missing.", "optionValues", code="NEED_TO_ADD_OPTION_VALUES")
    return replace(draft, options=tuple(options)), tuple(value or "" for value in values)


def _place(options: Sequence[OptionDraft], chosen: Chosen, change: VariantChange) -> int:
    for at, option in enumerate(options):
        if option.id == chosen.option_id if chosen.option_id else option.name == chosen.option:
            return at
    raise change.refused("The product has no such option.", "optionValues", code="INVALID_OPTION")


def _valued(option: OptionDraft, chosen: Chosen, change: VariantChange) -> tuple[OptionDraft, str]:
    if chosen.value_id is not None:
        found = next((value.name for value in option.values if value.id == chosen.value_id), None)
        if found is None:
            raise change.refused("The option has no such value.", "optionValues", code="INVALID_OPTION_VALUE")
        return option, found
    name = (chosen.value or "").strip()
    if not 1 <= len(name) <= 255:
        raise change.refused("An option's value has 1 to 255 characters.", "optionValues", code="INVALID_OPTION_VALUE")
    if any(value.name == name for value in option.values):
        return option, name
    return replace(option, values=(*option.values, ValueDraft(name))), name


def _pictured(draft: ProductDraft, variant: VariantDraft, change: VariantChange) -> tuple[ProductDraft, VariantDraft]:
    if change.image_id is not None:
        url = next((image.url for image in draft.images if image.id == change.image_id), None)
        if url is None:
            raise change.refused("The product has no such picture.", "mediaId", code="MEDIA_DOES_NOT_EXIST")
        return draft, replace(variant, image=url)
    url = change.image_url or None
    if url and url not in {image.url for image in draft.images}:
        draft = replace(draft, images=(*draft.images, ImageDraft(url)))
    return draft, replace(variant, image=url)


def _distinct(draft: ProductDraft, changes: Sequence[VariantChange]) -> ProductDraft:
    if len({variant.options for variant in draft.variants}) < len(draft.variants):
        first = changes[0] if len(changes) == 1 else None
        path = ("variants", str(first.at)) if first else ("variants",)
        raise BadVariant("Two variants have the same options.", field=path, code="VARIANT_ALREADY_EXISTS")
    return draft
