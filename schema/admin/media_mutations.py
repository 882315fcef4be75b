"""What staff do to bring pictures in and to put them on products."""

from typing import Any

import strawberry

from resolvers import staff_media
from resolvers.mistakes import InvalidId
from resolvers.staff_outcomes import Outcome
from schema.admin.collection_mutations import MoveInput
from schema.admin.inputs import optional, required, told_as
from schema.admin.media import MediaImage, StagedMediaUploadTarget
from schema.admin.payloads import UserError
from schema.admin.product_mutations import CreateMediaInput
from schema.admin.products import PRODUCT, Product
from schema.binding import changed_by, described, describes, resolved_by
from schema.ids import gid, id_argument, ids_argument, number_key, text_key
from schema.requirements import AS_FOUND
from schema.scalars import URL, UnsignedInt64

PICTURE = number_key("MediaImage", "ProductImage")


def FILE(text: str) -> int:  # noqa: N802 - a decoder, named like the others
    """The key of a file: its ids end in `file-7`."""
    kind, _, number = text_key("MediaImage", "GenericFile")(text).partition("-")
    if kind != "file" or not number.isascii() or not number.isdigit() or len(number) > 9:
        raise InvalidId("This is no id of a file; one ends like MediaImage/file-7.")
    return int(number)


@strawberry.input(description="Other words for what a picture shows.")
class UpdateMediaInput:
    """Other words for what a picture shows."""

    id: strawberry.ID = required("The picture.", decode=PICTURE)
    alt: str | None = optional("What it shows, for those who do not see it.")


@strawberry.input(description="A picture for the list of files.")
class FileCreateInput:
    """A picture for the list of files."""

    original_source: URL = required("Where it is: an address to fetch it from, or that of an upload.")
    alt: str | None = optional("What it shows, for those who do not see it.")
    filename: str | None = optional("What it is called.")
    content_type: str | None = optional("What it is; IMAGE is all there is.")


@strawberry.input(description="Other words for a file.")
class FileUpdateInput:
    """Other words for a file."""

    id: strawberry.ID = required("The file.", decode=FILE)
    alt: str | None = optional("What it shows, for those who do not see it.")


@strawberry.input(description="An upload to come.")
class StagedUploadInput:
    """An upload to come."""

    filename: str = required("What it is called.")
    mime_type: str = required("What it is: image/jpeg, image/png, image/webp or image/gif.")
    resource: str | None = optional("What it is for; IMAGE is all there is.")
    http_method: str | None = optional("How it will be sent; by POST.")
    file_size: UnsignedInt64 | None = optional("How many bytes it has.")


def _deleted(context: Any, outcome: staff_media.MediaOutcome) -> list[str] | None:
    return None if outcome.deleted is None else [gid("MediaImage", key) for key in outcome.deleted]


def _deleted_files(context: Any, outcome: staff_media.MediaOutcome) -> list[str] | None:
    return None if outcome.deleted is None else [gid("MediaImage", f"file-{key}") for key in outcome.deleted]


def _errors(context: Any, outcome: staff_media.MediaOutcome) -> Any:
    return outcome.user_errors


ERRORS = (list[UserError], described("Why it was refused; empty when it was done."))
MEDIA_ERRORS = (list[UserError], resolved_by(_errors, "The same as `userErrors`."))
THE_PRODUCT = (Product | None, described("The product."))
THE_MEDIA = (list[MediaImage] | None, described("The pictures."))


def _payload(name: str, row: type = staff_media.MediaOutcome, **fields: tuple[Any, Any]) -> Any:
    fields = {**fields, "user_errors": ERRORS}
    namespace = {field: made for field, (_, made) in fields.items()}
    annotations = {field: kind for field, (kind, _) in fields.items()}
    made = type(f"{name}Payload", (), {**namespace, "__annotations__": annotations, "__module__": __name__})
    text = f"The answer of `{name[0].lower()}{name[1:]}`."
    return strawberry.type(describes(row, needs=AS_FOUND)(made), description=text)


def _targets(context: Any, outcome: Outcome) -> Any:
    return outcome.row


DELETED = (list[strawberry.ID] | None, resolved_by(_deleted, "The ids of what is gone."))
DELETED_FILES = (list[strawberry.ID] | None, resolved_by(_deleted_files, "The ids of what is gone."))
FILES = (list[MediaImage] | None, described("The files."))
TARGETS = (list[StagedMediaUploadTarget] | None, resolved_by(_targets, "Where the uploads go, in their order."))
CreatePayload = _payload("ProductCreateMedia", product=THE_PRODUCT, media=THE_MEDIA, media_user_errors=MEDIA_ERRORS)
UpdatePayload = _payload("ProductUpdateMedia", product=THE_PRODUCT, media=THE_MEDIA, media_user_errors=MEDIA_ERRORS)
DeletePayload = _payload(
    "ProductDeleteMedia", product=THE_PRODUCT, deleted_media_ids=DELETED, media_user_errors=MEDIA_ERRORS
)
ReorderPayload = _payload("ProductReorderMedia", product=THE_PRODUCT, media=THE_MEDIA, media_user_errors=MEDIA_ERRORS)
FileCreatePayload = _payload("FileCreate", files=FILES)
FileUpdatePayload = _payload("FileUpdate", files=FILES)
FileDeletePayload = _payload("FileDelete", deleted_file_ids=DELETED_FILES)
StagedPayload = _payload("StagedUploadsCreate", Outcome, staged_targets=TARGETS)
THIS = id_argument(PRODUCT, "The product.")


@strawberry.type
class MediaMutation:
    """What staff do to bring pictures in."""

    product_create_media: CreatePayload | None = changed_by(
        staff_media.create,
        "Put pictures on a product, fetched by their addresses or uploaded before. They are drawn anew, without what"
        " cameras write into them.",
        needs="write_products",
        product_id=THIS,
        media=told_as(list[CreateMediaInput], "The pictures, at most 50."),
    )
    product_update_media: UpdatePayload | None = changed_by(
        staff_media.update,
        "Say what a product's pictures show.",
        needs="write_products",
        product_id=THIS,
        media=told_as(list[UpdateMediaInput], "The pictures."),
    )
    product_delete_media: DeletePayload | None = changed_by(
        staff_media.delete,
        "Take pictures off a product.",
        needs="write_products",
        product_id=THIS,
        media_ids=ids_argument(PICTURE, "The pictures."),
    )
    product_reorder_media: ReorderPayload | None = changed_by(
        staff_media.reorder,
        "Move a product's pictures to other places, one after the other.",
        needs="write_products",
        id=THIS,
        moves=told_as(list[MoveInput], "The moves."),
    )
    staged_uploads_create: StagedPayload | None = changed_by(
        staff_media.stage,
        "Prepare uploads: each may be sent within an hour, and is named by its `resourceUrl` afterwards.",
        needs="write_files",
        input=told_as(list[StagedUploadInput], "The uploads, at most 50."),
    )
    file_create: FileCreatePayload | None = changed_by(
        staff_media.create_files,
        "Bring pictures in, fetched by their addresses or uploaded before.",
        needs="write_files",
        files=told_as(list[FileCreateInput], "The pictures, at most 50."),
    )
    file_update: FileUpdatePayload | None = changed_by(
        staff_media.update_files,
        "Say what pictures show.",
        needs="write_files",
        files=told_as(list[FileUpdateInput], "The files."),
    )
    file_delete: FileDeletePayload | None = changed_by(
        staff_media.delete_files,
        "Take pictures off the list; those that a product shows stay.",
        needs="write_files",
        file_ids=ids_argument(FILE, "The files."),
    )
