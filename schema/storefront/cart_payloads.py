"""What mutations on carts answer with."""

import datetime as dt
from typing import Any

import strawberry

from resolvers import outcomes as rows
from resolvers.context import Context
from schema.binding import described, describes, resolved_by
from schema.ids import gid
from schema.storefront.cart_codes import CartErrorCode, CartWarningCode, DisplayableError
from schema.storefront.carts import Cart


def _target(context: Context, warned: rows.Warned) -> str:
    return gid(*warned.target)


@strawberry.type(description="Why a mutation on a cart was refused.")
@describes(rows.UserError)
class CartUserError(DisplayableError):
    """Why a mutation on a cart was refused."""

    code: CartErrorCode | None = described("The reason, for programs.")
    retry_after: dt.datetime | None = described("When to try again, for who tried too often. Shopwright's own.")


@strawberry.type(description="Something a mutation on a cart did only in part.")
@describes(rows.Warned)
class CartWarning:
    """Something done only in part."""

    code: CartWarningCode = described("The reason, for programs.")
    message: str = described("The reason, in a sentence.")
    target: strawberry.ID = resolved_by(_target, "The id of what it concerns: a line, a variant or the cart.")


def payload(name: str) -> Any:
    """The payload of one mutation: the cart, user errors and warnings."""
    fields: dict[str, tuple[Any, Any]] = {
        "cart": (Cart | None, described("The cart as it stands; null if there is none.")),
        "user_errors": (list[CartUserError], described("Why it was refused; empty when it was done.")),
        "warnings": (list[CartWarning], described("What was done only in part.")),
    }
    annotations = {field: kind for field, (kind, _) in fields.items()}
    namespace = {field: made for field, (_, made) in fields.items()}
    made = type(name, (), {**namespace, "__annotations__": annotations, "__module__": __name__})
    described_by = describes(rows.CartOutcome)(made)
    return strawberry.type(described_by, description=f"What became of `{name[0].lower()}{name[1:-7]}`.")
