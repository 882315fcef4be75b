"""Things on paper, and small sets."""

from demo.drawing.colors import ASH, BRASS, CREAM, LEATHER, OAK, PAPER, STEEL, Rgb, Tone, darker, lighter
from demo.drawing.easel import Easel, Form
from demo.drawing.kitchen import INK, mending
from demo.drawing.paths import box, ellipse, points, rounded, smooth, turned


def notebook(easel: Easel, tone: Tone) -> None:
    """A notebook with a ribbon and an elastic band."""
    easel.shape(turned(box(306, 190, 724, 846, 12), 6), lighter(CREAM, 0.4), Form.FLAT)
    mask = easel.shape(turned(box(286, 170, 706, 830, 22), 6), tone.main)
    easel.flat(turned(box(286, 170, 342, 830, 16), 6), tone.dark, alpha=0.6, inside=mask)
    easel.line(turned([(652, 160), (652, 840)], 6), tone.trim, 13, inside=mask)
    easel.shape(turned(box(410, 300, 590, 400, 6), 6), CREAM, Form.FLAT)
    easel.line(turned([(436, 336), (564, 336)], 6), INK, 5)
    easel.line(turned([(436, 366), (530, 366)], 6), INK, 4)
    wave = [
        turned(smooth([(400 + step * 40, y + (10 if step % 2 else -10)) for step in range(6)], closed=False), 6)
        for y in (640, 672)
    ]
    easel.lines(wave, tone.trim, 6, alpha=0.7, inside=mask)
    easel.rope(turned([(456, 826), (450, 904)], 6), (184, 80, 52), 10)


def calendar(easel: Easel, tone: Tone) -> None:
    """A month with its bird."""
    for degrees, dim in ((-7, 0.12), (4, 0.05), (0, 0.0)):
        easel.shape(turned(box(270, 120, 730, 880, 6), degrees), darker(PAPER, dim), Form.FLAT)
    easel.shape(ellipse(500, 150, 13, 13), BRASS)
    bird = points(
        "330,420 400,350 470,330 540,290 600,250 640,280 690,292 630,310 600,380 520,450 430,470 360,500 400,440"
    )
    mask = easel.shape(smooth(bird), (52, 62, 84), Form.FLAT)
    easel.flat(smooth(points("470,440 560,350 600,330 590,390 520,450")), (232, 222, 200), inside=mask)
    easel.flat(ellipse(616, 276, 6, 6), PAPER)
    easel.line([(500, 450), (496, 520)], (184, 80, 52), 6)
    easel.line([(470, 452), (456, 520)], (184, 80, 52), 6)
    easel.line(smooth([(330, 526), (480, 516), (660, 530)], closed=False), (104, 134, 84), 8)
    for row in range(5):
        for day in range(7):
            color = (184, 80, 52) if day == 6 else INK
            easel.flat(box(336 + day * 49, 610 + row * 44, 356 + day * 49, 630 + row * 44, 5), color, alpha=0.8)
    easel.flat(ellipse(668, 206, 24, 24), tone.main)
    easel.flat(ellipse(678, 200, 20, 20), PAPER)


def giftcard(easel: Easel, tone: Tone) -> None:
    """A gift card in its sleeve."""
    easel.shape(turned(box(190, 330, 810, 740, 26), -6), LEATHER)
    easel.shape(turned(box(170, 260, 790, 640, 26), -6), tone.main, Form.FLAT)
    bird = points("360,430 440,380 520,396 620,330 570,410 660,440 560,456 500,510 420,490")
    easel.flat(turned(smooth(bird), -6), CREAM, alpha=0.95)
    easel.line(turned(smooth([(310, 560), (500, 546), (690, 560)], closed=False), -6), CREAM, 8)
    easel.line(turned([(190, 300), (790, 300)], -6), BRASS, 6, alpha=0.9)
    easel.shape(turned(rounded([(180, 600), (820, 600), (820, 750), (180, 750)], 22), -6), darker(LEATHER, 0.08))
    stitch = [turned([(x, 622), (x + 16, 622)], -6) for x in range(205, 790, 30)]
    for seam in stitch:
        easel.line(seam, CREAM, 4, alpha=0.8)


def samplecard(easel: Easel, tone: Tone) -> None:
    """Nine squares of cloth on a card."""
    colors: list[Rgb] = [
        (95, 113, 72),
        (43, 52, 66),
        (180, 83, 47),
        (107, 106, 60),
        (39, 64, 95),
        (220, 205, 178),
        (109, 122, 131),
        (143, 122, 151),
        (209, 154, 46),
    ]
    easel.shape(box(230, 160, 770, 840, 14), CREAM, Form.FLAT)
    easel.line([(290, 220), (460, 220)], INK, 7)
    for at, color in enumerate(colors):
        x, y = 290 + at % 3 * 146, 280 + at // 3 * 170
        teeth = [(x + step * 16, y + (7 if step % 2 else 0)) for step in range(9)]
        low = [(x + step * 16, y + 132 - (7 if step % 2 else 0)) for step in reversed(range(9))]
        mask = easel.shape([*teeth, *low], color)
        weave = [[(x, line), (x + 130, line)] for line in range(y, y + 140, 8)] + [
            [(line, y), (line, y + 140)] for line in range(x, x + 134, 8)
        ]
        easel.lines(weave, darker(color, 0.4), 2, alpha=0.25, inside=mask)
        easel.line([(x + 20, y + 148), (x + 84, y + 148)], darker(tone.main, 0.2), 4, alpha=0.6)


def mendingkit(easel: Easel, tone: Tone) -> None:
    """A tin with needles, wool and a darning mushroom."""
    easel.shape(box(170, 230, 830, 790, 60), STEEL)
    inner = easel.shape(box(206, 264, 794, 756, 40), lighter(CREAM, 0.1), Form.FLAT)
    easel.shadow(box(190, 250, 810, 290, 10), alpha=0.4, blur=16, inside=inner)
    for at, color in enumerate([(180, 83, 47), (39, 64, 95), (95, 113, 72), (209, 154, 46)]):
        mending(easel, 284 + at * 104, 380, color)
    easel.shape(smooth(points("300,590 330,520 400,500 470,520 500,590 400,612")), OAK)
    easel.rope([(400, 606), (400, 710)], ASH, 38)
    easel.shape(box(560, 500, 740, 700, 8), tone.main, Form.FLAT)
    for at in range(4):
        x = 592 + at * 38
        easel.line([(x, 530), (x + 6, 668)], STEEL, 6)
        easel.flat(ellipse(x, 536, 3, 8), INK)
