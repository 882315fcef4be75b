"""Pictures from outside: looked at before they are opened, drawn anew, so that nothing but the picture is kept."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 20 * 1024 * 1024
"""Bytes a picture may have."""

MOST_PIXELS = 25_000_000
"""A picture with more is not opened: a few kilobytes can unpack to gigabytes."""

READABLE = ("JPEG", "PNG", "WEBP", "GIF")
KEPT_AS = {"JPEG": ("JPEG", "jpg"), "PNG": ("PNG", "png"), "WEBP": ("WEBP", "webp"), "GIF": ("PNG", "png")}
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90, "progressive": True, "optimize": True},
    "WEBP": {"quality": 90, "method": 4},
    "PNG": {},
}
FOREIGN = (b"<script", b"<?php", b"<svg", b"<html", b"<!doctype", b"%pdf-")
ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 65_557
PADDING = b"\x00\r\n "


class Unacceptable(Exception):
    """These bytes are not kept. `code` says why in a word."""

    def __init__(self, message: str, *, code: str = "INVALID_IMAGE") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A picture drawn anew, without its metadata."""

    content: bytes
    extension: str
    media_type: str
    width: int
    height: int


def taken_in(content: bytes) -> TakenIn:
    """The picture in these bytes, drawn anew. Blocking: call it in a thread. Raises Unacceptable.

    Of an animation the first picture is kept. What is a picture and something else too is refused.
    """
    if len(content) > LARGEST:
        raise too_large()
    with _opened(content) as image:
        kind = image.format or ""
        if image.width * image.height > MOST_PIXELS:
            raise Unacceptable(f"A picture has at most {MOST_PIXELS:,} pixels.", code="IMAGE_TOO_MANY_PIXELS")
        _check_alone(content, kind)
        try:
            drawn = _drawn(image, kind)
        except (OSError, SyntaxError, ValueError, MemoryError, EOFError) as broken:
            raise Unacceptable("The picture is broken: it cannot be drawn to its end.") from broken
    kept_as, extension = KEPT_AS[kind]
    sheet = io.BytesIO()
    drawn.save(sheet, kept_as, **OPTIONS[kept_as])
    return TakenIn(sheet.getvalue(), extension, TYPES[kept_as], drawn.width, drawn.height)


def too_large() -> Unacceptable:
    """The refusal of more bytes than a picture may have."""
    return Unacceptable(f"A picture has at most {LARGEST // 1024 // 1024} MB.", code="FILE_TOO_LARGE")


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=READABLE)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
        raise Unacceptable("This is no JPEG, PNG, WebP or GIF picture.", code="UNACCEPTABLE_ASSET") from problem


def _drawn(image: Image.Image, kind: str) -> Image.Image:
    image.seek(0)
    image.load()
    upright = ImageOps.exif_transpose(image)
    modes = {"RGB", "L"} if kind == "JPEG" else {"RGB", "RGBA", "L"}
    if upright.mode not in modes:
        upright = upright.convert("RGBA" if kind != "JPEG" and upright.has_transparency_data else "RGB")
    upright.info = {}  # comments, colour profiles, places: a picture alone is kept
    return upright


def _check_alone(content: bytes, kind: str) -> None:
    """Refuse a picture that is a page, a program, an archive or a document besides."""
    beyond = content[_end_of(content, kind) :].strip(PADDING)
    small = content.lower()
    if beyond or any(mark in small for mark in FOREIGN) or ZIP_END in content[-ZIP_TAIL:]:
        raise Unacceptable(
            "This is a picture and something else too; send the picture alone.", code="UNACCEPTABLE_ASSET"
        )


def _end_of(content: bytes, kind: str) -> int:
    """Where the picture ends within its bytes."""
    if kind == "WEBP":
        return 8 + int.from_bytes(content[4:8], "little")
    mark, more = {"PNG": (b"IEND", 8), "JPEG": (b"\xff\xd9", 2), "GIF": (b"\x3b", 1)}[kind]
    found = content.rfind(mark)
    return len(content) if found < 0 else found + more
