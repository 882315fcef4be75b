"""Pictures of products."""

from collections.abc import Sequence
from typing import Any

import strawberry

from bench.contest import PUBLIC


@strawberry.type
class Image:
    """A picture."""

    url: str
    alt_text: str | None
    width: int | None
    height: int | None


@strawberry.type
class Images:
    """Pictures."""

    nodes: list[Image]


@strawberry.type
class MediaImage:
    """A picture among the media of a product."""

    media_content_type: str
    alt: str | None
    preview_image: Image


@strawberry.type
class Media:
    """Media."""

    nodes: list[MediaImage]


def image(row: Any) -> Image:
    """A row as a picture."""
    return Image(url=f"{PUBLIC}/media/{row.url}", alt_text=row.alt_text, width=row.width, height=row.height)


def first_of(rows: Sequence[Any]) -> Image | None:
    """The first of several."""
    return image(rows[0]) if rows else None
