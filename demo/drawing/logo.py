"""The shop's sign: a lark over the moor, and its name in letters of our own."""

from PIL import Image

from demo.drawing.colors import CREAM, Rgb, rgb
from demo.drawing.easel import SIZE, Easel
from demo.drawing.paths import Point, arc, points, smooth

INK: Rgb = rgb("#27405f")
RUST: Rgb = rgb("#b4532f")
LETTERS: dict[str, list[list[Point]]] = {
    "l": [[(0, 0), (0, 60)]],
    "a": [arc(20, 40, 20, 20, 0, 360), [(40, 20), (40, 60)]],
    "r": [[(0, 20), (0, 60)], arc(20, 40, 20, 20, 180, 300)],
    "k": [[(0, 0), (0, 60)], [(32, 20), (0, 42)], [(10, 36), (34, 60)]],
    "m": [
        [(0, 20), (0, 60)],
        arc(14, 34, 14, 14, 180, 360),
        [(28, 34), (28, 60)],
        arc(42, 34, 14, 14, 180, 360),
        [(56, 34), (56, 60)],
    ],
    "o": [arc(20, 40, 20, 20, 0, 360)],
}
WIDTHS = {"l": 22, "a": 62, "r": 50, "k": 56, "m": 78, "o": 62}


def logo() -> Image.Image:
    """The sign, 900 by 900, on cream."""
    easel = Easel()
    easel.flat([(0, 0), (1000, 0), (1000, 1000), (0, 1000)], CREAM)
    easel.flat(arc(500, 460, 300, 300, 0, 360), INK)
    hill = smooth(points("150,560 330,500 480,560 650,520 850,580 850,800 150,800"))
    circle = Image.new("L", (SIZE, SIZE))
    circle.paste(easel.sheet.convert("L").point(lambda value: 255 if value < 120 else 0))
    easel.flat(arc(610, 350, 66, 66, 0, 360), rgb("#d19a2e"), inside=circle)
    easel.flat(hill, rgb("#5f7148"), inside=circle)
    easel.flat(smooth(points("150,660 400,610 600,650 850,620 850,800 150,800")), RUST, inside=circle)
    easel.flat(smooth(points("330,430 400,380 450,384 530,300 520,376 590,400 530,416 470,470 410,450")), CREAM)
    _write(easel, "larkmoor", 268, 828, 1.16)
    return easel.sheet.convert("RGB").resize((900, 900), Image.Resampling.LANCZOS)


def _write(easel: Easel, text: str, x: float, y: float, scale: float) -> None:
    for letter in text:
        for stroke in LETTERS[letter]:
            easel.line([(x + across * scale, y + down * scale) for across, down in stroke], INK, 11)
        x += WIDTHS[letter] * scale
