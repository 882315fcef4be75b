"""Typed values that clients attach to carts."""

from typing import TYPE_CHECKING, Any

import strawberry

from commerce.cart_metafields import NewMetafield
from resolvers import cart_metafields as rows
from schema.binding import Argument, changed_by, described, describes, resolved_by
from schema.enums import enumeration
from schema.ids import gid
from schema.storefront.cart_codes import DisplayableError
from schema.storefront.carts import CART
from schema.storefront.metafields import Metafield

if TYPE_CHECKING:
    MetafieldsSetUserErrorCode = MetafieldDeleteErrorCode = str
else:
    MetafieldsSetUserErrorCode = enumeration(
        "MetafieldsSetUserErrorCode",
        "Why a typed value was not attached.",
        {
            "APP_NOT_AUTHORIZED": "The client may not attach it there.",
            "BLANK": "The value is missing.",
            "INCLUSION": "The value is not one of those it may be.",
            "INVALID_OWNER": "There is nothing with that id to attach it to.",
            "INVALID_TYPE": "There is no such type.",
            "INVALID_VALUE": "The value or the key is not written as its type wants.",
            "LESS_THAN_OR_EQUAL_TO": "There are too many values.",
            "PRESENT": "It may not be given.",
            "TOO_LONG": "It is too long.",
            "TOO_SHORT": "It is too short.",
        },
    )
    MetafieldDeleteErrorCode = enumeration(
        "MetafieldDeleteErrorCode",
        "Why a typed value was not taken off.",
        {
            "APP_NOT_AUTHORIZED": "The client may not take it off.",
            "INVALID_OWNER": "There is nothing with that id.",
            "METAFIELD_DOES_NOT_EXIST": "There is no such value on it.",
        },
    )


@strawberry.input(description="A typed value to attach to a cart.")
class CartMetafieldsSetInput:
    """A typed value to attach."""

    owner_id: strawberry.ID = strawberry.field(description="The cart's id.")
    key: str = strawberry.field(description="`namespace.key`, or the key alone.")
    type: str = strawberry.field(description="The type of the value, like `single_line_text_field`.")
    value: str = strawberry.field(description="The value, as text.")


@strawberry.input(description="Names a value of a cart.")
class CartMetafieldDeleteInput:
    """Names a value of a cart."""

    owner_id: strawberry.ID = strawberry.field(description="The cart's id.")
    key: str = strawberry.field(description="`namespace.key`, or the key alone.")


@strawberry.type(description="Why typed values were not attached.")
@describes(rows.SetError)
class MetafieldsSetUserError(DisplayableError):
    """Why values were not attached."""

    code: MetafieldsSetUserErrorCode | None = described("The reason, for programs.")
    element_index: int | None = described("Which of the values is at fault.")


@strawberry.type(description="Why a typed value was not taken off.")
@describes(rows.DeleteError)
class MetafieldDeleteUserError(DisplayableError):
    """Why a value was not taken off."""

    code: MetafieldDeleteErrorCode | None = described("The reason, for programs.")


@strawberry.type(description="What became of `cartMetafieldsSet`.")
@describes(rows.SetOutcome)
class CartMetafieldsSetPayload:
    """What became of attaching."""

    metafields: list[Metafield] | None = described("The values attached.")
    user_errors: list[MetafieldsSetUserError] = described("Why none was; empty when they were.")


def _deleted_id(context: Any, outcome: rows.DeleteOutcome) -> str | None:
    return None if outcome.deleted is None else gid("Metafield", outcome.deleted)


@strawberry.type(description="What became of `cartMetafieldDelete`.")
@describes(rows.DeleteOutcome)
class CartMetafieldDeletePayload:
    """What became of taking off."""

    deleted_id: strawberry.ID | None = resolved_by(_deleted_id, "The value taken off.")
    user_errors: list[MetafieldDeleteUserError] = described("Why it was not; empty when it was.")


def _wanted(given: list[CartMetafieldsSetInput]) -> list[tuple[str, NewMetafield]]:
    return [(CART(each.owner_id), NewMetafield(each.key, each.type, each.value)) for each in given]


@strawberry.type
class CartMetafieldMutation:
    """Attaching typed values to carts."""

    cart_metafields_set: CartMetafieldsSetPayload | None = changed_by(
        rows.set_metafields,
        "Attach typed values to carts; a value under the same key is replaced.",
        metafields=Argument(list[CartMetafieldsSetInput], "The values; at most 25.", _wanted),
    )
    cart_metafield_delete: CartMetafieldDeletePayload | None = changed_by(
        rows.delete_metafield,
        "Take a typed value off a cart.",
        input=Argument(CartMetafieldDeleteInput, "Which value.", lambda given: (CART(given.owner_id), given.key)),
    )
