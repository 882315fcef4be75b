"""What became of a mutation on a cart: the cart as it stands, what was refused, what was done only in part."""

import datetime as dt
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

from commerce.cart_lines import CartWarning
from commerce.refusals import Refusal
from commerce.throttling import TooManyTries
from loaders.carts import CartByKey
from loaders.rows import carts as rows
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class UserError:
    """Something the buyer or the client has to mend."""

    message: str
    field: Sequence[str] | None = None
    code: str | None = None
    retry_after: dt.datetime | None = None

    @classmethod
    def of(cls, refusal: Refusal) -> "UserError":
        """A refusal as it is told."""
        until = refusal.until if isinstance(refusal, TooManyTries) else None
        return cls(refusal.message, refusal.field, refusal.refused_as, until)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something done only in part, and what it concerns."""

    code: str
    message: str
    target: tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class CartOutcome:
    """The answer of every mutation on a cart."""

    cart: rows.Cart | None
    user_errors: Sequence[UserError] = ()
    warnings: Sequence[Warned] = ()


async def outcome(context: Context, cart_id: str, act: Awaitable[Sequence[CartWarning]]) -> CartOutcome:
    """Carry out an act on a cart. A refusal is told beside the cart as it stands."""
    try:
        warnings = await act
    except Refusal as refusal:
        return CartOutcome(await _cart(context, cart_id), [UserError.of(refusal)])
    return CartOutcome(await _cart(context, cart_id), (), told(cart_id, warnings))


def told(cart_id: str, warnings: Sequence[CartWarning]) -> list[Warned]:
    """Warnings with what they concern: a line, else a variant, else the cart."""
    return [Warned(warning.code, warning.message, _target(cart_id, warning)) for warning in warnings]


def _target(cart_id: str, warning: CartWarning) -> tuple[str, int | str]:
    if warning.line_id is not None:
        return "CartLine", warning.line_id
    if warning.variant_id is not None:
        return "ProductVariant", warning.variant_id
    return "Cart", cart_id


async def _cart(context: Context, cart_id: str) -> rows.Cart | None:
    context.renew()
    return await context.loaders(CartByKey).load(cart_id)
