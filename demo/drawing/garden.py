"""Things for the garden."""

from demo.drawing.colors import ASH, BRASS, CREAM, IRON, OAK, PAPER, STEEL, WALNUT, Rgb, Tone, darker, lighter
from demo.drawing.easel import Easel, Form
from demo.drawing.paths import Path, arc, box, ellipse, lathe, points, rounded, smooth, turned

LEAF: Rgb = (104, 134, 84)


def wateringcan(easel: Easel, tone: Tone) -> None:
    """A watering can with a long spout and a brass rose."""
    easel.rope(smooth(points("560,340 680,250 800,300 830,460 770,640"), closed=False), tone.main, 30)
    easel.rope([(460, 720), (210, 330)], tone.main, 44)
    easel.rope([(440, 470), (290, 452)], tone.dark, 13)
    easel.shape(turned(rounded([(150, 262), (250, 262), (224, 350), (176, 350)], 12), -34, (200, 306)), BRASS)
    body = easel.shape(lathe([(400, 170), (440, 176), (780, 200), (830, 196)], axis=590), tone.main, Form.ROUND)
    easel.flat(ellipse(590, 400, 170, 34), darker(tone.main, 0.6))
    easel.shape(smooth(points("424,392 470,340 560,330 600,400 560,436 470,428")), tone.light)
    easel.line(arc(590, 400, 172, 36, 0, 180), tone.light, 10)
    for y in (520, 760):
        easel.line(arc(590, y, 188, 28, 6, 174), tone.dark, 8, alpha=0.5, inside=body)
    easel.line(smooth([(462, 470), (446, 620), (440, 790)], closed=False), PAPER, 20, alpha=0.35, inside=body)


def _leaf(easel: Easel, x: float, y: float, degrees: float, length: float, color: Rgb) -> None:
    outline: Path = [
        (x, y),
        (x - length * 0.2, y - length * 0.45),
        (x, y - length),
        (x + length * 0.2, y - length * 0.45),
    ]
    mask = easel.shape(turned(smooth(outline), degrees, (x, y)), color)
    easel.line(turned([(x, y), (x, y - length * 0.9)], degrees, (x, y)), lighter(color, 0.4), 4, alpha=0.6, inside=mask)


def plantpot(easel: Easel, tone: Tone) -> None:
    """A clay pot with something growing."""
    for degrees, length, dim in (
        (-58, 250, 0.2),
        (56, 250, 0.2),
        (-32, 320, 0.1),
        (34, 310, 0.1),
        (-8, 350, 0.0),
        (14, 330, 0.0),
    ):
        _leaf(easel, 500, 500, degrees, length, darker(LEAF, dim))
    easel.shape(lathe([(540, 214), (620, 206), (800, 166), (850, 150)]), tone.main, Form.ROUND)
    rim = easel.shape(lathe([(470, 250), (490, 254), (556, 248), (566, 240)]), tone.main, Form.ROUND)
    easel.flat(ellipse(500, 470, 250, 42), darker(tone.main, 0.25))
    easel.flat(ellipse(500, 476, 228, 32), (70, 50, 38))
    for degrees, length in ((-24, 210), (26, 200), (2, 250)):
        _leaf(easel, 500, 492, degrees, length, lighter(LEAF, 0.12))
    easel.line(smooth([(300, 500), (298, 540)], closed=False), PAPER, 14, alpha=0.3, inside=rim)
    easel.line(smooth([(330, 600), (350, 720), (376, 820)], closed=False), PAPER, 16, alpha=0.2)


def trowel(easel: Easel, tone: Tone) -> None:
    """A hand trowel."""
    blade = smooth(points("430,520 500,490 570,520 590,660 560,800 500,880 440,800 410,660"))
    mask = easel.shape(turned(blade, 24), STEEL)
    easel.line(turned([(500, 520), (500, 840)], 24), darker(STEEL, 0.4), 8, alpha=0.5, inside=mask)
    easel.rope(turned([(500, 400), (500, 540)], 24), IRON, 26)
    grip = easel.shape(
        turned(smooth(points("468,120 500,100 532,120 540,260 530,380 500,400 470,380 460,260")), 24),
        tone.main,
        Form.SOFT,
    )
    easel.lines(
        [turned(smooth([(x, 100), (x + 6, 250), (x, 400)], closed=False), 24) for x in range(466, 540, 12)],
        tone.dark,
        3,
        alpha=0.4,
        inside=grip,
    )
    easel.shape(turned(box(470, 372, 530, 414, 8), 24), BRASS)
    easel.rope(turned(smooth(points("500,120 470,60 500,30 530,60 502,120"), closed=False), 24), WALNUT, 9)


def shears(easel: Easel, tone: Tone) -> None:
    """Pruning shears, a little open."""
    easel.shape(
        turned(smooth(points("480,440 452,300 400,150 380,130 440,170 520,300 540,440")), 10), darker(STEEL, 0.12)
    )
    easel.shape(turned(smooth(points("500,450 470,330 500,180 560,110 600,200 590,340 550,450")), 10), STEEL)
    easel.line(turned(smooth([(482, 330), (508, 190), (560, 120)], closed=False), 10), PAPER, 7, alpha=0.8)
    easel.rope(turned(smooth([(508, 450), (560, 600), (600, 740), (596, 880)], closed=False), 10), tone.main, 60)
    easel.rope(turned(smooth([(520, 450), (460, 600), (396, 720), (400, 870)], closed=False), 10), tone.main, 60)
    easel.rope(turned(smooth([(470, 560), (510, 580), (548, 560)], closed=False), 10), STEEL, 12)
    easel.shape(turned(ellipse(512, 456, 40, 40), 10), IRON)
    easel.flat(turned(ellipse(512, 456, 14, 14), 10), BRASS)


def seedbox(easel: Easel, tone: Tone) -> None:
    """A box of seed packets."""
    colors: list[Rgb] = [(196, 92, 62), (222, 176, 84), (104, 134, 84), (92, 138, 146), (150, 116, 150)]
    for at, color in enumerate(colors):
        left, top = 262 + at * 84, 250 - (at % 2) * 34
        mask = easel.shape(
            rounded([(left, top), (left + 140, top + 6), (left + 140, 640), (left, 640)], 8), CREAM, Form.FLAT
        )
        easel.flat([(left, top), (left + 140, top + 6), (left + 140, top + 76), (left, top + 70)], color, inside=mask)
        for x, y in ((left + 44, top + 140), (left + 92, top + 132), (left + 70, top + 180)):
            easel.flat(ellipse(x, y, 17, 17), color, alpha=0.9, inside=mask)
            easel.line([(x, y + 14), (x, y + 60)], LEAF, 5, inside=mask)
    box_mask = easel.shape(rounded([(210, 470), (790, 470), (766, 850), (234, 850)], 10), OAK)
    easel.lines(
        [smooth([(200, y), (500, y + 12), (800, y)], closed=False) for y in range(480, 850, 22)],
        darker(OAK, 0.4),
        3,
        alpha=0.35,
        inside=box_mask,
    )
    easel.shape(box(360, 580, 640, 730, 6), CREAM, Form.FLAT)
    _leaf(easel, 500, 700, -24, 84, tone.main)
    _leaf(easel, 500, 700, 24, 84, tone.main)
    easel.line([(500, 716), (500, 640)], tone.dark, 6)


def birdhouse(easel: Easel, tone: Tone) -> None:
    """A nest box, and who lives in it."""
    easel.shape(rounded([(470, 90), (530, 90), (530, 200), (470, 200)], 12), darker(ASH, 0.25))
    body = easel.shape(rounded([(318, 330), (682, 330), (664, 850), (336, 850)], 10), tone.main)
    easel.lines([[(x, 320), (x, 860)] for x in (390, 464, 538, 612)], tone.dark, 5, alpha=0.5, inside=body)
    easel.shadow(box(310, 350, 690, 400, 6), alpha=0.4, blur=16, inside=body)
    easel.shape(rounded(points("500,150 764,330 730,392 500,236 270,392 236,330"), 16), ASH)
    easel.line([(500, 172), (740, 336)], lighter(ASH, 0.5), 6, alpha=0.7)
    easel.shape(ellipse(500, 530, 76, 76), ASH)
    easel.flat(ellipse(500, 532, 56, 56), (40, 32, 28))
    easel.rope([(500, 660), (500, 668)], OAK, 30)
    bird = easel.shape(
        smooth(points("640,640 600,590 560,584 520,610 516,660 560,690 620,676 690,618 676,650")), (140, 98, 66)
    )
    easel.flat(smooth([(520, 640), (560, 640), (580, 680), (540, 690)]), (222, 196, 156), inside=bird)
    easel.flat([(520, 616), (488, 624), (518, 634)], (220, 160, 70))
    easel.flat(ellipse(540, 614, 7, 7), (30, 26, 26))


def twine(easel: Easel, tone: Tone) -> None:
    """Twine on a wooden spool."""
    easel.rope(smooth(points("640,700 780,740 830,830 700,868 560,850"), closed=False), tone.main, 15)
    easel.shape(lathe([(760, 210), (790, 222), (826, 222)]), ASH, Form.ROUND)
    mask = easel.shape(lathe(points("350,150 420,190 560,206 700,190 780,150")), tone.main, Form.ROUND)
    turns = [arc(500, y, 214, 34, 0, 180) for y in range(320, 800, 20)]
    easel.lines(turns, tone.dark, 6, alpha=0.5, inside=mask)
    easel.lines([[(x, y + 6) for x, y in turn] for turn in turns], tone.light, 4, alpha=0.4, inside=mask)
    easel.shape(lathe([(290, 206), (310, 220), (346, 216)]), ASH, Form.ROUND)
    easel.flat(ellipse(500, 290, 208, 42), lighter(ASH, 0.3))
    easel.flat(ellipse(500, 292, 46, 12), darker(ASH, 0.6))
