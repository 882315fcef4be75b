"""What a picture's address may ask for: `width`, `height`, `crop` and `format`. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LARGEST = 5760
"""Widest or highest picture that may be asked for, in pixels; more is taken as this."""


class Crop(StrEnum):
    """Which part of the picture stays when its shape must change."""

    CENTER = "center"
    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


FORMATS = {"webp": "WEBP", "jpg": "JPEG", "pjpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}


@dataclass(frozen=True, slots=True)
class Transform:
    """A wish as understood. Nothing set means the picture as it is."""

    width: int | None = None
    height: int | None = None
    crop: Crop | None = None
    format: str | None = None

    def __bool__(self) -> bool:
        return bool(self.width or self.height or self.format)

    @property
    def key(self) -> str:
        """A file name for the result: equal exactly when the wishes are."""
        return f"{self.width or ''}x{self.height or ''}-{self.crop or 'fit'}-{(self.format or 'same').lower()}"


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of the original to take, and the size to bring it to."""

    box: tuple[float, float, float, float]
    size: tuple[int, int]


def read_transform(query: Mapping[str, str]) -> Transform:
    """Understand an address's query. What is unknown or makes no sense is left out: a picture beats an error."""
    width, height = _pixels(query.get("width")), _pixels(query.get("height"))
    crop = query.get("crop", "").lower()
    return Transform(
        width=width,
        height=height,
        crop=Crop(crop) if width and height and crop in {known.value for known in Crop} else None,
        format=FORMATS.get(query.get("format", "").lower()),
    )


def cut(transform: Transform, *, width: int, height: int) -> Cut:
    """Where to cut a picture of this size and what to scale the cut to. Never larger than the original's own pixels.

    Without a crop the picture is fitted inside the wished box whole; with one, the box is filled and the rest cut off.
    """
    wanted_width, wanted_height = transform.width or LARGEST, transform.height or LARGEST
    if transform.crop is None:
        scale = min(wanted_width / width, wanted_height / height, 1.0)
        return Cut((0, 0, width, height), (max(1, round(width * scale)), max(1, round(height * scale))))
    scale = max(wanted_width / width, wanted_height / height)
    box_width, box_height = wanted_width / scale, wanted_height / scale
    left, top = _corner(transform.crop, width - box_width, height - box_height)
    shrink = min(1.0, 1 / scale)
    size = (max(1, round(wanted_width * shrink)), max(1, round(wanted_height * shrink)))
    return Cut((left, top, left + box_width, top + box_height), size)


def _corner(crop: Crop, spare_width: float, spare_height: float) -> tuple[float, float]:
    across = {Crop.LEFT: 0.0, Crop.RIGHT: 1.0}.get(crop, 0.5)
    down = {Crop.TOP: 0.0, Crop.BOTTOM: 1.0}.get(crop, 0.5)
    return spare_width * across, spare_height * down


def _pixels(text: str | None) -> int | None:
    if not text or len(text) > 9 or not text.isascii() or not text.isdigit():
        return None
    return min(int(text), LARGEST) or None
