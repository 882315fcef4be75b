"""Staff attach metafields to things, and tags to products."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from commerce import metafields as acts
from commerce.metafields import OWNERS, Place, Wanted
from commerce.product_drafts import ProductDraft
from commerce.product_edits import Edit
from commerce.refusals import Refusal
from loaders.catalog import TagsOfProduct
from loaders.metafields import MetafieldById
from resolvers.context import Context
from resolvers.staff_outcomes import Outcome, UserError, refused
from resolvers.staff_products import edit

Told = Mapping[str, Any]
USUAL = "custom"


@dataclass(frozen=True, slots=True)
class MetafieldsOutcome:
    """Metafields after a mutation, or the places of those that are gone."""

    metafields: Sequence[Any] | None = None
    deleted: Sequence[Place] | None = None
    user_errors: Sequence[UserError] = ()


async def set_metafields(context: Context, root: object, *, metafields: Sequence[Told]) -> MetafieldsOutcome:
    """Values attached: all of them or none."""
    try:
        wanted = [Wanted(_place(each, at), each["value"], each.get("type")) for at, each in enumerate(metafields)]
        ids = await acts.set_metafields(wanted, actor=context.viewer.staff or "", now=context.now)
    except Refusal as refusal:
        return MetafieldsOutcome(user_errors=[UserError.of(refusal)])
    context.renew()
    return MetafieldsOutcome(await context.loaders(MetafieldById).load_many(ids))


async def delete_metafields(context: Context, root: object, *, metafields: Sequence[Told]) -> MetafieldsOutcome:
    """Values taken off."""
    try:
        places = [_place(each, at) for at, each in enumerate(metafields)]
        gone = await acts.delete_metafields(places, actor=context.viewer.staff or "", now=context.now)
    except Refusal as refusal:
        return MetafieldsOutcome(user_errors=[UserError.of(refusal)])
    return MetafieldsOutcome(deleted=gone)


def with_tags(draft: ProductDraft, *, tags: Sequence[str]) -> ProductDraft:
    """The product with these tags more; those it has stay as they are spelled."""
    return replace(draft, tags=(*draft.tags, *tags))


def without_tags(draft: ProductDraft, *, tags: Sequence[str]) -> ProductDraft:
    """The product without these tags, whatever their case."""
    gone = {tag.strip().casefold() for tag in tags}
    return replace(draft, tags=tuple(tag for tag in draft.tags if tag.casefold() not in gone))


async def tag_product(context: Context, action: str, product_id: int, change: Edit) -> list[str] | Outcome:
    """Change a product's tags; answers with them, or why not."""
    try:
        await edit(context, action, product_id, change)
    except Refusal as refusal:
        return refused(refusal)
    context.renew()
    return [row.tag for row in await context.loaders(TagsOfProduct).load(product_id)]


def _place(told: Told, at: int) -> Place:
    kind, key = told["owner_id"]
    if kind not in OWNERS or not (key.isascii() and key.isdigit() and len(key) < 10):
        path = ("metafields", str(at), "ownerId")
        raise Refusal("Metafields are not attached to this.", field=path, code="INVALID")
    return Place(kind, int(key), told.get("namespace") or USUAL, told["key"])
