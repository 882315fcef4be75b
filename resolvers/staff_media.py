"""Pictures that staff bring in, put on products, and find again."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tortoise.expressions import Q

from commerce import files as acts
from commerce.files import NewFile, checked_alt
from commerce.image_edits import reordered_images, with_described_images, with_new_images, without_images
from commerce.product_drafts import ProductDraft
from commerce.refusals import Refusal
from loaders.catalog import AnyProductById, ImagesOfProduct
from loaders.files import FileById
from loaders.rows.files import File as FileRow
from media.intake import LARGEST
from models.media import File
from resolvers.context import Context
from resolvers.filtering import Term, conditions, moment_in, number_in, text_in
from resolvers.paging import Page, Sort, Window, page_of
from resolvers.staff_outcomes import Outcome, UserError, refused
from resolvers.staff_pictures import MOST, UPLOADS, brought, drafts_of
from resolvers.staff_products import by, edit

Told = Mapping[str, Any]
SORTS = {
    "ID": Sort("ID"),
    "CREATED_AT": Sort("CREATED_AT", "created_at", dt.datetime),
    "UPDATED_AT": Sort("UPDATED_AT", "updated_at", dt.datetime),
    "FILENAME": Sort("ID"),
}
FIELDS = {
    "id": number_in("id"),
    "filename": text_in("filename"),
    "created_at": moment_in("created_at"),
    "updated_at": moment_in("updated_at"),
    "original_upload_size": number_in("size"),
}


@dataclass(frozen=True, slots=True)
class MediaOutcome:
    """A product's pictures after a mutation."""

    product: Any = None
    media: Sequence[Any] | None = None
    files: Sequence[Any] | None = None
    deleted: Sequence[int] | None = None
    user_errors: Sequence[UserError] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of a form that goes with an upload."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where one upload goes, and how it is named afterwards."""

    url: str
    resource_url: str
    parameters: Sequence[Parameter]


async def create(context: Context, root: object, *, product_id: int, media: Sequence[Told]) -> MediaOutcome:
    """Pictures more."""
    try:
        new = await drafts_of(context, media)
        await edit(context, "productCreateMedia", product_id, partial(with_new_images, new=new))
    except Refusal as refusal:
        return MediaOutcome(user_errors=[UserError.of(refusal)])
    wanted = {image.url for image in new}
    outcome = await _outcome(context, product_id)
    return MediaOutcome(outcome.product, [image for image in outcome.media or () if image.url in wanted])


async def update(context: Context, root: object, *, product_id: int, media: Sequence[Told]) -> MediaOutcome:
    """Other words for what pictures show."""

    def change(draft: ProductDraft) -> ProductDraft:
        return with_described_images(draft, {each["id"]: checked_alt(each.get("alt")) for each in media})

    return await _changed(context, "productUpdateMedia", product_id, change)


async def delete(context: Context, root: object, *, product_id: int, media_ids: Sequence[int]) -> MediaOutcome:
    """Pictures no more."""
    outcome = await _changed(context, "productDeleteMedia", product_id, partial(without_images, ids=media_ids))
    return outcome if outcome.user_errors else MediaOutcome(outcome.product, outcome.media, deleted=media_ids)


async def reorder(context: Context, root: object, *, id: int, moves: Sequence[Told]) -> MediaOutcome:
    """Pictures at other places."""
    places = [(each["id"], int(each["new_position"])) for each in moves[:1_000]]
    return await _changed(context, "productReorderMedia", id, partial(reordered_images, moves=places))


async def _changed(context: Context, action: str, product_id: int, change: Any) -> MediaOutcome:
    try:
        await edit(context, action, product_id, change)
    except Refusal as refusal:
        return MediaOutcome(user_errors=[UserError.of(refusal)])
    return await _outcome(context, product_id)


async def _outcome(context: Context, product_id: int) -> MediaOutcome:
    context.renew()
    product = await context.loaders(AnyProductById).load(product_id)
    return MediaOutcome(product, await context.loaders(ImagesOfProduct).load(product_id))


async def stage(context: Context, root: object, *, input: Sequence[Told]) -> Outcome:
    """Places for uploads."""
    targets = []
    for index, each in enumerate(input[:MOST]):
        kind, size = each["mime_type"].lower(), int(each.get("file_size") or 0)
        if not kind.startswith("image/") or kind.startswith("image/svg"):
            told = "Only JPEG, PNG, WebP and GIF pictures are taken in."
            return refused(Refusal(told, field=("input", str(index), "mimeType"), code="UNACCEPTABLE_ASSET"))
        if size > LARGEST:
            told = f"A picture has at most {LARGEST // 1024 // 1024} MB."
            return refused(Refusal(told, field=("input", str(index), "fileSize"), code="FILE_TOO_LARGE"))
        key = secrets.token_hex(16)
        pass_for = context.services.signer.upload_pass(key, context.viewer.staff or "", now=context.now)
        parameters = [Parameter("key", key), Parameter("pass", pass_for)]
        url, resource = f"{context.public_url}/admin/uploads", f"{context.public_url}/media/{UPLOADS}{key}"
        targets.append(Target(url, resource, parameters))
    keys = [target.parameters[0].value for target in targets]
    await acts.record_stages(keys, by=by(context, "stagedUploadsCreate"), now=context.now)
    return Outcome(targets)


async def create_files(context: Context, root: object, *, files: Sequence[Told]) -> MediaOutcome:
    """Pictures on the list."""
    try:
        new = [
            NewFile(picture, each.get("alt"), each.get("filename") or "")
            for picture, each in await brought(context, files, at="files")
        ]
        ids = await acts.keep_files(new, by=by(context, "fileCreate"), now=context.now)
    except Refusal as refusal:
        return MediaOutcome(user_errors=[UserError.of(refusal)])
    return MediaOutcome(files=await context.loaders(FileById).load_many(ids))


async def update_files(context: Context, root: object, *, files: Sequence[Told]) -> MediaOutcome:
    """What pictures show."""
    alts = {each["id"]: each["alt"] for each in files[:MOST] if "alt" in each}
    try:
        await acts.describe_files(alts, by=by(context, "fileUpdate"), now=context.now)
    except Refusal as refusal:
        return MediaOutcome(user_errors=[UserError.of(refusal)])
    context.renew()
    return MediaOutcome(files=await context.loaders(FileById).load_many(list(alts)))


async def delete_files(context: Context, root: object, *, file_ids: Sequence[int]) -> MediaOutcome:
    """Pictures off the list."""
    try:
        await acts.forget_files(file_ids, by=by(context, "fileDelete"), now=context.now)
    except Refusal as refusal:
        return MediaOutcome(user_errors=[UserError.of(refusal)])
    return MediaOutcome(deleted=file_ids)


async def all_files(
    context: Context, root: object, *, window: Window, query: str | None = None, sort_key: str = "ID"
) -> Page[FileRow]:
    """A page of the files."""
    found = File.filter(conditions(query, FIELDS, words=_named))
    return await page_of(found, FileRow, SORTS.get(sort_key, SORTS["ID"]), window)


def _named(term: Term) -> Q:
    return Q(filename__icontains=term.value) | Q(alt_text__icontains=term.value)
