"""Changes to what a product is chosen by. Pure: a draft in, a changed draft or a refusal out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import product as combined
from typing import TypeVar

from commerce.product_drafts import (
    DEFAULT_OPTION,
    DEFAULT_VALUE,
    MOST_OPTIONS,
    MOST_VARIANTS,
    OptionDraft,
    ProductDraft,
    ValueDraft,
    VariantDraft,
)
from commerce.refusals import Refusal

Thing = TypeVar("Thing")


class BadOption(Refusal):
    """An option cannot be as somebody wants it."""


class NoSuchOption(Refusal):
    """The product has no such option, or the option no such value."""

    code = "OPTION_DOES_NOT_EXIST"


class NewVariants(StrEnum):
    """Whether new values make variants: LEAVE_AS_IS none, CREATE and MANAGE every combination that is missing."""

    LEAVE_AS_IS = "LEAVE_AS_IS"
    CREATE = "CREATE"
    MANAGE = "MANAGE"


class Deletion(StrEnum):
    """What to do with variants that only differ in an option that goes.

    DEFAULT and NON_DESTRUCTIVE refuse, POSITION keeps the first.
    """

    DEFAULT = "DEFAULT"
    NON_DESTRUCTIVE = "NON_DESTRUCTIVE"
    POSITION = "POSITION"


@dataclass(frozen=True, slots=True)
class OptionChange:
    """What shall be otherwise about an option: its name and place (from one), its values added, renamed, taken away."""

    id: int
    name: str | None = None
    position: int | None = None
    added: Sequence[ValueDraft] = ()
    changed: Mapping[int, ValueDraft] = field(default_factory=dict)
    removed: Sequence[int] = ()


def has_no_choice(draft: ProductDraft) -> bool:
    """Whether the product has but the one option that stands for none."""
    return [(o.name, [v.name for v in o.values]) for o in draft.options] == [(DEFAULT_OPTION, [DEFAULT_VALUE])]


def with_new_options(draft: ProductDraft, new: Sequence[OptionDraft], *, strategy: NewVariants) -> ProductDraft:
    """The product with these options more. Its variants take the first value of each."""
    kept = () if has_no_choice(draft) else draft.options
    if len(kept) + len(new) > MOST_OPTIONS:
        raise BadOption(f"A product has at most {MOST_OPTIONS} options.", field=("options",), code="OPTIONS_OVER_LIMIT")
    for at, option in enumerate(new):
        if not option.values:
            raise BadOption("A new option needs a value.", field=("options", str(at), "values"), code="BLANK")
    firsts = tuple(option.values[0].name for option in new)
    variants = tuple(replace(v, options=(*(v.options if kept else ()), *firsts)) for v in draft.variants)
    made = replace(draft, options=(*kept, *new), variants=variants)
    return made if strategy is NewVariants.LEAVE_AS_IS else with_all_variants(made)


def with_changed_option(draft: ProductDraft, change: OptionChange, *, strategy: NewVariants) -> ProductDraft:
    """The product with one option changed."""
    at = _place(draft, change.id)
    option = draft.options[at]
    known = {value.id: value for value in option.values}
    if {*change.changed, *change.removed} - set(known):
        raise NoSuchOption("The option has no such value.", field=("optionValuesToUpdate",))
    renamed = {known[key].name: replace(value, id=key) for key, value in change.changed.items()}
    gone = {known[key].name for key in change.removed}
    values = [renamed.get(value.name, value) for value in option.values if value.name not in gone]
    names = {old: value.name for old, value in renamed.items()}
    option = replace(option, name=change.name or option.name, values=(*values, *change.added))
    variants = _without_values(draft.variants, at, gone, strategy)
    variants = tuple(replace(v, options=_put(v.options, at, names.get(v.options[at]))) for v in variants)
    made = replace(draft, options=_put(draft.options, at, option), variants=variants)
    if change.position is not None:
        others = [each for each in made.options if each.id != change.id]
        others.insert(min(max(change.position - 1, 0), len(others)), option)
        made = reordered_options(made, others)
    return with_all_variants(made) if strategy in {NewVariants.MANAGE, NewVariants.CREATE} else made


def without_options(draft: ProductDraft, ids: Sequence[int], *, strategy: Deletion) -> ProductDraft:
    """The product without these options; without any it has the one that stands for none."""
    gone = {_place(draft, key) for key in ids}
    left = [at for at in range(len(draft.options)) if at not in gone]
    variants: dict[tuple[str, ...], VariantDraft] = {}
    for variant in draft.variants:
        values = tuple(variant.options[at] for at in left) or (DEFAULT_VALUE,)
        if values in variants and strategy is not Deletion.POSITION:
            told = "Variants differ in this option alone; delete them first, or keep the first of them by POSITION."
            raise BadOption(told, field=("options",), code="CANNOT_DELETE_OPTION_WITH_MULTIPLE_VALUES")
        variants.setdefault(values, replace(variant, options=values))
    options = tuple(draft.options[at] for at in left) or (OptionDraft(DEFAULT_OPTION, (ValueDraft(DEFAULT_VALUE),)),)
    return replace(draft, options=options, variants=tuple(variants.values()))


def reordered_options(draft: ProductDraft, options: Sequence[OptionDraft]) -> ProductDraft:
    """The product with its options, and their values, in this order; its variants follow."""
    places = [_place(draft, option.id) for option in options]
    if sorted(places) != list(range(len(draft.options))):
        raise BadOption("Name each of the product's options once.", field=("options",), code="MISSING_OPTION")
    variants = [replace(variant, options=tuple(variant.options[at] for at in places)) for variant in draft.variants]
    ranks = [{value.name: rank for rank, value in enumerate(option.values)} for option in options]
    variants.sort(key=lambda v: [ranks[at].get(name, len(ranks[at])) for at, name in enumerate(v.options)])
    return replace(draft, options=tuple(options), variants=tuple(variants))


def with_all_variants(draft: ProductDraft) -> ProductDraft:
    """The product with a variant for every combination of values, new ones like the first."""
    total = 1
    for option in draft.options:
        total *= len(option.values)
    if total > MOST_VARIANTS:
        raise BadOption(
            f"A product has at most {MOST_VARIANTS} variants.", field=("options",), code="TOO_MANY_VARIANTS"
        )
    known = {variant.options for variant in draft.variants}
    model = replace(draft.variants[0], id=None, sku=None, barcode=None, image=None, quantity=0, elsewhere=())
    every = combined(*([value.name for value in option.values] for option in draft.options))
    return replace(
        draft,
        variants=(*draft.variants, *(replace(model, options=chosen) for chosen in every if chosen not in known)),
    )


def _without_values(
    variants: Sequence[VariantDraft], at: int, gone: set[str], strategy: NewVariants
) -> Sequence[VariantDraft]:
    left = [variant for variant in variants if variant.options[at] not in gone]
    if len(left) < len(variants) and strategy is NewVariants.LEAVE_AS_IS:
        told = "Variants have this value; delete them first, or let the strategy MANAGE do it."
        raise BadOption(told, field=("optionValuesToDelete",), code="CANNOT_DELETE_VALUE_WITH_VARIANTS")
    if not left:
        raise BadOption(
            "A product keeps one variant.", field=("optionValuesToDelete",), code="CANNOT_DELETE_LAST_VALUE"
        )
    return left


def _put(things: tuple[Thing, ...], at: int, thing: Thing | None) -> tuple[Thing, ...]:
    return things if thing is None else (*things[:at], thing, *things[at + 1 :])


def _place(draft: ProductDraft, key: int | None) -> int:
    for at, option in enumerate(draft.options):
        if option.id == key:
            return at
    raise NoSuchOption("The product has no such option.", field=("options",))
