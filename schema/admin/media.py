"""Pictures as staff see them: those of products, and all that have been brought in."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import strawberry

from loaders.rows import catalog as rows
from loaders.rows.files import File
from resolvers import staff_media
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.enums import enumeration
from schema.ids import Node, gid
from schema.requirements import AS_FOUND
from schema.storefront.images import Image, MediaContentType
from schema.storefront.products import sorting

if TYPE_CHECKING:
    FileStatus = FileSortKeys = str
else:
    FileStatus = enumeration("FileStatus", "How far a picture is.", {"READY": "It can be shown."})
    FileSortKeys = enumeration(
        "FileSortKeys",
        "What files can be sorted by.",
        {
            "ID": "The order they were brought in.",
            "CREATED_AT": "When they were brought in.",
            "UPDATED_AT": "When they last changed.",
        },
    )


def _id(context: Any, picture: Any) -> strawberry.ID:
    return strawberry.ID(gid("MediaImage", f"file-{picture.id}" if isinstance(picture, File) else picture.id))


def _itself(context: Any, picture: Any) -> Any:
    return picture


def _alt(context: Any, picture: Any) -> str | None:
    alt: str | None = picture.alt_text
    return alt


def _created(context: Any, picture: Any) -> dt.datetime | None:
    return picture.created_at if isinstance(picture, File) else None


def _kind(context: Any, picture: Any) -> str:
    return "IMAGE"


def _ready(context: Any, picture: Any) -> str:
    return "READY"


@strawberry.type(description="What something looks like in short.")
@describes(rows.ProductImage, File, needs=AS_FOUND)
class MediaPreviewImage:
    """What something looks like in short."""

    image: Image | None = resolved_by(_itself, "The picture.")


@strawberry.type(description="A picture: of a product, or on the list of files.")
@describes(rows.ProductImage, File, needs=AS_FOUND)
class MediaImage(Node):
    """A picture."""

    id: strawberry.ID = resolved_by(_id, "The global id.")
    alt: str | None = resolved_by(_alt, "What it shows, for those who do not see it.")
    image: Image | None = resolved_by(_itself, "The picture.")
    preview: MediaPreviewImage | None = resolved_by(_itself, "What it looks like in short.")
    media_content_type: MediaContentType = resolved_by(_kind, "What kind of media it is.")
    status: FileStatus = resolved_by(_ready, "How far it is; it is drawn before the mutation answers.")
    file_status: FileStatus = resolved_by(_ready, "The same.")
    created_at: dt.datetime | None = resolved_by(_created, "When it was brought in, where it is on the list of files.")


MediaConnection = connection(MediaImage, "a picture", name="Media")
FileConnection = connection(MediaImage, "a file", name="File")


@strawberry.type(description="A part of a form that goes with an upload.")
@describes(staff_media.Parameter, needs=AS_FOUND)
class StagedUploadParameter:
    """A part of a form that goes with an upload."""

    name: str = described("Its name.")
    value: str = described("Its value.")


@strawberry.type(description="Where one upload goes, and how it is named afterwards.")
@describes(staff_media.Target, needs="write_files")
class StagedMediaUploadTarget:
    """Where one upload goes."""

    url: str = described("Send a form (multipart/form-data) here by POST: the parameters, then the picture as `file`.")
    resource_url: str = described("How the upload is named as an `originalSource` afterwards.")
    parameters: list[StagedUploadParameter] = described("The parts of the form that go with it.")


@strawberry.type
class FileQuery:
    """Questions about files."""

    files: FileConnection = resolved_by(
        staff_media.all_files,
        "The pictures that staff have brought in by `fileCreate` or by an upload.",
        needs="read_files",
        query="What to search for, like `filename:mug* created_at:>=2026-04-01`; words are in the name or in `alt`.",
        sort_key=sorting(FileSortKeys, "ID", "What to sort by."),
    )
