"""Where products and collections are offered: this shop has one place, its storefronts."""

import datetime as dt
from typing import Any

import strawberry

from loaders.rows import catalog as rows
from resolvers import staff_catalog
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_argument, id_of, number_key
from schema.requirements import AS_FOUND


@strawberry.type(description="A place where products and collections are offered.")
@describes(rows.Publication, needs="read_products")
class Publication(Node):
    """A place where products and collections are offered."""

    id: strawberry.ID = id_of("Publication")
    name: str = described("What it is called.")


@strawberry.type(description="That something is offered somewhere, and from when.")
@describes(rows.PublicationOf, needs=AS_FOUND)
class ResourcePublication:
    """That something is offered somewhere."""

    publication: Publication = described("Where.")
    publish_date: dt.datetime | None = described("From when on.")
    is_published: bool = resolved_by(staff_catalog.is_published, "Whether that moment has come.")


PublicationConnection = connection(Publication, "a place where goods are offered")
ResourcePublicationConnection = connection(ResourcePublication, "a publication of something")
PUBLICATION = number_key("Publication")


def resource_publications() -> Any:
    """The `resourcePublications` field of what can be published."""
    return resolved_by(staff_catalog.publications_of, "Where it is offered, or will be.")


def published_on_publication() -> Any:
    """The `publishedOnPublication` field of what can be published."""
    return resolved_by(
        staff_catalog.published_on,
        "Whether it is offered there now, as far as its publication goes.",
        publication_id=id_argument(PUBLICATION, "The place."),
    )


@strawberry.type
class PublicationQuery:
    """Questions about where goods are offered."""

    publications: PublicationConnection = resolved_by(
        staff_catalog.publications, "The places where goods are offered; this shop has one.", needs="read_products"
    )
