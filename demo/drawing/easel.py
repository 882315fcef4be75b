"""An easel: shapes with soft light from the upper left, drawn larger than needed and made smaller at the end."""

from collections.abc import Sequence
from enum import Enum
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.drawing.colors import NIGHT, Rgb, darker, lighter
from demo.drawing.paths import Path, Point

SIZE = 1600
UNIT = SIZE / 1000


class Form(Enum):
    """How a surface takes the light."""

    SOFT = "soft"
    """Cloth: lighter at the upper left, darker at the edges away from the light."""
    ROUND = "round"
    """A turned body: dark at both sides, a band of light left of the middle."""
    FLAT = "flat"
    """Paper: nearly even."""


class Easel:
    """A transparent sheet to draw a thing on, in coordinates from 0 to 1000."""

    def __init__(self) -> None:
        self.sheet = Image.new("RGBA", (SIZE, SIZE))

    def shape(self, path: Path, color: Rgb, form: Form = Form.SOFT, *, depth: float = 1.0) -> Image.Image:
        """Fill an outline with a colour in this light; answers with its mask, for patterns upon it."""
        mask = _mask(path)
        bounds = mask.getbbox()
        if bounds is None:
            return mask
        local = mask.crop(bounds)
        light, dark = lighter(color, 0.16 * depth), darker(color, 0.26 * depth)
        filled = Image.composite(_solid(dark, local), _solid(light, local), _ramp(form, local.size))
        if form is not Form.FLAT:
            _edge(filled, local, towards=(-1, -1), color=NIGHT, strength=0.30 * depth)
            _edge(filled, local, towards=(1, 1), color=(255, 250, 238), strength=0.22 * depth)
        self.sheet.paste(filled, bounds[:2], local)
        return mask

    def flat(self, path: Path, color: Rgb, *, alpha: float = 1.0, inside: Image.Image | None = None) -> None:
        """Fill an outline evenly, only where the mask `inside` allows."""
        self._lay(_mask(path), color, alpha, inside)

    def line(
        self,
        path: Sequence[Point],
        color: Rgb,
        width: float = 6,
        *,
        alpha: float = 1.0,
        inside: Image.Image | None = None,
    ) -> None:
        """A stroke with round ends."""
        mask = Image.new("L", (SIZE, SIZE))
        points = [(x * UNIT, y * UNIT) for x, y in path]
        draw, radius = ImageDraw.Draw(mask), width * UNIT / 2
        draw.line(points, fill=255, width=max(1, round(width * UNIT)), joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        self._lay(mask, color, alpha, inside)

    def rope(self, path: Sequence[Point], color: Rgb, width: float) -> None:
        """A round strap, handle or rim: a dark stroke, the colour upon it, and light along its upper side."""
        self.line(path, darker(color, 0.35), width)
        self.line([(x - width * 0.05, y - width * 0.06) for x, y in path], color, width * 0.82)
        self.line([(x - width * 0.14, y - width * 0.18) for x, y in path], lighter(color, 0.4), width * 0.22, alpha=0.7)

    def lines(
        self, paths: Sequence[Sequence[Point]], color: Rgb, width: float, *, alpha: float, inside: Image.Image
    ) -> None:
        """Many strokes at once, as a pattern on a shape."""
        mask = Image.new("L", (SIZE, SIZE))
        draw = ImageDraw.Draw(mask)
        for path in paths:
            draw.line(
                [(x * UNIT, y * UNIT) for x, y in path], fill=255, width=max(1, round(width * UNIT)), joint="curve"
            )
        self._lay(mask, color, alpha, inside)

    def glow(self, x: float, y: float, radius: float, color: Rgb, *, alpha: float = 0.8) -> None:
        """Light around a point."""
        mask = Image.new("L", (SIZE, SIZE))
        box = [(x - radius / 2) * UNIT, (y - radius / 2) * UNIT, (x + radius / 2) * UNIT, (y + radius / 2) * UNIT]
        ImageDraw.Draw(mask).ellipse(box, fill=255)
        self._lay(mask.filter(ImageFilter.GaussianBlur(radius * UNIT / 3)), color, alpha, None)

    def shadow(self, path: Path, *, alpha: float = 0.35, blur: float = 14, inside: Image.Image | None = None) -> None:
        """A soft dark patch, where one part throws its shadow on another."""
        self._lay(_mask(path).filter(ImageFilter.GaussianBlur(blur * UNIT)), NIGHT, alpha, inside)

    def _lay(self, mask: Image.Image, color: Rgb, alpha: float, inside: Image.Image | None) -> None:
        if inside is not None:
            mask = ImageChops.multiply(mask, inside)
        bounds = mask.getbbox()
        if bounds is None:
            return
        local = mask.crop(bounds).point(lambda value: round(value * alpha))
        layer = Image.new("RGBA", local.size, (*color, 255))
        layer.putalpha(local)
        self.sheet.alpha_composite(layer, bounds[:2])


def _mask(path: Path) -> Image.Image:
    mask = Image.new("L", (SIZE, SIZE))
    ImageDraw.Draw(mask).polygon([(x * UNIT, y * UNIT) for x, y in path], fill=255)
    return mask


def _solid(color: Rgb, like: Image.Image) -> Image.Image:
    return Image.new("RGB", like.size, color)


def _ramp(form: Form, size: tuple[int, int]) -> Image.Image:
    return _ramps(form).resize(size, Image.Resampling.BILINEAR)


@cache
def _ramps(form: Form) -> Image.Image:
    """How dark a surface is at each place: 0 is the lightest."""
    ramp = Image.new("L", (64, 64))
    for x in range(64):
        for y in range(64):
            across, down = x / 63, y / 63
            if form is Form.ROUND:
                dark = min(1.0, 2.1 * abs(across - 0.36) ** 1.35 + 0.12 * down)
            elif form is Form.SOFT:
                dark = 0.42 * across + 0.5 * down
            else:
                dark = 0.25 + 0.12 * across + 0.12 * down
            ramp.putpixel((x, y), round(255 * max(0.0, min(1.0, dark))))
    return ramp


def _edge(filled: Image.Image, mask: Image.Image, *, towards: tuple[int, int], color: Rgb, strength: float) -> None:
    """Shade the inner edge of a shape on one side."""
    reach = max(6, min(mask.size) // 9)
    roomy = Image.new("L", (mask.width + 2 * reach, mask.height + 2 * reach))
    roomy.paste(mask, (reach + towards[0] * reach // 2, reach + towards[1] * reach // 2))
    soft = roomy.filter(ImageFilter.BoxBlur(reach // 2)).crop((reach, reach, reach + mask.width, reach + mask.height))
    rim = ImageChops.multiply(ImageChops.invert(soft), mask).point(lambda value: round(value * strength))
    filled.paste(Image.new("RGB", mask.size, color), (0, 0), rim)
