"""From a thing on a transparent sheet to a picture: backdrop, floor, shadow, light."""

from PIL import Image, ImageDraw, ImageFilter

from demo.drawing.colors import NIGHT, PAPER, Rgb, brightness, darker, lighter, mix
from demo.drawing.easel import SIZE

EDGE = 1000
BANNER = (1600, 900)
AROUND = 200
"""What is kept around a thing, for the light it sheds."""


def standing(thing: Image.Image, backdrop: Rgb) -> Image.Image:
    """A thing on a table before a wall."""
    scene = _room((SIZE, SIZE), backdrop, horizon=0.70)
    _stand(scene, _fitted(thing, 0.70, floor=0.86))
    return scene.resize((EDGE, EDGE), Image.Resampling.LANCZOS)


def lying(thing: Image.Image, backdrop: Rgb) -> Image.Image:
    """A thing on a sheet of paper, seen from above."""
    scene = _paper((SIZE, SIZE), backdrop)
    _lay(scene, _fitted(thing, 0.74))
    return scene.resize((EDGE, EDGE), Image.Resampling.LANCZOS)


def close(thing: Image.Image, color: Rgb) -> Image.Image:
    """Its upper left part, near and a little turned, on paper of its own colour."""
    pale = brightness(color) > 0.62
    scene = _paper((SIZE, SIZE), mix(color, (120, 128, 120) if pale else PAPER, 0.38 if pale else 0.52))
    left, top, right, bottom = _body(thing)
    scale = 1.36 * SIZE / max(right - left, bottom - top)
    cut = thing.crop((left - AROUND, top - AROUND, right + AROUND, bottom + AROUND))
    large = cut.resize((round(cut.width * scale), round(cut.height * scale)), Image.Resampling.LANCZOS)
    large = large.rotate(-7, Image.Resampling.BICUBIC, expand=True)
    corner = (round(AROUND * scale - SIZE * 0.09), round(AROUND * scale - SIZE * 0.08))
    if _covered(large, corner) < 0.4:
        corner = ((large.width - SIZE) // 2, (large.height - SIZE) // 2)
    sheet = large.crop((*corner, corner[0] + SIZE, corner[1] + SIZE))
    _lay(scene, sheet)
    return scene.resize((EDGE, EDGE), Image.Resampling.LANCZOS)


def banner(things: list[tuple[Image.Image, float]], backdrop: Rgb) -> Image.Image:
    """Three things with how tall they look, side by side on a long table, the middle one in front."""
    width, height = BANNER[0] * 3 // 2, BANNER[1] * 3 // 2
    scene = _room((width, height), backdrop, horizon=0.66)
    ordered = [things[0], things[2], things[1]]
    places = [(0.24, 0.60, 0.80), (0.76, 0.62, 0.81), (0.50, 0.74, 0.90)]
    for (thing, tall), (x, share, floor) in zip(ordered, places, strict=True):
        left, top, right, bottom = _body(thing)
        scale = min(share * tall * height / (bottom - top), 0.34 * width / (right - left))
        small = thing.resize((round(SIZE * scale), round(SIZE * scale)), Image.Resampling.LANCZOS)
        sheet = Image.new("RGBA", scene.size)
        sheet.paste(small, (round(x * width - scale * (left + right) / 2), round(floor * height - scale * bottom)))
        _stand(scene, sheet)
    return scene.resize(BANNER, Image.Resampling.LANCZOS)


def _covered(thing: Image.Image, corner: tuple[int, int]) -> float:
    """How much of the sheet with this upper left corner the thing would cover."""
    window = thing.getchannel("A").crop((*corner, corner[0] + SIZE, corner[1] + SIZE))
    return window.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) / 255  # type: ignore[operator]


def _body(thing: Image.Image) -> tuple[int, int, int, int]:
    """Where the thing itself is, without the light around it."""
    return thing.getchannel("A").point(lambda value: 255 if value > 200 else 0).getbbox() or (0, 0, *thing.size)


def _fitted(thing: Image.Image, share: float, *, floor: float | None = None) -> Image.Image:
    """The thing, filling this share of the sheet; in its middle, or standing on a floor this far down."""
    left, top, right, bottom = _body(thing)
    scale = share * SIZE / max(right - left, bottom - top)
    large = thing.resize((round(SIZE * scale), round(SIZE * scale)), Image.Resampling.LANCZOS)
    across = SIZE / 2 - scale * (left + right) / 2
    down = SIZE / 2 - scale * (top + bottom) / 2 if floor is None else SIZE * floor - scale * bottom
    sheet = Image.new("RGBA", (SIZE, SIZE))
    sheet.paste(large, (round(across), round(down)))
    return sheet


def _room(size: tuple[int, int], wall: Rgb, *, horizon: float) -> Image.Image:
    scene = _paper(size, wall)
    line = round(size[1] * horizon)
    table = _upright(lighter(wall, 0.18), darker(wall, 0.13), (size[0], size[1] - line))
    scene.paste(table, (0, line))
    seam = Image.new("L", size)
    ImageDraw.Draw(seam).rectangle((0, line - size[1] // 90, size[0], line + size[1] // 160), fill=70)
    seam = seam.filter(ImageFilter.GaussianBlur(size[1] / 110))
    scene.paste(Image.new("RGB", size, darker(wall, 0.5)), (0, 0), seam)
    return scene


def _paper(size: tuple[int, int], color: Rgb) -> Image.Image:
    """Light from the upper left, falling off to the lower right."""
    scene = Image.new("RGB", size, darker(color, 0.10))
    light = Image.radial_gradient("L").resize((size[0] * 2, size[1] * 2), Image.Resampling.BICUBIC)
    left, top = round(size[0] * 0.62), round(size[1] * 0.68)
    light = light.crop((left, top, left + size[0], top + size[1]))
    scene.paste(Image.new("RGB", size, lighter(color, 0.34)), (0, 0), light.point(lambda value: 255 - value))
    return scene


def _upright(top: Rgb, bottom: Rgb, size: tuple[int, int]) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)


def _stand(scene: Image.Image, thing: Image.Image) -> None:
    left, _, right, bottom = _body(thing)
    width = right - left
    for spread, high, blur, alpha in ((0.56, 0.075, 0.030, 0.42), (0.46, 0.03, 0.010, 0.50)):
        mask = Image.new("L", scene.size)
        middle, half, tall = (left + right) / 2 + width * 0.03, width * spread, width * high
        box = (middle - half, bottom - tall * 1.15, middle + half, bottom + tall * 0.85)
        ImageDraw.Draw(mask).ellipse(box, fill=round(255 * alpha))
        mask = mask.filter(ImageFilter.GaussianBlur(width * blur))
        scene.paste(Image.new("RGB", scene.size, NIGHT), (0, 0), mask)
    scene.paste(thing, (0, 0), thing)


def _lay(scene: Image.Image, thing: Image.Image) -> None:
    alpha = thing.getchannel("A")
    for shift, blur, strength in ((34, 34, 0.34), (10, 8, 0.30)):
        mask = Image.new("L", scene.size)
        mask.paste(alpha, (round(shift * 0.7), shift))
        mask = mask.filter(ImageFilter.GaussianBlur(blur)).point(lambda value, share=strength: round(value * share))
        scene.paste(Image.new("RGB", scene.size, NIGHT), (0, 0), mask)
    scene.paste(thing, (0, 0), thing)
