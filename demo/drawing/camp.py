"""Things for a night outside."""

import math

from demo.drawing.colors import ASH, BRASS, CREAM, IRON, LEATHER, OAK, PAPER, STEEL, Tone, darker, lighter
from demo.drawing.easel import Easel, Form
from demo.drawing.paths import arc, box, ellipse, lathe, moved, points, rounded, smooth, turned


def tent(easel: Easel, tone: Tone) -> None:
    """A ridge tent with one side open."""
    for x, y in ((110, 812), (890, 812)):
        easel.line([(500, 260), (x, y)], CREAM, 5)
        easel.line([(x, y - 14), (x + (8 if x > 500 else -8), y + 16)], IRON, 10)
    easel.shape(rounded([(430, 240), (520, 220), (880, 780), (742, 800)], 14), darker(tone.main, 0.18))
    front = easel.shape(rounded([(392, 230), (500, 214), (770, 806), (160, 806)], 16), tone.main)
    easel.flat([(440, 300), (572, 806), (330, 806)], darker(tone.main, 0.72), inside=front)
    easel.glow(450, 700, 120, (255, 205, 120), alpha=0.55)
    easel.shape(smooth(points("440,292 404,500 360,700 330,806 286,806 330,640 400,430")), tone.light)
    easel.shape(smooth(points("444,292 500,500 548,700 574,806 622,806 570,640 500,440")), tone.light)
    for path in ([(440, 236), (300, 560), (200, 800)], [(470, 226), (610, 520), (726, 800)]):
        easel.line(smooth(path, closed=False), tone.dark, 6, alpha=0.5, inside=front)
    easel.line([(392, 232), (500, 216)], BRASS, 12)
    easel.line([(548, 400), (640, 400)], tone.trim, 9, alpha=0.6, inside=front)


def sleepingbag(easel: Easel, tone: Tone) -> None:
    """A sleeping bag, rolled in its straps."""
    easel.shape(box(170, 420, 760, 760, 160), tone.main, Form.SOFT)
    for y in range(460, 740, 46):
        easel.line(smooth([(230, y), (480, y + 8), (700, y)], closed=False), tone.dark, 5, alpha=0.4)
    easel.shape(ellipse(720, 590, 118, 170), tone.light)
    for step in range(7):
        easel.line(arc(720, 590, 104 - step * 16, 150 - step * 23, 20 * step, 320 + 20 * step), tone.dark, 6, alpha=0.6)
    for x in (320, 560):
        easel.line(arc(x, 590, 46, 172, 90, 270), IRON, 26)
        easel.line(box(x - 66, 560, x - 24, 620, 8), STEEL, 9)
    easel.rope(smooth([(300, 424), (380, 330), (500, 330), (560, 420)], closed=False), IRON, 20)


def lantern(easel: Easel, tone: Tone) -> None:
    """A lantern, lit."""
    easel.rope(arc(500, 290, 150, 170, 180, 360), IRON, 12)
    easel.glow(500, 540, 330, (255, 214, 140), alpha=0.55)
    easel.shape(lathe([(240, 46), (290, 110), (330, 150), (352, 156)]), tone.main, Form.ROUND)
    glass = easel.shape(lathe([(362, 118), (450, 142), (560, 146), (650, 124)]), (255, 232, 178), Form.ROUND, depth=0.5)
    easel.glow(500, 530, 90, (255, 250, 225), alpha=1.0)
    easel.shape(lathe([(470, 20), (520, 34), (580, 24)]), (255, 246, 214), Form.FLAT)
    easel.line(smooth([(404, 400), (392, 520), (404, 630)], closed=False), PAPER, 12, alpha=0.7, inside=glass)
    for x in (364, 636, 450, 550):
        easel.rope([(x, 352), (x, 670)], tone.dark, 9)
    easel.shape(lathe([(652, 140), (676, 170), (760, 178), (800, 176)]), tone.main, Form.ROUND)
    easel.line(arc(500, 690, 172, 26, 0, 180), tone.dark, 6, alpha=0.5)
    easel.shape(ellipse(500, 752, 22, 22), BRASS)
    easel.shape(lathe([(218, 22), (240, 26), (252, 30)]), BRASS, Form.ROUND)


def stormkettle(easel: Easel, tone: Tone) -> None:
    """A kettle with a chimney, on its fire bowl."""
    for x in range(430, 580, 36):
        flame = smooth([(x, 830), (x - 18, 790), (x, 740), (x + 16, 790)])
        easel.flat(flame, (240, 150, 60), alpha=0.9)
    easel.shape(lathe([(770, 206), (820, 196), (850, 170)]), darker(STEEL, 0.3), Form.ROUND)
    for x in (400, 500, 600):
        easel.flat(ellipse(x, 818, 18, 14), (250, 170, 80))
    body = easel.shape(lathe(points("190,74 270,84 420,150 620,198 752,204")), STEEL, Form.ROUND)
    easel.flat(ellipse(500, 190, 72, 15), darker(STEEL, 0.75))
    easel.line(arc(500, 190, 74, 16, 0, 360), lighter(STEEL, 0.5), 6)
    easel.line(smooth([(424, 290), (372, 470), (346, 720)], closed=False), PAPER, 16, alpha=0.5, inside=body)
    easel.shape(rounded([(640, 380), (720, 330), (746, 360), (670, 440)], 16), darker(STEEL, 0.1))
    easel.shape(turned(box(716, 318, 764, 366, 12), 40, (740, 342)), (164, 104, 66))
    easel.rope(arc(420, 420, 196, 210, 120, 262), IRON, 11)
    easel.shape(turned(box(196, 330, 240, 470, 18), 8, (218, 400)), OAK)
    easel.line([(690, 430), (640, 620)], STEEL, 6)


def mug(easel: Easel, tone: Tone) -> None:
    """An enamel mug, steaming."""
    rim = darker(tone.main, 0.62) if tone.main != CREAM else (38, 58, 96)
    easel.line(smooth([(712, 440), (850, 440), (860, 620), (700, 690)], closed=False), rim, 46)
    easel.line(smooth([(712, 440), (848, 442), (856, 616), (700, 686)], closed=False), tone.main, 34)
    easel.line(smooth([(712, 430), (836, 436), (848, 520)], closed=False), tone.light, 8, alpha=0.8)
    body = easel.shape(lathe([(330, 230), (420, 226), (700, 216), (800, 196)]), tone.main, Form.ROUND)
    easel.flat(ellipse(500, 332, 232, 50), rim)
    easel.flat(ellipse(500, 334, 214, 40), lighter(tone.main, 0.5))
    easel.flat(ellipse(500, 350, 196, 27), (74, 44, 28))
    easel.line(smooth([(330, 420), (338, 600), (356, 770)], closed=False), PAPER, 26, alpha=0.35, inside=body)
    for x, y in ((600, 520), (470, 700), (620, 690), (420, 470), (540, 610), (660, 600)):
        easel.flat(ellipse(x, y, 4, 3), rim, alpha=0.5, inside=body)
    for x in (430, 500, 570):
        easel.line(
            smooth([(x, 290), (x - 22, 230), (x + 18, 180), (x - 6, 120)], closed=False),
            (255, 255, 255),
            16,
            alpha=0.28,
        )


def flask(easel: Easel, tone: Tone) -> None:
    """A vacuum flask and its cup."""
    body = easel.shape(lathe(points("330,108 372,132 430,140 820,140 850,130")), tone.main, Form.ROUND)
    easel.shape(lathe([(134, 92), (160, 100), (330, 108), (344, 106)]), STEEL, Form.ROUND)
    for y in (190, 220, 250):
        easel.line(arc(500, y, 102, 12, 0, 180), darker(STEEL, 0.4), 4, alpha=0.5)
    easel.line(smooth([(412, 420), (410, 600), (412, 820)], closed=False), PAPER, 20, alpha=0.4, inside=body)
    easel.flat(smooth(points("470,600 520,566 560,590 540,634 490,640")), tone.trim, alpha=0.85, inside=body)
    easel.line(arc(500, 800, 140, 20, 0, 180), tone.dark, 7, alpha=0.5)
    cup = moved(lathe([(690, 92), (760, 88), (850, 74)]), 230, 0)
    easel.shape(cup, STEEL, Form.ROUND)
    easel.flat(ellipse(730, 690, 92, 22), lighter(STEEL, 0.4))
    easel.flat(ellipse(730, 694, 80, 16), (86, 52, 32))


def bottle(easel: Easel, tone: Tone) -> None:
    """A water bottle with a loop."""
    easel.rope(arc(500, 200, 62, 62, 150, 390), IRON, 18)
    easel.shape(lathe([(196, 58), (214, 66), (292, 66), (300, 62)]), IRON, Form.ROUND)
    body = easel.shape(lathe(points("300,74 340,84 400,138 460,152 840,152 868,140")), tone.main, Form.ROUND)
    easel.line(smooth([(436, 360), (402, 440), (400, 820)], closed=False), PAPER, 20, alpha=0.45, inside=body)
    wave = [smooth([(340, y), (420, y - 14), (500, y), (580, y + 14), (660, y)], closed=False) for y in (640, 664, 688)]
    easel.lines(wave, tone.trim, 7, alpha=0.8, inside=body)
    easel.line(arc(500, 816, 152, 22, 0, 180), tone.dark, 7, alpha=0.5)


def knife(easel: Easel, tone: Tone) -> None:
    """A folding knife, open."""
    blade = turned(smooth(points("500,470 640,452 800,470 890,520 780,530 500,532")), -28)
    easel.shape(blade, STEEL)
    easel.line(turned([(520, 520), (850, 520)], -28), PAPER, 6, alpha=0.8)
    grip = turned(smooth(points("120,520 150,466 330,462 500,474 512,530 330,548 170,560")), -28)
    mask = easel.shape(grip, tone.main)
    grain = [turned(smooth([(110, y), (300, y - 10), (520, y + 6)], closed=False), -28) for y in range(470, 560, 13)]
    easel.lines(grain, tone.dark, 3, alpha=0.4, inside=mask)
    easel.shape(turned(box(478, 462, 530, 542, 10), -28), BRASS, Form.ROUND)
    for x in (240, 400):
        easel.shape(turned(ellipse(x, 508, 11, 11), -28), BRASS)
    easel.rope(turned(smooth([(146, 512), (70, 470), (50, 560), (110, 600)], closed=False), -28), LEATHER, 11)


def hatchet(easel: Easel, tone: Tone) -> None:
    """A hatchet on an ash haft."""
    haft = easel.shape(
        turned(smooth(points("470,130 530,130 528,480 546,760 560,880 470,890 486,740 474,480")), 20), ASH
    )
    easel.lines(
        [turned(smooth([(x, 120), (x + 4, 500), (x + 20, 900)], closed=False), 20) for x in range(476, 560, 14)],
        OAK,
        4,
        alpha=0.5,
        inside=haft,
    )
    easel.shape(
        turned(smooth(points("536,150 452,154 360,120 290,110 262,230 300,350 370,300 460,262 540,266")), 20), IRON
    )
    easel.flat(turned(smooth(points("300,112 262,230 304,348 330,330 296,230 326,120")), 20), lighter(STEEL, 0.4))
    easel.shape(turned(box(536, 160, 596, 258, 14), 20), darker(IRON, 0.2))
    easel.line(turned([(466, 690), (540, 690)], 20), LEATHER, 20)


def hammock(easel: Easel, tone: Tone) -> None:
    """A hammock between two posts."""
    for x in (110, 890):
        easel.shape(box(x - 26, 210, x + 26, 850, 12), OAK, Form.ROUND)
    cloth = smooth(points("196,420 300,560 500,640 700,560 804,420 740,640 600,772 500,792 400,772 260,640"))
    for x, side in ((196, 110), (804, 890)):
        for y in (400, 440, 480, 520):
            easel.line([(side, 400), (x + (12 if x < 500 else -12), y)], CREAM, 5)
    mask = easel.shape(cloth, tone.main)
    stripes = [
        smooth([(180, 430 + s), (320, 600 + s), (500, 690 + s), (680, 600 + s), (820, 430 + s)], closed=False)
        for s in (-20, 24, 36, 80)
    ]
    easel.lines(stripes, tone.trim, 13, alpha=0.75, inside=mask)
    easel.shadow(
        smooth(points("210,430 300,566 500,646 700,566 790,430 700,600 500,690 300,600")), alpha=0.4, inside=mask
    )
    easel.shape(smooth(points("560,560 660,500 730,470 744,540 660,600 590,630")), PAPER)


def campstool(easel: Easel, tone: Tone) -> None:
    """A folding stool with three legs."""
    for top, low in ((660, 250), (340, 750), (500, 500)):
        easel.rope([(top, 400), (low, 860)], ASH, 38)
    easel.shape(ellipse(500, 640, 30, 30), BRASS)
    seat = easel.shape(rounded(points("270,350 730,350 640,470 500,500 360,470"), 50), tone.main)
    easel.line(smooth([(300, 378), (500, 440), (700, 378)], closed=False), tone.dark, 6, alpha=0.5, inside=seat)
    for x in (292, 708):
        easel.shape(ellipse(x, 374, 36, 32), LEATHER)
        easel.flat(ellipse(x, 374, 7, 7), BRASS)


def binoculars(easel: Easel, tone: Tone) -> None:
    """Binoculars, from above."""
    easel.rope(smooth(points("300,330 180,260 160,120 420,90 760,110 830,260 700,330"), closed=False), LEATHER, 16)
    for side in (-1, 1):
        x = 500 + side * 130
        easel.shape(box(x - 66, 230, x + 66, 330, 24), IRON, Form.ROUND)
        easel.shape(
            rounded([(x - 76, 320), (x + 76, 320), (x + side * 10 + 92, 560), (x + side * 10 - 92, 560)], 22),
            tone.main,
            Form.ROUND,
        )
        easel.shape(
            rounded(
                [
                    (x + side * 10 - 94, 540),
                    (x + side * 10 + 94, 540),
                    (x + side * 14 + 108, 800),
                    (x + side * 14 - 108, 800),
                ],
                24,
            ),
            tone.main,
            Form.ROUND,
        )
        easel.shape(box(x + side * 14 - 110, 770, x + side * 14 + 110, 826, 18), IRON, Form.ROUND)
        easel.flat(ellipse(x + side * 14, 826, 96, 16), (96, 120, 160), alpha=0.8)
        ribs = [[(x + side * 12 - 84, y), (x + side * 12 + 84, y)] for y in range(600, 740, 22)]
        for rib in ribs:
            easel.line(rib, tone.dark, 6, alpha=0.5)
    easel.shape(box(458, 350, 542, 560, 18), darker(tone.main, 0.2), Form.ROUND)
    easel.shape(box(462, 400, 538, 480, 14), IRON, Form.ROUND)
    for turn in range(6):
        easel.line([(468 + turn * 13, 404), (468 + turn * 13, 476)], STEEL, 3, alpha=0.5)


def chart(easel: Easel, tone: Tone) -> None:
    """A folded map of a coast."""
    leaf, sheet = 176, (238, 230, 206)
    for at in range(4):
        left, shift = 150 + at * leaf, 26 if at % 2 else 0
        panel = [(left, 250 + shift), (left + leaf, 276 - shift), (left + leaf, 776 - shift), (left, 750 + shift)]
        mask = easel.shape(rounded(panel, 4), darker(sheet, 0.05 if at % 2 else 0.0), Form.FLAT)
        sea = smooth(points("100,240 360,240 420,400 330,520 440,640 380,800 100,800"))
        easel.flat(sea, (140, 178, 180), inside=mask)
        for ring in range(3):
            easel.line(
                smooth(
                    [
                        (690 + ring * 4, 380 + ring * 26),
                        (760, 420 + ring * 10),
                        (740 - ring * 12, 520 - ring * 14),
                        (640 + ring * 18, 500 - ring * 10),
                    ]
                ),
                (150, 140, 96),
                4,
                alpha=0.7,
                inside=mask,
            )
        path = [(470 + 36 * math.sin(step / 2), 290 + step * 22) for step in range(22)]
        easel.line(path, (184, 80, 52), 9, inside=mask)
        easel.line(
            smooth([(430, 700), (560, 660), (700, 690), (850, 640)], closed=False), (110, 140, 96), 6, inside=mask
        )
    easel.flat(ellipse(476, 300, 15, 15), tone.main)
    easel.flat(ellipse(506, 740, 15, 15), tone.main)
    easel.line([(250, 660), (250, 580)], IRON, 5)
    easel.flat([(250, 560), (236, 600), (264, 600)], IRON)
