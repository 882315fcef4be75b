"""Making a picture smaller, with limits on what may be opened. Blocking: call it in a thread."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from media.transform import Transform, cut

MOST_PIXELS = 50_000_000
"""Pictures with more pixels are not opened: a few kilobytes can unpack to gigabytes."""

Image.MAX_IMAGE_PIXELS = None  # Pillow's own alarm, made of warnings, rings later than the limit above

_READABLE = ("JPEG", "PNG", "WEBP", "GIF")
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 84, "progressive": True, "optimize": True},
    "WEBP": {"quality": 84, "method": 4},
    "PNG": {"optimize": True},
}


class Unreadable(Exception):
    """These bytes are no picture we can or dare open."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to send."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Size:
    """What a picture's header says of it: width and height in pixels as shown, and its media type."""

    width: int
    height: int
    media_type: str


def size_of(content: bytes) -> Size:
    """Measure a picture by its header alone. Raises Unreadable."""
    with _opened(content) as image:
        width, height = image.size
        if _turned(image):
            width, height = height, width
        return Size(width, height, _TYPES[image.format or ""])


def resized(content: bytes, transform: Transform) -> Picture:
    """The picture as wished, without its metadata; as it is when nothing need change or it is an animation.

    Raises Unreadable.
    """
    with _opened(content) as image:
        kind = image.format or ""
        wished = transform.format or kind
        size = cut(transform, width=image.width, height=image.height).size
        moves = kind == "GIF" or getattr(image, "is_animated", False)
        if moves or (wished == kind and size == image.size and not _turned(image)):
            return Picture(content, _TYPES[kind])
        try:
            return _encoded(_scaled(image, transform), wished)
        except (OSError, SyntaxError, ValueError, MemoryError) as problem:
            raise Unreadable(str(problem)) from problem


def _turned(image: Image.Image) -> bool:
    return image.getexif().get(0x0112, 1) in {5, 6, 7, 8}  # the camera lay on its side


def _opened(content: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(content), formats=_READABLE)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
        raise Unreadable("not a JPEG, PNG, WebP or GIF picture") from problem
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable(f"more than {MOST_PIXELS:,} pixels")
    return image


def _scaled(image: Image.Image, transform: Transform) -> Image.Image:
    if image.format == "JPEG" and transform.crop is None:  # let the decoder throw away what nobody will see
        image.draft("RGB", (2 * (transform.width or image.width), 2 * (transform.height or image.height)))
    upright = ImageOps.exif_transpose(image)
    wanted = cut(transform, width=upright.width, height=upright.height)
    if upright.mode not in {"RGB", "RGBA", "L"}:
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    return upright.resize(wanted.size, Image.Resampling.LANCZOS, box=wanted.box, reducing_gap=3.0)


def _encoded(image: Image.Image, kind: str) -> Picture:
    if kind == "JPEG" and image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    sheet = io.BytesIO()
    image.save(sheet, kind, **_OPTIONS[kind])
    return Picture(sheet.getvalue(), _TYPES[kind])
