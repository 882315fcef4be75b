"""Clothes from woven cloth: jackets, coats, trousers, caps and gloves."""

from demo.drawing.colors import BRASS, LEATHER, PAPER, STEEL, Tone, darker, lighter
from demo.drawing.easel import Easel, Form
from demo.drawing.paths import Path, arc, box, ellipse, mirrored, points, rounded, smooth

SLEEVE = points("345,268 262,320 205,540 170,770 252,796 300,610 338,470")


def _other(path: Path) -> Path:
    return [(1000 - x, y) for x, y in path]


def _coat(easel: Easel, tone: Tone, *, low: float) -> None:
    for sleeve in (SLEEVE, _other(SLEEVE)):
        easel.shape(smooth(sleeve), tone.main)
    for cuff in (
        rounded([(164, 742), (256, 768), (250, 812), (158, 786)], 10),
        rounded([(836, 742), (744, 768), (750, 812), (842, 786)], 10),
    ):
        easel.shape(cuff, tone.dark)
    easel.shape(rounded(mirrored([(410, 232), (330, 262), (306, 430), (300, low), (480, low + 12)]), 30), tone.main)


def _pockets(easel: Easel, tone: Tone, y: float) -> None:
    for x in (340, 556):
        easel.shape(
            rounded([(x, y), (x + 104, y), (x + 104, y + 96), (x + 52, y + 112), (x, y + 96)], 12), tone.main, depth=0.7
        )
        easel.shape(
            rounded([(x - 6, y - 8), (x + 110, y - 8), (x + 106, y + 34), (x + 52, y + 44), (x - 2, y + 34)], 10),
            tone.main,
        )
        easel.flat(ellipse(x + 52, y + 26, 7, 7), tone.trim)


def jacket(easel: Easel, tone: Tone) -> None:
    """A rain jacket with its hood up."""
    _coat(easel, tone, low=780)
    hood = points("404,300 378,200 420,118 500,96 580,118 622,200 596,300 500,330")
    easel.shape(smooth(hood), tone.main)
    easel.shape(
        smooth(points("436,285 424,214 454,160 500,148 546,160 576,214 564,285 500,306")), darker(tone.main, 0.6)
    )
    easel.shape(smooth(points("440,300 470,262 500,256 530,262 560,300 530,330 500,336 470,330")), tone.light)
    easel.flat(box(488, 320, 512, 786, 6), tone.dark)
    easel.line([(500, 330), (500, 780)], tone.trim, 5)
    easel.shape(box(491, 340, 509, 380, 6), BRASS)
    for x, turn in ((360, 1), (640, -1)):
        easel.line([(x, 590), (x + turn * 62, 690)], tone.dark, 12)
        easel.line([(x, 590), (x + turn * 62, 690)], tone.trim, 4, alpha=0.8)
    easel.line(smooth([(318, 420), (400, 440), (486, 430)], closed=False), tone.dark, 4, alpha=0.6)
    easel.line(smooth([(682, 420), (600, 440), (514, 430)], closed=False), tone.dark, 4, alpha=0.6)
    for x in (446, 554):
        easel.line(smooth([(x, 322), (x + (x - 500) * 0.12, 400)], closed=False), PAPER, 5)
        easel.flat(ellipse(x + (x - 500) * 0.12, 406, 8, 10), tone.trim)


def coat(easel: Easel, tone: Tone) -> None:
    """A long waxed coat with a corduroy collar."""
    _coat(easel, tone, low=860)
    easel.flat(box(484, 290, 556, 866, 8), tone.dark, alpha=0.55)
    for y in range(390, 860, 92):
        easel.flat(ellipse(536, y, 9, 9), BRASS)
    easel.line([(484, 300), (484, 866)], tone.dark, 4)
    _pockets(easel, tone, 640)
    collar = easel.shape(rounded([(408, 206), (500, 300), (430, 372), (352, 270)], 18), LEATHER)
    other = easel.shape(rounded([(592, 206), (500, 300), (570, 372), (648, 270)], 18), LEATHER)
    for mask in (collar, other):
        easel.lines(
            [[(x, 180), (x, 400)] for x in range(340, 660, 11)], darker(LEATHER, 0.5), 4, alpha=0.5, inside=mask
        )
    easel.flat(ellipse(500, 222, 84, 26), darker(tone.main, 0.65))
    easel.line(arc(500, 222, 86, 26, 180, 360), LEATHER, 14)
    easel.line(smooth([(350, 480), (372, 560), (360, 620)], closed=False), lighter(tone.main, 0.5), 7, alpha=0.18)


def fleece(easel: Easel, tone: Tone) -> None:
    """A pile fleece with a yoke and a chest pocket."""
    _coat(easel, tone, low=770)
    yoke = rounded(mirrored([(412, 234), (334, 264), (312, 400), (500, 420)]), 22)
    easel.shape(yoke, tone.trim, depth=0.8)
    mask = easel.shape(rounded(mirrored([(314, 404), (302, 768), (480, 782), (480, 404)]), 14), tone.main)
    curls = [arc(x + (y % 3) * 8, y, 9, 8, 0, 230) for x in range(300, 700, 26) for y in range(415, 790, 19)]
    easel.lines(curls, tone.dark, 3, alpha=0.3, inside=mask)
    easel.line([(500, 300), (500, 776)], tone.dark, 10)
    easel.line([(500, 300), (500, 776)], STEEL, 4)
    easel.shape(rounded([(556, 430), (656, 430), (656, 530), (556, 530)], 14), tone.trim, depth=0.8)
    easel.line([(562, 452), (650, 452)], tone.main, 5)
    easel.shape(rounded(mirrored([(412, 190), (404, 262), (480, 300), (480, 200)]), 20), tone.main)
    easel.flat(ellipse(500, 204, 78, 20), darker(tone.main, 0.6))
    easel.line([(500, 224), (500, 300)], STEEL, 5)


def trousers(easel: Easel, tone: Tone) -> None:
    """Trousers laid straight."""
    legs = mirrored(points("355,170 322,480 330,860 470,866 496,420"))
    easel.shape(rounded(legs, 14), tone.main)
    for side in (1, -1):
        easel.line([(500 - side * 100, 260), (500 - side * 112, 850)], tone.dark, 5, alpha=0.3)
        easel.line(
            smooth([(500 - side * 140, 226), (500 - side * 100, 262), (500 - side * 150, 320)], closed=False),
            tone.dark,
            5,
            alpha=0.65,
        )
        easel.line([(500 - side * 172, 836), (500 - side * 32, 842)], tone.dark, 4, alpha=0.5)
    easel.shape(rounded([(352, 148), (648, 148), (652, 208), (348, 208)], 10), tone.main)
    for x in (392, 468, 532, 608):
        easel.shape(box(x - 8, 142, x + 8, 216, 5), tone.light)
    easel.line(smooth([(500, 210), (500, 330), (486, 410)], closed=False), tone.dark, 5, alpha=0.6)
    easel.shape(ellipse(500, 178, 12, 12), BRASS)


def shorts(easel: Easel, tone: Tone) -> None:
    """Shorts with a drawstring."""
    legs = mirrored([(320, 270), (262, 690), (474, 724), (494, 540)])
    easel.shape(rounded(legs, 18), tone.main)
    band = easel.shape(rounded([(318, 250), (682, 250), (690, 322), (310, 322)], 14), tone.main)
    easel.lines([[(x, 250), (x, 322)] for x in range(314, 690, 13)], tone.dark, 4, alpha=0.45, inside=band)
    for side in (1, -1):
        easel.line(
            smooth([(500 - side * 180, 330), (500 - side * 130, 400), (500 - side * 205, 470)], closed=False),
            tone.dark,
            6,
            alpha=0.6,
        )
        easel.line([(500 - side * 232, 664), (500 - side * 28, 694)], tone.dark, 4, alpha=0.5)
        easel.rope(
            smooth([(500 - side * 12, 300), (500 - side * 30, 380), (500 - side * 22, 440)], closed=False), PAPER, 9
        )
    easel.line([(500, 326), (500, 540)], tone.dark, 5, alpha=0.6)


def cap(easel: Easel, tone: Tone) -> None:
    """A cap with a peak, from the side."""
    crown = easel.shape(smooth(points("262,590 270,440 350,320 480,290 610,330 676,450 690,580 480,620")), tone.main)
    for path in ([(480, 290), (420, 420), (410, 610)], [(480, 290), (570, 400), (610, 600)]):
        easel.line(smooth(path, closed=False), tone.dark, 5, alpha=0.55, inside=crown)
    easel.shape(smooth(points("560,560 690,540 830,590 880,660 760,660 600,640 500,630")), tone.dark)
    easel.line(smooth([(566, 590), (700, 575), (860, 650)], closed=False), tone.light, 4, alpha=0.6)
    easel.shape(ellipse(480, 292, 20, 13), tone.dark)
    easel.shape(box(520, 440, 600, 500, 6), LEATHER, Form.FLAT)
    for x, y in ((340, 430), (430, 400)):
        easel.flat(ellipse(x, y, 8, 8), darker(tone.main, 0.5))


def gloves(easel: Easel, tone: Tone) -> None:
    """A pair of long leather gloves."""
    hand = points(
        "310,560 300,430 286,300 318,292 342,400 352,240 388,236 396,392 416,250 450,258 446,410 "
        "470,330 498,342 486,470 470,570"
    )
    thumb = points("470,480 540,420 566,446 520,540 462,600")
    for flip in (False, True):
        parts = [(smooth(thumb), tone.main), (rounded(hand, 17), tone.main)]
        for path, color in parts:
            path = [(x - 50, y) for x, y in path]
            easel.shape(_other(path) if flip else path, color)
        cuff: Path = rounded([(258, 545), (424, 545), (456, 830), (226, 830)], 22)
        easel.shape(_other(cuff) if flip else cuff, darker(LEATHER, 0.12))
        band: Path = [(252, 574), (430, 574)]
        easel.line(_other(band) if flip else band, tone.light, 8)
