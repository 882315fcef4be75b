"""Things for the kitchen and the table."""

from PIL import Image

from demo.drawing.colors import (
    ASH,
    BRASS,
    CREAM,
    IRON,
    OAK,
    PAPER,
    STEEL,
    WALNUT,
    Rgb,
    Tone,
    brightness,
    darker,
    lighter,
)
from demo.drawing.easel import Easel, Form
from demo.drawing.paths import arc, box, ellipse, lathe, points, rounded, smooth

CLAY: Rgb = (196, 150, 112)
INK: Rgb = (52, 54, 62)


def speckle(easel: Easel, mask: Image.Image, color: Rgb, *, alpha: float = 0.5) -> None:
    """The iron specks of stoneware, always in the same places."""
    state = 20260514
    for _ in range(90):
        state = (state * 1103515245 + 12345) % 2**31
        x, y = 150 + state % 700, 200 + state // 700 % 650
        easel.flat(ellipse(x, y, 2 + state % 3, 2 + state % 2), color, alpha=alpha, inside=mask)


def _shine(easel: Easel, mask: Image.Image, points: list[tuple[float, float]], width: float = 18) -> None:
    easel.line(smooth(points, closed=False), PAPER, width, alpha=0.42, inside=mask)


def bowl(easel: Easel, tone: Tone) -> None:
    """A stoneware bowl, its foot unglazed."""
    easel.shape(lathe([(720, 110), (772, 118), (790, 116)]), CLAY, Form.ROUND)
    body = easel.shape(lathe(points("420,318 470,312 590,262 690,176 742,120")), tone.main, Form.ROUND)
    speckle(easel, body, tone.dark)
    _shine(easel, body, [(238, 500), (280, 600), (350, 690)], 24)
    easel.flat(ellipse(500, 420, 320, 84), tone.dark)
    easel.shape(ellipse(500, 424, 302, 72), darker(tone.main, 0.22))
    easel.flat(ellipse(500, 448, 240, 46), tone.light, alpha=0.3)
    easel.line(arc(500, 420, 314, 80, 0, 360), lighter(CLAY, 0.2), 9)


def plate(easel: Easel, tone: Tone) -> None:
    """A plate from above."""
    mask = easel.shape(ellipse(500, 500, 372, 372), tone.main)
    easel.line([*ellipse(500, 500, 366, 366), (866, 500)], lighter(CLAY, 0.1), 10)
    easel.shadow(ellipse(508, 508, 262, 262), alpha=0.28, blur=14, inside=mask)
    well = easel.shape(ellipse(500, 500, 252, 252), lighter(tone.main, 0.12))
    for radius in (60, 116, 176, 226):
        easel.line([*ellipse(500, 500, radius, radius), (500 + radius, 500)], tone.dark, 3, alpha=0.16)
    speckle(easel, mask, tone.dark)
    speckle(easel, well, tone.dark, alpha=0.3)
    easel.line(arc(500, 500, 310, 310, 190, 250), PAPER, 20, alpha=0.4)


def teapot(easel: Easel, tone: Tone) -> None:
    """A round teapot with a cane handle."""
    easel.rope(smooth(points("330,400 330,210 500,130 670,210 670,400"), closed=False), WALNUT, 26)
    for x, y in ((342, 250), (420, 165), (500, 138), (580, 165), (658, 250)):
        easel.line([(x - 14, y + 8), (x + 14, y - 8)], darker(WALNUT, 0.4), 7, alpha=0.7)
    easel.shape(smooth(points("640,640 720,600 770,470 812,420 846,436 826,500 800,640 720,740")), tone.main)
    body = easel.shape(lathe(points("400,120 430,190 520,250 640,252 750,200 800,140")), tone.main, Form.ROUND)
    speckle(easel, body, tone.dark)
    _shine(easel, body, [(330, 470), (290, 560), (300, 660)], 26)
    easel.shape(lathe([(368, 60), (392, 108), (410, 118)]), tone.main, Form.ROUND)
    easel.line(arc(500, 412, 122, 20, 0, 180), tone.dark, 6, alpha=0.6)
    easel.shape(ellipse(500, 352, 28, 24), tone.main, Form.ROUND)
    for x in (330, 670):
        easel.shape(ellipse(x, 424, 20, 24), tone.dark)
    easel.line(arc(500, 770, 182, 26, 8, 172), lighter(CLAY, 0.1), 18, alpha=0.9)


def casserole(easel: Easel, tone: Tone) -> None:
    """An enamelled pot with its lid."""
    for x in (168, 832):
        easel.rope(arc(x, 540, 62, 42, 0, 360), tone.main, 32)
    body = easel.shape(lathe([(470, 300), (520, 306), (720, 300), (790, 272)]), tone.main, Form.ROUND)
    _shine(easel, body, [(252, 540), (250, 640), (272, 760)], 26)
    easel.flat(
        smooth(points("150,720 500,760 850,720 850,860 150,860")), darker(tone.main, 0.5), alpha=0.35, inside=body
    )
    lid = easel.shape(
        smooth(points("186,462 230,380 360,320 500,306 640,320 770,380 814,462 660,494 500,502 340,494")), tone.main
    )
    for across, down in ((238, 44), (160, 30)):
        easel.line(arc(500, 410, across, down, 10, 170), tone.dark, 5, alpha=0.35, inside=lid)
    easel.line(arc(500, 458, 314, 42, 0, 180), lighter(CREAM, 0.2), 9)
    easel.line(smooth([(280, 400), (360, 350), (450, 332)], closed=False), PAPER, 18, alpha=0.45, inside=lid)
    easel.shape(lathe([(246, 44), (262, 50), (286, 34), (308, 30)]), BRASS, Form.ROUND)


def pan(easel: Easel, tone: Tone) -> None:
    """A cast-iron pan from above."""
    easel.shape(rounded(points("612,560 660,520 890,770 880,830 820,836"), 34), IRON)
    easel.flat(ellipse(848, 796, 17, 17), PAPER, alpha=0.9)
    easel.shape(rounded([(196, 250), (240, 200), (300, 250), (250, 310)], 16), IRON)
    easel.shape(ellipse(440, 440, 310, 310), IRON)
    inner = easel.shape(ellipse(444, 446, 268, 268), darker(IRON, 0.45))
    for radius in range(60, 260, 36):
        easel.line(arc(444, 446, radius, radius, 0, 360), STEEL, 2, alpha=0.12, inside=inner)
    easel.line(arc(440, 440, 296, 296, 180, 262), STEEL, 10, alpha=0.65)
    easel.line(arc(444, 446, 236, 236, 20, 76), STEEL, 20, alpha=0.2)
    easel.line(smooth([(310, 420), (400, 330), (520, 320)], closed=False), PAPER, 26, alpha=0.10)


def board(easel: Easel, tone: Tone) -> None:
    """A wooden board with bread on it."""
    mask = easel.shape(rounded(points("420,90 580,90 580,240 700,280 716,860 284,860 300,280 420,240"), 54), tone.main)
    grain = [smooth([(x, 60), (x + 16, 360), (x - 10, 640), (x + 8, 900)], closed=False) for x in range(292, 720, 23)]
    easel.lines(grain, tone.dark, 4, alpha=0.3, inside=mask)
    easel.line(arc(500, 620, 30, 70, 0, 360), tone.dark, 4, alpha=0.35, inside=mask)
    easel.flat(ellipse(500, 150, 24, 24), darker(tone.main, 0.75))
    easel.shadow(ellipse(520, 566, 154, 110), alpha=0.45, blur=18, inside=mask)
    loaf = easel.shape(
        smooth(points("352,560 380,470 500,430 620,470 648,560 600,640 500,660 400,640")), (190, 124, 66)
    )
    for x in (430, 500, 570):
        easel.line(
            smooth([(x - 22, 470), (x, 540), (x - 8, 620)], closed=False), (244, 216, 164), 18, alpha=0.95, inside=loaf
        )
    easel.flat(ellipse(628, 720, 34, 26), (236, 204, 118))
    easel.flat(ellipse(390, 746, 22, 16), (120, 140, 84))


def candle(easel: Easel, tone: Tone) -> None:
    """A candle burning in a glass."""
    easel.glow(500, 240, 260, (255, 220, 150), alpha=0.5)
    glass = easel.shape(
        lathe([(330, 190), (420, 192), (760, 188), (820, 172)]), lighter(tone.main, 0.25), Form.ROUND, depth=0.8
    )
    easel.flat(ellipse(500, 332, 190, 40), lighter(tone.main, 0.5))
    easel.flat(ellipse(500, 340, 172, 30), lighter(tone.main, 0.2))
    easel.glow(500, 336, 90, (255, 240, 190), alpha=0.8)
    easel.line([(500, 340), (500, 296)], INK, 7)
    easel.flat(smooth(points("500,190 526,250 520,292 500,304 480,292 474,250")), (250, 178, 70))
    easel.flat(smooth(points("500,232 513,264 509,290 500,296 491,290 487,264")), (255, 240, 196))
    easel.shape(box(376, 500, 624, 700, 8), CREAM, Form.FLAT)
    easel.line([(410, 540), (590, 540)], INK, 5)
    easel.line([(440, 660), (560, 660)], INK, 4)
    bee = (500, 600)
    easel.flat(ellipse(*bee, 34, 20), BRASS)
    for x in (488, 506, 522):
        easel.line([(x, 584), (x, 616)], INK, 6)
    for x in (484, 510):
        easel.flat(ellipse(x, 576, 15, 20), (180, 190, 196), alpha=0.8)
    easel.line(smooth([(346, 420), (344, 600), (356, 780)], closed=False), PAPER, 16, alpha=0.5, inside=glass)


def honey(easel: Easel, tone: Tone) -> None:
    """A jar of honey and a dipper."""
    easel.rope([(760, 330), (640, 800)], OAK, 20)
    body = easel.shape(lathe(points("330,160 370,200 430,214 780,212 820,196")), (206, 132, 38), Form.ROUND)
    easel.glow(440, 560, 150, (255, 206, 110), alpha=0.45)
    easel.shape(box(330, 486, 670, 720, 10), CREAM, Form.FLAT)
    for x, y in ((430, 560), (486, 560), (458, 608), (514, 608), (542, 560), (486, 656)):
        cell = [
            (x + 26 * dx, y + 26 * dy)
            for dx, dy in ((0, -1), (0.87, -0.5), (0.87, 0.5), (0, 1), (-0.87, 0.5), (-0.87, -0.5))
        ]
        easel.line([*cell, cell[0]], (190, 120, 40), 6)
    easel.line([(580, 620), (640, 620)], INK, 5)
    easel.line([(580, 650), (640, 650)], INK, 5)
    _shine(easel, body, [(314, 420), (308, 600), (314, 790)], 18)
    easel.shape(lathe([(236, 164), (260, 172), (330, 172), (344, 166)]), tone.main, Form.ROUND)
    easel.line(arc(500, 326, 170, 24, 0, 180), tone.dark, 5, alpha=0.5)
    for step in range(5):
        easel.line([(600 - step * 4, 760 + step * 14), (660 - step * 4, 776 + step * 14)], darker(OAK, 0.2), 9)


def coffee(easel: Easel, tone: Tone) -> None:
    """A bag of coffee."""
    mask = easel.shape(rounded([(318, 230), (682, 230), (700, 840), (300, 840)], 18), tone.main)
    easel.shape(rounded([(318, 150), (682, 150), (682, 262), (318, 262)], 10), darker(tone.main, 0.12))
    easel.line([(322, 206), (678, 206)], tone.dark, 6, alpha=0.6)
    for x in (342, 658):
        easel.line(
            smooth([(x, 270), (x + (12 if x < 500 else -12), 540), (x, 830)], closed=False),
            tone.dark,
            9,
            alpha=0.3,
            inside=mask,
        )
    easel.shape(box(372, 400, 628, 730, 8), CREAM, Form.FLAT)
    easel.flat([(478, 660), (486, 500), (514, 500), (522, 660)], (180, 82, 54))
    easel.flat([(482, 590), (518, 590), (516, 556), (484, 556)], PAPER)
    easel.flat(box(478, 466, 522, 500, 5), INK)
    easel.flat([(470, 468), (500, 440), (530, 468)], (180, 82, 54))
    easel.flat([(528, 470), (610, 440), (610, 506), (528, 494)], (236, 190, 90), alpha=0.8)
    easel.line(smooth(points("400,672 450,660 500,672 550,684 600,672"), closed=False), (80, 130, 140), 9)
    easel.line([(440, 704), (560, 704)], INK, 5)
    for x, y in ((250, 846), (736, 850), (770, 826)):
        easel.shape(ellipse(x, y, 26, 18), (84, 52, 34))
        easel.line(smooth([(x - 20, y + 2), (x, y - 4), (x + 20, y + 2)], closed=False), (46, 28, 20), 5)


def salttin(easel: Easel, tone: Tone) -> None:
    """A tin of salt, flakes beside it."""
    body = easel.shape(lathe([(390, 230), (420, 232), (770, 232), (800, 224)]), tone.main, Form.ROUND)
    easel.flat(box(200, 480, 800, 720, 4), CREAM, alpha=0.95, inside=body)
    easel.shadow(box(660, 470, 760, 730, 20), alpha=0.25, blur=24, inside=body)
    wave = [
        smooth([(250 + step * 62, y + (18 if step % 2 else -18)) for step in range(9)], closed=False)
        for y in (560, 600, 640)
    ]
    easel.lines(wave, (70, 124, 136), 11, alpha=0.9, inside=body)
    easel.shape(lathe([(318, 226), (338, 240), (392, 240), (402, 236)]), STEEL, Form.ROUND)
    easel.flat(ellipse(500, 318, 228, 44), lighter(STEEL, 0.35))
    easel.line(arc(500, 318, 190, 34, 0, 360), darker(STEEL, 0.2), 4, alpha=0.6)
    _shine(easel, body, [(306, 440), (302, 600), (308, 770)], 16)
    for x, y, size in ((730, 830, 15), (770, 816, 11), (800, 840, 13), (248, 836, 12), (280, 850, 9)):
        edge = darker(PAPER, 0.3) if brightness(tone.backdrop) > 0.8 else PAPER
        easel.shape(
            rounded([(x - size, y), (x, y - size), (x + size, y - 2), (x + 2, y + size)], 3),
            lighter(edge, 0.6),
            Form.FLAT,
        )


def mending(easel: Easel, x: float, y: float, color: Rgb) -> None:
    """A spool of thread."""
    easel.shape(box(x - 44, y - 70, x + 44, y - 50, 6), ASH, Form.ROUND)
    easel.shape(box(x - 44, y + 50, x + 44, y + 70, 6), ASH, Form.ROUND)
    mask = easel.shape(box(x - 34, y - 52, x + 34, y + 52, 6), color, Form.ROUND)
    easel.lines(
        [[(x - 40, line), (x + 40, line + 8)] for line in range(int(y) - 50, int(y) + 50, 9)],
        darker(color, 0.4),
        3,
        alpha=0.5,
        inside=mask,
    )
