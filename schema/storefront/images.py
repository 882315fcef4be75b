"""Pictures, and media in general."""

from typing import TYPE_CHECKING, Any

import strawberry

from loaders.rows import catalog as rows
from resolvers import pictures
from schema.binding import Argument, described, describes, resolved_by
from schema.connections import connection
from schema.enums import enumeration
from schema.ids import Node, gid, id_of
from schema.requirements import AS_FOUND
from schema.scalars import URL

if TYPE_CHECKING:
    CropRegion = ImageContentType = MediaContentType = str
    ImageConnection = MediaConnection = Any
else:
    CropRegion = enumeration(
        "CropRegion",
        "Which part of a picture stays when it is cut to size.",
        {
            "CENTER": "The middle.",
            "TOP": "The upper part.",
            "BOTTOM": "The lower part.",
            "LEFT": "The left part.",
            "RIGHT": "The right part.",
        },
    )
    ImageContentType = enumeration(
        "ImageContentType",
        "The formats a picture can be had in.",
        {"PNG": "PNG: exact, large.", "JPG": "JPEG: for photographs.", "WEBP": "WebP: the smallest."},
    )
    MediaContentType = enumeration("MediaContentType", "What kind of media something is.", {"IMAGE": "A picture."})


@strawberry.input(description="How a picture should be brought to the reader. Only pictures kept by the shop obey.")
class ImageTransformInput:
    """How a picture should be brought to the reader."""

    crop: CropRegion | None = strawberry.field(default=None, description="Which part stays, if both sizes are given.")
    max_width: int | None = strawberry.field(default=None, description="At most so many pixels wide, 1 to 5760.")
    max_height: int | None = strawberry.field(default=None, description="At most so many pixels high, 1 to 5760.")
    scale: int | None = strawberry.field(default=1, description="Multiplies both sizes for dense screens: 1, 2 or 3.")
    preferred_content_type: ImageContentType | None = strawberry.field(
        default=None, description="The format wanted; by default the picture's own."
    )


def _wish(wanted: ImageTransformInput) -> pictures.Wish:
    return pictures.Wish(
        wanted.max_width, wanted.max_height, wanted.crop, wanted.preferred_content_type, wanted.scale or 1
    )


TRANSFORM = Argument(ImageTransformInput | None, "How the picture should be brought.", _wish, default=None)


def _image_id(context: Any, picture: Any) -> strawberry.ID:
    return strawberry.ID(gid("ProductImage" if isinstance(picture, rows.ProductImage) else "Image", picture.id))


@strawberry.type(description="A picture.")
@describes(rows.ProductImage, rows.Picture, needs=AS_FOUND)
class Image:
    """A picture."""

    id: strawberry.ID | None = resolved_by(_image_id, "The picture's global id.")
    url: URL = resolved_by(pictures.url, "Where the picture is, resized if asked for.", transform=TRANSFORM)
    alt_text: str | None = described("What the picture shows, for those who do not see it.")
    width: int | None = described("The original's width in pixels, where known.")
    height: int | None = described("The original's height in pixels, where known.")
    src: URL = resolved_by(pictures.url, "Where the original is.", deprecated="Use `url`.", transform=TRANSFORM)
    original_src: URL = resolved_by(
        pictures.url, "Where the original is.", deprecated="Use `url`.", transform=TRANSFORM
    )
    transformed_src: URL = resolved_by(
        pictures.transformed,
        "Where the picture is, resized.",
        deprecated="Use `url(transform:)`.",
        max_width="At most so many pixels wide, 1 to 5760.",
        max_height="At most so many pixels high, 1 to 5760.",
        crop=Argument(CropRegion | None, "Which part stays, if both sizes are given.", str, default=None),
        preferred_content_type=Argument(ImageContentType | None, "The format wanted.", str, default=None),
        scale=Argument(int | None, "Multiplies both sizes: 1, 2 or 3.", int, default=1),
    )


def _itself(context: Any, picture: Any) -> Any:
    return picture


def _kind(context: Any, picture: Any) -> str:
    return "IMAGE"


@strawberry.interface(description="Something to look at.")
class Media:
    """Something to look at."""

    id: strawberry.ID = strawberry.field(description="The global id.")
    alt: str | None = strawberry.field(description="What it shows, for those who do not see it.")
    media_content_type: MediaContentType = strawberry.field(description="What kind of media it is.")
    preview_image: Image | None = strawberry.field(description="A picture that stands for it.")


def _alt(context: Any, picture: Any) -> str | None:
    alt: str | None = picture.alt_text
    return alt


@strawberry.type(description="A picture as media.")
@describes(rows.ProductImage, rows.Picture)
class MediaImage(Media, Node):
    """A picture as media."""

    id: strawberry.ID = id_of("MediaImage")
    alt: str | None = resolved_by(_alt, "What it shows, for those who do not see it.")
    image: Image | None = resolved_by(_itself, "The picture.")
    media_content_type: MediaContentType = resolved_by(_kind, "What kind of media it is.")
    preview_image: Image | None = resolved_by(_itself, "The picture itself.")


if not TYPE_CHECKING:
    ImageConnection = connection(Image, "a picture")
    MediaConnection = connection(Media, "something to look at")
