"""Pictures that staff have brought in: kept on the list, told otherwise, forgotten."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commerce.audit import witness
from commerce.product_records import By
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from media.bringing import Brought
from models.catalog import ProductImage
from models.media import File
from models.staff import AuditRecord

LONGEST_ALT = 512
LONGEST_NAME = 255


class NoSuchFile(Refusal):
    """There is no file of this id."""

    code = "FILE_DOES_NOT_EXIST"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A picture that lies in storage, and what it is called."""

    brought: Brought
    alt_text: str | None = None
    filename: str = ""
    upload_key: str | None = None


@unit_of_work
async def keep_files(new: Sequence[NewFile], *, by: By, now: dt.datetime) -> list[int]:
    """Put pictures on the list; answers their ids."""
    ids = []
    for each in new:
        picture = each.brought
        if each.upload_key and await File.filter(upload_key=each.upload_key).exists():
            raise Refusal("This upload has been sent already.", field=("file",), code="TAKEN")
        file = await File.create(
            path=picture.path,
            upload_key=each.upload_key,
            filename=each.filename[:LONGEST_NAME],
            alt_text=checked_alt(each.alt_text),
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            size=picture.size,
            created_at=now,
            updated_at=now,
        )
        ids.append(file.id)
        await _record(by, file.id, None, {"path": picture.path, "alt_text": each.alt_text}, now)
    witness(by.action)
    return ids


@unit_of_work
async def record_stages(keys: Sequence[str], *, by: By, now: dt.datetime) -> None:
    """Write down that uploads were prepared: what comes under these keys comes in this name."""
    after: dict[str, str | None] = {f"upload {at}": f"{key[:8]}…" for at, key in enumerate(keys, 1)}
    await _record(by, 0, None, after, now)
    witness(by.action)


@unit_of_work
async def describe_files(alts: Mapping[int, str | None], *, by: By, now: dt.datetime) -> None:
    """Say what pictures show."""
    files = await _locked(list(alts))
    for key, alt in alts.items():
        await File.filter(id=key).update(alt_text=checked_alt(alt), updated_at=now)
        await _record(by, key, {"alt_text": files[key].alt_text}, {"alt_text": alt}, now)
    witness(by.action)


@unit_of_work
async def forget_files(ids: Sequence[int], *, by: By, now: dt.datetime) -> None:
    """Take pictures off the list, those that no product shows; refuses for others."""
    files = await _locked(ids)
    paths = [file.path for file in files.values()]
    shown = await ProductImage.filter(url__in=paths).exists()
    if shown:
        told = "A product shows this picture; take it away there first."
        raise Refusal(told, field=("fileIds",), code="FILE_IN_USE")
    for key, file in files.items():
        await _record(by, key, {"path": file.path, "alt_text": file.alt_text}, None, now)
    await File.filter(id__in=list(files)).delete()
    witness(by.action)


async def file_of_upload(key: str) -> File | None:
    """The picture that came by an upload."""
    return await File.filter(upload_key=key).first()


def checked_alt(text: str | None) -> str | None:
    """What a picture shows; refuses a text that is too long."""
    neat = (text or "").strip() or None
    if neat and len(neat) > LONGEST_ALT:
        raise Refusal(f"What a picture shows is said in {LONGEST_ALT} characters.", code="TOO_LONG")
    return neat


async def _locked(ids: Sequence[int]) -> dict[int, File]:
    files = {file.id: file for file in await File.filter(id__in=list(ids)).select_for_update().order_by("id")}
    if set(ids) - set(files):
        raise NoSuchFile("There is no such file.", field=("files",))
    return files


async def _record(
    by: By, key: int, before: dict[str, str | None] | None, after: dict[str, str | None] | None, now: dt.datetime
) -> None:
    await AuditRecord.create(
        actor=by.actor,
        action=by.action,
        subject_type="File",
        subject_key=str(key),
        before=before,
        after=after,
        occurred_at=now,
    )
