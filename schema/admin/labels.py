"""Metafields that staff attach to things."""

from typing import Any

import strawberry

from commerce.metafields import Place
from resolvers import staff_labels
from schema.admin.inputs import optional as may_be_given
from schema.admin.inputs import required, told_as
from schema.admin.metafields import Metafield
from schema.admin.payloads import UserError
from schema.binding import changed_by, described, describes, resolved_by
from schema.ids import gid, typed_key
from schema.requirements import AS_FOUND


@strawberry.input(description="A value for something.")
class MetafieldsSetInput:
    """A value for something."""

    owner_id: strawberry.ID = required(
        "What it is attached to: a product, a variant, a collection, a page, a blog, an article or the shop.",
        decode=typed_key,
    )
    namespace: str | None = may_be_given("Its namespace; `custom` unless given.")
    key: str = required("Its key.")
    type: str | None = may_be_given("How the value is to be read; needed for a new one.")
    value: str = required("The value, written as text.")


@strawberry.input(description="Names a metafield of something.")
class MetafieldIdentifierInput:
    """Names a metafield of something."""

    owner_id: strawberry.ID = required("What it is attached to.", decode=typed_key)
    namespace: str = required("Its namespace.")
    key: str = required("Its key.")


def _owner(context: Any, place: Place) -> str:
    return gid(place.owner_type, place.owner_id)


@strawberry.type(description="Where a metafield was.")
@describes(Place, needs=AS_FOUND)
class MetafieldIdentifier:
    """Where a metafield was."""

    owner_id: strawberry.ID = resolved_by(_owner, "What it was attached to.")
    namespace: str = described("Its namespace.")
    key: str = described("Its key.")


@strawberry.type(description="The answer of `metafieldsSet`.")
@describes(staff_labels.MetafieldsOutcome, needs=AS_FOUND)
class MetafieldsSetPayload:
    """The answer of `metafieldsSet`."""

    metafields: list[Metafield] | None = described("The values, in their order.")
    user_errors: list[UserError] = described("Why it was refused; empty when it was done.")


def _deleted(context: Any, outcome: staff_labels.MetafieldsOutcome) -> Any:
    return outcome.deleted


@strawberry.type(description="The answer of `metafieldsDelete`.")
@describes(staff_labels.MetafieldsOutcome, needs=AS_FOUND)
class MetafieldsDeletePayload:
    """The answer of `metafieldsDelete`."""

    deleted_metafields: list[MetafieldIdentifier] | None = resolved_by(_deleted, "Those that were there.")
    user_errors: list[UserError] = described("Why it was refused; empty when it was done.")


@strawberry.type
class LabelMutation:
    """What staff attach to things."""

    metafields_set: MetafieldsSetPayload | None = changed_by(
        staff_labels.set_metafields,
        "Attach typed values to things, all of them or none.",
        needs="write_products",
        metafields=told_as(list[MetafieldsSetInput], "The values, at most 25."),
    )
    metafields_delete: MetafieldsDeletePayload | None = changed_by(
        staff_labels.delete_metafields,
        "Take typed values off things.",
        needs="write_products",
        metafields=told_as(list[MetafieldIdentifierInput], "Which, at most 25."),
    )
