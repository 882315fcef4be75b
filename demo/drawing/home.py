"""Things for the house: cloth, light, wood."""

import math

from demo.drawing.colors import ASH, BRASS, CREAM, IRON, LEATHER, OAK, PAPER, WALNUT, Tone, darker, lighter, mix
from demo.drawing.easel import Easel, Form
from demo.drawing.kitchen import speckle
from demo.drawing.paths import Path, arc, box, ellipse, lathe, moved, points, rounded, smooth


def throw(easel: Easel, tone: Tone) -> None:
    """A folded throw with its fringe."""
    for x in range(256, 752, 20):
        easel.line([(x, 800), (x - 3, 862)], tone.light, 8)
    mask = easel.shape(rounded([(240, 300), (760, 300), (766, 812), (234, 812)], 40), tone.main)
    lines = [[(x, y), (x + 22, y + 22), (x + 44, y)] for x in range(200, 800, 44) for y in range(280, 830, 20)]
    easel.lines(lines, tone.light, 5, alpha=0.55, inside=mask)
    for y in (468, 640):
        easel.shadow(box(230, y, 770, y + 16, 8), alpha=0.5, blur=9, inside=mask)
        easel.line(smooth([(236, y), (500, y + 7), (764, y)], closed=False), tone.light, 8, alpha=0.8, inside=mask)
    fold = easel.shape(rounded([(228, 236), (772, 236), (780, 372), (220, 372)], 62), tone.main)
    easel.lines(lines_over(200, 200, 800, 400), tone.light, 5, alpha=0.5, inside=fold)
    easel.shape(box(640, 700, 724, 760, 6), CREAM, Form.FLAT)


def lines_over(left: int, top: int, right: int, bottom: int) -> list[list[tuple[float, float]]]:
    """Herringbone over an area."""
    return [[(x, y), (x + 22, y + 22), (x + 44, y)] for x in range(left, right, 44) for y in range(top, bottom, 20)]


def cushion(easel: Easel, tone: Tone) -> None:
    """A plump cushion."""
    outline = points(
        "200,260 350,300 500,306 650,300 800,260 770,400 764,540 770,680 806,820 650,784 500,776 "
        "350,784 194,820 230,680 236,540 230,400"
    )
    mask = easel.shape(smooth(outline), tone.main)
    weave = [[(x, 230), (x, 850)] for x in range(190, 820, 12)] + [[(180, y), (820, y)] for y in range(240, 840, 12)]
    easel.lines(weave, tone.dark, 2, alpha=0.16, inside=mask)
    easel.line([*smooth([(x + (500 - x) * 0.03, y + (540 - y) * 0.03) for x, y in outline])], tone.light, 6, alpha=0.7)
    for fold in (
        [(220, 290), (320, 380), (360, 460)],
        [(780, 290), (690, 390), (650, 470)],
        [(220, 796), (320, 700), (360, 640)],
        [(780, 796), (690, 700), (650, 630)],
    ):
        easel.line(smooth(fold, closed=False), tone.dark, 14, alpha=0.16, inside=mask)


def lamp(easel: Easel, tone: Tone) -> None:
    """A table lamp, lit."""
    easel.glow(500, 500, 380, (255, 222, 156), alpha=0.5)
    easel.shape(lathe([(840, 120), (856, 150), (872, 152)]), ASH, Form.ROUND)
    easel.shape(lathe(points("470,26 560,30 660,62 740,84 800,60 846,54")), ASH, Form.ROUND)
    for y in (700, 740, 780):
        easel.line(arc(500, y, 80 - (y - 700) * 0.1, 12, 10, 170), darker(ASH, 0.3), 4, alpha=0.5)
    shade = easel.shape(
        smooth(points("396,170 500,158 604,170 664,330 712,486 500,520 288,486 336,330")), tone.main, Form.ROUND
    )
    easel.flat(ellipse(500, 490, 206, 24), (255, 232, 178))
    easel.line(arc(500, 488, 212, 30, 0, 180), tone.dark, 9)
    easel.glow(500, 480, 160, (255, 236, 190), alpha=0.55)
    easel.line(arc(500, 172, 104, 12, 0, 360), tone.dark, 6)
    easel.line(smooth([(420, 190), (370, 330), (330, 470)], closed=False), PAPER, 18, alpha=0.3, inside=shade)
    easel.shape(ellipse(500, 148, 13, 13), BRASS)


def vase(easel: Easel, tone: Tone) -> None:
    """A vase with dry grasses."""
    for top, x, dim in ((120, 400, 0.0), (90, 500, 0.1), (140, 590, 0.0), (200, 660, 0.2), (210, 340, 0.2)):
        stem = smooth([(500, 470), ((500 + x) / 2, 320), (x, top)], closed=False)
        easel.line(stem, mix((150, 140, 84), WALNUT, dim), 6)
        for step in range(7):
            share = step / 7
            easel.flat(
                moved(ellipse(x + (500 - x) * share * 0.22, top + step * 17, 13, 17), 9 if step % 2 else -9, 0),
                lighter((190, 160, 96), 0.2 + dim),
            )
    body = easel.shape(lathe(points("430,60 470,54 520,90 610,184 720,206 820,150 856,118")), tone.main, Form.ROUND)
    easel.flat(ellipse(500, 430, 60, 13), darker(tone.main, 0.7))
    easel.line(arc(500, 430, 62, 14, 0, 180), tone.light, 8)
    speckle(easel, body, tone.dark)
    for y in (600, 640):
        easel.line(arc(500, y, 200, 30, 10, 170), tone.light, 6, alpha=0.5, inside=body)
    easel.line(smooth([(392, 590), (344, 690), (368, 790)], closed=False), PAPER, 20, alpha=0.35, inside=body)


def basket(easel: Easel, tone: Tone) -> None:
    """A woven basket with two handles."""
    for x in (286, 714):
        easel.rope(arc(x, 400, 70, 84, 180, 360), OAK, 24)
    body = easel.shape(lathe([(400, 296), (520, 300), (700, 272), (820, 232)]), (206, 168, 110), Form.ROUND)
    weave = []
    for row, y in enumerate(range(420, 850, 27)):
        weave += [arc(x, y, 21, 12, 180, 360) for x in range(190 + (row % 2) * 20, 830, 40)]
    easel.lines(weave, darker(OAK, 0.4), 6, alpha=0.55, inside=body)
    easel.lines([moved(path, 0, 6) for path in weave], lighter(OAK, 0.55), 5, alpha=0.6, inside=body)
    easel.flat(ellipse(500, 400, 296, 58), darker(OAK, 0.65))
    easel.shape(smooth(points("280,390 370,320 500,340 640,310 724,392 640,440 500,452 360,440")), tone.main)
    easel.line(smooth([(330, 380), (480, 372), (640, 360)], closed=False), tone.light, 9, alpha=0.5)
    easel.rope(arc(500, 402, 298, 60, 0, 180), (196, 156, 98), 28)


def rug(easel: Easel, tone: Tone) -> None:
    """A woven rug from above."""
    for y in (96, 904):
        for x in range(284, 724, 18):
            easel.line([(x, y), (x, y + (34 if y > 500 else -34))], CREAM, 6)
    mask = easel.shape(box(270, 96, 730, 904, 8), tone.main, Form.FLAT)
    for y, color in ((150, tone.dark), (182, CREAM), (818, CREAM), (850, tone.dark)):
        easel.line([(270, y), (730, y)], color, 16, alpha=0.8, inside=mask)
    diamonds = [[(500, y), (640, y + 95), (500, y + 190), (360, y + 95), (500, y)] for y in (220, 408, 596)]
    easel.lines(diamonds, tone.trim, 13, alpha=0.75, inside=mask)
    inner = [[(500, y + 50), (574, y + 95), (500, y + 140), (426, y + 95), (500, y + 50)] for y in (220, 408, 596)]
    easel.lines(inner, CREAM, 11, alpha=0.85, inside=mask)
    easel.lines([[(270, y), (730, y)] for y in range(100, 904, 9)], tone.dark, 2, alpha=0.22, inside=mask)


def teatowel(easel: Easel, tone: Tone) -> None:
    """A linen towel, folded, with one stripe."""
    ground = lighter(CREAM, 0.3)
    easel.rope(arc(500, 168, 22, 34, 180, 360), tone.main, 9)
    mask = easel.shape(rounded([(322, 170), (678, 170), (690, 850), (310, 850)], 12), ground, depth=0.8)
    for x, width in ((372, 26), (414, 9)):
        easel.line([(x, 160), (x - 8, 860)], tone.main, width, alpha=0.95, inside=mask)
    for y, width in ((760, 26), (800, 9)):
        easel.line([(300, y), (700, y)], tone.main, width, alpha=0.95, inside=mask)
    weave = [[(300, y), (700, y)] for y in range(176, 850, 9)] + [[(x, 160), (x, 860)] for x in range(306, 700, 9)]
    easel.lines(weave, darker(CREAM, 0.5), 1.6, alpha=0.13, inside=mask)
    easel.shadow([(494, 180), (510, 180), (506, 850), (490, 850)], alpha=0.35, blur=9, inside=mask)


def towels(easel: Easel, tone: Tone) -> None:
    """A pile of three towels."""
    for at, y in enumerate((690, 540, 390)):
        shade = Tone(darker(tone.main, 0.10 * (2 - at)))
        mask = easel.shape(box(206 + at * 8, y, 794 - at * 8, y + 166, 74), shade.main)
        waffle = [[(x, y), (x, y + 170)] for x in range(210, 800, 24)] + [
            [(200, line), (800, line)] for line in range(y, y + 170, 24)
        ]
        easel.lines(waffle, shade.dark, 4, alpha=0.2, inside=mask)
        easel.line(
            smooth([(250, y + 86), (500, y + 92), (776, y + 84)], closed=False), shade.dark, 8, alpha=0.45, inside=mask
        )
    easel.shape(box(600, 470, 664, 540, 6), CREAM, Form.FLAT)
    easel.shape(smooth(points("420,380 440,340 500,326 570,340 590,382 500,402")), (214, 204, 180))


def soap(easel: Easel, tone: Tone) -> None:
    """Two bars of soap, one in its band."""
    easel.shape(rounded(points("250,560 700,500 790,640 760,760 320,830 230,700"), 60), darker(tone.main, 0.1))
    easel.shape(rounded([(250, 540), (700, 480), (780, 600), (330, 672)], 54), tone.main)
    easel.shape(rounded(points("404,524 560,502 640,640 632,782 500,804 486,658"), 10), CREAM, Form.FLAT)
    easel.line(smooth([(524, 700), (560, 690), (600, 700)], closed=False), tone.dark, 7)
    easel.line([(528, 740), (600, 728)], tone.dark, 5)
    easel.shape(box(330, 350, 640, 500, 54), tone.light)
    easel.line(smooth(points("380,424 440,400 500,424 560,448 600,424"), closed=False), tone.dark, 9, alpha=0.6)
    for x, y, r in ((700, 420, 34), (744, 362, 20), (676, 352, 14)):
        easel.flat(ellipse(x, y, r, r), (255, 255, 255), alpha=0.35)
        easel.line(arc(x, y, r, r, 180, 300), (255, 255, 255), 5, alpha=0.9)


def woodstool(easel: Easel, tone: Tone) -> None:
    """A stool with three legs."""
    for top, low in ((420, 290), (580, 710), (510, 520)):
        easel.rope([(top, 420), (low, 866)], darker(tone.main, 0.1), 40)
    seat = easel.shape(ellipse(500, 410, 286, 84), darker(tone.main, 0.25))
    easel.shape(ellipse(500, 380, 286, 84), tone.main)
    rings = [ellipse(470, 380, 286 * share, 84 * share) for share in (0.2, 0.36, 0.54, 0.72, 0.9)]
    easel.lines([[*ring, ring[0]] for ring in rings], tone.dark, 4, alpha=0.3, inside=seat)
    for x, y in ((420, 410), (580, 404), (506, 350)):
        easel.flat(ellipse(x, y, 24, 10), darker(tone.main, 0.4))
        easel.line([(x - 20, y), (x + 20, y)], lighter(tone.main, 0.5), 5)


def picture_of_headland(easel: Easel, left: float, top: float, right: float, bottom: float) -> None:
    """A headland at evening, in five colours."""
    wide, high = right - left, bottom - top

    def at(text: str) -> Path:
        return [(left + wide * x / 100, top + high * y / 100) for x, y in points(text)]

    mask = easel.shape(at("0,0 100,0 100,100 0,100"), (238, 208, 170), Form.FLAT)
    easel.flat(ellipse(left + wide * 0.64, top + high * 0.36, wide * 0.13, wide * 0.13), (214, 110, 70), inside=mask)
    easel.flat(at("0,56 100,56 100,100 0,100"), (92, 138, 146), inside=mask)
    easel.flat(smooth(at("-12,44 20,34 42,42 56,60 30,68 -18,70")), (84, 104, 74), inside=mask)
    easel.flat(smooth(at("-12,80 40,76 118,90 118,112 -12,112")), (44, 62, 84), inside=mask)
    for y in (62, 66, 71):
        easel.line(at(f"55,{y} {90 - y / 10},{y}"), (236, 190, 140), 5, alpha=0.8, inside=mask)


def artprint(easel: Easel, tone: Tone) -> None:
    """A framed picture of a headland."""
    frame = easel.shape(box(240, 130, 760, 870, 6), OAK, Form.FLAT)
    grain = [[(x, 120), (x + 6, 880)] for x in range(244, 760, 10)]
    easel.lines(grain, darker(OAK, 0.4), 2, alpha=0.25, inside=frame)
    easel.shape(box(276, 166, 724, 834, 2), PAPER, Form.FLAT)
    easel.shadow([(270, 160), (730, 160), (730, 186), (270, 186)], alpha=0.35, blur=8, inside=frame)
    picture_of_headland(easel, 330, 226, 670, 742)
    easel.line([(330, 776), (400, 776)], darker(PAPER, 0.6), 4)
    easel.line([(630, 776), (670, 776)], tone.main, 4)


def doormat(easel: Easel, tone: Tone) -> None:
    """A plaited mat."""
    mask = easel.shape(box(160, 260, 840, 740, 34), tone.main)
    plait = []
    for row, y in enumerate(range(270, 750, 34)):
        shift = 17 if row % 2 else 0
        plait += [
            smooth([(x + shift, y), (x + 20 + shift, y + 12), (x + 38 + shift, y + 34)], closed=False)
            for x in range(130, 850, 34)
        ]
    easel.lines(plait, tone.dark, 6, alpha=0.55, inside=mask)
    easel.lines([moved(path, 9, -3) for path in plait], tone.light, 5, alpha=0.5, inside=mask)
    border = box(190, 290, 810, 710, 26)
    easel.line([*border, border[0]], tone.trim, 13, alpha=0.75)


def clock(easel: Easel, tone: Tone) -> None:
    """A wall clock with four marks."""
    easel.shape(ellipse(500, 500, 360, 360), ASH)
    face = easel.shape(ellipse(500, 500, 318, 318), tone.main, Form.FLAT)
    easel.shadow(arc(500, 500, 322, 322, 180, 290), alpha=0.4, blur=12, inside=face)
    for quarter in range(4):
        turn = quarter * math.pi / 2
        easel.line(
            [
                (500 + 240 * math.cos(turn), 500 + 240 * math.sin(turn)),
                (500 + 280 * math.cos(turn), 500 + 280 * math.sin(turn)),
            ],
            tone.trim,
            18,
        )
    easel.shadow([(500, 506), (660, 450), (664, 460), (506, 520)], alpha=0.4, blur=6, inside=face)
    easel.line([(500, 500), (640, 440)], tone.trim, 18)
    easel.line([(500, 500), (560, 720)], tone.trim, 11)
    easel.shape(ellipse(500, 500, 22, 22), BRASS)


def picnic(easel: Easel, tone: Tone) -> None:
    """A checked blanket, rolled in leather straps."""
    mask = easel.shape(box(150, 380, 850, 660, 130), tone.main, Form.SOFT)
    for x in range(170, 860, 96):
        easel.line([(x, 370), (x, 670)], CREAM, 30, alpha=0.45, inside=mask)
        easel.line([(x + 34, 370), (x + 34, 670)], tone.dark, 8, alpha=0.6, inside=mask)
    for y in (430, 520, 610):
        easel.line([(140, y), (860, y)], CREAM, 26, alpha=0.4, inside=mask)
        easel.line([(140, y + 28), (860, y + 28)], tone.dark, 8, alpha=0.6, inside=mask)
    easel.shape(ellipse(800, 520, 74, 136), tone.light)
    for step in range(5):
        easel.line(arc(800, 520, 64 - step * 13, 118 - step * 24, 0, 330), tone.dark, 6, alpha=0.5)
    for x in (350, 620):
        easel.line([(x, 378), (x, 662)], LEATHER, 40)
        easel.line(box(x - 30, 500, x + 30, 560, 8), BRASS, 9)
    easel.rope(smooth([(350, 376), (380, 290), (590, 290), (620, 376)], closed=False), LEATHER, 28)
    easel.line([(356, 392), (356, 480)], IRON, 3, alpha=0.4)
