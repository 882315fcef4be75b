"""What search engines are told."""

from typing import Any

import strawberry

from loaders.rows.catalog import Seo
from schema.binding import described, describes, resolved_by
from schema.requirements import AS_FOUND


@strawberry.type(name="SEO", description="What search engines are told of something.")
@describes(Seo, needs=AS_FOUND)
class SEO:
    """What search engines are told."""

    title: str | None = described("The title for search results, where it differs.")
    description: str | None = described("The text for search results.")


def _seo(context: Any, row: Any) -> Seo:
    return Seo(row.seo_title, row.seo_description)


def seo() -> Any:
    """The `seo` field of a type whose row has `seo_title` and `seo_description`."""
    return resolved_by(_seo, "What search engines are told.")
