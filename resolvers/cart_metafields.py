"""Attaching typed values to carts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commerce import cart_metafields
from commerce.cart_metafields import BadMetafield, NewMetafield
from commerce.refusals import Refusal
from loaders.carts import CartByKey
from loaders.metafields import MetafieldById
from loaders.rows import carts
from loaders.rows.metafields import Metafield
from resolvers import metafields, nodes
from resolvers.context import Context

metafields.OWNERS[carts.Cart] = "Cart"


@dataclass(frozen=True, slots=True)
class SetError:
    """Why values were not attached."""

    message: str
    field: Sequence[str] | None
    code: str
    element_index: int | None = None


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """The values attached, or why none was."""

    metafields: Sequence[Metafield] | None
    user_errors: Sequence[SetError] = ()


@dataclass(frozen=True, slots=True)
class DeleteError:
    """Why a value was not taken off."""

    message: str
    field: Sequence[str] | None
    code: str


@dataclass(frozen=True, slots=True)
class DeleteOutcome:
    """The value taken off, or why it was not."""

    deleted: int | None
    user_errors: Sequence[DeleteError] = ()


async def set_metafields(
    context: Context, root: object, *, metafields: Sequence[tuple[str, NewMetafield]]
) -> SetOutcome:
    """Attach values to carts: all of them or none."""
    wanted: dict[str, list[NewMetafield]] = {}
    for cart_id, metafield in metafields:
        wanted.setdefault(cart_id, []).append(metafield)
    try:
        keys = await cart_metafields.set_metafields(wanted, now=context.now)
    except BadMetafield as bad:
        return SetOutcome(None, [SetError(bad.message, bad.field, bad.refused_as, bad.index)])
    except Refusal as refusal:
        return SetOutcome(None, [SetError(refusal.message, ("metafields",), "INVALID_OWNER")])
    context.renew()
    found = await context.loaders(MetafieldById).load_many(keys)
    return SetOutcome([metafield for metafield in found if isinstance(metafield, Metafield)])


async def delete_metafield(context: Context, root: object, *, input: tuple[str, str]) -> DeleteOutcome:
    """Take a value off a cart."""
    cart_id, key = input
    try:
        return DeleteOutcome(await cart_metafields.delete_metafield(cart_id, key, now=context.now))
    except cart_metafields.NoSuchMetafield as refusal:
        return DeleteOutcome(None, [DeleteError(refusal.message, refusal.field, refusal.refused_as)])
    except Refusal as refusal:
        return DeleteOutcome(None, [DeleteError(refusal.message, ("input", "ownerId"), "INVALID_OWNER")])


async def _cart(context: Context, key: str) -> Any:
    return await context.loaders(CartByKey).load(key)


nodes.FINDERS["Cart"] = _cart
