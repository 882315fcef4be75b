"""Pictures that staff tell of, brought into storage before anything is written down."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from commerce.files import checked_alt, file_of_upload
from commerce.product_drafts import ImageDraft
from commerce.refusals import Refusal
from media.bringing import Brought
from media.intake import Unacceptable
from resolvers.context import Context

Told = Mapping[str, Any]
MOST = 50
UPLOADS = "uploads/"


async def brought(context: Context, told: Sequence[Told], *, at: str = "media") -> list[tuple[Brought, Told]]:
    """The pictures told of, brought into storage where they are elsewhere. Refuses by place what cannot be."""
    if len(told) > MOST:
        raise Refusal(f"One call brings in at most {MOST} pictures.", field=(at,), code="TOO_MANY")
    found = await asyncio.gather(
        *(picture_at(context, each["original_source"]) for each in told), return_exceptions=True
    )
    pictures: list[tuple[Brought, Told]] = []
    for index, (picture, each) in enumerate(zip(found, told, strict=True)):
        if isinstance(picture, Unacceptable):
            path = (at, str(index), "originalSource")
            raise Refusal(picture.message, field=path, code=picture.code) from picture
        if isinstance(picture, BaseException):
            raise picture
        pictures.append((picture, each))
    return pictures


async def picture_at(context: Context, source: str) -> Brought:
    """The picture at an address: an upload, one of ours, or one to be fetched. Raises Unacceptable."""
    ours = f"{context.public_url}/media/"
    if not source.startswith(ours):
        return await context.services.pictures.fetched(source)
    path = source.removeprefix(ours).partition("?")[0]
    if not path.startswith(UPLOADS):
        return await context.services.pictures.measured(path)
    file = await file_of_upload(path.removeprefix(UPLOADS)[:64])
    if file is None:
        raise Unacceptable("Nothing has been uploaded there.", code="FILE_DOES_NOT_EXIST")
    return Brought(file.path, file.media_type, file.width, file.height, file.size)


async def drafts_of(context: Context, told: Sequence[Told]) -> list[ImageDraft]:
    """Pictures for a product."""
    return [
        ImageDraft(picture.path, checked_alt(each.get("alt")), picture.width, picture.height)
        for picture, each in await brought(context, told)
    ]
