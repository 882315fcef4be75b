"""What staff do to offer products and collections."""

import datetime as dt
from typing import Annotated

import strawberry

from resolvers import staff_publishing
from schema.admin.collections import Collection
from schema.admin.inputs import given, optional
from schema.admin.payloads import payload
from schema.admin.products import Product
from schema.admin.publications import PUBLICATION
from schema.binding import Argument, changed_by
from schema.ids import id_argument, number_key, typed_key

Publishable = Annotated[
    Product | Collection, strawberry.union("Publishable", description="Something that can be offered to shoppers.")
]


@strawberry.input(description="Where something is offered, and from when.")
class PublicationInput:
    """Where something is offered."""

    publication_id: strawberry.ID | None = optional("The place; this shop has one.", decode=PUBLICATION)
    publish_date: dt.datetime | None = optional("From when; from now unless given.")


def _thing(text: str) -> tuple[str, int]:
    key = number_key("Product", "Collection")(text)
    return typed_key(text)[0], key


WHERE = Argument(list[PublicationInput], "Where, and from when.", given)
THING = id_argument(_thing, "The product or the collection.")
PublishablePublishPayload = payload("PublishablePublish", "publishable", Publishable, "What is offered now.")
PublishableUnpublishPayload = payload("PublishableUnpublish", "publishable", Publishable, "What is offered no more.")
PublishablePublishToCurrentChannelPayload = payload(
    "PublishablePublishToCurrentChannel", "publishable", Publishable, "What is offered now."
)
PublishableUnpublishToCurrentChannelPayload = payload(
    "PublishableUnpublishToCurrentChannel", "publishable", Publishable, "What is offered no more."
)


@strawberry.type
class PublishingMutation:
    """What staff do to offer products and collections."""

    publishable_publish: PublishablePublishPayload | None = changed_by(
        staff_publishing.publish,
        "Offer a product or a collection to shoppers, from now or from a day to come.",
        needs="write_products",
        id=THING,
        input=WHERE,
    )
    publishable_unpublish: PublishableUnpublishPayload | None = changed_by(
        staff_publishing.unpublish,
        "Offer a product or a collection no more.",
        needs="write_products",
        id=THING,
        input=WHERE,
    )
    publishable_publish_to_current_channel: PublishablePublishToCurrentChannelPayload | None = changed_by(
        staff_publishing.publish_here,
        "Offer a product or a collection to shoppers from now.",
        needs="write_products",
        id=THING,
    )
    publishable_unpublish_to_current_channel: PublishableUnpublishToCurrentChannelPayload | None = changed_by(
        staff_publishing.unpublish_here,
        "Offer a product or a collection no more.",
        needs="write_products",
        id=THING,
    )
