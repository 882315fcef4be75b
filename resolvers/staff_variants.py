"""What staff do to variants and to what products are chosen by, one or thousands at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from commerce import product_edits
from commerce.metafields import set_metafields
from commerce.option_edits import (
    Deletion,
    NewVariants,
    OptionChange,
    reordered_options,
    with_changed_option,
    with_new_options,
    without_options,
)
from commerce.product_drafts import OptionDraft, ProductDraft
from commerce.refusals import Refusal
from commerce.variant_edits import (
    NoSuchVariant,
    Standalone,
    VariantChange,
    reordered_variants,
    with_changed_variants,
    with_new_variants,
    without_variants,
)
from database.transactions import unit_of_work
from loaders.catalog import AnyProductById, AnyVariantById, VariantsOfProduct
from models.catalog import ProductVariant
from resolvers.context import Context
from resolvers.staff_outcomes import Outcome, UserError
from resolvers.staff_products import by, edit, product_outcome, wanted_metafield
from resolvers.told_products import option_draft, value_draft, variant_changes

Told = Mapping[str, Any]
MOST_AT_ONCE = 20_000
KEYS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class VariantsOutcome:
    """Variants after a mutation, and their product where all are of one."""

    product: Any = None
    product_variants: Sequence[Any] | None = None
    user_errors: Sequence[UserError] = ()


async def create(
    context: Context,
    root: object,
    *,
    product_id: int,
    variants: Sequence[Told],
    strategy: Standalone = Standalone.DEFAULT,
) -> VariantsOutcome:
    """Variants more."""
    known = await _variants_of(context, product_id)

    @unit_of_work
    async def act() -> None:
        changes = variant_changes(variants, currency=context.shop.currency)
        made = partial(with_new_variants, new=changes, standalone=strategy)
        await edit(context, "productVariantsBulkCreate", product_id, made)
        if any("metafields" in each for each in variants):
            rows = await ProductVariant.filter(product_id=product_id).order_by("position", "id").values_list("id")
            await _attach(context, [key for (key,) in rows][-len(variants) :], variants)

    return await _outcome(context, act, product_id, lambda rows: [row for row in rows if row.id not in known])


async def update(
    context: Context, root: object, *, product_id: int | None = None, variants: Sequence[Told]
) -> VariantsOutcome:
    """Variants otherwise: of one product, or of any."""
    ids: list[int] = [each.get("id") or 0 for each in variants]

    @unit_of_work
    async def act() -> None:
        if len(variants) > MOST_AT_ONCE:
            raise Refusal(f"One call changes at most {MOST_AT_ONCE} variants.", field=("variants",), code="TOO_MANY")
        groups = await _by_product(variant_changes(variants, currency=context.shop.currency), product_id)
        edits = {key: partial(with_changed_variants, changes=changes) for key, changes in groups.items()}
        await product_edits.edit_products(edits, by=by(context, "productVariantsBulkUpdate"), now=context.now)
        await _attach(context, ids, variants)

    if product_id is None:
        return await _outcome_of_many(context, act, ids)
    wanted = set(ids)
    return await _outcome(context, act, product_id, lambda rows: [row for row in rows if row.id in wanted])


async def delete(context: Context, root: object, *, product_id: int, variants_ids: Sequence[int]) -> VariantsOutcome:
    """Variants no more."""

    async def act() -> None:
        left = partial(without_variants, ids=variants_ids)
        await edit(context, "productVariantsBulkDelete", product_id, left)

    return await _outcome(context, act, product_id, lambda rows: rows)


async def reorder(context: Context, root: object, *, product_id: int, positions: Sequence[Told]) -> VariantsOutcome:
    """Variants at other places."""

    async def act() -> None:
        places = {each["id"]: each["position"] for each in positions}
        await edit(context, "productVariantsBulkReorder", product_id, lambda d: reordered_variants(d, places))

    return await _outcome(context, act, product_id, lambda rows: rows)


async def create_options(
    context: Context,
    root: object,
    *,
    product_id: int,
    options: Sequence[Told],
    variant_strategy: NewVariants = NewVariants.LEAVE_AS_IS,
) -> Outcome:
    """Options more."""
    new = [option_draft(each) for each in options]
    return await _edited(
        context, "productOptionsCreate", product_id, lambda d: with_new_options(d, new, strategy=variant_strategy)
    )


async def update_option(
    context: Context,
    root: object,
    *,
    product_id: int,
    option: Told,
    option_values_to_add: Sequence[Told] = (),
    option_values_to_update: Sequence[Told] = (),
    option_values_to_delete: Sequence[int] = (),
    variant_strategy: NewVariants = NewVariants.LEAVE_AS_IS,
) -> Outcome:
    """An option otherwise."""

    def change(draft: ProductDraft) -> ProductDraft:
        known = {value.id: value for each in draft.options for value in each.values}
        changed = {}
        for told in option_values_to_update:
            new, old = value_draft(told), known.get(told["id"])
            looks = new if old is None or "swatch" in told else replace(old, name=new.name)
            changed[told["id"]] = replace(looks, name=new.name or (old.name if old else ""))
        wanted = OptionChange(
            option["id"],
            option.get("name"),
            option.get("position"),
            [value_draft(each) for each in option_values_to_add],
            changed,
            option_values_to_delete,
        )
        return with_changed_option(draft, wanted, strategy=variant_strategy)

    return await _edited(context, "productOptionUpdate", product_id, change)


async def delete_options(
    context: Context, root: object, *, product_id: int, options: Sequence[int], strategy: Deletion = Deletion.DEFAULT
) -> Outcome:
    """Options no more."""
    return await _edited(
        context, "productOptionsDelete", product_id, lambda d: without_options(d, options, strategy=strategy)
    )


async def reorder_options(context: Context, root: object, *, product_id: int, options: Sequence[Told]) -> Outcome:
    """Options and their values at other places."""

    def change(draft: ProductDraft) -> ProductDraft:
        return reordered_options(draft, [_found(draft, told) for told in options])

    return await _edited(context, "productOptionsReorder", product_id, change)


def _found(draft: ProductDraft, told: Told) -> OptionDraft:
    """The option that was named, its values in the order told; those left out follow."""
    named = [o for o in draft.options if (o.id == told["id"] if told.get("id") else o.name == told.get("name"))]
    if not named:
        raise Refusal("The product has no such option.", field=("options",), code="OPTION_DOES_NOT_EXIST")
    values = list(named[0].values)
    asked = [(each.get("id"), each.get("name")) for each in told.get("values") or ()]
    first = [value for key, name in asked for value in values if value.id == key or value.name == name]
    return replace(named[0], values=(*dict.fromkeys(first), *(value for value in values if value not in first)))


async def _edited(
    context: Context, action: str, product_id: int, change: Callable[[ProductDraft], ProductDraft]
) -> Outcome:
    async def act() -> int:
        await edit(context, action, product_id, change)
        return product_id

    return await product_outcome(context, act)


async def _by_product(changes: Sequence[VariantChange], product_id: int | None) -> dict[int, list[VariantChange]]:
    """The changes of each product's variants."""
    if product_id is not None:
        return {product_id: list(changes)}
    products: dict[int, int] = {}
    ids = sorted({change.id for change in changes if change.id is not None})
    for start in range(0, len(ids), KEYS_AT_ONCE):
        found = ProductVariant.filter(id__in=ids[start : start + KEYS_AT_ONCE])
        products |= dict(await found.values_list("id", "product_id"))
    groups: dict[int, list[VariantChange]] = {}
    for change in changes:
        owner = products.get(change.id or 0)
        if owner is None:
            raise NoSuchVariant("There is no such variant.", field=("variants", str(change.at), "id"))
        groups.setdefault(owner, []).append(change)
    return groups


async def _attach(context: Context, ids: Sequence[int], variants: Sequence[Told]) -> None:
    """The metafields told of variants."""
    told = zip(ids, variants, strict=True)
    wanted = [wanted_metafield("ProductVariant", key, each) for key, v in told for each in v.get("metafields") or ()]
    await set_metafields(wanted, actor=context.viewer.staff or "", now=context.now, most=MOST_AT_ONCE, at=("variants",))


async def _variants_of(context: Context, product_id: int) -> set[int]:
    return {row.id for row in await context.loaders(VariantsOfProduct).load(product_id)}


async def _outcome(
    context: Context, act: Callable[[], Any], product_id: int, chosen: Callable[[Sequence[Any]], Sequence[Any]]
) -> VariantsOutcome:
    try:
        await act()
    except Refusal as refusal:
        return VariantsOutcome(user_errors=[UserError.of(refusal)])
    context.renew()
    product = await context.loaders(AnyProductById).load(product_id)
    return VariantsOutcome(product, chosen(await context.loaders(VariantsOfProduct).load(product_id)))


async def _outcome_of_many(context: Context, act: Callable[[], Any], ids: Sequence[int]) -> VariantsOutcome:
    try:
        await act()
    except Refusal as refusal:
        return VariantsOutcome(user_errors=[UserError.of(refusal)])
    context.renew()
    return VariantsOutcome(None, await context.loaders(AnyVariantById).load_many(ids))
