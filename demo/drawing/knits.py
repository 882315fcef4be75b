"""Clothes from knitted cloth: jumpers, tops, caps, scarves, socks and gloves."""

from PIL import Image

from demo.drawing.colors import LEATHER, Tone, darker, lighter
from demo.drawing.easel import Easel, Form
from demo.drawing.paths import Path, arc, box, ellipse, mirrored, moved, points, rounded, smooth

BODY = points("415,205 330,235 300,420 318,820 500,832")
SLEEVE = points("335,235 255,300 205,520 165,760 235,785 290,600 330,470")
SHORT_SLEEVE = points("340,232 250,290 185,440 275,485 322,400")


def _ribs(
    easel: Easel, mask: Image.Image, tone: Tone, area: tuple[float, float, float, float], step: float = 11
) -> None:
    left, top, right, bottom = area
    count = int((right - left) / step)
    lines = [[(left + at * step, top), (left + at * step, bottom)] for at in range(count + 1)]
    easel.lines(lines, tone.dark, 3, alpha=0.45, inside=mask)


def _stitches(easel: Easel, mask: Image.Image, tone: Tone, area: tuple[int, int, int, int], step: int = 18) -> None:
    """Rows of little v's, as plain knitting shows."""
    left, top, right, bottom = area
    lines = [
        [(x, y), (x + step / 2, y + step * 0.6), (x + step, y)]
        for x in range(left, right, step)
        for y in range(top, bottom, round(step * 0.72))
    ]
    easel.lines(lines, tone.dark, 2.2, alpha=0.28, inside=mask)


def _torso(easel: Easel, tone: Tone, sleeve: list[tuple[float, float]]) -> tuple[Image.Image, list[Image.Image]]:
    sleeves = [easel.shape(smooth(path), tone.main) for path in (sleeve, _other(sleeve))]
    half = BODY[:-1]
    body = easel.shape(rounded(mirrored([*half, (480, 832)]), 34), tone.main)
    return body, sleeves


def _other(path: Path) -> Path:
    return [(1000 - x, y) for x, y in path]


def _neck(easel: Easel, tone: Tone, *, wide: float = 92, deep: float = 46, rim: float = 30) -> None:
    easel.flat(ellipse(500, 208, wide - 6, deep * 0.78), darker(tone.main, 0.62))
    easel.rope(arc(500, 206, wide, deep, 0, 180), tone.main, rim)
    easel.rope(arc(500, 208, wide - 4, deep * 0.55, 180, 360), darker(tone.main, 0.18), rim * 0.7)


def jumper(easel: Easel, tone: Tone) -> None:
    """A jumper with cables down its front."""
    body, sleeves = _torso(easel, tone, SLEEVE)
    for mask in (body, *sleeves):
        _stitches(easel, mask, tone, (150, 200, 850, 850))
    for x in (385, 500, 615):
        _cable(easel, body, tone, x)
    for x in (442, 558):
        diamonds = [[(x, y), (x + 22, y + 34), (x, y + 68), (x - 22, y + 34), (x, y)] for y in range(290, 720, 68)]
        easel.lines(diamonds, tone.dark, 5, alpha=0.42, inside=body)
    hem = easel.shape(rounded([(312, 772), (688, 772), (684, 846), (316, 846)], 18), tone.main)
    _ribs(easel, hem, tone, (312, 772, 688, 846))
    for cuff in (box(150, 742, 246, 806, 16), box(754, 742, 850, 806, 16)):
        _ribs(easel, easel.shape(cuff, tone.main), tone, (150, 742, 850, 806))
    _neck(easel, tone)


def _cable(easel: Easel, body: Image.Image, tone: Tone, x: float) -> None:
    for y in range(270, 760, 62):
        easel.line(
            smooth([(x - 17, y), (x, y + 31), (x + 17, y + 62)], closed=False), tone.dark, 15, alpha=0.4, inside=body
        )
        easel.line(
            smooth([(x + 17, y), (x, y + 31), (x - 17, y + 62)], closed=False), tone.dark, 15, alpha=0.5, inside=body
        )
        easel.line(
            smooth([(x - 19, y - 3), (x - 2, y + 28), (x + 15, y + 58)], closed=False), tone.light, 10, inside=body
        )
        easel.line(smooth([(x + 15, y - 3), (x + 6, y + 14)], closed=False), tone.light, 10, inside=body)


def tee(easel: Easel, tone: Tone) -> None:
    """A tee with short sleeves and a pocket."""
    _torso(easel, tone, SHORT_SLEEVE)
    easel.line([(322, 806), (678, 806)], tone.dark, 3, alpha=0.5)
    for side in (1, -1):
        seam = [(500 - side * 306, 424), (500 - side * 232, 466)]
        easel.line(seam, tone.dark, 3, alpha=0.5)
    _folds(easel, tone)
    _neck(easel, tone, rim=20)
    easel.shape(rounded(points("560,360 640,360 640,440 600,462 560,440"), 10), tone.main, depth=0.8)


def breton(easel: Easel, tone: Tone) -> None:
    """A striped top with a boat neck."""
    ground = Tone((240, 235, 224))
    body, sleeves = _torso(easel, ground, SLEEVE)
    stripes = [[(100, y), (900, y)] for y in range(318, 800, 38)]
    for mask in (body, *sleeves):
        easel.lines(stripes, tone.main, 14, alpha=0.95, inside=mask)
    easel.shadow([(300, 420), (336, 300), (330, 780), (314, 780)], alpha=0.35, inside=body)
    easel.shadow([(700, 420), (664, 300), (670, 780), (686, 780)], alpha=0.35, inside=body)
    _folds(easel, ground)
    _neck(easel, ground, wide=116, deep=34, rim=18)


def _folds(easel: Easel, tone: Tone) -> None:
    for path in ([(345, 420), (372, 520), (366, 640)], [(655, 420), (628, 540), (636, 690)], [(440, 560), (455, 690)]):
        easel.line(smooth(path, closed=False), tone.dark, 9, alpha=0.13)


def beanie(easel: Easel, tone: Tone) -> None:
    """A ribbed cap with a rolled brim."""
    crown = points("252,610 262,450 330,300 430,232 500,220 570,232 670,300 738,450 748,610")
    mask = easel.shape(smooth([*crown, (500, 640)]), tone.main)
    ribs = [
        smooth([(500 + (at - 500) * 0.16, 224), (500 + (at - 500) * 0.85, 400), (at, 640)], closed=False)
        for at in range(250, 760, 27)
    ]
    easel.lines(ribs, tone.dark, 6, alpha=0.5, inside=mask)
    brim = easel.shape(rounded(points("228,570 772,570 782,740 500,758 218,740"), 42), lighter(tone.main, 0.05))
    easel.lines(
        [[(at, 560), (500 + (at - 500) * 1.03, 770)] for at in range(225, 780, 27)],
        tone.dark,
        7,
        alpha=0.5,
        inside=brim,
    )
    easel.shadow(box(240, 548, 760, 572, 10), alpha=0.4, blur=8, inside=mask)
    easel.shape(box(628, 640, 704, 690, 6), LEATHER, Form.FLAT)


def scarf(easel: Easel, tone: Tone) -> None:
    """A scarf laid in a loop, both fringes down."""
    for path, x in (([(430, 330), (330, 560), (350, 800)], 350), ([(560, 330), (650, 560), (640, 830)], 640)):
        easel.lines(
            [[(x - 66 + at * 12, path[-1][1] - 8), (x - 70 + at * 12.6, path[-1][1] + 62)] for at in range(12)],
            tone.main,
            6,
            alpha=1,
            inside=Image.new("L", easel.sheet.size, 255),
        )
        left = [(px - 74, py) for px, py in path]
        right = [(px + 74, py) for px, py in reversed(path)]
        mask = easel.shape(smooth([*left, *right]), tone.main)
        for y in (640, 676, 712, 760):
            easel.line([(x - 120, y), (x + 120, y)], tone.light if y < 720 else tone.dark, 12, alpha=0.7, inside=mask)
        _herringbone(easel, mask, tone)
    loop = easel.shape(smooth(points("300,300 370,190 500,160 630,190 700,300 640,420 500,455 360,420")), tone.main)
    _herringbone(easel, loop, tone)
    easel.shadow(smooth(points("392,300 440,238 500,224 560,238 608,300 560,346 500,360 440,346")), alpha=0.75, blur=9)
    easel.line(arc(500, 300, 150, 104, 20, 160), tone.dark, 12, alpha=0.3)


def _herringbone(easel: Easel, mask: Image.Image, tone: Tone) -> None:
    lines = [[(x, y), (x + 16, y + 16), (x + 32, y)] for x in range(120, 900, 32) for y in range(120, 900, 13)]
    easel.lines(lines, tone.dark, 2.4, alpha=0.3, inside=mask)


def socks(easel: Easel, tone: Tone) -> None:
    """A pair of socks."""
    outline = points("330,214 475,214 470,560 500,640 640,720 690,790 650,850 540,850 380,790 318,700 326,540")
    for across, down, dim in ((95, -35, 0.14), (-65, 15, 0.0)):
        shade = Tone(darker(tone.main, dim))
        mask = easel.shape(moved(smooth(outline), across, down), shade.main)
        _stitches(easel, mask, shade, (200, 150, 860, 880), 14)
        top = easel.shape(moved(box(322, 156, 482, 262, 26), across, down), shade.light)
        _ribs(easel, top, shade, (322 + across, 172 + down, 482 + across, 258 + down))
        easel.flat(
            moved(smooth(points("318,640 420,610 470,700 400,800 330,760")), across, down),
            shade.trim,
            alpha=0.75,
            inside=mask,
        )
        easel.flat(
            moved(smooth(points("590,690 700,700 740,860 600,880 560,800")), across, down),
            shade.trim,
            alpha=0.75,
            inside=mask,
        )


def mitts(easel: Easel, tone: Tone) -> None:
    """A pair of mittens."""
    outline = points("300,700 296,480 318,320 385,240 455,320 470,470 545,420 570,480 490,610 470,700")
    for flip in (False, True):
        path = moved(smooth(outline), -40, 0)
        mask = easel.shape(_other(path) if flip else path, tone.main)
        _stitches(easel, mask, tone, (150, 200, 850, 720), 16)
        cuff = box(248, 680, 438, 800, 26)
        cuff_mask = easel.shape(_other(cuff) if flip else cuff, tone.trim)
        _ribs(easel, cuff_mask, Tone(tone.trim), (160, 680, 850, 800), 14)
