"""What staff do to products."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from commerce import product_edits
from commerce.collection_edits import join_collections, leave_collections
from commerce.image_edits import with_new_images
from commerce.metafields import Place, Wanted, set_metafields
from commerce.product_edits import Edit
from commerce.product_records import By
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from loaders.catalog import AnyProductById
from models.catalog import ProductStatus
from resolvers.context import Context
from resolvers.mistakes import BadArgument
from resolvers.staff_outcomes import Outcome, refused
from resolvers.staff_pictures import drafts_of
from resolvers.told_products import new_product, product_columns

Told = Mapping[str, Any]


def by(context: Context, action: str) -> By:
    """Who does this."""
    return By(context.viewer.staff or "", action)


async def product_outcome(context: Context, act: Callable[[], Awaitable[int]], *, under: str = "") -> Outcome:
    """Carry out an act that answers a product's id; `under` is the argument whose parts refusals name."""
    try:
        product_id = await act()
    except Refusal as refusal:
        return refused_under(refusal, under)
    context.renew()
    return Outcome(await context.loaders(AnyProductById).load(product_id))


def refused_under(refusal: Refusal, under: str) -> Outcome:
    """A refusal whose field is a part of an argument."""
    if not under or refusal.field is None or refusal.field[0] == under:
        return refused(refusal)
    return refused(Refusal(refusal.message, field=(under, *refusal.field), code=refusal.refused_as))


async def create(
    context: Context,
    root: object,
    *,
    product: Told | None = None,
    input: Told | None = None,
    media: Sequence[Told] = (),
) -> Outcome:
    """A product more, not offered until it is published."""
    told = _told(product, input)
    try:
        images = await drafts_of(context, media)
    except Refusal as refusal:
        return refused(refusal)

    @unit_of_work
    async def act() -> int:
        draft = replace(new_product(told), images=tuple(images))
        product_id = await product_edits.create_product(draft, by=by(context, "productCreate"), now=context.now)
        await _rest(context, product_id, told)
        return product_id

    return await product_outcome(context, act, under="input" if product is None else "product")


async def update(
    context: Context,
    root: object,
    *,
    product: Told | None = None,
    input: Told | None = None,
    media: Sequence[Told] = (),
) -> Outcome:
    """A product otherwise."""
    told = _told(product, input)
    key = told.get("id")
    if key is None:
        raise BadArgument("Say which product, by its id.", argument="product")
    try:
        images = await drafts_of(context, media)
    except Refusal as refusal:
        return refused(refusal)

    @unit_of_work
    async def act() -> int:
        columns = product_columns(told)
        await edit(context, "productUpdate", key, lambda d: with_new_images(replace(d, **columns), images))
        await _rest(context, key, told)
        return int(key)

    return await product_outcome(context, act, under="input" if product is None else "product")


async def delete(context: Context, root: object, *, input: Told) -> Outcome:
    """A product no more."""
    try:
        await product_edits.delete_products([input["id"]], by=by(context, "productDelete"), now=context.now)
    except Refusal as refusal:
        return refused(refusal)
    return Outcome(input["id"])


async def set_status(context: Context, root: object, *, product_id: int, status: ProductStatus) -> Outcome:
    """A product offered, drafted or archived."""

    async def act() -> int:
        await edit(context, "productChangeStatus", product_id, lambda draft: replace(draft, status=status))
        return product_id

    return await product_outcome(context, act)


async def edit(context: Context, action: str, product_id: int, change: Edit) -> None:
    """Change one product."""
    await product_edits.edit_products({product_id: change}, by=by(context, action), now=context.now)


async def _rest(context: Context, product_id: int, told: Told) -> None:
    """What belongs to a product besides its own: collections, metafields."""
    actor, now = context.viewer.staff or "", context.now
    await join_collections(product_id, told.get("collections_to_join") or (), now=now)
    await leave_collections(product_id, told.get("collections_to_leave") or (), now=now)
    wanted = [wanted_metafield("Product", product_id, each) for each in told.get("metafields") or ()]
    await set_metafields(wanted, actor=actor, now=now)


def wanted_metafield(owner_type: str, owner_id: int, told: Told) -> Wanted:
    """A metafield of something, as told."""
    place = Place(owner_type, owner_id, told.get("namespace") or "custom", told.get("key") or "")
    return Wanted(place, told.get("value") or "", told.get("type"))


def _told(product: Told | None, input: Told | None) -> Told:
    told = product if product is not None else input
    if told is None:
        raise BadArgument("Give `product`.", argument="product")
    return told
